"""A moderator takes out an answer that everybody can read: from beside the others, with its reply.

Words of it that an editor put into the page are a text like any other; hiding parts of a revision
is for them.
"""

from sqlalchemy import select
from sqlalchemy.orm import Session

from wiki.cases.service import hold_clock
from wiki.errors import PageNotFound
from wiki.moderation.decisions import Ruling, check_reason, decide
from wiki.moderation.service import drop_copies, public_page
from wiki.outbox.service import enqueue
from wiki.policy import may_moderate, require
from wiki.saving.hearing import follow_voices, reveal
from wiki.saving.redaction import JOB
from wiki.saving.service import lock_page
from wiki.voices.invitations import forget_answer
from wiki.voices.models import VoiceAnswer
from wiki.voices.privacy import EVERYBODY
from wiki.voices.service import forget_reply

ACT = "take_out_answer"


def take_out_answer(session: Session, slug: str, public_id: str, ruling: Ruling) -> None:
    """Empty an answer for good; one line in the log says why, never what was said.

    PermissionDenied, PageNotFound (also for one that is not open), InvalidInput("reason").
    """
    require(may_moderate(ruling.viewer))
    check_reason(ruling.reason)
    hold_clock(session)
    page = lock_page(session, public_page(session, slug, ruling.viewer).slug)
    reveal(session, page, ruling.now)
    row = session.scalar(
        select(VoiceAnswer).where(
            VoiceAnswer.page_id == page.id,
            VoiceAnswer.public_id == public_id,
            VoiceAnswer.reach == EVERYBODY,
            VoiceAnswer.opened_at.is_not(None),
            VoiceAnswer.withdrawn_at.is_(None),
        )
    )
    if row is None:
        raise PageNotFound(slug)
    forget_answer(session, row, ruling.now)
    forget_reply(session, page, row.id)
    follow_voices(session, page, ruling.now)
    decide(
        session,
        ACT,
        actor=ruling.actor,
        reason=ruling.reason,
        now=ruling.now,
        page=page,
    )
    drop_copies(session, [page], ruling.now)
    enqueue(session, JOB, page.id, ruling.now)
