"""The one way in which the wiki writes a front matter.

A value is written in as few marks as any YAML reader needs to read it back as the same string,
and on one line if it fits; so equal fields give equal text, and a small change a small diff.
"""

import re
from collections.abc import Mapping, Sequence

from yaml import SafeLoader

from wiki.text.yaml_reader import MAX_DEPTH, MAX_KEY, MAX_NODES, FrontMatterError, Value, storable

WIDTH = 99  # characters of a line that holds more than one value

# Letters, digits and what means nothing to YAML wherever it stands.
_PLAIN = re.compile(r"[^\W_](?:[\w ./()+;'’…%–—-]*[\w./()+;'’…%–—-])?")
_NUMBER = re.compile(r"[-+.]?\d[\d_,.]*(?:[eE][-+]?\d+)?|0[xob][\da-fA-F_]+|[yYnN]")
_ESCAPES = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\t": "\\t", "\r": "\\r"}
_ESCAPED = re.compile(
    '["\\\\\x00-\x1f\x7f-\xa0\u2028\u2029\ufeff\ufffe\uffff\ufff0-\ufffb\U0001fffe-\U0001ffff]'
)
# A block of lines is kept as it is if no line could be read in another way.
_LITERAL = re.compile(
    r"[^\s\x00-\x1f\x7f-\xa0\u2028\u2029\ufeff\ufffe\uffff][^\x00-\x09\x0b-\x1f\x7f-\xa0\u2028\u2029\ufeff\ufffe\uffff]*"
)


def dump(fields: Mapping[str, Value], orders: Mapping[str, Sequence[str]]) -> str:
    """The fields as YAML lines, each with its line end; "" if there are none.

    `orders` gives the order of known keys, under "" for the outermost map and under the name of
    the field for the maps in it; unknown keys follow as they come. FrontMatterError for a value
    that `load` would refuse. Cost: linear.
    """
    _check(fields)
    lines: list[str] = []
    _map_lines(fields, "", 0, orders, lines)
    return "".join(line + "\n" for line in lines)


def _map_lines(
    fields: Mapping[str, Value],
    name: str,
    indent: int,
    orders: Mapping[str, Sequence[str]],
    lines: list[str],
) -> None:
    for key in _ordered(fields, orders.get(name, ())):
        _field_lines(" " * indent + _key(key) + ":", key, fields[key], indent, orders, lines)


def _field_lines(
    head: str,
    name: str,
    value: Value,
    indent: int,
    orders: Mapping[str, Sequence[str]],
    lines: list[str],
) -> None:
    if isinstance(value, str) and _is_block(value):
        lines.append(f"{head} {_block_head(value)}")
        lines.extend(_block_lines(value, indent + 2))
        return
    inline = f"{head} {_flow(value, name, orders)}"
    if not isinstance(value, (list, dict)) or not value or _fits(inline, value, name):
        lines.append(inline)
        return
    lines.append(head)
    if isinstance(value, dict):
        _map_lines(value, name, indent + 2, orders, lines)
    else:
        for item in value:
            _item_lines(item, name, indent + 2, orders, lines)


def _item_lines(
    item: Value,
    name: str,
    indent: int,
    orders: Mapping[str, Sequence[str]],
    lines: list[str],
) -> None:
    dash = " " * indent + "-"
    if (
        isinstance(item, dict)
        and item
        and not _fits(f"{dash} {_flow(item, name, orders)}", item, "")
    ):
        inner: list[str] = []
        _map_lines(item, name, indent + 2, orders, inner)
        lines.append(dash + " " + inner[0][indent + 2 :])
        lines.extend(inner[1:])
        return
    _field_lines(dash, name if isinstance(item, dict) else "", item, indent, orders, lines)


def _fits(line: str, value: Value, name: str) -> bool:
    """Whether a collection stays on its line: not if too long, nor a field's list of maps."""
    if len(line) > WIDTH or _holds_block(value):
        return False
    return not (
        name and isinstance(value, list) and any(isinstance(v, (list, dict)) for v in value)
    )


def _holds_block(value: Value) -> bool:
    if isinstance(value, str):
        return _is_block(value)
    inner = value.values() if isinstance(value, dict) else value or ()
    return any(map(_holds_block, inner))


def _flow(value: Value, name: str, orders: Mapping[str, Sequence[str]]) -> str:
    if value is None:
        return "null"
    if isinstance(value, str):
        return _scalar(value)
    if isinstance(value, list):
        return "[" + ", ".join(_flow(item, name, orders) for item in value) + "]"
    keys = _ordered(value, orders.get(name, ()))
    return "{" + ", ".join(f"{_key(key)}: {_flow(value[key], key, orders)}" for key in keys) + "}"


def _ordered(fields: Mapping[str, Value], order: Sequence[str]) -> list[str]:
    known = [key for key in order if key in fields]
    return known + [key for key in fields if key not in set(known)]


def _key(key: str) -> str:
    return key if re.fullmatch(r"[A-Za-z]\w*", key, re.ASCII) and _is_plain(key) else _quoted(key)


def _scalar(text: str) -> str:
    return text if _is_plain(text) else _quoted(text)


def _is_plain(text: str) -> bool:
    """Whether it may stand without quotation marks and every YAML reader takes it for text."""
    if not _PLAIN.fullmatch(text) or _NUMBER.fullmatch(text):
        return False
    resolvers = SafeLoader.yaml_implicit_resolvers.get(text[0], [])
    return not any(pattern.match(text) for _, pattern in resolvers)


def _quoted(text: str) -> str:
    return '"' + _ESCAPED.sub(lambda match: _escape(match[0]), text) + '"'


def _escape(char: str) -> str:
    code = ord(char)
    wide = f"\\U{code:08x}" if code > 0xFFFF else f"\\u{code:04x}"
    return _ESCAPES.get(char) or (f"\\x{code:02x}" if code <= 0xFF else wide)


def _is_block(text: str) -> bool:
    lines = text.removesuffix("\n").split("\n")
    return (
        len(lines) > 1
        and bool(lines[-1])
        and bool(_LITERAL.fullmatch(text))
        and not any(line.isspace() for line in lines)
    )


def _block_head(text: str) -> str:
    return "|" if text.endswith("\n") else "|-"


def _block_lines(text: str, indent: int) -> list[str]:
    lines = text.removesuffix("\n").split("\n")
    return [" " * indent + line if line else "" for line in lines]


def _check(fields: Mapping[str, Value]) -> None:
    """What `load` would refuse is refused here."""
    waiting: list[tuple[object, int]] = [(fields, 1)]
    nodes = 0
    while waiting:
        value, depth = waiting.pop()
        inner = _inside(value)
        nodes += 1 + (len(inner) if isinstance(value, Mapping) else 0)
        if inner and depth >= MAX_DEPTH or depth > MAX_DEPTH:
            raise FrontMatterError(
                "A field is nested more than %(limit)s levels deep.", {"limit": MAX_DEPTH}
            )
        if nodes > MAX_NODES:
            raise FrontMatterError(
                "The front matter has more than %(limit)s names and values.", {"limit": MAX_NODES}
            )
        waiting.extend((item, depth + 1) for item in inner)


def _inside(value: object) -> list[object]:
    """The values in a collection, after a look at its names; none in a text."""
    if isinstance(value, Mapping):
        for key in value:
            _check_key(key)
        return list(value.values())
    if isinstance(value, list):
        return value
    if isinstance(value, str):
        _check_text(value)
    elif value is not None:
        raise TypeError(f"a front matter holds text, lists and maps, not {type(value).__name__}")
    return []


def _check_key(key: object) -> None:
    if not isinstance(key, str) or not 0 < len(key) <= MAX_KEY or "\n" in key:
        raise FrontMatterError(
            "A field's name must have 1 to %(limit)s characters on one line.", {"limit": MAX_KEY}
        )
    _check_text(key)


def _check_text(text: str) -> None:
    if not storable(text):
        raise FrontMatterError("A field holds a character that cannot be kept.")
