"""Somebody says that imported words are theirs: rows of truth that name nobody."""

import sqlalchemy as sa
from alembic import op

from wiki.db import MomentType

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

_NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Forward only: a backup is the way back."""
    op.create_table(
        "claim",
        sa.Column("id", _NUMBER, autoincrement=True, nullable=False),
        sa.Column("public_id", sa.String(16), nullable=False),
        sa.Column(
            "page_id",
            _NUMBER,
            sa.ForeignKey("page.id", name="fk_claim_page_id"),
            nullable=False,
        ),
        sa.Column("voice_key", sa.String(12), nullable=False),
        sa.Column("made_at", MomentType(timezone=True), nullable=False),
        sa.Column("settled_at", MomentType(timezone=True)),
        sa.PrimaryKeyConstraint("id", name="pk_claim"),
        sa.UniqueConstraint("public_id", name="uq_claim_public_id"),
    )
    op.create_index("ix_claim_page_id", "claim", ["page_id"])
