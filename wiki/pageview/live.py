"""Lists of cases and lessons that a page shows and nobody wrote: of a theme, and of its slots."""

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup
from sqlalchemy.orm import Session

from wiki.cases.board import Board
from wiki.cases.browsing import Wanted, read
from wiki.cases.index import CaseIndex
from wiki.cases.listing import first
from wiki.cases.shown import Line, line
from wiki.cases.vocabulary import Lists
from wiki.pages.models import Page
from wiki.pages.queries import addresses
from wiki.pageview.wording import labels_of
from wiki.policy import ANYBODY
from wiki.rendering.live_slots import Slot, filled
from wiki.web.i18n import gettext as _
from wiki.web.i18n import ngettext

OF_A_THEME = 12  # cases, and lessons, on the page of a theme
IN_A_SLOT = 10
MOST_SLOTS = 12  # that are filled on one page
PATHS = {"case": "/cases", "lesson": "/lessons"}


@dataclass(frozen=True)
class LiveList:
    """The first pages of a list, how many it has, and where the rest is."""

    kind: str
    lines: list[Line]
    total: int
    address: str
    unknown: tuple[str, ...] = ()  # what the list asks for and nobody knows


def lists_of_theme(session: Session, board: Board, page: Page) -> list[LiveList]:
    """The cases and the lessons of the theme that this page is about: that of its address, or of
    one that it had before. Nothing if there is no such theme. Three SELECTs, four if renamed."""
    index, lists = board.both(session)
    slug = page.slug
    if slug not in lists["theme"]:
        slug = next((old for old in addresses(session, page) if old in lists["theme"]), "")
    if not slug:
        return []
    return [
        _list(session, index, lists, Wanted(kind, {"theme": (slug,)}), OF_A_THEME)
        for kind in ("case", "lesson")
    ]


def fill(session: Session, board: Board, html: str) -> str:
    """The page with its lists in their slots. Cost: two SELECTs a list, none without."""
    left = MOST_SLOTS

    def draw(slot: Slot) -> str:
        nonlocal left
        left -= 1
        if left < 0:
            return ""
        index, lists = board.both(session)
        wanted = read(slot.kind, slot.pairs, lists)
        return str(drawn(_list(session, index, lists, wanted, IN_A_SLOT)))

    return filled(html, draw)


def _list(session: Session, index: CaseIndex, lists: Lists, wanted: Wanted, size: int) -> LiveList:
    entries, total = first(session, index, wanted, ANYBODY, size)
    labels = labels_of(lists)
    return LiveList(
        kind=wanted.kind,
        lines=[line(entry, labels) for entry in entries],
        total=total,
        address=wanted.address(PATHS[wanted.kind]),
        unknown=wanted.ignored,
    )


def drawn(live: LiveList) -> Markup:
    """A list inside a story: it stands in the middle of stored HTML, where no template reaches."""
    parts = [_unknown(live.unknown)] if live.unknown else []
    if not live.lines:
        nothing = _("Nothing fits this list yet.")
        return Markup("").join([*parts, Markup('<p class="live-none">{}</p>').format(nothing)])
    items = Markup("\n").join(_item(each) for each in live.lines)
    parts.append(Markup('<ul class="entries">\n{}\n</ul>').format(items))
    parts.append(Markup('<p class="live-more"><a href="{}">{}</a></p>').format(*_more(live)))
    return Markup("\n").join(parts)


def _more(live: LiveList) -> tuple[str, str]:
    if live.kind == "case":
        return live.address, ngettext("This case in its list", "All %(num)s cases", live.total)
    return live.address, ngettext("This lesson in its list", "All %(num)s lessons", live.total)


def _item(each: Line) -> Markup:
    said = [f"{what}: {how}" for what, how in each.outcomes]
    said += [_("Partners disagree")] if each.disagree == "partners" else []
    said += [_("Views differ")] if each.disagree == "people" else []
    said += [each.status_words] if each.status_words else []
    return Markup(
        '<li><a class="entry-title" href="/w/{slug}" lang="{lang}" dir="auto">{title}</a>'
        '<p class="entry-text" lang="{lang}" dir="auto">{text}</p>'
        '<p class="entry-status">{said}</p></li>'
    ).format(
        slug=each.slug,
        lang=each.language,
        title=each.title,
        text=each.text,
        said=" · ".join(said),
    )


def _unknown(unknown: Sequence[str]) -> Markup:
    said = _("This list also asks for something that this wiki does not know; it was left out:")
    return Markup('<p class="live-unknown">{} <code>{}</code></p>').format(
        said, ", ".join(unknown)
    )
