"""Appending a whole history: every revision with its author and time, rendered only at the end."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from wiki.accounts.models import User
from wiki.accounts.service import imported_contributor
from wiki.attribution.service import Recorder
from wiki.errors import InvalidInput, PageGone
from wiki.pages.models import Page, Revision, TextRow
from wiki.pages.service import NewRevision, append_revision, create_page, text_of
from wiki.pages.storage import digest
from wiki.rendering.worker import RendererProtocol
from wiki.saving.checks import accepted_text
from wiki.saving.publication import publish


@dataclass(frozen=True, kw_only=True)
class Target:
    """Where a history goes and what is said about it."""

    slug: str
    title: str
    licence: str
    source: str  # where it comes from, shown on the page
    language: str = "en"


@dataclass(frozen=True, kw_only=True)
class Past:
    """One revision of somebody else's wiki."""

    author: str
    saved_at: datetime
    text: str
    summary: str = ""
    minor: bool = False


class History:
    """Appends to one page, holding in memory what the next revision needs of the last.

    Until `finish`, the page is a draft without members: nobody reads half an import. A batch ends
    with the caller's commit; after a crash, `done` says how many revisions are there already.
    """

    def __init__(self, session: Session, target: Target, importer: User, *, now: datetime) -> None:
        self._session = session
        self._target = target
        self._importer_id = importer.id
        self._now = now
        self._page_id = self._start()
        self._users: dict[str, int] = {}
        self._recorder = Recorder(session, self._page_id)

    def _start(self) -> int:
        page = self._session.scalar(select(Page).where(Page.slug == self._target.slug))
        if page is None:
            page = create_page(
                self._session,
                slug=self._target.slug,
                title=self._target.title,
                now=self._now,
                state="draft",
                language=self._target.language,
                licence=self._target.licence,
                origin_note=self._target.source,
            )
        elif page.origin_note != self._target.source:
            raise InvalidInput(
                "slug",
                "There is already a page at “%(slug)s” that does not come from this source.",
                {"slug": self._target.slug},
            )
        elif page.state == "deleted":
            raise PageGone(page.slug)
        return page.id

    @property
    def page(self) -> Page:
        """The page's row."""
        return self._session.get_one(Page, self._page_id)

    @property
    def done(self) -> int:
        """How many revisions the page has."""
        return self.page.head_number

    @property
    def unpublished(self) -> bool:
        """Whether `finish` has something to do: the last revision there is not public yet."""
        return self.page.public_number != self.page.head_number

    def holds(self, number: int, text: str) -> bool:
        """Whether revision `number` has exactly this text."""
        return self._session.scalar(
            select(TextRow.sha256)
            .join(Revision, Revision.text_id == TextRow.id)
            .where(Revision.page_id == self._page_id, Revision.number == number)
        ) == digest(text)

    def append(self, past: Past) -> None:
        """Append one revision, null edits and blanks included."""
        session = self._session
        revision = append_revision(
            session,
            self.page,
            NewRevision(
                text=past.text,
                author=self._author(past.author),
                saved_at=past.saved_at,
                summary=past.summary,
                minor=past.minor,
                via="import",
                importer=session.get_one(User, self._importer_id),
            ),
        )
        self._recorder.record(revision.number, past.text)

    def end_batch(self) -> None:
        """Write what is held back; the caller commits and the session forgets the rows."""
        self._recorder.flush()
        self._session.flush()

    def finish(self, renderer: RendererProtocol) -> Page:
        """Publish the head: from now on it is a page like any other."""
        page = self.page
        number = page.head_number
        source = text_of(self._session, page, number)
        checked = accepted_text(source)
        revision = self._session.scalars(
            select(Revision).where(Revision.page_id == page.id, Revision.number == number)
        ).one()
        rendered = renderer.render(source, language=page.language)
        publish(self._session, page, revision, checked, rendered, now=self._now)
        page.public_from_number = 1
        return page

    def _author(self, name: str) -> User:
        known = self._users.get(name)
        if known is not None:
            return self._session.get_one(User, known)
        user = imported_contributor(
            self._session, name=name, source=self._target.source, now=self._now
        )
        self._users[name] = user.id
        return user
