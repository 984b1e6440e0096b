"""The wiki's Markdown: Python-Markdown with our links, tasks, notes and limits."""

from __future__ import annotations

import re
import xml.etree.ElementTree as etree
from typing import Any, cast

from markdown import Markdown
from markdown.blockparser import BlockParser
from markdown.blockprocessors import BlockProcessor
from markdown.extensions import Extension
from markdown.extensions.def_list import DefListExtension
from markdown.extensions.fenced_code import FencedCodeExtension
from markdown.extensions.footnotes import FootnoteExtension
from markdown.extensions.sane_lists import SaneListExtension
from markdown.extensions.tables import TableExtension, TableProcessor
from markdown.inlinepatterns import InlineProcessor
from markdown.postprocessors import Postprocessor
from markdown.preprocessors import Preprocessor
from markdown.treeprocessors import Treeprocessor
from markdown.util import AtomicString

from wiki.rendering import fences, live_slots, shapes, voice_slots
from wiki.rendering.addresses import page_address
from wiki.rendering.lists import part_definitions, separate
from wiki.rendering.waiting import BLOCK_SIGNS, FIRST_SIGNS, Waiting
from wiki.text import wiki_links

_TASK = re.compile(r"\[([ xX])\][ \t]+")


def parser() -> Markdown:
    """Return a fresh parser (it keeps state of one document). Cost: 0.1 ms."""
    return Markdown(extensions=extensions(), output_format="html")


def extensions() -> list[Extension]:
    """Return new parts of the parser, in their order."""
    return [
        BoundedTables(),
        NumberedNotes(),
        DefListExtension(),
        FencedCodeExtension(),
        SaneListExtension(),
        Divisions(),
        WikiDialect(),
        WaitForSigns(),
    ]


class WikiDialect(Extension):
    """Registers what is ours. The numbers are places in the parser's order."""

    def extendMarkdown(self, md: Markdown) -> None:
        """Add the parts to `md`."""
        md.preprocessors.register(_Tame(md), "tame", 29)  # before fences (25) and HTML (20)
        md.preprocessors.register(_Separate(md), "separate", 15)  # after both
        md.inlinePatterns.register(_WikiLinks(_WikiLinks.PATTERN, md), "wiki_link", 178)
        md.treeprocessors.register(_Tasks(md), "tasks", 25)  # before inline (20)
        md.postprocessors.register(_Arm(md), "arm", 1)


class WaitForSigns(Extension):
    """Asks each pattern only where a sign of it stands: most sentences and blocks hold none.

    The parser tries all its patterns on every piece of text, though looking for one sign costs a
    fiftieth of looking for a pattern. Inline ones whose sign the whole text lacks are not tried at
    all. Comes after all that register patterns.
    """

    def extendMarkdown(self, md: Markdown) -> None:
        """Wrap the patterns of `md`; one that is not known here is asked everywhere."""
        for name, (expression, *signs) in BLOCK_SIGNS.items():
            block = md.parser.blockprocessors[name]
            setattr(block, expression, Waiting(getattr(block, expression), signs))
        for name, first in FIRST_SIGNS.items():
            pattern = md.inlinePatterns[name]
            waiting = Waiting(pattern.compiled_re, first)  # has what the parser uses of one
            pattern.compiled_re = cast("re.Pattern[str]", waiting)
        md.treeprocessors.register(_OnlyWhatStands(md), "only_what_stands", 21)  # inline is 20


class _OnlyWhatStands(Treeprocessor):
    """Gives the inline parser the patterns that may find anything in this text."""

    def run(self, root: etree.Element) -> None:
        text = "".join(root.itertext())
        inline: Any = self.md.treeprocessors["inline"]
        patterns: Any = self.md.inlinePatterns
        inline.inlinePatterns = [
            pattern
            for pattern in patterns
            if not isinstance(pattern.compiled_re, Waiting) or pattern.compiled_re.may_be_in(text)
        ]


class _Tame(Preprocessor):
    def run(self, lines: list[str]) -> list[str]:
        return shapes.protect_wiki_pipes(shapes.tame("\n".join(lines))).split("\n")


class _Separate(Preprocessor):
    def run(self, lines: list[str]) -> list[str]:
        return separate(part_definitions(lines))


class _Arm(Postprocessor):
    def run(self, text: str) -> str:
        return shapes.arm(text)


class _WikiLinks(InlineProcessor):
    PATTERN = r"\[\[[^\[\]\n]{1,600}\]\]"

    def handleMatch(  # type: ignore[override]  # the base class has wider types
        self, m: re.Match[str], data: str
    ) -> tuple[etree.Element | None, int | None, int | None]:
        typed = shapes.rearm(m[0])
        found = wiki_links.find(typed)
        if len(found) != 1 or shapes.STX in typed:  # holds code or an escaped sign
            return None, None, None
        link = found[0]
        anchor = etree.Element("a", {"href": page_address(link.slug, link.fragment)})
        if link.slug:
            anchor.set("class", "wiki-link")
            anchor.set("data-slug", link.slug)
        anchor.text = AtomicString(link.label)
        return anchor, m.start(0), m.end(0)


class _Tasks(Treeprocessor):
    """`- [x] text`: an empty span that is drawn as a mark with a word after cleaning."""

    def run(self, root: etree.Element) -> None:
        for item in root.iter("li"):
            holder = item[0] if len(item) and item[0].tag == "p" and not _filled(item) else item
            match = _TASK.match(holder.text or "")
            if match is None:
                continue
            state = "task" if match[1] == " " else "task task-done"
            mark = etree.Element("span", {"class": state})
            mark.tail = (holder.text or "")[match.end() :]
            holder.text = ""
            holder.insert(0, mark)


def _filled(element: etree.Element) -> bool:
    return bool((element.text or "").strip())


class NumberedNotes(FootnoteExtension):
    """Footnotes whose ids are numbers, not what somebody typed as a label."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(SEPARATOR="-", **kwargs)

    def reset(self) -> None:
        """Forget the notes of the last document."""
        super().reset()
        self._numbers: dict[str, int] = {}

    def makeFootnoteId(self, id: str) -> str:
        """Return the id of a note."""
        return super().makeFootnoteId(self._number(id))

    def makeFootnoteRefId(self, id: str, found: bool = False) -> str:
        """Return the id of a place in the text that refers to a note."""
        return super().makeFootnoteRefId(self._number(id), found)

    def _number(self, label: str) -> str:
        return str(self._numbers.setdefault(label, len(self._numbers) + 1))


class BoundedTables(TableExtension):
    """Tables whose missing cells cannot multiply the size of the page."""

    def extendMarkdown(self, md: Markdown) -> None:
        """Add the table processor to `md`; alignment as an attribute, made a class later."""
        self.setConfig("use_align_attribute", True)
        if "|" not in md.ESCAPED_CHARS:
            md.ESCAPED_CHARS.append("|")
        table = _BoundedTable(md.parser, self.getConfigs())
        md.parser.blockprocessors.register(table, "table", 75)


class _BoundedTable(TableProcessor):
    SPARE_CELLS = 400  # beside three for each bar that was typed

    def __init__(self, parser: BlockParser, config: dict[str, Any]) -> None:
        super().__init__(parser, config)

    def test(self, parent: etree.Element, block: str) -> bool:
        if "|" not in block or not super().test(parent, block):
            return False
        cells = len(self.separator or ()) * (block.count("\n") + 1)
        return cells <= 3 * block.count("|") + self.SPARE_CELLS


class Divisions(Extension):
    """Fenced divisions (see `fences`). Each class has a function that fills its element."""

    def extendMarkdown(self, md: Markdown) -> None:
        """Find the fences behind code and HTML, which may show one; make them blocks."""
        found: list[fences.Fence] = []
        md.preprocessors.register(_FindFences(md, found), "fences", 17)
        md.parser.blockprocessors.register(_Division(md.parser, found), "fences", 95)


class _FindFences(Preprocessor):
    """Puts a sign of ours, alone in its block, in the place of each line of a fence."""

    def __init__(self, md: Markdown, found: list[fences.Fence]) -> None:
        super().__init__(md)
        self._found = found

    def run(self, lines: list[str]) -> list[str]:
        self._found.clear()
        if not any(line.startswith(":::") for line in lines):
            return lines
        signs = {}
        for each in fences.find(lines, _DIVISIONS):
            number = len(self._found)
            self._found.append(each.fence)
            signs[each.first] = f"{shapes.STX}open{number}{shapes.ETX}"
            signs[each.last] = f"{shapes.STX}close{number}{shapes.ETX}"
        out: list[str] = []
        for number, line in enumerate(lines):
            out += ["", signs[number], ""] if number in signs else [line]
        return out


class _Division(BlockProcessor):
    _SIGN = re.compile(f"{shapes.STX}(?:open|close)([0-9]+){shapes.ETX}")

    def __init__(self, parser: BlockParser, found: list[fences.Fence]) -> None:
        super().__init__(parser)
        self._found = found

    def test(self, parent: etree.Element, block: str) -> bool:
        return self._SIGN.fullmatch(block.strip()) is not None

    def run(self, parent: etree.Element, blocks: list[str]) -> None:
        opening = blocks.pop(0).strip()
        closing = opening.replace("open", "close")
        if closing == opening:
            return
        inside: list[str] = []
        while blocks and (block := blocks.pop(0)).strip() != closing:
            inside.append(block)
        match = self._SIGN.fullmatch(opening)
        fence = self._found[int(match[1])] if match else fences.Fence(("",))
        division = etree.SubElement(parent, "div")
        self.parser.parseBlocks(division, inside)
        _DIVISIONS[fence.classes[0]](division, fence)


def _live_list(division: etree.Element, fence: fences.Fence) -> None:
    division.set("class", "live-list")
    etree.SubElement(division, "div", live_slots.attributes(fence.classes[0], fence.pairs))


def _voice(division: etree.Element, fence: fences.Fence) -> None:
    division.set("class", "voice-passage")
    division.insert(0, etree.Element("div", voice_slots.attributes(fence.pairs)))


_DIVISIONS = {**dict.fromkeys(live_slots.KINDS, _live_list), "voice": _voice}
