"""Tables of the PostgreSQL engine: copies, filled on PostgreSQL only."""

from sqlalchemy import BigInteger, Index, String, Text
from sqlalchemy.dialects.postgresql import ARRAY, TSVECTOR
from sqlalchemy.orm import Mapped, mapped_column

from wiki.db import Base, Key

Vector = TSVECTOR().with_variant(Text(), "sqlite")
Strings = ARRAY(Text()).with_variant(Text(), "sqlite")


class SearchGeneration(Base):
    """One making of the index. One is in force; another may be in the making."""

    __tablename__ = "search_generation"

    id: Mapped[Key]
    in_force: Mapped[bool] = mapped_column(default=False)
    documents: Mapped[int] = mapped_column(default=0)
    words: Mapped[int] = mapped_column(BigInteger, default=0)  # of all documents together


class SearchDocument(Base):
    """A page in the index. page_id is no foreign key: a copy may outlive the page for a second."""

    __tablename__ = "search_document"
    __table_args__ = tuple(  # plain ones on SQLite, where the table stays empty
        Index(f"ix_search_document_{name}", name, postgresql_using="gin")
        for name in ("body", "exact", "grams")
    )

    generation: Mapped[int] = mapped_column(primary_key=True)
    page_id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(String(240))
    title: Mapped[str] = mapped_column(String(400))
    language: Mapped[str] = mapped_column(String(20))
    kind: Mapped[str] = mapped_column(String(10))
    version: Mapped[str] = mapped_column(String(80))
    key: Mapped[str] = mapped_column(Text)  # the folded title
    text: Mapped[str] = mapped_column(Text)  # for extracts, cut
    words: Mapped[int]
    body: Mapped[str] = mapped_column(Vector)  # stems; a position for each occurrence; A: title
    exact: Mapped[str] = mapped_column(Vector)  # folded words at their places
    grams: Mapped[str] = mapped_column(Strings)  # trigrams of the title


class SearchTerm(Base):
    """In how many documents a stem stands: what ts_rank does not know."""

    __tablename__ = "search_term"

    generation: Mapped[int] = mapped_column(primary_key=True)
    term: Mapped[str] = mapped_column(String(64), primary_key=True)
    documents: Mapped[int]
