"""A brotli form of each stored anonymous page. A copy: all are made again at the next visit."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Forward only: a backup is the way back."""
    op.execute("DELETE FROM stored_page")
    op.add_column(
        "stored_page", sa.Column("body_br", sa.LargeBinary(), nullable=False, server_default="")
    )
