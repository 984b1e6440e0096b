"""Invitations to speak, answers that wait, and rounds in which answers open together."""

import sqlalchemy as sa
from alembic import op

from wiki.db import JsonType, MomentType

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

_NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Forward only: a backup is the way back."""
    _rounds()
    _invitations()
    _answers()
    op.add_column("partner_answer", sa.Column("answer_id", sa.BigInteger()))
    op.add_column("partner_answer", sa.Column("round_id", sa.BigInteger()))


def _rounds() -> None:
    op.create_table(
        "answer_round",
        sa.Column("id", _NUMBER, autoincrement=True, nullable=False),
        _key("page_id", "page.id", "fk_answer_round_page_id"),
        sa.Column("partners", JsonType(), nullable=False),
        _key("made_by", "user.id", "fk_answer_round_made_by"),
        sa.Column("made_at", MomentType(), nullable=False),
        sa.Column("opens_at", MomentType(), nullable=False),
        sa.Column("when_all", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_answer_round"),
    )
    op.create_index("ix_answer_round_page_id", "answer_round", ["page_id"])


def _invitations() -> None:
    op.create_table(
        "voice_invitation",
        sa.Column("id", _NUMBER, autoincrement=True, nullable=False),
        sa.Column("public_id", sa.String(16), nullable=False),
        _key("page_id", "page.id", "fk_voice_invitation_page_id"),
        sa.Column("partner_key", sa.String(100), nullable=False),
        _key("round_id", "answer_round.id", "fk_voice_invitation_round_id", nullable=True),
        sa.Column("code", sa.LargeBinary(32), nullable=False),
        _key("made_by", "user.id", "fk_voice_invitation_made_by"),
        sa.Column("made_at", MomentType(), nullable=False),
        sa.Column("expires_at", MomentType(), nullable=False),
        sa.Column("ended_at", MomentType()),
        sa.PrimaryKeyConstraint("id", name="pk_voice_invitation"),
        sa.UniqueConstraint("public_id", name="uq_voice_invitation_public_id"),
        sa.UniqueConstraint("code", name="uq_voice_invitation_code"),
    )
    op.create_index("ix_voice_invitation_page_id", "voice_invitation", ["page_id"])


def _answers() -> None:
    op.create_table(
        "voice_answer",
        sa.Column("id", _NUMBER, autoincrement=True, nullable=False),
        sa.Column("public_id", sa.String(16), nullable=False),
        _key("page_id", "page.id", "fk_voice_answer_page_id"),
        sa.Column("partner_key", sa.String(100), nullable=False),
        _key("invitation_id", "voice_invitation.id", "fk_voice_answer_invitation_id"),
        _key("round_id", "answer_round.id", "fk_voice_answer_round_id", nullable=True),
        sa.Column("said", JsonType(), nullable=False),
        sa.Column("receipt", sa.LargeBinary(32), nullable=False),
        sa.Column("came_at", MomentType(), nullable=False),
        sa.Column("opened_at", MomentType()),
        sa.Column("placed_at", MomentType()),
        sa.Column("withdrawn_at", MomentType()),
        sa.PrimaryKeyConstraint("id", name="pk_voice_answer"),
        sa.UniqueConstraint("public_id", name="uq_voice_answer_public_id"),
        sa.UniqueConstraint("invitation_id", name="uq_voice_answer_invitation_id"),
        sa.UniqueConstraint("receipt", name="uq_voice_answer_receipt"),
    )
    op.create_index("ix_voice_answer_page_id", "voice_answer", ["page_id"])


def _key(name: str, target: str, called: str, *, nullable: bool = False) -> sa.Column[int]:
    return sa.Column(name, _NUMBER, sa.ForeignKey(target, name=called), nullable=nullable)
