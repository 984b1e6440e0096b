"""Voices of pages, their consents, and what partners answer: private rows, truth."""

import sqlalchemy as sa
from alembic import op

from wiki.db import JsonType, MomentType

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

_NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Forward only: a backup is the way back."""
    _voices()
    _consents()
    op.create_table(
        "partner_answer",
        _key("page_id", "page.id", "fk_partner_answer_page_id"),
        sa.Column("partner_key", sa.String(100), nullable=False),
        sa.Column("silence", sa.String(40), nullable=False),
        sa.Column("asked", JsonType(), nullable=False),
        sa.Column("reply", sa.String(40), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("stands_behind", sa.Boolean(), nullable=False),
        sa.Column("replied_at", MomentType()),
        sa.PrimaryKeyConstraint("page_id", "partner_key", name="pk_partner_answer"),
    )


def _voices() -> None:
    op.create_table(
        "voice",
        sa.Column("id", _NUMBER, autoincrement=True, nullable=False),
        _key("page_id", "page.id", "fk_voice_page_id"),
        sa.Column("key", sa.String(12), nullable=False),
        sa.Column("display_kind", sa.String(10), nullable=False),
        sa.Column("display", sa.String(80), nullable=False),
        sa.Column("position", sa.String(40), nullable=False),
        sa.Column("position_public", sa.Boolean(), nullable=False),
        sa.Column("capacity", sa.String(40), nullable=False),
        sa.Column("partner_key", sa.String(100)),
        sa.Column("language", sa.String(20), nullable=False),
        sa.Column("standpoint", sa.Text(), nullable=False),
        _key("user_id", "user.id", "fk_voice_user_id", nullable=True),
        sa.Column("made_at", MomentType(), nullable=False),
        sa.Column("withdrawn_at", MomentType()),
        sa.PrimaryKeyConstraint("id", name="pk_voice"),
        sa.UniqueConstraint("page_id", "key", name="uq_voice_page_id_key"),
    )
    op.create_index("ix_voice_user_id", "voice", ["user_id"])


def _consents() -> None:
    op.create_table(
        "consent",
        sa.Column("id", _NUMBER, autoincrement=True, nullable=False),
        _key("voice_id", "voice.id", "fk_consent_voice_id"),
        sa.Column("how", sa.String(12), nullable=False),
        sa.Column("explained_in", sa.String(20), nullable=False),
        sa.Column("scopes", JsonType(), nullable=False),
        sa.Column("read_back", sa.String(8), nullable=False),
        sa.Column("saw_final", sa.Boolean(), nullable=False),
        sa.Column("note", sa.String(400), nullable=False),
        sa.Column("given_at", MomentType(), nullable=False),
        sa.Column("ask_again_at", MomentType()),
        _key("taken_by", "user.id", "fk_consent_taken_by", nullable=True),
        sa.Column("receipt", sa.LargeBinary(32)),
        sa.Column("withdrawn_at", MomentType()),
        sa.PrimaryKeyConstraint("id", name="pk_consent"),
        sa.UniqueConstraint("receipt", name="uq_consent_receipt"),
    )
    op.create_index("ix_consent_voice_id", "consent", ["voice_id"])


def _key(name: str, target: str, called: str, *, nullable: bool = False) -> sa.Column[int]:
    return sa.Column(name, _NUMBER, sa.ForeignKey(target, name=called), nullable=nullable)
