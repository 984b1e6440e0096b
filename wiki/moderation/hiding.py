"""Hiding a revision's text, summary and author's name, each on its own, and showing them again.

Texts are kept by content, so the same words may stand in several revisions (a revert brings them
back, a copy carries them to another page): what hides a text asks about all of them.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from wiki.db import begin_writing
from wiki.errors import InvalidInput, RevisionNotFound
from wiki.moderation.decisions import Ruling, decide
from wiki.moderation.queries import SameText, same_text
from wiki.moderation.service import drop_copies, hold, public_page
from wiki.pages.models import Page, Revision
from wiki.pages.service import forget_rendered
from wiki.policy import may_see_hidden, require

MOST = 500  # revisions in one act
PARTS = ("text", "summary", "name")


@dataclass(frozen=True)
class Hidden:
    """Which parts of a revision nobody sees."""

    text: bool = False
    summary: bool = False
    name: bool = False

    @classmethod
    def of(cls, revision: Revision) -> "Hidden":
        """What is hidden of it now."""
        return cls(revision.hide_text, revision.hide_summary, revision.hide_name)

    def with_all_of(self, other: "Hidden") -> "Hidden":
        """Hidden here or there."""
        return Hidden(
            self.text or other.text, self.summary or other.summary, self.name or other.name
        )


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """What shall be hidden of a revision, and of which others.

    `through`: the last of a row of revisions that begins with this one; the others only lose
    parts, what is hidden there stays so. `everywhere`: all revisions with the same text follow.
    """

    slug: str
    number: int
    hidden: Hidden
    through: int | None = None
    everywhere: bool = True


def hide(session: Session, wanted: Wanted, ruling: Ruling) -> int:
    """Hide exactly these parts of a revision and show its others; how many revisions changed.

    The text that readers see now cannot be hidden: InvalidInput("text"), with nothing changed.
    Also InvalidInput("through" | "reason" | ""), PermissionDenied, PageNotFound,
    RevisionNotFound. Rendered copies, stored pages and the index follow. Cost: a look at every
    revision of the wiki for the same text, and four statements a page.
    """
    require(may_see_hidden(ruling.viewer))
    begin_writing(session)
    page = public_page(session, wanted.slug, ruling.viewer)
    copies = _copies(session, page, wanted, ruling)
    pages = {held.id: held for held in hold(session, [page.id, *(c.page_id for c in copies)])}
    changes = _changes(_row_of(session, page, wanted), wanted.hidden)
    changes |= _changes_of_text(session, copies, text=wanted.hidden.text)
    if not changes:
        raise InvalidInput("", "Nothing would change: tick what shall be hidden or shown again.")
    _refuse_what_is_read(changes, pages)
    _log(session, changes, pages, wanted, ruling)
    for revision, after in changes.items():
        revision.hide_text, revision.hide_summary = after.text, after.summary
        revision.hide_name = after.name
    session.flush()
    _forget_renderings(session, changes)
    drop_copies(session, [pages[key] for key in {r.page_id for r in changes}], ruling.now)
    return len(changes)


def _copies(session: Session, page: Page, wanted: Wanted, ruling: Ruling) -> Sequence[SameText]:
    last = wanted.through or wanted.number
    head, first = page.head_number, page.public_from_number or 1
    if not first <= wanted.number <= head:
        raise RevisionNotFound()
    if not wanted.number <= last <= head or last - wanted.number >= MOST:
        raise InvalidInput(
            "through",
            "The last revision must be a number from %(first)s to %(last)s.",
            {"first": wanted.number, "last": min(head, wanted.number + MOST - 1)},
        )
    return same_text(session, page, wanted.number, last) if wanted.everywhere else []


def _row_of(session: Session, page: Page, wanted: Wanted) -> list[Revision]:
    return list(
        session.scalars(
            select(Revision)
            .where(
                Revision.page_id == page.id,
                Revision.number.between(wanted.number, wanted.through or wanted.number),
            )
            .order_by(Revision.number)
            .execution_options(populate_existing=True)
        )
    )


def _changes(row: list[Revision], hidden: Hidden) -> dict[Revision, Hidden]:
    first = replace(hidden, name=True) if row[0].kept_back else hidden  # not theirs to show
    after = {r: Hidden.of(r).with_all_of(hidden) for r in row[1:]} | {row[0]: first}
    return {r: then for r, then in after.items() if then != Hidden.of(r)}


def _changes_of_text(
    session: Session, copies: Sequence[SameText], *, text: bool
) -> dict[Revision, Hidden]:
    ids = [copy.revision_id for copy in copies if copy.hidden != text]
    rows = session.scalars(select(Revision).where(Revision.id.in_(ids)))
    return {r: replace(Hidden.of(r), text=text) for r in rows}


def _refuse_what_is_read(changes: dict[Revision, Hidden], pages: dict[int, Page]) -> None:
    for revision, after in changes.items():
        page = pages[revision.page_id]
        read = page.state == "public" and revision.number in (page.public_number, page.head_number)
        if after.text and read:
            raise InvalidInput(
                "text",
                "Readers see this text now, as revision %(number)s of “%(title)s”. First save a "
                "revision there without the passage; then this one can be hidden.",
                {"number": revision.number, "title": page.title},
            )


def _log(
    session: Session,
    changes: dict[Revision, Hidden],
    pages: dict[int, Page],
    wanted: Wanted,
    ruling: Ruling,
) -> None:
    """One line a page and act: which parts of which revisions, never what they said."""
    told: dict[tuple[int, str], dict[str, list[int]]] = defaultdict(lambda: defaultdict(list))
    for revision, after in changes.items():
        for part in PARTS:
            before, then = getattr(Hidden.of(revision), part), getattr(after, part)
            if before != then:
                told[revision.page_id, "hide" if then else "unhide"][part].append(revision.number)
    for (page_id, act), parts in told.items():
        numbers = {number for held in parts.values() for number in held}
        asked = pages[page_id].slug == wanted.slug and wanted.number in numbers
        decide(
            session,
            act,
            actor=ruling.actor,
            reason=ruling.reason,
            now=ruling.now,
            page=pages[page_id],
            revision_number=wanted.number if asked else min(numbers),
            details={part: spans(held) for part, held in parts.items()},
        )


def spans(numbers: Iterable[int]) -> str:
    """Numbers as people write them: "3–5, 9"."""
    said = []
    for _key, group in groupby(enumerate(sorted(numbers)), key=lambda pair: pair[1] - pair[0]):
        run = [number for _at, number in group]
        said.append(str(run[0]) if len(run) == 1 else f"{run[0]}–{run[-1]}")
    return ", ".join(said)


def _forget_renderings(session: Session, changes: dict[Revision, Hidden]) -> None:
    for text_id in {r.text_id for r, after in changes.items() if after.text}:
        shown = exists().where(Revision.text_id == text_id, Revision.hide_text.is_(False))
        if not session.scalar(select(shown)):
            forget_rendered(session, text_id)
