"""Tables of the PostgreSQL engine: copies, filled on PostgreSQL only."""

from sqlalchemy import BigInteger, Index, PrimaryKeyConstraint, SmallInteger, String, Text
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
    __table_args__ = (
        # Lengths are read for every page that has a word: from the index alone.
        PrimaryKeyConstraint("generation", "page_id", postgresql_include=["words"]),
        # Plain ones on SQLite, where the table stays empty.
        Index("ix_search_document_exact", "exact", postgresql_using="gin"),
        Index("ix_search_document_grams", "grams", postgresql_using="gin"),
    )

    generation: Mapped[int]
    page_id: Mapped[int]
    slug: Mapped[str] = mapped_column(String(240))
    title: Mapped[str] = mapped_column(String(400))
    language: Mapped[str] = mapped_column(String(20))
    kind: Mapped[str] = mapped_column(String(10))
    version: Mapped[str] = mapped_column(String(80))
    key: Mapped[str] = mapped_column(Text)  # the folded title
    text: Mapped[str] = mapped_column(Text)  # for extracts, cut
    words: Mapped[int]
    postings: Mapped[str] = mapped_column(Strings)  # its rows of search_posting, to tell changes
    exact: Mapped[str] = mapped_column(Vector)  # folded words at their places
    grams: Mapped[str] = mapped_column(Strings)  # trigrams of the title


class SearchPosting(Base):
    """How much a stem stands in a page. One range of the index holds all pages of a stem."""

    __tablename__ = "search_posting"
    __table_args__ = (
        PrimaryKeyConstraint(
            "generation", "term", "page_id", postgresql_include=["weight", "titled"]
        ),
    )

    generation: Mapped[int]
    page_id: Mapped[int]
    weight: Mapped[int] = mapped_column(SmallInteger)
    titled: Mapped[bool]  # whether it stands in the title
    term: Mapped[str] = mapped_column(String(130))  # a word, or a pair of an unspaced script
