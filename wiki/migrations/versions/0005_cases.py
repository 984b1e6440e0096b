"""Cases and lessons: copies of their fields, added values, marks. Then: `wiki rebuild cases`."""

import sqlalchemy as sa
from alembic import op

from wiki.db import JsonType, MomentType

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

_NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Forward only: a backup is the way back."""
    _copies()
    _truth()


def _copies() -> None:
    op.create_table(
        "case_clock",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_case_clock"),
    )
    op.create_table(
        "case_page",
        _page_id("case_page"),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(10), nullable=False),
        sa.Column("key", sa.String(240), nullable=False),
        sa.Column("gone", sa.Boolean(), nullable=False),
        sa.Column("first_year", sa.Integer()),
        sa.Column("last_year", sa.Integer()),
        sa.Column("facets", JsonType(), nullable=False),
        sa.Column("fields", JsonType(), nullable=False),
        sa.Column("computed", JsonType(), nullable=False),
        sa.PrimaryKeyConstraint("page_id", name="pk_case_page"),
        sa.UniqueConstraint("key", name="uq_case_page_key"),
    )
    op.create_index("ix_case_page_seq", "case_page", ["seq"])
    op.create_table(
        "case_reference",
        _page_id("case_reference"),
        sa.Column("relation", sa.String(20), nullable=False),
        sa.Column("target_key", sa.String(240), nullable=False),
        sa.PrimaryKeyConstraint("page_id", "relation", "target_key", name="pk_case_reference"),
    )
    op.create_index("ix_case_reference_target_key", "case_reference", ["target_key", "relation"])
    op.create_table(
        "live_page",
        _page_id("live_page"),
        sa.Column("about", sa.String(80), nullable=False),
        sa.PrimaryKeyConstraint("page_id", "about", name="pk_live_page"),
    )
    op.create_index("ix_live_page_about", "live_page", ["about"])


def _truth() -> None:
    op.create_table(
        "vocabulary_value",
        sa.Column("id", _NUMBER, autoincrement=True, nullable=False),
        sa.Column("list", sa.String(40), nullable=False),
        sa.Column("value", sa.String(80), nullable=False),
        sa.Column("label", sa.String(80), nullable=False),
        sa.Column("definition", sa.String(300), nullable=False),
        sa.Column("decision", sa.String(16), nullable=False),
        sa.Column("added_at", MomentType(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_vocabulary_value"),
    )
    op.create_index(
        "uq_vocabulary_value_list_value", "vocabulary_value", ["list", "value"], unique=True
    )
    op.create_table(
        "lesson_mark",
        _page_id("lesson_mark"),
        sa.Column("decision", sa.String(16), nullable=False),
        sa.PrimaryKeyConstraint("page_id", name="pk_lesson_mark"),
    )


def _page_id(table: str) -> sa.Column[int]:
    return sa.Column(
        "page_id",
        _NUMBER,
        sa.ForeignKey("page.id", name=f"fk_{table}_page_id"),
        nullable=False,
    )
