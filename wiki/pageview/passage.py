"""One passage of a page: whose words it is made of, and every edit that touched its paragraph."""

from collections.abc import Callable
from dataclasses import dataclass, field

from sqlalchemy.orm import Session

from wiki.attribution.passage import Kind, Touch, Traced, trace
from wiki.attribution.queries import Owned, owned_spans
from wiki.errors import RevisionNotFound
from wiki.pages.models import Page
from wiki.pages.origins import texts_before
from wiki.pages.queries import readable_page, shown_number
from wiki.pages.revisions import (
    RevisionView,
    first_readable,
    revision_view,
    revision_views,
)
from wiki.pages.storage import load_text
from wiki.policy import Viewer
from wiki.rendering.phrases import is_right_to_left
from wiki.text import tokens
from wiki.text.blocks import block_around, blocks_of
from wiki.text.word_changes import Bit, word_changes

LOOKED = 400  # revisions looked through for one page of a passage's history
MOST = 20  # touches on one page of it
EXCERPTS, EXCERPT = 3, 90  # pieces of an author's words shown, and their length in characters


@dataclass(frozen=True)
class Part:
    """What one edit has given to the passage: how many words, pieces of them, who mended them.

    `revision` is None for an edit that the viewer may not know of.
    """

    number: int
    revision: RevisionView | None
    words: int
    excerpts: list[str]
    menders: list[RevisionView]


@dataclass(frozen=True)
class ShownTouch:
    """An edit that touched the paragraph. `hidden`: its text may not be shown; no bits then."""

    kind: Kind
    number: int
    revision: RevisionView | None
    bits: list[Bit] = field(default_factory=list)
    hidden: bool = False


@dataclass(frozen=True)
class Further:
    """From where to look on: these tokens of this revision."""

    number: int
    first: int
    last: int


@dataclass(frozen=True, kw_only=True)
class PassageView:
    """A passage in its paragraph (`ahead`, `passage`, `rest`: Markdown), its parts and history."""

    slug: str
    title: str
    language: str
    direction: str
    revision: RevisionView
    is_newest: bool
    ahead: str = ""
    passage: str = ""
    rest: str = ""
    parts: list[Part] = field(default_factory=list)
    touches: list[ShownTouch] = field(default_factory=list)
    further: Further | None = None
    unpublished: bool = False  # what came before was a draft, which is its members' alone


def passage_view(
    session: Session, slug: str, number: int, first: int, last: int, viewer: Viewer
) -> PassageView:
    """Tokens `first` to `last` of a revision, counted from 0 in its whole source.

    PageNotFound, PageGone, RevisionNotFound: also where there are no such tokens. A revision
    whose text is hidden says only that. Cost: a few SELECTs, and at most LOOKED texts searched
    for the paragraph (about 50 ms for texts of 60 kB).
    """
    page = readable_page(session, slug, viewer)
    newest = shown_number(page)
    if number > newest:
        raise RevisionNotFound()
    revision = revision_view(session, page, number, viewer)
    frame = {
        "slug": page.slug,
        "title": page.title,
        "language": page.language,
        "direction": "rtl" if is_right_to_left(page.language) else "ltr",
        "revision": revision,
        "is_newest": number == newest,
    }
    if revision.text_hidden:
        return PassageView(**frame)  # type: ignore[arg-type]  # one value a field, as above
    source = load_text(session, revision.text_id, revision.sha256)
    spans = tokens.token_spans(source)
    if not first <= last < len(spans):
        raise RevisionNotFound()
    start, end = spans[first][0], spans[last][1]
    around = block_around(source, start, end) or (start, end)
    traced = _traced(session, page, number, source[slice(*around)], viewer)
    return PassageView(
        **frame,  # type: ignore[arg-type]  # as above
        ahead=source[around[0] : start],
        passage=source[start:end],
        rest=source[end : around[1]],
        parts=_parts(session, page, number, source, (first, last), viewer),
        touches=_shown(session, page, traced.touches, viewer),
        further=_further(session, page, traced, viewer),
        unpublished=bool(traced.further)
        and traced.reached == first_readable(session, page, viewer),
    )


def _traced(session: Session, page: Page, number: int, paragraph: str, viewer: Viewer) -> Traced:
    return trace(
        paragraph,
        number,
        texts_before(session, page, number, viewer, LOOKED),
        older_share=_older_share(session, page, viewer),
        most=MOST,
    )


def _older_share(session: Session, page: Page, viewer: Viewer) -> Callable[[int, str], float]:
    """Which share of a paragraph's words in a revision is older than that revision."""

    def share(number: int, paragraph: str) -> float:
        view = revision_view(session, page, number, viewer)
        source = load_text(session, view.text_id, view.sha256)
        spans = tokens.token_spans(source)
        places = [
            place
            for block in blocks_of(paragraph)
            for place in _places(source, spans, block)
            if tokens.is_word(source[slice(*spans[place])])
        ]
        origins = [
            owned.origin
            for owned in owned_spans(session, page.id, number)
            for place in range(owned.start, owned.stop)
        ]
        older = sum(origins[place] < number for place in places)
        return older / len(places) if places else 0.0

    return share


def _places(source: str, spans: list[tokens.Span], block: str) -> list[int]:
    """The tokens of the first place where this block stands in the source."""
    start = source.find(block)
    if start < 0:
        return []
    end = start + len(block)
    return [at for at, (left, right) in enumerate(spans) if left >= start and right <= end]


def _parts(
    session: Session,
    page: Page,
    number: int,
    source: str,
    asked: tuple[int, int],
    viewer: Viewer,
) -> list[Part]:
    """What each edit has given to these tokens, in the order of their first words."""
    spans = tokens.token_spans(source)
    pieces: dict[int, list[Owned]] = {}
    for owned in owned_spans(session, page.id, number):
        start, stop = max(owned.start, asked[0]), min(owned.stop, asked[1] + 1)
        inside = [n for n in range(start, stop) if tokens.is_word(source[slice(*spans[n])])]
        if inside:
            held = Owned(inside[0], inside[-1] + 1, owned.origin, owned.fixer)
            pieces.setdefault(owned.origin, []).append(held)
    numbers = {*pieces, *(o.fixer for held in pieces.values() for o in held if o.fixer)}
    views = revision_views(session, page, numbers, viewer)
    return [
        Part(
            number=origin,
            revision=views.get(origin),
            words=sum(_words(source, spans, owned) for owned in held),
            excerpts=_excerpts(source, spans, held),
            menders=[views[f] for f in sorted({o.fixer for o in held if o.fixer}) if f in views],
        )
        for origin, held in pieces.items()
    ]


def _words(source: str, spans: list[tokens.Span], owned: Owned) -> int:
    return sum(tokens.is_word(source[slice(*spans[n])]) for n in range(owned.start, owned.stop))


def _excerpts(source: str, spans: list[tokens.Span], held: list[Owned]) -> list[str]:
    """The longest pieces, in their order, each on one line."""
    longest = sorted(held, key=lambda o: o.start - o.stop)[:EXCERPTS]
    said = []
    for owned in sorted(longest, key=lambda o: o.start):
        piece = " ".join(source[spans[owned.start][0] : spans[owned.stop - 1][1]].split())
        said.append(piece if len(piece) <= EXCERPT else f"{piece[:EXCERPT].rstrip()} …")
    return said


def _shown(session: Session, page: Page, touches: list[Touch], viewer: Viewer) -> list[ShownTouch]:
    wanted = {n for touch in touches for n in (touch.number, touch.number - 1)}
    views = revision_views(session, page, wanted, viewer)
    return [_one(touch, views) for touch in touches]


def _one(touch: Touch, views: dict[int, RevisionView]) -> ShownTouch:
    """A text that is hidden in the revision, or in the one before it, is in no bit."""
    revision, last = views.get(touch.number), views.get(touch.number - 1)
    after_hidden = bool(touch.after) and (revision is None or revision.text_hidden)
    before_hidden = bool(touch.before) and (last is None or last.text_hidden)
    if after_hidden or before_hidden:
        return ShownTouch(touch.kind, touch.number, revision, hidden=True)
    if touch.kind == "changed":
        bits = word_changes(touch.before, touch.after)
    else:
        bits = [Bit("same", touch.before or touch.after)]
    return ShownTouch(touch.kind, touch.number, revision, bits)


def _further(session: Session, page: Page, traced: Traced, viewer: Viewer) -> Further | None:
    """Where the history goes on; None where it is complete, or the next text may not be shown."""
    view = revision_views(session, page, [traced.reached], viewer).get(traced.reached)
    ended = not traced.further or traced.reached == first_readable(session, page, viewer)
    if ended or view is None or view.text_hidden:
        return None
    source = load_text(session, view.text_id, view.sha256)
    places = _places(source, tokens.token_spans(source), blocks_of(traced.further)[0])
    return Further(traced.reached, places[0], places[-1]) if places else None
