"""How partners rate the outcomes themselves: beside what a page knows of them, for its facets.

Answers that are open already give theirs; of one that stands in a page its words only are left.
"""

from typing import Any

import sqlalchemy as sa
from alembic import op

from wiki.db import JsonType, MomentType

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

PUBLIC = {"public_named", "public_pseudonym", "public_deidentified"}
ANSWER = sa.table(
    "voice_answer",
    sa.column("id", sa.BigInteger()),
    sa.column("page_id", sa.BigInteger()),
    sa.column("partner_key", sa.String()),
    sa.column("round_id", sa.BigInteger()),
    sa.column("said", JsonType()),
    sa.column("opened_at", MomentType()),
    sa.column("withdrawn_at", MomentType()),
)
PARTNER = sa.table(
    "partner_answer",
    sa.column("page_id", sa.BigInteger()),
    sa.column("partner_key", sa.String()),
    sa.column("rated", JsonType()),
    sa.column("rated_by", sa.BigInteger()),
)


def upgrade() -> None:
    """Forward only: a backup is the way back."""
    empty: sa.Column[Any] = sa.Column("rated", JsonType(), nullable=False, server_default="{}")
    op.add_column("partner_answer", empty)
    op.add_column("partner_answer", sa.Column("rated_by", sa.BigInteger()))
    connection = op.get_bind()
    open_ones = connection.execute(
        sa.select(ANSWER.c.id, ANSWER.c.page_id, ANSWER.c.partner_key, ANSWER.c.said)
        .where(ANSWER.c.opened_at.is_not(None), ANSWER.c.withdrawn_at.is_(None))
        .order_by(ANSWER.c.round_id, ANSWER.c.id)  # of two, the later one counts
    ).all()
    for number, page_id, partner, said in open_ones:
        if rated := _rated(said):
            connection.execute(
                sa.update(PARTNER)
                .where(PARTNER.c.page_id == page_id, PARTNER.c.partner_key == partner)
                .values(rated=rated, rated_by=number)
            )


def _rated(said: Any) -> dict[str, Any]:
    """As `voices/rating.py` had it at this revision."""
    if not said or not PUBLIC.intersection(said["consent"]["scopes"]):
        return {}
    outcomes = {name: said.get(name, "") for name in ("partnership_outcome", "purpose_outcome")}
    if not any(outcomes.values()):
        return {}
    return {
        **outcomes,
        "for_oneself": said["voice"]["capacity"] == "for_myself",
        "carried": "export_and_citation" in said["consent"]["scopes"],
    }
