"""${message}"""

import sqlalchemy as sa
from alembic import op

import wiki.db
${imports if imports else ""}

revision = ${repr(up_revision)}
down_revision = ${repr(down_revision)}
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Forward only: a backup is the way back."""
    ${upgrades if upgrades else "pass"}
