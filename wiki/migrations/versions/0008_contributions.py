"""What people did for a page beside writing: private rows, truth."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

_NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Forward only: a backup is the way back."""
    op.create_table(
        "contribution",
        sa.Column("id", _NUMBER, autoincrement=True, nullable=False),
        sa.Column(
            "page_id",
            _NUMBER,
            sa.ForeignKey("page.id", name="fk_contribution_page_id"),
            nullable=False,
        ),
        sa.Column("voice_key", sa.String(12)),
        sa.Column("name", sa.String(80), nullable=False),
        sa.Column("kind", sa.String(40), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_contribution"),
    )
    op.create_index("ix_contribution_page_id", "contribution", ["page_id"])
