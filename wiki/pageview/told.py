"""What a page tells all its readers alike: its text with all that is derived from it.

Kept in memory while the page's stamp stays the same. Whatever changes a page for a reader, a
hidden text or name above all, changes its stamp: what was kept before is not found again.
"""

from dataclasses import dataclass, replace
from datetime import datetime
from functools import lru_cache, partial
from sys import getsizeof
from typing import Any

from sqlalchemy.orm import Session

from wiki.cases.board import Board
from wiki.cases.facts import account_line
from wiki.errors import RevisionNotFound
from wiki.pages.models import Page
from wiki.pages.queries import existing_slugs, shown_number
from wiki.pages.revisions import RevisionView, revision_view
from wiki.pages.service import text_of
from wiki.pages.storage import load_text
from wiki.pageview.case_page import (
    CaseShown,
    CaseWords,
    LessonShown,
    show_case,
    show_lesson,
    teller_of,
)
from wiki.pageview.copies import Copy, copy_of
from wiki.pageview.kept import Kept
from wiki.pageview.live import LiveList, fill, lists_of_theme
from wiki.pageview.naming import name_passages
from wiki.pageview.panel import Counted, PanelWords, VoicesPanel, name_of, panel
from wiki.pageview.slots import colour_links
from wiki.pageview.voices import count, voice_addresses, with_voices
from wiki.pageview.whose import Known, Whose, known_of, whose
from wiki.pageview.whose import Words as SpokenWords
from wiki.policy import ANYBODY, Viewer
from wiki.rendering.worker import RendererProtocol
from wiki.text import front_matter
from wiki.voices.daily import counted_revision, kept_words
from wiki.voices.measures import OWN
from wiki.voices.speaking import written
from wiki.web.compression import deflated

PANEL_VOICES = 6
KEPT_BYTES = 6_000_000  # about 200 pages
BESIDE = 4_000  # bytes of what is kept beside the HTML, about
LISTED = 2_000  # bytes of a case or lesson in a list, about


@dataclass(frozen=True)
class Words:
    """Sentences in the reader's language that business code cannot make."""

    panel: PanelWords
    missing_link: str
    nobody: str  # nobody from this partnership has written here yet
    cases: CaseWords = CaseWords()


@dataclass(frozen=True)
class Told:
    """One revision of a page as every reader sees it, or as one viewer does (see `told`)."""

    last: RevisionView
    html: str  # safe, its slots filled
    contents: tuple[tuple[int, str, str], ...]
    fields: dict[str, Any]
    case: CaseShown | None
    lesson: LessonShown | None
    summary: str
    account_line: str
    voices: VoicesPanel | None
    only: str  # the name of the one voice that is marked; "" if all or none are
    missing: frozenset[str]  # addresses it points at that lead nowhere
    failed: bool
    whose: Whose | None = None  # of a case: who speaks, and who is silent
    changes_at: datetime | None = None  # when what is told of a voice changes by itself
    live: tuple[LiveList, ...] = ()  # what the wiki lists by itself on the page of a theme
    packed: bytes = b""  # the HTML as `deflated` packs it; only of what is kept


@dataclass(frozen=True)
class Marked:
    """Whether passages are marked with their voices; `only`: those of the voice at this place of
    the panel, 0: of all."""

    wanted: bool = False
    only: int = 0


@dataclass(frozen=True)
class Means:
    """What a page is made with, beside the database."""

    words: Words
    renderer: RendererProtocol
    board: Board


KEPT: Kept[Told] = Kept(KEPT_BYTES)


@lru_cache(maxsize=16)
def fields_of(source: str) -> dict[str, Any]:
    """The front matter's fields; none where it cannot be read (an imported page may hold any)."""
    try:
        return dict(front_matter.read(source).fields)
    except front_matter.FrontMatterError:
        return {}


def told(
    session: Session,
    page: Page,
    number: int,
    viewer: Viewer,
    marked: Marked,
    means: Means,
    now: datetime,
) -> Told:
    """What this revision tells the viewer. RevisionNotFound, also for a voice that is not there.

    Cost: nothing if the public revision was asked for since the last change, but one SELECT if it
    has links that lead nowhere (a draft of the viewer's own may be there); else about eight.
    """
    if number > shown_number(page):
        raise RevisionNotFound()
    if page.state != "public" or number != page.public_number or marked.only:
        return _made(session, page, number, viewer, marked, means, now)
    key = (page.public_id, number, page.public_stamp, marked, means.words)
    found = KEPT.get(key)
    if found is None or (found.changes_at is not None and found.changes_at <= now):
        made = _made(session, page, number, ANYBODY, marked, means, now)
        found = replace(made, packed=deflated(made.html.encode()))
        listed = LISTED * sum(len(each.lines) for each in found.live)
        KEPT.put(key, found, getsizeof(found.html) + len(found.packed) + BESIDE + listed)
    if viewer.signed_in and existing_slugs(session, sorted(found.missing), viewer):
        return _made(session, page, number, viewer, marked, means, now)
    return found


@dataclass(frozen=True)
class _Text:
    """A revision's text with what is derived from it; empty if it is hidden."""

    number: int
    source: str
    copy: Copy
    counted: Counted
    fields: dict[str, Any]


def _made(
    session: Session,
    page: Page,
    number: int,
    viewer: Viewer,
    marked: Marked,
    means: Means,
    now: datetime,
) -> Told:
    board = means.board
    words = replace(means.words, cases=means.words.cases.asked_once(session))
    revision = revision_view(session, page, number, viewer)
    text = _text(session, page, revision, means.renderer)
    existing = existing_slugs(session, text.copy.links, viewer)
    known = known_of(session, page, text.source, now)
    html = text.copy.html
    if marked.wanted and html and not text.copy.failed:
        html = with_voices(
            session, page, number, text.source, html, words=words.panel, only=marked.only
        )
    html = name_passages(
        html,
        known,
        words.cases,
        partial(words.cases.lists, session),
        page.slug,
        number,
    )
    shown = (session, page, text.fields, viewer, words.cases)
    kind = text.fields.get("type")
    tells = kind == "case" and number == shown_number(page)  # of older ones nobody recomputes any
    who = _whose(session, page, known, text, words.cases) if tells else None
    silent = who is not None and not any(each.state == OWN for each in who.ledger)
    return Told(
        last=revision,
        html=fill(session, board, colour_links(html, existing, missing_title=words.missing_link)),
        contents=text.copy.contents,
        fields=text.fields,
        case=show_case(*shown, known.ratings) if kind == "case" else None,
        whose=who,
        changes_at=known.changes_at,
        lesson=show_lesson(*shown) if kind == "lesson" else None,
        summary=_line(text.fields.get("summary") or text.fields.get("claim")),
        account_line=account_line(text.fields),
        voices=None if revision.text_hidden else _panel(page, text, words, silent),
        only=_name(text.counted, marked.only, words.panel),
        missing=frozenset(text.copy.links) - existing,
        failed=text.copy.failed,
        live=_live(session, board, page, number),
    )


def _whose(session: Session, page: Page, known: Known, text: _Text, words: CaseWords) -> Whose:
    teller = teller_of(session, text.fields, words)
    now = SpokenWords(text.counted.spoken, _is_desk(text.fields))
    counted = _counted(session, page, text, now)
    return whose(known, text.fields, now, counted, teller, words.language_name)


def _counted(session: Session, page: Page, text: _Text, now: SpokenWords) -> SpokenWords | None:
    """The words that the figures are of: those shown now, or of another revision of the page. Cost
    of the latter: nothing where they were kept, else its text, and as `count`."""
    wanted = text.number if page.state == "draft" else counted_revision(page)
    if wanted is None or wanted == text.number:
        return now if wanted else None
    kept = kept_words(page, wanted)
    if kept is not None:
        by_writer = written(kept.spoken, text.counted.writers)
        return SpokenWords(by_writer, kept.desk, page.figured_on)
    source = text_of(session, page, wanted)
    spoken = count(session, page, wanted, source).spoken
    return SpokenWords(spoken, _is_desk(fields_of(source)), page.figured_on)


def _is_desk(fields: dict[str, Any]) -> bool:
    return fields.get("account_basis") == "desk_summary"


def _live(session: Session, board: Board, page: Page, number: int) -> tuple[LiveList, ...]:
    """What a theme lists today; an old revision of it lists nothing."""
    if page.kind != "theme" or number != shown_number(page):
        return ()
    return tuple(lists_of_theme(session, board, page))


def _text(
    session: Session, page: Page, revision: RevisionView, renderer: RendererProtocol
) -> _Text:
    if revision.text_hidden:
        return _Text(revision.number, "", Copy("", (), (), False), Counted({}, {}), {})
    copy = copy_of(
        session, revision.text_id, revision.sha256, renderer=renderer, language=page.language
    )
    source = load_text(session, revision.text_id, revision.sha256)
    counted = count(session, page, revision.number, source)
    return _Text(revision.number, source, copy, counted, fields_of(source))


def _name(counted: Counted, place: int, words: PanelWords) -> str:
    """The voice at this place of the panel; RevisionNotFound if there is none."""
    if not place:
        return ""
    order = counted.by_share()
    if place > len(order):
        raise RevisionNotFound("This revision has no such voice.")
    return name_of(counted.bylines[order[place - 1]], words)


def _panel(page: Page, text: _Text, words: Words, silent: bool) -> VoicesPanel:
    """`silent`: no partner has words of its own here."""
    hrefs = voice_addresses(page, text.number, text.counted)
    made = panel(text.counted, words.panel, shown=PANEL_VOICES, hrefs=hrefs)
    if _is_desk(text.fields) and silent:
        made.notes.append(words.nobody)
    return made


def _line(value: object) -> str:
    return " ".join(value.split()) if isinstance(value, str) else ""
