"""Tables of attribution: copies, made again from the revisions by `wiki rebuild attribution`.

Provenance belongs to a text on a page, not to a revision: a revert, a null edit and a blanking
cost no row, and identical text cannot have two provenances.
"""

from sqlalchemy import ForeignKey, LargeBinary
from sqlalchemy.orm import Mapped, mapped_column

from wiki.db import Base


class Attribution(Base):
    """Whose words a text of a page is made of.

    body: spans as `spans.pack_best` makes them; base_id None: readable by itself, else beside the
    spans of that other text of the same page.
    """

    __tablename__ = "attribution"
    __table_args__ = ({"sqlite_with_rowid": False},)

    page_id: Mapped[int] = mapped_column(ForeignKey("page.id"), primary_key=True)
    text_id: Mapped[int] = mapped_column(ForeignKey("text.id"), primary_key=True)
    number: Mapped[int]  # the first revision of the page with this text
    base_id: Mapped[int | None]  # text_id of the base
    depth: Mapped[int] = mapped_column(default=0)  # steps to a keyframe, and 1000 a keyframe
    version: Mapped[int]  # of the engine that found them
    body: Mapped[bytes] = mapped_column(LargeBinary)


class AttributionState(Base):
    """What the next save of a page needs, in parts, so that a small edit reads and writes little.

    Part -1: the head's spans, readable by themselves; 0 and up: the memory of deleted text.
    """

    __tablename__ = "attribution_state"

    page_id: Mapped[int] = mapped_column(ForeignKey("page.id"), primary_key=True)
    part: Mapped[int] = mapped_column(primary_key=True)
    body: Mapped[bytes] = mapped_column(LargeBinary)


class AttributionRebuild(Base):
    """A page that a rebuild has done which is not finished: run again, it goes on after these."""

    __tablename__ = "attribution_rebuild"

    page_id: Mapped[int] = mapped_column(ForeignKey("page.id"), primary_key=True)
