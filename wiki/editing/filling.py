"""What a step of the guided form sent, applied to the page it was drawn from, and saved."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from werkzeug.datastructures import MultiDict

from wiki.cases.forms import Values, apply, count_rows, has_fixed_rows, row_id
from wiki.cases.merging import Merged, Piece, merge
from wiki.cases.schema import Field
from wiki.cases.steps import Step, asked
from wiki.cases.story import sections, with_sections
from wiki.editing.blueprint import TRIES, means
from wiki.editing.naming import key_for, resolved, title_of
from wiki.editing.stepping import STORY, Shown, Source, named_countries, titles, values_of
from wiki.errors import EditConflict, InvalidInput
from wiki.pages.models import Page
from wiki.pages.queries import readable_page
from wiki.pages.revisions import first_readable, revision_view
from wiki.pages.service import text_of
from wiki.saving.checks import check_title
from wiki.saving.service import Actor, Edit, NewPage, save
from wiki.settings import Settings
from wiki.text import front_matter
from wiki.text.front_matter import FrontMatterError
from wiki.web.database import db_session, now
from wiki.web.i18n import gettext as _
from wiki.web.login import current_viewer

NOT_CONTROLS = frozenset({"csrf_token", "base", "action"})


@dataclass(frozen=True)
class Filled:
    """A step as it was sent. `mine`: the text with it; `rows`: see `forms.Applied`."""

    shown: Shown
    mine: Source
    rows: Mapping[str, list[int]]
    adds: bool  # a row is wanted, nothing is to be saved


@dataclass(frozen=True)
class Saved:
    """What came of a save. `clash`: the step again, because somebody else changed the same."""

    changed: bool
    clash: Shown | None = None


def head_source(page: Page) -> Source:
    """The newest text. InvalidInput if its facts cannot be read, or nobody may read it."""
    if revision_view(db_session(), page, page.head_number, current_viewer()).text_hidden:
        raise InvalidInput("source", "A moderator hid the newest text of this page.")
    return _source(page, page.head_number)


def source_of(page: Page, number: int, head: Source) -> Source:
    """The text of a revision that the writer saw; the head if they may not see it."""
    session, viewer = db_session(), current_viewer()
    if number == page.head_number or not (
        first_readable(session, page, viewer) <= number < page.head_number
    ):
        return head
    seen = revision_view(session, page, number, viewer)
    return head if seen.text_hidden else _source(page, number)


def _source(page: Page, number: int) -> Source:
    try:
        document = front_matter.read(text_of(db_session(), page, number))
    except FrontMatterError as problem:
        raise InvalidInput("source", problem.message, problem.values) from problem
    fields = document.fields
    if fields.get("title"):
        return Source(number, fields, document.body)
    return Source(number, {**fields, "title": page.title}, document.body, page.title)


def fill(kind: str, step: Step, base: Source, form: MultiDict[str, str], revision: int) -> Filled:
    """Apply what was sent to the text it was drawn from. `revision`: that a save would make."""
    sent: dict[str, list[str]] = {
        name: values for name, values in form.lists() if name not in NOT_CONTROLS
    }
    wanted = form.get("action", "")
    adds = wanted.startswith("add:")
    if step.story:
        body = with_sections(base.body, titles(kind), _story_sent(kind, base, sent))
        shown = Shown(kind, base, {**values_of(step, kind, base), **sent})
        return Filled(shown, replace(base, body=body), {}, adds)
    fields = asked(kind, step)
    applied = apply(
        fields,
        base.fields,
        resolved(fields, sent),
        new_id=lambda name, place: row_id(name, revision, place),
        countries=named_countries(),
    )
    values = _redrawn(fields, {**values_of(step, kind, base), **sent}, wanted.removeprefix("add:"))
    shown = Shown(kind, base, values, typed=applied.fields)
    return Filled(shown, replace(base, fields=applied.fields), applied.rows, adds)


def _story_sent(kind: str, base: Source, sent: Values) -> dict[str, str]:
    """The sections that were touched."""
    found = {}
    for place, (title, text) in enumerate(sections(base.body, titles(kind)).items()):
        typed = "".join(sent.get(f"{STORY}.{place}", (text,))[:1])
        typed = re.sub(r"\r\n?", "\n", typed).strip("\n")
        if typed != text:
            found[title] = typed
    return found


def _redrawn(fields: Sequence[Field], values: dict[str, list[str]], added: str) -> Values:
    """The values with the number of rows that are to be drawn: those that hold something, and
    one more of the list that was added to."""
    for known in fields:
        if known.kind == "rows" and not has_fixed_rows(known):
            drawn = count_rows(known, values)
            used = [n for n in range(drawn) if _holds(values, f"{known.name}.{n}.")]
            held = drawn if known.name == added else (max(used) + 1 if used else 0)
            values[known.name] = [str(held)]
    return values


def _holds(values: Values, beginning: str) -> bool:
    return any(
        any(each.strip() for each in listed)
        for name, listed in values.items()
        if name.startswith(beginning)
    )


def new_page(kind: str, filled: Filled, settings: Settings) -> NewPage:
    """The draft that a first step makes; a lesson without a title is called by its sentence.

    InvalidInput("title") if there is neither.
    """
    fields = dict(filled.mine.fields)
    title, claim = (v if isinstance(v := fields.get(x), str) else "" for x in ("title", "claim"))
    title = title or title_of(claim)
    check_title(title)
    named = {
        "type": kind,
        "id": key_for(kind, title),
        "language": settings.language,
        "licence": settings.licence,
    }
    return NewPage(
        title=title,
        source=front_matter.write({**named, **fields, "title": title}, filled.mine.body),
        draft=True,
        language=settings.language,
        licence=settings.licence,
    )


def save_step(page: Page, step: Step, fill_for: Callable[[int], Filled], *, by: Actor) -> Saved:
    """Save the step on top of the newest text; what others changed elsewhere stays.

    `fill_for`: fills it for the revision of this number, which new rows are named after.
    InvalidInput if it cannot be kept. A clash writes nothing.
    """
    slug = page.slug
    for _try in range(TRIES):
        filled = fill_for(page.head_number + 1)
        base, mine = filled.shown.base, filled.mine
        if not step.story:
            _require_title(step, mine.fields)
        head = head_source(page)
        merged = _merged(filled.shown.kind, step, base, mine, head)
        if isinstance(merged, Shown):
            return Saved(False, merged)
        if (merged.fields, merged.body) == (head.fields, head.body):
            return Saved(False)
        edit = Edit(
            slug=slug,
            base_number=head.number,
            source=merged.text(),
            summary=_(step.title),
        )
        try:
            saved = save(db_session(), edit, by=by, means=means(), now=now())
        except EditConflict:
            db_session().rollback()
            page = readable_page(db_session(), slug, current_viewer())
            continue
        return Saved(saved is not None)
    raise EditConflict(0, page.head_number)


def _require_title(step: Step, fields: Mapping[str, Any]) -> None:
    if "title" in step.asks:
        title = fields.get("title", "")
        check_title(title if isinstance(title, str) else "")


def _merged(kind: str, step: Step, base: Source, mine: Source, head: Source) -> Source | Shown:
    """My changes on top of the head; the step with both values if we changed the same."""
    if step.story:
        return _merged_story(kind, step, base, mine, head)
    fields = asked(kind, step)
    merged = merge(fields, base.fields, mine.fields, head.fields)
    now_is = replace(head, fields=merged.fields)
    if not merged.clashes:
        return now_is
    values = values_of(step, kind, now_is)
    errors = []
    for piece, theirs in merged.clashes.items():
        errors.append((_control_of(piece, merged), _theirs(fields, piece, theirs)))
    for place, row in enumerate(merged.fields.get("partners") or ()):
        if isinstance(row, Mapping) and row.get("id") in merged.removed:
            values[f"partners.{place}.remove"] = ["1"]
    return Shown(kind, head, values, errors, clash=True, typed=merged.fields)


def _merged_story(
    kind: str, step: Step, base: Source, mine: Source, head: Source
) -> Source | Shown:
    names = titles(kind)
    old, own, new = (sections(x.body, names) for x in (base, mine, head))
    changed = {title: own[title] for title in names if own[title] != old[title]}
    errors = [
        (f"{STORY}.{place}", _said(new[title]))
        for place, title in enumerate(names)
        if title in changed and new[title] not in (old[title], own[title])
    ]
    merged = replace(head, body=with_sections(head.body, names, changed))
    if not errors:
        return merged
    values = values_of(step, kind, merged)
    return Shown(kind, head, values, errors, clash=True)


def _control_of(piece: Piece, merged: Merged) -> str:
    """The control that shows a piece."""
    if len(piece) != 3:
        return ".".join(piece)
    rows = merged.fields.get(piece[0]) or ()
    places = [n for n, row in enumerate(rows) if row.get("id") == piece[1]]
    return ".".join([piece[0], str(places[0]), piece[2]]) if places else piece[0]


def _theirs(fields: Sequence[Field], piece: Piece, value: object) -> str:
    """What somebody else wrote, in words."""
    known = next(f for f in fields if f.name == piece[0])
    return _said(_words(known, value))


def _words(known: Field, value: object) -> str:
    if isinstance(value, Mapping):
        return "; ".join(f"{name}: {_words(known, each)}" for name, each in value.items())
    if isinstance(value, list):
        return ", ".join(_words(known, each) for each in value)
    return value if isinstance(value, str) else ""


def _said(theirs: str) -> str:
    if not theirs.strip():
        return _("Somebody else emptied this meanwhile. Yours is here: save it, or empty it too.")
    return _(
        "Somebody else wrote meanwhile: “%(theirs)s”. Yours is here: save it, or take theirs.",
        theirs=theirs,
    )
