"""What somebody typed and has not saved."""

import sqlalchemy as sa
from alembic import op

from wiki.db import JsonType, MomentType

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

_NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Forward only: a backup is the way back."""
    op.create_table(
        "kept_form",
        sa.Column("id", _NUMBER, autoincrement=True, nullable=False),
        sa.Column(
            "user_id",
            _NUMBER,
            sa.ForeignKey("user.id", name="fk_kept_form_user_id"),
            nullable=False,
        ),
        sa.Column("place", sa.String(260), nullable=False),
        sa.Column("page_id", _NUMBER, sa.ForeignKey("page.id", name="fk_kept_form_page_id")),
        sa.Column("fields", JsonType(), nullable=False),
        sa.Column("kept_at", MomentType(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_kept_form"),
        sa.UniqueConstraint("user_id", "place", name="uq_kept_form_user_id_place"),
    )
    op.create_index("ix_kept_form_page_id", "kept_form", ["page_id"])
