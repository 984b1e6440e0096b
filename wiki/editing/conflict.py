"""Two people wrote at once and their texts do not go together: each place to be decided."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from flask import render_template, url_for

from wiki.cases.rules import SCHEMAS
from wiki.editing.forms import Typed
from wiki.editing.shapes import ClashesView, ConflictView, Place
from wiki.errors import EditConflict
from wiki.pages.licences import licence_of
from wiki.pages.models import Page
from wiki.pages.queries import readable_page
from wiki.pages.revisions import readable_text, revision_view
from wiki.rendering.phrases import is_right_to_left
from wiki.saving.checks import clean_source
from wiki.saving.merging import Joined, join
from wiki.text.diff import compare
from wiki.text.merge import Agreed
from wiki.voices.service import still_given
from wiki.web.database import db_session
from wiki.web.i18n import gettext as _
from wiki.web.login import current_viewer

MOST = 30  # places on one page; a text with more is put together as a whole
MINE, THEIRS, OWN = "mine", "theirs", "own"


def conflict_page(slug: str, typed: Typed, conflict: EditConflict) -> str:
    """Both texts: place by place where that helps, else whole. Nothing typed is lost."""
    session, viewer = db_session(), current_viewer()
    page = readable_page(session, slug, viewer)
    typed = replace(typed, text=still_given(session, page.id, clean_source(typed.text)))
    head = readable_text(session, page, page.head_number, viewer)
    base = readable_text(session, page, conflict.base_number, viewer)
    if base is None or head is None:
        return _whole(page, typed, conflict.base_number, base, head or "", None)
    joined = join(base, typed.text, head)
    if 0 < len(joined.clashes) <= MOST:
        return clashes_page(page, typed, _places(page.kind, joined))
    return _whole(page, typed, conflict.base_number, base, head, joined)


def clashes_page(page: Page, typed: Typed, places: list[Place]) -> str:
    """The places to be decided, with what stands between them."""
    view = ClashesView(places=places, **_on_newest(page, typed))
    return render_template("editing/clashes.html", view=view)


def places_sent(form: Mapping[str, str]) -> list[Place]:
    """The places as they came back; [] if the form is not that of a conflict."""
    count = form.get("places", "")
    if not (count.isascii() and count.isdigit() and len(count) < 4):
        return []
    return [_place_sent(form, str(number)) for number in range(int(count))]


def _place_sent(form: Mapping[str, str], number: str) -> Place:
    def sent(name: str) -> str:
        return form.get(f"{name}.{number}", "").replace("\r\n", "\n").replace("\r", "\n")

    place = Place(
        before=sent("before"),
        mine=sent("mine"),
        theirs=sent("theirs"),
        joined=sent("joined"),
        own=_ended(sent("own")),
        name=sent("name"),
        choice=sent("choice"),
    )
    return replace(place, error=_undecided(place)) if not place.is_rest else place


def _ended(text: str) -> str:
    return text + "\n" if text and not text.endswith("\n") else text


def _undecided(place: Place) -> str:
    """What is to be asked once more; "" if it is clear what shall stand."""
    written = place.own != _ended(place.joined)
    if written and place.choice in (MINE, THEIRS):
        return _("You wrote in the box and chose something else. Which of them shall stand?")
    if not written and place.choice not in (MINE, THEIRS, OWN):
        return _("Please choose what shall stand here.")
    return ""


def text_decided(places: list[Place]) -> str:
    """The whole text, with what was chosen at each place."""
    chosen = []
    for place in places:
        chosen.append(place.before)
        if not place.is_rest:
            chosen.append({MINE: place.mine, THEIRS: place.theirs}.get(place.choice, place.own))
    return "".join(chosen)


def _places(kind: str, joined: Joined) -> list[Place]:
    """Each clash with the text before it; the last place holds what follows the last."""
    places: list[Place] = []
    before, under = "", ""
    schema = SCHEMAS.get(kind)
    labels = {field.name: _(field.label) for field in schema.fields} if schema else {}
    for part in [*joined.facts.parts, *joined.story.parts]:
        if isinstance(part, Agreed):
            before += part.text
            continue
        in_facts = len(places) < len(joined.facts.clashes)
        fact = (part.mine or part.theirs).split(":", 1)[0]
        under = _heading(before) or under
        name = labels.get(fact, fact) if in_facts else under
        places.append(Place(before, part.mine, part.theirs, part.joined, part.joined, name))
        before = ""
    return [*places, Place(before)]


def _heading(text: str) -> str:
    """The last heading of a text, without its signs; "" if there is none."""
    lines = [line.lstrip("#").strip() for line in text.split("\n") if line.startswith("#")]
    return lines[-1] if lines else ""


def _whole(
    page: Page, typed: Typed, base: int, base_text: str | None, head_text: str, both: Joined | None
) -> str:
    view = ConflictView(
        base=base,
        head_text=head_text,
        text=both.text if both else typed.text,
        merged=both is not None,
        yours=compare(head_text, typed.text),
        theirs=compare(base_text, head_text) if base_text is not None and head_text else None,
        **_on_newest(page, typed),
    )
    return render_template("editing/conflict.html", view=view)


def _on_newest(page: Page, typed: Typed) -> dict[str, Any]:
    """What both views have."""
    return {
        "slug": page.slug,
        "title": page.title,
        "language": page.language,
        "direction": "rtl" if is_right_to_left(page.language) else "ltr",
        "action_url": url_for("editing.save", slug=page.slug),
        "head": revision_view(db_session(), page, page.head_number, current_viewer()),
        "licence": licence_of(page.licence),
        "typed": typed,
    }
