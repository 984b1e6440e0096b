"""What a case's facets and head tell of its voices follows at once when one of them changes.

Called in the transaction that changes them, after `cases.service.hold_clock`. A publication makes
the copy by itself (`publication`).
"""

from datetime import datetime

from sqlalchemy.orm import Session

from wiki.cases.heard import NOBODY, Heard
from wiki.cases.service import hear
from wiki.cases.vocabulary import SHIPPED, Lists
from wiki.pages.models import Page
from wiki.pages.service import text_of
from wiki.saving.checks import Checked, accepted_text
from wiki.voices.hearing import heard_on
from wiki.voices.invitations import open_due


def heard_now(session: Session, page: Page, number: int, checked: Checked, now: datetime) -> Heard:
    """Who is heard on a case with this revision; nobody on other pages."""
    if page.kind != "case":
        return NOBODY
    return heard_on(session, page, number, checked.source, checked.document.fields, now)


def follow_voices(session: Session, page: Page, now: datetime) -> None:
    """Make the copy anew; nothing for a page that is no public case. Flushes."""
    if page.kind != "case" or page.state != "public" or page.public_number is None:
        return
    checked = accepted_text(text_of(session, page, page.public_number))
    hear(session, page, heard_now(session, page, page.public_number, checked, now))


def reveal(session: Session, page: Page, now: datetime, lists: Lists = SHIPPED) -> None:
    """Open the answers whose moment has come: what they reply and how they rate the outcomes is
    told with the case from here on. The caller holds the clock. Flushes."""
    if open_due(session, page, now, lists):
        follow_voices(session, page, now)
