"""Taking texts out of the database for good, those that are built on them staying whole."""

from collections.abc import Collection

from sqlalchemy import delete, exists, select, update
from sqlalchemy.orm import Session

from wiki.pages.models import Revision, TextRow
from wiki.pages.service import forget_rendered
from wiki.pages.storage import load_bytes, stand_alone


def erase_texts(session: Session, text_ids: Collection[int]) -> int:
    """Delete these texts and their rendered copies unless a revision has them; how many went.

    Texts that are compressed against one of them are stored anew by themselves first. Cost: a
    statement or two a text, and decoding it.
    """
    gone = 0
    for text_id in sorted(set(text_ids)):
        if session.scalar(select(exists().where(Revision.text_id == text_id))):
            continue
        resting = session.execute(
            select(TextRow.id, TextRow.sha256).where(TextRow.base_id == text_id)
        ).all()
        for resting_id, sha256 in resting:
            body = stand_alone(load_bytes(session, resting_id, sha256))
            session.execute(
                update(TextRow)
                .where(TextRow.id == resting_id)
                .values(base_id=None, depth=0, body=body)
            )
        forget_rendered(session, text_id)
        session.execute(delete(TextRow).where(TextRow.id == text_id))
        gone += 1
    return gone
