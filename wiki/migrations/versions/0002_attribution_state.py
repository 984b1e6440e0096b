"""The state of attribution begins anew: it holds owners now where it held revisions.

The spans stay and are read as before. A page gets its state again from its next save, or from
`wiki rebuild attribution`, whose progress is kept in a table of its own.
"""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Forward only: a backup is the way back."""
    op.create_table(
        "attribution_rebuild",
        sa.Column("page_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.ForeignKeyConstraint(
            ["page_id"], ["page.id"], name=op.f("fk_attribution_rebuild_page_id")
        ),
        sa.PrimaryKeyConstraint("page_id", name=op.f("pk_attribution_rebuild")),
    )
    op.execute(sa.text("DELETE FROM attribution_state"))
