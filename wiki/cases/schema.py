"""What a field of the front matter may hold, said once; pure.

The same description checks what was typed, draws the guided form, orders tables and names the
columns of exports. The fields themselves stand in `case_fields` and `lesson_fields`; their source
is the specification of cases and lessons (docs/glossary.md names its terms).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

Kind = Literal[
    "line",  # one line of text
    "text",  # a few sentences
    "code",  # one value of a list
    "codes",  # several values of a list, ranked where `most` says how many
    "lines",  # several short texts
    "date",  # EDTF, ISO 8601-2 level 1, the part that `edtf.py` reads
    "language",  # BCP 47
    "country",  # ISO 3166-1 alpha-2
    "places",  # ISO 3166-1, ISO 3166-2, or three digits of UN M49 where only a region is told
    "url",  # http or https, or a DOI
    "key",  # the id of a page (c-… or l-…), or of a row inside the page (p-…, s1)
    "keys",
    "partner",  # the key of a partner of this page
    "partners",
    "group",  # a map of other fields
    "rows",  # a list of such maps
    "matrix",  # decision areas to levels
]
Need = Literal["", "publish", "ended", "avoid"]
TEXT_LENGTH = 1_200  # characters a text may have where nothing else is said
LINE_LENGTH = 300
ROWS = 40


def N_(message: str) -> str:  # noqa: N802  # the name that gettext's extractor knows
    """Mark words of the interface for translation; the edge translates them."""
    return message


@dataclass(frozen=True, kw_only=True)
class Field:
    """One field. Labels, questions and hints are English; the edge translates them.

    `most`: characters of a line or text, values of a list, rows of a table (0: the usual limit).
    `words`: its list in content/vocab. `need`: when a page cannot be published without it.
    `missed`: what a reader would miss without it, as words for "This page does not say yet …";
    "" if it is not worth saying.
    """

    name: str
    kind: Kind
    label: str
    ask: str = ""
    hint: str = ""
    words: str = ""
    most: int = 0
    need: Need = ""
    missed: str = ""
    inside: tuple["Field", ...] = ()

    @property
    def limit(self) -> int:
        """How much it may hold: characters, or values."""
        if self.most:
            return self.most
        return {"line": LINE_LENGTH, "text": TEXT_LENGTH, "url": 500}.get(self.kind, ROWS)


@dataclass(frozen=True)
class Schema:
    """The fields of one kind of page, in the order in which they are written."""

    kind: str
    fields: tuple[Field, ...]

    def __getitem__(self, name: str) -> Field:
        """The field `name`. KeyError."""
        for each in self.fields:
            if each.name == name:
                return each
        raise KeyError(name)

    def walk(self) -> Iterator[tuple[tuple[str, ...], Field]]:
        """Every field with its path of names, those inside rows and groups after their own."""
        yield from _walk((), self.fields)


def _walk(
    path: tuple[str, ...], fields: tuple[Field, ...]
) -> Iterator[tuple[tuple[str, ...], Field]]:
    for each in fields:
        here = (*path, each.name)
        yield here, each
        yield from _walk(here, each.inside)
