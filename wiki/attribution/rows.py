"""Attribution's rows of one page, read and written. SQL only; what they mean is elsewhere."""

from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass

from sqlalchemy import CTE, bindparam, delete, insert, select, update
from sqlalchemy.orm import Session, aliased

from wiki.attribution.models import Attribution, AttributionState
from wiki.attribution.old_form import OLD_VERSION, renewed, unpack_old
from wiki.attribution.spans import VERSION, unpack
from wiki.pages.models import Revision, TextRow

HEAD = -1  # the part of the state that holds the head's spans

# Built once: making these statements would cost a save more than running them.
_TEXTS = (
    select(
        Revision.number, Revision.text_id, TextRow.sha256, Attribution.number, Attribution.depth
    )
    .join(TextRow, TextRow.id == Revision.text_id)
    .outerjoin(
        Attribution,
        (Attribution.page_id == Revision.page_id)
        & (Attribution.text_id == Revision.text_id)
        & (Attribution.version == VERSION),
    )
    .where(
        Revision.page_id == bindparam("page"),
        Revision.number.in_(bindparam("numbers", expanding=True)),
    )
)
_PARTS = select(AttributionState.part, AttributionState.body).where(
    AttributionState.page_id == bindparam("page"),
    AttributionState.part.in_(bindparam("parts", expanding=True)),
)
_ADD = insert(Attribution)
_ADD_PART = insert(AttributionState)
_CHANGE_PART = (
    update(AttributionState)
    .where(AttributionState.page_id == bindparam("page"), AttributionState.part == bindparam("at"))
    .values(body=bindparam("to"))
)


_STEP = (
    Attribution.text_id,
    Attribution.base_id,
    Attribution.depth,
    Attribution.version,
    Attribution.body,
)


def _steps() -> CTE:
    step = (
        select(*_STEP)
        .where(Attribution.page_id == bindparam("page"), Attribution.text_id == bindparam("text"))
        .cte("step", recursive=True)
    )
    base = aliased(Attribution)
    step = step.union_all(
        select(*(getattr(base, column.key) for column in _STEP)).join(
            step, (base.page_id == bindparam("page")) & (base.text_id == step.c.base_id)
        )
    )
    return step


_STEPS = _steps()
_CHAIN = select(_STEPS.c.version, _STEPS.c.body).order_by(_STEPS.c.depth)
_ANCESTOR = select(_STEPS.c.text_id).where(_STEPS.c.depth == bindparam("depth"))


@dataclass(frozen=True, slots=True)
class TextOf:
    """Where the text of a revision is kept; the first revision recorded with it, if any, and the
    depth of its spans, as `Attribution.depth` says it."""

    text_id: int
    sha256: bytes | None
    first: int | None
    depth: int = 0


def texts_of(session: Session, page_id: int, numbers: Iterable[int]) -> dict[int, TextOf]:
    """The texts of some revisions, by number. One SELECT."""
    asked = {"page": page_id, "numbers": list(numbers)}
    return {
        number: TextOf(text_id, sha256, first, depth or 0)
        for number, text_id, sha256, first, depth in session.connection().execute(_TEXTS, asked)
    }


def plain_spans(session: Session, page_id: int, text_id: int) -> bytes | None:
    """The plain spans of a text; None if it was never recorded. One SELECT, a bounded chain."""
    plain: bytes | None = None
    version = VERSION
    for version, body in session.connection().execute(_CHAIN, {"page": page_id, "text": text_id}):
        plain = (unpack_old if version == OLD_VERSION else unpack)(body, plain)
    return renewed(plain) if plain is not None and version == OLD_VERSION else plain


def ancestor_of(session: Session, page_id: int, text_id: int, depth: int) -> int:
    """The text of this depth on a text's chain. One SELECT."""
    asked = {"page": page_id, "text": text_id, "depth": depth}
    found: int = session.execute(_ANCESTOR, asked).scalar_one()
    return found


def add_spans(
    session: Session,
    page_id: int,
    text_id: int,
    *,
    number: int,
    base_id: int | None,
    depth: int,
    body: bytes,
) -> None:
    """Keep the spans of a text that is new to the page. One INSERT."""
    values = {
        "page_id": page_id,
        "text_id": text_id,
        "number": number,
        "base_id": base_id,
        "depth": depth,
        "version": VERSION,
        "body": body,
    }
    session.connection().execute(_ADD, values)


def state_parts(session: Session, page_id: int, parts: Iterable[int]) -> dict[int, bytes]:
    """Those of these parts of the state that exist. One SELECT."""
    rows = session.connection().execute(_PARTS, {"page": page_id, "parts": list(parts)})
    return {part: body for part, body in rows}


def put_parts(
    session: Session, page_id: int, parts: Mapping[int, bytes], known: Container[int]
) -> None:
    """Store parts of the state; `known` are those that have a row. At most two statements."""
    changed = [
        {"page": page_id, "at": part, "to": body} for part, body in parts.items() if part in known
    ]
    added = [
        {"page_id": page_id, "part": part, "body": body}
        for part, body in parts.items()
        if part not in known
    ]
    for statement, values in ((_CHANGE_PART, changed), (_ADD_PART, added)):
        if values:
            session.connection().execute(statement, values)


def delete_rows(session: Session, page_id: int) -> None:
    """Forget everything about a page. Two statements."""
    session.execute(delete(Attribution).where(Attribution.page_id == page_id))
    session.execute(delete(AttributionState).where(AttributionState.page_id == page_id))
