"""A moderator answers somebody who says that imported words are theirs: takes them out, or not.

Taken out is as a speaker takes words back: gone everywhere, for good. Whose they are is not asked,
for nobody could prove it without saying who they are; if it was wrong, the file they came from has
them still.
"""

from sqlalchemy import select
from sqlalchemy.orm import Session

from wiki.cases.service import hold_clock
from wiki.errors import PageNotFound
from wiki.moderation.decisions import Ruling, check_reason
from wiki.moderation.service import public_page
from wiki.pages.models import Page
from wiki.policy import may_moderate, require
from wiki.saving.service import Means, lock_page
from wiki.saving.withdrawal import withdraw_voice
from wiki.voices.models import Claim, Consent, Voice
from wiki.voices.queries import NEWEST


def take_out_claimed(session: Session, public_id: str, ruling: Ruling, *, means: Means) -> str:
    """Take the words out; the address of their page. One line in the log says why, never what.

    PermissionDenied, PageNotFound (also for a claim that was answered), InvalidInput("reason").
    """
    require(may_moderate(ruling.viewer))
    check_reason(ruling.reason)
    hold_clock(session)
    claim, slug = _waiting(session, public_id)
    page = lock_page(session, public_page(session, slug, ruling.viewer).slug)
    found = session.execute(
        select(Consent, Voice)
        .join(Voice, Consent.id == NEWEST)
        .where(
            Voice.page_id == page.id,
            Voice.key == claim.voice_key,
            Voice.withdrawn_at.is_(None),
        )
    ).one_or_none()
    if found is not None:  # else its speaker took it back meanwhile
        withdraw_voice(session, page, *found, means=means, now=ruling.now, ruling=ruling)
    claim.settled_at = ruling.now
    session.flush()
    return page.slug


def leave_claimed(session: Session, public_id: str, ruling: Ruling) -> None:
    """The words stay. Nothing of it stands in the log: it would say that somebody asked.

    PermissionDenied, PageNotFound.
    """
    require(may_moderate(ruling.viewer))
    hold_clock(session)
    claim, _slug = _waiting(session, public_id)
    claim.settled_at = ruling.now
    session.flush()


def _waiting(session: Session, public_id: str) -> tuple[Claim, str]:
    found = session.execute(
        select(Claim, Page.slug)
        .join(Page, Page.id == Claim.page_id)
        .where(Claim.public_id == public_id, Claim.settled_at.is_(None), Page.state == "public")
    ).one_or_none()
    if found is None:
        raise PageNotFound()
    return found.Claim, found.slug
