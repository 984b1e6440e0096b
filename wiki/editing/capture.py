"""Two short forms: a lesson from a passage of a case, and a report of a trial of a lesson."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from wiki.cases.forms import Values, apply, show
from wiki.cases.lesson_fields import LESSON
from wiki.cases.rules import check
from wiki.cases.schema import N_, Field
from wiki.editing.blueprint import TRIES, actor, bp, means, settings
from wiki.editing.controls import Control, Drawing
from wiki.editing.filling import head_source
from wiki.editing.naming import key_for, key_of_page, title_of
from wiki.editing.stepping import lists
from wiki.errors import EditConflict, InvalidFields, InvalidInput, PageNotFound, SlugTaken
from wiki.pages.models import Page
from wiki.pages.queries import readable_page
from wiki.policy import may_edit, may_write, require
from wiki.saving.service import Actor, Edit, NewPage, create, page_facts, save
from wiki.text import front_matter
from wiki.web.arguments import asked_text
from wiki.web.database import db_session, now
from wiki.web.i18n import gettext as _
from wiki.web.i18n import translate_error, translate_wrong
from wiki.web.login import current_viewer, signed_in_user

PASSAGE_LENGTH = 500
_EVIDENCE = {field.name: field for field in LESSON["evidence"].inside}
_TAKEN = (
    Field(
        name="passage",
        kind="text",
        label=N_("The passage"),
        ask=N_("Which passage of the case shows it?"),
        hint=N_("Copy it from the case. It stands in the lesson as a quotation, with a link."),
        most=PASSAGE_LENGTH,
    ),
    replace(LESSON["claim"], ask=N_("What did you learn, in one sentence?")),
    LESSON["kind"],
    replace(
        _EVIDENCE["type"],
        ask=N_("What kind of evidence is it?"),
        hint=N_("Your own experience counts."),
    ),
    LESSON["themes"],
)
_TRIED = LESSON["reuse"].inside


@dataclass(frozen=True, kw_only=True)
class ShortForm:
    """A form of a few questions about a page."""

    slug: str
    page_title: str
    heading: str
    lead: str
    action_url: str
    button: str
    controls: tuple[Control, ...]
    errors: Sequence[tuple[str, str]]


Errors = Sequence[tuple[str, str]]


def _readable(slug: str, kind: str) -> Page:
    page = readable_page(db_session(), slug, current_viewer())
    if page.kind != kind:
        raise PageNotFound(slug)
    return page


def _sent() -> dict[str, list[str]]:
    return {name: values for name, values in request.form.lists() if name != "csrf_token"}


def _fields(asked: Sequence[Field], sent: Values) -> dict[str, Any]:
    return apply(asked, {}, sent, new_id=lambda name, place: f"{name}{place}").fields


def _controls(asked: Sequence[Field], values: Values, errors: Errors) -> tuple[Control, ...]:
    return Drawing(values, {}, lists(), (), dict(errors)).controls(asked)


@bp.get("/w/<path:slug>/lesson")
def new_lesson(slug: str) -> ResponseReturnValue:
    """Ask for a lesson from this case."""
    signed_in_user()
    require(may_write(current_viewer()))
    values = {**show(_TAKEN, {}), "passage": [asked_text("passage", PASSAGE_LENGTH)]}
    return _ask_lesson(_readable(slug, "case"), values, ())


@bp.post("/w/<path:slug>/lesson", endpoint="make_lesson")
def make_lesson(slug: str) -> ResponseReturnValue:
    """Make a private draft of the lesson and go on to its form."""
    by, case = actor(), _readable(slug, "case")
    sent, session = _sent(), db_session()
    given = _fields(_TAKEN, sent)
    if not given.get("claim"):
        said = _("Please write the lesson in one sentence; it may be a question.")
        return _ask_lesson(case, sent, [("claim", said)])
    try:
        made = create(session, _lesson(case, given), by=by, means=means(), now=now())
        session.commit()
    except (InvalidInput, SlugTaken) as problem:
        session.rollback()
        names = {"evidence": lambda path: str(path[2])}
        return _ask_lesson(_readable(slug, "case"), sent, _errors(problem, "claim", names))
    address = url_for("editing.guided", slug=made.slug, step="happened", done="created")
    return redirect(address, code=303)


def _lesson(case: Page, given: Mapping[str, Any]) -> NewPage:
    claim, passage = str(given["claim"]), str(given.get("passage", ""))
    title, key = title_of(claim), key_of_page(case)
    row: dict[str, Any] = {
        "type": given.get("type"),
        "case": key,
        "passage": " ".join(passage.split()),
    }
    fields: dict[str, Any] = {
        "type": "lesson",
        "id": key_for("lesson", title),
        "title": title,
        "claim": claim,
        "kind": given.get("kind"),
        "language": case.language,
        "evidence": [{name: value for name, value in row.items() if value}],
        "themes": given.get("themes"),
        "from": [key],
        "licence": settings().licence,
    }
    kept = {name: value for name, value in fields.items() if value}
    return NewPage(
        title=title,
        source=front_matter.write(kept, _quoted(case, passage)),
        draft=True,
        language=case.language,
        licence=settings().licence,
    )


def _quoted(case: Page, passage: str) -> str:
    """The passage as a quotation, with the permanent link of the text it was taken from."""
    link = url_for("reading.revision", slug=case.slug, number=case.head_number)
    name = case.title.replace("[", "(").replace("]", ")")
    source = f"[{name}]({link})\n"
    lines = [f"> {line}".rstrip() for line in passage.splitlines()]
    return "\n".join([*lines, "", source]) if passage else source


def _ask_lesson(case: Page, values: Values, errors: Errors) -> ResponseReturnValue:
    view = ShortForm(
        slug=case.slug,
        page_title=case.title,
        heading=_("A lesson from this case"),
        lead=_("One sentence is enough. It becomes a private draft, which you can go on with."),
        action_url=url_for("editing.make_lesson", slug=case.slug),
        button=_("Save and go on"),
        controls=_controls(_TAKEN, values, errors),
        errors=errors,
    )
    return render_template("editing/short.html", view=view), 422 if errors else 200


@bp.get("/w/<path:slug>/tried")
def tried(slug: str) -> ResponseReturnValue:
    """Ask what came of trying this lesson."""
    return _ask_tried(_lesson_to_edit(slug), show(_TRIED, {}), ())


@bp.post("/w/<path:slug>/tried", endpoint="report_trial")
def report_trial(slug: str) -> ResponseReturnValue:
    """Add the report to the lesson, as a revision of the one who reports."""
    by, page, sent = actor(), _lesson_to_edit(slug), _sent()
    row = _fields(_TRIED, sent)
    if not (row.get("result") or row.get("note")):
        return _ask_tried(page, sent, [("result", _("Please say what came of it."))])
    try:
        _append(slug, row, by)
    except InvalidInput as problem:
        db_session().rollback()
        names = {"reuse": lambda path: str(path[2])}
        return _ask_tried(_lesson_to_edit(slug), sent, _errors(problem, "", names))
    db_session().commit()
    return redirect(url_for("reading.page", slug=slug, done="saved"), code=303)


def _append(slug: str, row: Mapping[str, Any], by: Actor) -> None:
    """Save the lesson with one more report, on top of whatever was saved last."""
    for _try in range(TRIES):
        head = head_source(_lesson_to_edit(slug))
        held = head.fields.get("reuse")
        fields = {**head.fields, "reuse": [*(held if isinstance(held, list) else []), dict(row)]}
        wrong = check(fields, lists())
        if wrong:
            raise InvalidFields(wrong)
        source = replace(head, fields=fields).text()
        edit = Edit(slug=slug, base_number=head.number, source=source, summary=_("We tried this"))
        try:
            save(db_session(), edit, by=by, means=means(), now=now())
            return
        except EditConflict:
            db_session().rollback()
    raise EditConflict(0, 0)


def _lesson_to_edit(slug: str) -> Page:
    signed_in_user()
    session, viewer = db_session(), current_viewer()
    page = _readable(slug, "lesson")
    require(may_edit(viewer, page_facts(session, page, viewer, now()), now=now()))
    return page


def _ask_tried(page: Page, values: Values, errors: Errors) -> ResponseReturnValue:
    view = ShortForm(
        slug=page.slug,
        page_title=page.title,
        heading=_("We tried this"),
        lead=_("It worked, it did not, or something between: each helps the next people."),
        action_url=url_for("editing.report_trial", slug=page.slug),
        button=_("Save the report"),
        controls=_controls(_TRIED, values, errors),
        errors=errors,
    )
    return render_template("editing/short.html", view=view), 422 if errors else 200


Placed = Callable[[tuple[str | int, ...]], str]


def _errors(
    problem: InvalidInput | SlugTaken, usual: str, inside: Mapping[str, Placed]
) -> list[tuple[str, str]]:
    """(control, sentence); `inside`: how a row's path names its control, `usual`: else."""
    if not isinstance(problem, InvalidFields):
        return [(usual, translate_error(problem))]
    found = []
    for wrong in problem.wrong:
        placed = inside.get(str(wrong.path[0]))
        name = placed(wrong.path) if placed and len(wrong.path) > 2 else str(wrong.path[0])
        found.append((name, translate_wrong(wrong)))
    return found
