"""Words for partners only: whom an answer reaches, and who may read the partners' room."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

_NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Forward only: a backup is the way back."""
    no = sa.false()
    op.add_column("voice", sa.Column("let_in", sa.Boolean(), nullable=False, server_default=no))
    op.add_column(
        "voice_invitation", sa.Column("lets_in", sa.Boolean(), nullable=False, server_default=no)
    )
    with op.batch_alter_table("voice_answer") as answers:
        answers.alter_column("invitation_id", existing_type=_NUMBER, nullable=True)
        answers.add_column(
            sa.Column("reach", sa.String(10), nullable=False, server_default="everybody")
        )
        answers.add_column(sa.Column("user_id", _NUMBER))
        answers.add_column(sa.Column("let_in", sa.Boolean(), nullable=False, server_default=no))
        answers.create_foreign_key("fk_voice_answer_user_id", "user", ["user_id"], ["id"])
    op.create_index("ix_voice_answer_user_id", "voice_answer", ["user_id"])
    _let_in_whom_members_asked()


def _let_in_whom_members_asked() -> None:
    """What a member of a page made before there was a room is as if it were made now."""
    member = sa.table("page_member", sa.column("page_id"), sa.column("user_id"))
    voice = sa.table("voice", sa.column("id"), sa.column("page_id"), sa.column("let_in"))
    consent = sa.table("consent", sa.column("voice_id"), sa.column("taken_by"))
    asked = sa.table(
        "voice_invitation", *(sa.column(n) for n in ("id", "page_id", "made_by", "lets_in"))
    )
    answer = sa.table("voice_answer", sa.column("invitation_id"), sa.column("let_in"))
    op.execute(
        asked.update()
        .values(lets_in=True)
        .where(
            sa.exists().where(
                member.c.page_id == asked.c.page_id, member.c.user_id == asked.c.made_by
            )
        )
    )
    op.execute(
        answer.update()
        .values(let_in=True)
        .where(sa.exists().where(asked.c.id == answer.c.invitation_id, asked.c.lets_in))
    )
    op.execute(
        voice.update()
        .values(let_in=True)
        .where(
            sa.exists().where(
                consent.c.voice_id == voice.c.id,
                member.c.page_id == voice.c.page_id,
                member.c.user_id == consent.c.taken_by,
            )
        )
    )
