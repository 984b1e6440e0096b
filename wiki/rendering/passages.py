"""The reading view with voices: every passage of a rendered page says whose words it is.

A name stands in the text before each passage, so that screen readers, paper and readers
who see no colour get the same. Pure: HTML and owners in, HTML out.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from wiki.rendering.alignment import align
from wiki.rendering.plain import is_added
from wiki.rendering.tree import BLOCKS, Element, parse, serialize
from wiki.text import tokens

SHORT_RUN = 3  # words; fewer between two passages of one voice get the small form
_WHOLE = frozenset({"a", "abbr", "code", "ruby", "sup", "sub"})  # one voice each: its first
_QUIET_BLOCKS = frozenset({"li", "td", "th", "dt", "dd", "caption", "summary"})
_HEADINGS = frozenset({"h2", "h3", "h4", "h5", "h6"})
Heard = tuple[int | None, int | None]  # a shown word's owner, and its place among the source's
Address = Callable[[int, int], str]  # first and last place of a passage to where its name leads


@dataclass(frozen=True, slots=True)
class VoiceMark:
    """How a voice is shown: name as chosen, hue 1 to 8."""

    name: str
    hue: int


@dataclass(slots=True)
class _Piece:
    """Text (or a whole inline element) of one voice, 0 to n words; None: no voice known."""

    node: Element | str
    owner: int | None
    heard: list[Heard]


@dataclass(slots=True)
class _Edge:
    """The start (`opens`) or the end of an inline element that holds several voices."""

    element: Element
    opens: bool


@dataclass(slots=True)
class _Marker:
    voices: Mapping[int, VoiceMark]
    heard: Iterator[Heard]
    address: Address | None = None
    spoke: int | None = None  # the voice heard last, over all blocks


def mark(
    html: str,
    words: Sequence[str],
    owners: Sequence[int],
    voices: Mapping[int, VoiceMark],
    address: Address | None = None,
) -> str:
    """Return `html` (as `Rendered.html`) with each passage wrapped and named.

    `words` are the word tokens of the source body in order and `owners` the key in `voices` of
    each; ValueError if their lengths differ. Words whose owner has no VoiceMark stay
    unmarked. With an `address` each name leads there; it is given the places in `words` of the
    first and the last word of the passage. Text without the names is unchanged. A name that
    opens a block by the voice heard last has the class `voice-again`: readers who see need it no
    more. In code blocks, which are copied and run, names stand before the block. Linear.
    """
    if len(words) != len(owners):
        raise ValueError(f"{len(words)} words have {len(owners)} owners")
    root = parse(html)
    shown = [token for text in _texts(root) for token in _word_tokens(text)]
    found = [(None if at is None else owners[at], at) for at in align(shown, words)]
    _mark_block(root, _Marker(voices, iter(found), address))
    return serialize(root)


def _word_tokens(text: str) -> list[str]:
    return [token for token in tokens.tokens(text) if tokens.is_word(token)]


def _word_spans(text: str) -> list[tuple[int, int]]:
    return [span for span in tokens.token_spans(text) if tokens.is_word(text[slice(*span)])]


def _texts(node: Element) -> Iterator[str]:
    for child in node.children:
        if isinstance(child, str):
            yield child
        elif not is_added(child):
            yield from _texts(child)


def _mark_block(block: Element, marker: _Marker) -> None:
    """Mark the text that stands directly in `block`, then go into the blocks inside it."""
    children, block.children = block.children, []
    line: list[Element | str] = []
    for child in children:
        if isinstance(child, Element) and _holds_block(child):
            block.children += _mark_line(line, block, marker)
            line = []
            if child.name == "pre":
                block.children += _names_of_code(child, marker)
            else:
                _mark_block(child, marker)
            block.children.append(child)
        else:
            line.append(child)
    block.children += _mark_line(line, block, marker)


def _holds_block(element: Element) -> bool:
    return element.name in BLOCKS or any(e.name in BLOCKS for e in element.walk())


def _names_of_code(pre: Element, marker: _Marker) -> list[Element | str]:
    heard = [said for text in _texts(pre) for said in _take(text, marker) if said[0] is not None]
    owners = [owner for owner, _ in heard if owner is not None]
    goes_on = set(owners) == {marker.spoke}
    marker.spoke = owners[-1] if owners else marker.spoke
    leads = _leads(heard, marker)
    names: list[Element | str] = [
        _name(marker.voices[owner], leads)
        for owner in dict.fromkeys(owners)
        if owner in marker.voices
    ]
    if not names:
        return []
    classes = "voice-names" + " voice-again" * goes_on
    return [Element("p", {"class": classes}, names)]


def _take(text: str, marker: _Marker) -> list[Heard]:
    return [next(marker.heard) for _ in _word_tokens(text)]


def _leads(heard: Sequence[Heard], marker: _Marker) -> str | None:
    """Where the name of a passage of these words leads; None: nowhere."""
    places = [at for _, at in heard if at is not None]
    if marker.address is None or not places:
        return None
    return marker.address(min(places), max(places))


def _mark_line(line: list[Element | str], block: Element, marker: _Marker) -> list[Element | str]:
    items: list[_Piece | _Edge] = []
    for node in line:
        _split(node, marker, items)
    runs = _runs([item for item in items if isinstance(item, _Piece)])
    if not runs:
        return line
    return _Writer(items, runs, block, marker).write()


def _split(node: Element | str, marker: _Marker, items: list[_Piece | _Edge]) -> None:
    if isinstance(node, str):
        items += _split_text(node, marker)
        return
    if is_added(node):
        items.append(_Piece(node, None, []))
        return
    if node.name in _WHOLE:
        heard = [said for text in _texts(node) for said in _take(text, marker)]
        items.append(_Piece(node, next((o for o, _ in heard if o is not None), None), heard))
        return
    inside: list[_Piece | _Edge] = []
    for child in node.children:
        _split(child, marker, inside)
    pieces = [item for item in inside if isinstance(item, _Piece)]
    heard_here = {piece.owner for piece in pieces if piece.owner is not None}
    if len(heard_here) > 1:
        items += [_Edge(node, True), *inside, _Edge(node, False)]
    else:
        owner = next(iter(heard_here), None)
        items.append(_Piece(node, owner, [said for piece in pieces for said in piece.heard]))


def _split_text(text: str, marker: _Marker) -> list[_Piece]:
    """Cut `text` where the voice changes; words nobody is known for stay with the voice before."""
    pieces: list[_Piece] = []
    start = end = 0
    heard: list[Heard] = []
    owner: int | None = None
    for at, next_end in _word_spans(text):
        said = next(marker.heard)
        speaker = said[0]
        if end == 0 or (speaker is not None and owner is not None and speaker != owner):
            cut = _cut(text, end, at)
            pieces.append(_Piece(text[start:cut], owner, heard))
            start, heard = cut, []
        owner = speaker if speaker is not None else owner
        end = next_end
        heard.append(said)
    pieces.append(_Piece(text[start:], owner, heard))
    return pieces


def _cut(text: str, end: int, at: int) -> int:
    """Return where to cut between two words: an opening quote or bracket goes with its word."""
    cut = at
    while cut > end and not text[cut - 1].isspace():
        cut -= 1
    return cut if cut > end or end == 0 else at


@dataclass(slots=True)
class _Run:
    owner: int
    heard: list[Heard]
    small: bool = False
    again: bool = False  # the voice that was heard last, going on in another block


def _runs(pieces: list[_Piece]) -> list[_Run]:
    runs: list[_Run] = []
    for piece in pieces:
        if runs and piece.owner in (None, runs[-1].owner):
            runs[-1].heard.extend(piece.heard)
        elif piece.owner is not None:
            runs.append(_Run(piece.owner, list(piece.heard)))
    for before, run, after in zip(runs, runs[1:], runs[2:], strict=False):
        if len(run.heard) < SHORT_RUN and before.owner == after.owner:
            run.small = after.small = True
    return runs


def _name(
    voice: VoiceMark, leads: str | None, *, small: bool = False, again: bool = False
) -> Element:
    """Return the name with a colon, so that it reads as a name without any style."""
    name: Element | str = voice.name
    if leads is not None:
        name = Element("a", {"href": leads}, [name])
    classes = "voice-name" + " voice-name-small" * small + " voice-again" * again
    return Element("span", {"class": classes, "dir": "auto"}, [name, ": "])


class _Writer:
    """Writes one line of pieces with names and passages, each inside its inline element."""

    def __init__(
        self,
        items: list[_Piece | _Edge],
        runs: list[_Run],
        block: Element,
        marker: _Marker,
    ) -> None:
        runs[0].again = runs[0].owner == marker.spoke
        runs[0].small |= block.name in _HEADINGS or (block.name in _QUIET_BLOCKS and runs[0].again)
        self._items, self._runs, self._marker = items, iter(runs), marker
        self._run: _Run | None = None
        self._places: list[list[Element | str]] = [[]]
        self._passage: Element | None = None

    def write(self) -> list[Element | str]:
        """Return the marked line."""
        for item in self._items:
            if isinstance(item, _Edge):
                self._cross(item)
            else:
                self._add(item)
        return self._places[0]

    def _cross(self, edge: _Edge) -> None:
        self._passage = None
        if edge.opens:
            element = Element(edge.element.name, edge.element.attrs)
            self._places[-1].append(element)
            self._places.append(element.children)
        else:
            self._places.pop()

    def _add(self, piece: _Piece) -> None:
        if piece.owner is not None and (self._run is None or piece.owner != self._run.owner):
            self._run, self._passage = next(self._runs), None
            self._marker.spoke = self._run.owner
            voice = self._marker.voices.get(self._run.owner)
            if voice is not None:
                leads = _leads(self._run.heard, self._marker)
                name = _name(voice, leads, small=self._run.small, again=self._run.again)
                self._places[-1].append(name)
        voice = self._marker.voices.get(self._run.owner) if self._run else None
        if self._run is None or voice is None:
            self._places[-1].append(piece.node)
            return
        if self._passage is None:
            attrs = {
                "class": f"passage voice-{voice.hue}",
                "data-voice": str(self._run.owner),
            }
            self._passage = Element("span", attrs)
            self._places[-1].append(self._passage)
        self._passage.children.append(piece.node)
