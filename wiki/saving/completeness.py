"""What a text is asked beyond itself: its voices, its key, the facts that readers need."""

from collections.abc import Sequence

from sqlalchemy.orm import Session

from wiki.cases.rules import SCHEMAS
from wiki.cases.service import require_free_key
from wiki.errors import InvalidFields
from wiki.pages.models import Page
from wiki.saving.checks import Checked, accepted_text, check_complete
from wiki.voices.arriving import Arriving, allowed
from wiki.voices.marks import marks, problems
from wiki.voices.service import allowed_marks


def check_marks(
    session: Session,
    page: Page | None,
    checked: Checked,
    *,
    public: bool,
    arriving: Sequence[Arriving] = (),
) -> None:
    """A passage that is marked as somebody's account needs that voice, and what its mode needs."""
    found = marks(checked.source)
    if found:
        known = {**allowed(arriving), **allowed_marks(session, page.id if page else None)}
        wrong = problems(found, known, checked.document.fields, public=public)
        if wrong:
            raise InvalidFields(wrong)


def check_facts(
    session: Session,
    page: Page | None,
    checked: Checked,
    *,
    public: bool,
    head: str = "",
    arriving: Sequence[Arriving] = (),
) -> None:
    """What a text is asked beyond itself."""
    check_marks(session, page, checked, public=public, arriving=arriving)
    if checked.kind not in SCHEMAS:
        return
    fields = checked.document.fields
    require_free_key(session, page.id if page else None, fields)
    if public:
        check_complete(fields, accepted_text(head).document.fields if page else None)
