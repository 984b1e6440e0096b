"""The table of kept forms."""

from typing import Any

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from wiki.db import Base, JsonType, Key, Moment


class KeptForm(Base):
    """A form as it was typed, unsaved. Read by its writer and nobody else.

    place: which form it is, one row for each writer; fields: {name: what stood in it}.
    """

    __tablename__ = "kept_form"
    __table_args__ = (UniqueConstraint("user_id", "place"),)

    id: Mapped[Key]
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    place: Mapped[str] = mapped_column(String(260))
    page_id: Mapped[int | None] = mapped_column(ForeignKey("page.id"), index=True)
    fields: Mapped[Any] = mapped_column(JsonType)
    kept_at: Mapped[Moment]
