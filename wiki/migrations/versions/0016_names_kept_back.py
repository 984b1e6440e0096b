"""Whether a name is hidden by its owner, for good, or by a moderator, who may show it again."""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Forward only: a backup is the way back. Until now the two could not be told apart where
    saves are told to the day: none of those is given back."""
    op.add_column(
        "revision", sa.Column("kept_back", sa.Boolean(), nullable=False, server_default=sa.false())
    )
    op.execute(
        "UPDATE revision SET kept_back = hide_name WHERE precision = 'day' AND via <> 'import'"
    )
