"""The text of a page as sections under headings that a form offers; pure.

What stands under other headings, before the first or inside code, is nobody's section here and
stays as it is.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

_HEADING = re.compile(r"##[ \t]+(.*?)[ \t]*#*[ \t]*\Z")
_ANY_HEADING = re.compile(r"#{1,2}[ \t]")
_LINE = re.compile(r"[^\n]*\n|[^\n]+")
_FENCE = re.compile(r" {0,3}(`{3,}|~{3,})")


@dataclass(frozen=True)
class _Part:
    """Lines of a body from a heading to the next; the first part has none."""

    title: str
    head: str  # the line of the heading, "" for the first part
    text: str


def sections(body: str, titles: Sequence[str]) -> dict[str, str]:
    """The text under each of these headings, without the empty lines around it; "" if none.

    Where a heading stands twice, its first section counts.
    """
    found = dict.fromkeys(titles, "")
    seen = set()
    for part in _parts(body):
        if part.title in found and part.title not in seen:
            seen.add(part.title)
            found[part.title] = part.text.strip("\n")
    return found


def with_sections(body: str, titles: Sequence[str], texts: Mapping[str, str]) -> str:
    """The body with these texts under their headings; all else byte for byte as it was.

    A section that is emptied goes with its heading; a new one stands where the order of `titles`
    puts it. Cost: linear.
    """
    parts = _parts(body)
    now = sections(body, titles)
    for title in titles:
        wanted = texts.get(title, now[title]).strip("\n")
        if wanted != now[title]:
            parts = _put(parts, titles, title, wanted)
    return "".join(part.head + part.text for part in parts)


def _put(parts: list[_Part], titles: Sequence[str], title: str, wanted: str) -> list[_Part]:
    here = [place for place, part in enumerate(parts) if part.head and part.title == title]
    if here:
        first = here[0]
        new = [_Part(title, parts[first].head, f"\n{wanted}\n\n")] if wanted.strip() else []
        return _ended([*parts[:first], *new, *parts[first + 1 :]], new)
    if not wanted.strip():
        return parts
    place = _place(parts, titles, title)
    new = [_Part(title, f"## {title}\n", f"\n{wanted}\n\n")]
    return _ended([*_open(parts[:place]), *new, *parts[place:]], new)


def _place(parts: list[_Part], titles: Sequence[str], title: str) -> int:
    """After the nearest offered section that comes earlier, before one that comes later."""
    order = {each: number for number, each in enumerate(titles)}
    earlier = [p for p, x in enumerate(parts) if x.head and order.get(x.title, 99) < order[title]]
    if earlier:
        return earlier[-1] + 1
    later = [p for p, x in enumerate(parts) if x.head and order.get(x.title, -1) > order[title]]
    return later[0] if later else len(parts)


def _open(parts: list[_Part]) -> list[_Part]:
    """With an empty line at the end, so that a heading can follow."""
    said = "".join(part.head + part.text for part in parts)
    if not said or said.endswith("\n\n"):
        return parts
    last = parts[-1]
    more = "\n" if said.endswith("\n") else "\n\n"
    return [*parts[:-1], _Part(last.title, last.head, last.text + more)]


def _ended(parts: list[_Part], new: list[_Part]) -> list[_Part]:
    """With one line end at the end of the body, if the new section is the last one."""
    if not new or parts[-1] is not new[0]:
        return parts
    return [*parts[:-1], _Part(new[0].title, new[0].head, new[0].text.rstrip("\n") + "\n")]


def _parts(body: str) -> list[_Part]:
    parts = [_Part("", "", "")]
    fence = ""
    for line in _LINE.findall(body):
        fence = _fence(fence, line)
        found = None if fence else _HEADING.match(line.rstrip("\r\n"))
        if found:
            parts.append(_Part(found[1], line, ""))
        elif not fence and _ANY_HEADING.match(line):
            parts.append(_Part("", line, ""))
        else:
            last = parts[-1]
            parts[-1] = _Part(last.title, last.head, last.text + line)
    return parts


def _fence(open_with: str, line: str) -> str:
    """The fence in force after this line; "" outside of code."""
    found = _FENCE.match(line)
    if found is None:
        return open_with
    if not open_with:
        return found[1]
    closes = found[1].startswith(open_with) and not line[found.end() :].strip()
    return "" if closes else open_with
