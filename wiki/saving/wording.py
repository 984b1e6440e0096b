"""What moderators decide about words and lessons: a new value of a list, a lesson withdrawn."""

import re
import unicodedata

from sqlalchemy.orm import Session

from wiki.cases.queries import additions, is_withdrawn
from wiki.cases.schema import N_
from wiki.cases.service import add_value, hold_clock, mark
from wiki.cases.vocabulary import Addition, list_names
from wiki.errors import InvalidInput, PageNotFound
from wiki.moderation.decisions import Ruling, check_reason, decide
from wiki.moderation.service import drop_copies, hold_page
from wiki.pages.models import Page
from wiki.policy import may_moderate, require

LABEL_LENGTH, DEFINITION_LENGTH, VALUE_LENGTH = 80, 300, 80  # characters
# The wiki itself counts, compares or draws with these: a new word would mean nothing to it.
CLOSED = frozenset(
    {
        "answer", "confidence", "decision_area", "decision_level", "lesson_kind", "lesson_link",
        "lesson_position", "lesson_status", "name_visibility", "page_state", "rater",
        "reuse_result", "stage", "theme",
    }
)  # fmt: skip


def is_open(name: str) -> bool:
    """Whether moderators may add to the list."""
    return name in list_names() and name not in CLOSED


def add_word(session: Session, name: str, label: str, definition: str, ruling: Ruling) -> Addition:
    """Add a value to a list, with its label and definition, for good.

    InvalidInput("list" | "label" | "definition" | "reason"), PermissionDenied. Flushes.
    """
    require(may_moderate(ruling.viewer))
    if not is_open(name):
        raise InvalidInput("list", N_("Please choose a list that can take a new word."))
    label = _checked("label", label, LABEL_LENGTH)
    definition = _checked("definition", definition, DEFINITION_LENGTH)
    check_reason(ruling.reason)
    hold_clock(session)
    added = Addition(name, _value(session, name, label), label, definition)
    decision = decide(
        session,
        "add_word",
        actor=ruling.actor,
        reason=ruling.reason,
        now=ruling.now,
        details={"list": name, "value": added.value, "label": label},
    )
    add_value(session, added, decision=decision.public_id, now=ruling.now)
    return added


def _checked(field: str, typed: str, limit: int) -> str:
    said = " ".join(typed.split())
    if not said or len(said) > limit or "\x00" in said:
        raise InvalidInput(
            field, N_("Please write between 1 and %(limit)s characters."), {"limit": limit}
        )
    return said


def _value(session: Session, name: str, label: str) -> str:
    """The value as it stands in pages: small Latin letters, digits and _; numbered for a label
    that has none."""
    plain = unicodedata.normalize("NFKD", label).encode("ascii", "ignore").decode().lower()
    value = "_".join(re.findall(r"[a-z0-9]+", plain))[:VALUE_LENGTH].strip("_")
    if value:
        return value
    count = sum(each.list == name for each in additions(session))
    return f"added_{count + 1}"


def withdraw_lesson(session: Session, slug: str, ruling: Ruling) -> Page:
    """Mark a public lesson as withdrawn; its page stays and says so.

    InvalidInput("reason"), also if it is withdrawn already; PageNotFound, PermissionDenied.
    Flushes.
    """
    page = _held(session, slug, ruling)
    if is_withdrawn(session, page.id):
        raise InvalidInput("reason", N_("This lesson is withdrawn already."))
    return _decided(session, page, "withdraw_lesson", ruling)


def reinstate_lesson(session: Session, slug: str, ruling: Ruling) -> Page:
    """Take the withdrawal back. As `withdraw_lesson`."""
    page = _held(session, slug, ruling)
    if not is_withdrawn(session, page.id):
        raise InvalidInput("reason", N_("This lesson is not withdrawn."))
    return _decided(session, page, "reinstate_lesson", ruling)


def _held(session: Session, slug: str, ruling: Ruling) -> Page:
    require(may_moderate(ruling.viewer))
    hold_clock(session)
    page = hold_page(session, slug, ruling.viewer)
    if page.kind != "lesson":
        raise PageNotFound(slug)
    return page


def _decided(session: Session, page: Page, act: str, ruling: Ruling) -> Page:
    decision = decide(
        session, act, actor=ruling.actor, reason=ruling.reason, now=ruling.now, page=page
    )
    mark(session, page, decision.public_id if act == "withdraw_lesson" else "")
    drop_copies(session, [page], ruling.now)
    return page
