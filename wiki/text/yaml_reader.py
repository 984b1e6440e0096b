"""The part of YAML a front matter may use, read as strings only.

Every scalar is the string that was written (`country: NO` is "NO", `1.10` is "1.10"); `null`, `~`
or nothing is None. Comments, anchors, tags and repeated keys are refused, because the canonical
writer could not keep them. Events come from the parser one by one, so that a hostile text is
refused at its ninth level, not after its thousandth.
"""

from collections.abc import Iterator, Mapping
from typing import Any, TypeAlias

import yaml

Value: TypeAlias = "str | None | list[Value] | dict[str, Value]"

MAX_BYTES = 64_000
MAX_DEPTH = 8  # the whole front matter is level 1
MAX_NODES = 2_000
MAX_KEY = 100  # characters
NULLS = frozenset({"", "~", "null", "Null", "NULL"})

_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class FrontMatterError(ValueError):
    """A front matter that cannot be used, and where.

    `message` has %(name)s places that `values` fill; `line` counts from 1 in the whole source
    and is among the values.
    """

    def __init__(
        self, message: str, values: Mapping[str, object] | None = None, line: int = 1
    ) -> None:
        self.message = message
        self.values = {"line": line, **(values or {})}
        self.line = line
        super().__init__(message % self.values)


def load(raw: str, first_line: int = 1) -> dict[str, Value]:
    """The fields of a raw front matter, in the order written.

    `first_line` is the line of the source that `raw` begins on. FrontMatterError if it is not a
    plain list of names and values, or exceeds a limit. Cost: linear; 3 ms for 64 kB.
    """
    check_size(raw, first_line)
    if "\0" in raw:
        line = first_line + raw.count("\n", 0, raw.index("\0"))
        raise FrontMatterError("Line %(line)s holds a character that cannot be kept.", line=line)
    reader = _Reader(raw, first_line)
    try:
        return reader.document()
    except yaml.YAMLError as error:
        raise _plain_words(error, raw, first_line) from error


def check_size(raw: str, line: int = 1) -> None:
    """FrontMatterError if `raw` is longer than MAX_BYTES (UTF-8)."""
    size = len(raw)
    if 4 * size > MAX_BYTES >= size:
        size = len(raw.encode("utf-8", "surrogatepass"))
    if size > MAX_BYTES:
        raise FrontMatterError(
            "The front matter is %(size)s kB long; at most %(limit)s kB fit. Long text belongs "
            "below it, in the page.",
            {"size": -(-size // 1000), "limit": MAX_BYTES // 1000},
            line,
        )


class _Reader:
    def __init__(self, raw: str, first_line: int) -> None:
        self._raw = raw
        self._first_line = first_line
        self._events: Iterator[Any] = iter(yaml.parse(raw, Loader=_LOADER))
        self._nodes = 0
        self._seen_to = 0  # index up to which the text is known to hold no comment

    def document(self) -> dict[str, Value]:
        """The fields of the whole text; {} if it is empty."""
        next(self._events)  # the stream begins
        event = next(self._events)
        fields: Value = {}
        if not isinstance(event, yaml.StreamEndEvent):
            if event.explicit:
                raise self._refuse(
                    "Line %(line)s begins with --- or %%, which has no place here.", event
                )
            fields = self._value(next(self._events), 1)
            next(self._events)  # the document ends
            event = next(self._events)
        if not isinstance(event, yaml.StreamEndEvent):
            raise self._refuse(
                "After line %(line)s a second front matter begins; only one fits.", event
            )
        self._no_comment_before(len(self._raw))
        if fields is None:
            return {}
        if not isinstance(fields, dict):
            raise FrontMatterError(
                "The front matter must be a list of names and values, such as “title: Kites”.",
                line=self._first_line,
            )
        return fields

    def _value(self, event: Any, depth: int) -> Value:
        self._check(event, depth)
        if isinstance(event, yaml.ScalarEvent):
            return self._scalar(event)
        self._no_comment_before(event.start_mark.index)
        if isinstance(event, yaml.SequenceStartEvent):
            return self._list(depth)
        return self._map(depth)

    def _list(self, depth: int) -> list[Value]:
        items: list[Value] = []
        while not isinstance(event := next(self._events), yaml.SequenceEndEvent):
            items.append(self._value(event, depth + 1))
        return items

    def _map(self, depth: int) -> dict[str, Value]:
        fields: dict[str, Value] = {}
        while not isinstance(event := next(self._events), yaml.MappingEndEvent):
            key = self._key(event, depth)
            if key in fields:
                raise self._refuse("Line %(line)s repeats “%(key)s”.", event, key=key)
            fields[key] = self._value(next(self._events), depth + 1)
        return fields

    def _key(self, event: Any, depth: int) -> str:
        self._check(event, depth + 1)
        if not isinstance(event, yaml.ScalarEvent):
            raise self._refuse("The name on line %(line)s must be plain text.", event)
        self._scalar(event)
        if not 0 < len(event.value) <= MAX_KEY or "\n" in event.value:
            raise self._refuse(
                "A name on line %(line)s must have 1 to %(limit)s characters on one line.",
                event,
                limit=MAX_KEY,
            )
        return str(event.value)

    def _scalar(self, event: Any) -> str | None:
        start, end = event.start_mark.index, event.end_mark.index
        self._no_comment_before(start)
        if event.style in ("|", ">"):
            head = self._raw[start:end].split("\n", 1)[0]
            self._seen_to = start
            self._no_comment_before(start + len(head))
        self._seen_to = end
        value = str(event.value)
        if not storable(value):
            raise self._refuse("Line %(line)s holds a character that cannot be kept.", event)
        return None if not event.style and value in NULLS else value

    def _check(self, event: Any, depth: int) -> None:
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            raise self._refuse(
                "Line %(line)s uses & or * to refer to another value. Write the value itself, or "
                "put it in quotation marks.",
                event,
            )
        if getattr(event, "tag", None):
            raise self._refuse(
                "Line %(line)s names a type with “!”. Leave it out, or put the value in "
                "quotation marks.",
                event,
            )
        if depth > MAX_DEPTH:
            raise self._refuse(
                "Line %(line)s is nested more than %(limit)s levels deep.", event, limit=MAX_DEPTH
            )
        self._nodes += 1
        if self._nodes > MAX_NODES:
            raise self._refuse(
                "By line %(line)s the front matter has more than %(limit)s names and values.",
                event,
                limit=MAX_NODES,
            )

    def _no_comment_before(self, index: int) -> None:
        """Between values a "#" can only begin a comment; the parser has skipped it silently."""
        place = self._raw.find("#", self._seen_to, index)
        if place >= 0:
            line = self._first_line + self._raw.count("\n", 0, place)
            raise FrontMatterError(
                "Line %(line)s holds a comment (“#”), which would be lost. Leave it out, or put "
                "the value in quotation marks.",
                line=line,
            )
        self._seen_to = max(self._seen_to, index)

    def _refuse(self, message: str, event: Any, **values: object) -> FrontMatterError:
        return FrontMatterError(message, values, self._first_line + event.start_mark.line)


def storable(value: str) -> bool:
    """Whether a database and a file can hold it: no U+0000, no half of a surrogate pair."""
    if value.isascii():
        return "\0" not in value
    return "\0" not in value and not any("\ud800" <= char <= "\udfff" for char in value)


def _plain_words(error: yaml.YAMLError, raw: str, first_line: int) -> FrontMatterError:
    mark = getattr(error, "problem_mark", None)
    if not isinstance(error, yaml.MarkedYAMLError) or mark is None:
        bad = getattr(error, "position", None)
        line = raw.count("\n", 0, bad) if isinstance(bad, int) else 0
        return FrontMatterError(
            "Line %(line)s holds a character that cannot be shown.", line=first_line + line
        )
    if mark.line >= raw.count("\n") and error.context_mark is not None:
        mark = error.context_mark  # what was never closed, rather than where the text ends
    line = first_line + mark.line
    text = raw.split("\n")[min(mark.line, raw.count("\n"))]
    if "\t" in text[: len(text) - len(text.lstrip())]:
        return FrontMatterError("Line %(line)s begins with a tab. Please use spaces.", line=line)
    return FrontMatterError(
        "Line %(line)s of the page's front matter cannot be understood. A value with a colon, a "
        "bracket or a quotation mark in it needs quotation marks around it.",
        line=line,
    )
