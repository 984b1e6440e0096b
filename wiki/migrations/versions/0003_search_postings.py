"""Search on PostgreSQL by a table of postings. The index is a copy: the worker makes it again."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Forward only: a backup is the way back."""
    op.execute("DELETE FROM search_generation")
    op.drop_table("search_term")
    op.drop_table("search_document")
    strings = postgresql.ARRAY(sa.Text()).with_variant(sa.Text(), "sqlite")
    op.create_table(
        "search_document",
        sa.Column("generation", sa.Integer(), nullable=False),
        sa.Column("page_id", sa.Integer(), nullable=False),
        sa.Column("slug", sa.String(length=240), nullable=False),
        sa.Column("title", sa.String(length=400), nullable=False),
        sa.Column("language", sa.String(length=20), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("version", sa.String(length=80), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("words", sa.Integer(), nullable=False),
        sa.Column("postings", strings, nullable=False),
        sa.Column(
            "exact", postgresql.TSVECTOR().with_variant(sa.Text(), "sqlite"), nullable=False
        ),
        sa.Column("grams", strings, nullable=False),
        sa.PrimaryKeyConstraint(
            "generation",
            "page_id",
            name=op.f("pk_search_document"),
            postgresql_include=["words"],
        ),
    )
    for name in ("exact", "grams"):
        op.create_index(
            f"ix_search_document_{name}", "search_document", [name], postgresql_using="gin"
        )
    op.create_table(
        "search_posting",
        sa.Column("generation", sa.Integer(), nullable=False),
        sa.Column("page_id", sa.Integer(), nullable=False),
        sa.Column("weight", sa.SmallInteger(), nullable=False),
        sa.Column("titled", sa.Boolean(), nullable=False),
        sa.Column("term", sa.String(length=130), nullable=False),
        sa.PrimaryKeyConstraint(
            "generation",
            "term",
            "page_id",
            name=op.f("pk_search_posting"),
            postgresql_include=["weight", "titled"],
        ),
    )
