"""A revision's text as it may be taken away: `voices.leaving` with the voices of its page."""

from datetime import datetime

from sqlalchemy.orm import Session

from wiki.pages.models import Page
from wiki.voices.leaving import Leaving, leaving
from wiki.voices.queries import voices_of


def taken_away(session: Session, page: Page, source: str, now: datetime) -> Leaving:
    """The text of the page for a file or a machine. One SELECT if passages are marked in it."""
    if ".voice" not in source:
        return Leaving(source)
    return leaving(source, voices_of(session, page.id), page.language, now)
