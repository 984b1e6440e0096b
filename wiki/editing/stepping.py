"""A step of the guided form put together for its template."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import islice
from typing import Any

from flask import current_app, url_for

from wiki.cases.forms import Countries, Values, has_fixed_rows, rows_of, show
from wiki.cases.index import CaseIndex
from wiki.cases.queries import entries
from wiki.cases.rules import SCHEMAS
from wiki.cases.schema import Field
from wiki.cases.steps import HEADINGS, STEPS, Step, asked, next_step
from wiki.cases.story import sections
from wiki.cases.vocabulary import Lists
from wiki.editing.controls import Control, Drawing, country_names
from wiki.editing.guided_view import GuidedView, StepLink
from wiki.editing.naming import named_kind
from wiki.pages.models import Page
from wiki.text import front_matter
from wiki.web.database import db_session
from wiki.web.i18n import gettext as _
from wiki.web.i18n import places
from wiki.web.login import current_viewer

PAGES = 40  # of a kind, that are suggested
STORY = "story"  # of a control: story.0 is the first section offered


@dataclass(frozen=True)
class Source:
    """A text in its two parts. `number`: of its revision; 0: there is none yet.

    `lent`: the page's title, where the fields do not name it: shown with them and not written.
    """

    number: int
    fields: Mapping[str, Any]
    body: str
    lent: str = ""

    def text(self) -> str:
        """The source, in canonical form."""
        fields = dict(self.fields)
        if self.lent and fields.get("title") == self.lent:
            del fields["title"]
        return front_matter.write(fields, self.body)


@dataclass(frozen=True)
class Shown:
    """What a step shows: the text it was drawn from, and what was typed since, if anything was."""

    kind: str
    base: Source
    values: Values | None = None  # None: as the base says
    errors: Sequence[tuple[str, str]] = field(default_factory=tuple)
    clash: bool = False
    typed: Mapping[str, Any] | None = None  # the fields as typed

    def with_errors(self, errors: Sequence[tuple[str, str]]) -> "Shown":
        """The same with errors beside the controls."""
        return replace(self, errors=tuple(errors))


def lists() -> Lists:
    """The lists of words as of now."""
    found: Lists = current_app.extensions["board"].lists(db_session())
    return found


def named_countries() -> Countries:
    """The countries in the reader's language."""
    return Countries(places())


def titles(kind: str) -> list[str]:
    """The headings that the form offers, in the reader's language."""
    return [_(heading.title) for heading in HEADINGS[kind]]


def values_of(step: Step, kind: str, source: Source) -> dict[str, list[str]]:
    """What stands in each control of the step."""
    if step.story:
        said = sections(source.body, titles(kind))
        return {f"{STORY}.{place}": [text] for place, text in enumerate(said.values())}
    return show(asked(kind, step), source.fields, named_countries())


def step_view(page: Page | None, step: Step, shown: Shown) -> GuidedView:
    """The step as its template wants it."""
    kind, steps = shown.kind, STEPS[shown.kind]
    values = shown.values if shown.values is not None else values_of(step, kind, shown.base)
    errors = list(shown.errors)
    following = next_step(kind, step.name)
    slug = page.slug if page else ""
    skip = following.name if following else "finish"
    return GuidedView(
        slug=slug,
        page_title=page.title if page else "",
        kind=kind,
        is_draft=page is None or page.state == "draft",
        title=_(step.title),
        prompt=_(step.prompt) if step.prompt else "",
        place=steps.index(step) + 1,
        count=len(steps),
        quick_count=sum(each.quick for each in steps),
        action_url=url_for("editing.guided_save", slug=slug, step=step.name)
        if page
        else url_for("editing.begin_page", kind=kind),
        base=shown.base.number,
        controls=_controls(step, shown, values),
        steps=step_links(kind, slug, step.name, shown.base.fields, shown.base.body),
        next_title=_(following.title) if following else _("To the end"),
        skip_url=url_for("editing.guided", slug=slug, step=skip) if page else "",
        text_url=url_for("editing.edit", slug=slug) if page else _text_address(kind),
        errors=errors,
        clash=shown.clash,
        unsaved=shown.values is not None,
        needs_partners=_partners_first(kind, step, shown, slug),
        countries=country_names() if _asks_places(kind, step) else [],
        pages=_pages(kind, step),
    )


def _text_address(kind: str) -> str:
    return url_for("editing.new", kind=kind, text=1)


def step_links(
    kind: str, slug: str, here: str, fields: Mapping[str, Any], body: str = ""
) -> list[StepLink]:
    """All steps, the one that is shown and those that hold something already marked."""
    links = [
        StepLink(
            title=_(step.title),
            href=url_for("editing.guided", slug=slug, step=step.name) if slug else "",
            is_here=step.name == here,
            is_filled=_is_filled(kind, step, fields, body),
            is_quick=step.quick,
        )
        for step in STEPS[kind]
    ]
    if slug:
        end = url_for("editing.guided", slug=slug, step="finish")
        links.append(StepLink(_("To the end"), end, here == "finish", False, False))
    return links


def _is_filled(kind: str, step: Step, fields: Mapping[str, Any], body: str) -> bool:
    if step.story:
        return any(sections(body, titles(kind)).values())
    return any(
        value.strip() and name not in _COUNTS
        for name, values in show(asked(kind, step), fields).items()
        for value in values
    )


_COUNTS = frozenset(
    {
        field.name
        for kind, steps in STEPS.items()
        for s in steps
        for field in asked(kind, s)
        if field.kind == "rows"
    }
)


def partners_of(fields: Mapping[str, Any]) -> list[tuple[str, str]]:
    """(id, name) of each row of partners, as the page has them; "" for what a row lacks."""
    found = []
    for row in rows_of(fields.get("partners")):
        known = row if isinstance(row, Mapping) else {}
        key, name = (v if isinstance(v := known.get(x), str) else "" for x in ("id", "name"))
        found.append((key, name or key or _("a partner without a name")))
    return found


def _controls(step: Step, shown: Shown, values: Values) -> tuple[Control, ...]:
    errors: dict[str, str] = {}
    for name, said in shown.errors:
        errors[name] = f"{errors[name]} {said}" if name in errors else said
    if step.story:
        return tuple(
            Control(
                name=f"{STORY}.{place}",
                draw="prose",
                label=_(heading.title),
                hint=_(heading.hint),
                values=tuple(values.get(f"{STORY}.{place}", ())),
                error=errors.get(f"{STORY}.{place}", ""),
            )
            for place, heading in enumerate(HEADINGS[shown.kind])
        )
    fields = shown.typed if shown.typed is not None else shown.base.fields
    drawing = Drawing(values, fields, lists(), partners_of(shown.base.fields), errors)
    return drawing.controls(asked(shown.kind, step))


def _partners_first(kind: str, step: Step, shown: Shown, slug: str) -> str:
    """Where partners are named, if the step asks about partners and there are none yet."""
    if not slug or step.story or partners_of(shown.base.fields):
        return ""
    needed = any(_about_partners(known) for known in asked(kind, step))
    return url_for("editing.guided", slug=slug, step="partners") if needed else ""


def _about_partners(known: Field) -> bool:
    return has_fixed_rows(known) or any(
        inner.kind in ("partner", "partners") for inner in known.inside
    )


def _pages(kind: str, step: Step) -> list[tuple[str, str]]:
    """Suggestions for fields that name pages: short name and title of the newest ones."""
    wanted: set[str] = set()
    for known in asked(kind, step) if not step.story else ():
        paths = [[known.name], *([known.name, inner.name] for inner in known.inside)]
        wanted |= {named_kind(known, path) for path in paths} - {""}
    kinds = SCHEMAS if "any" in wanted else wanted
    index: CaseIndex = current_app.extensions["board"].index(db_session())
    newest = [
        x for each in sorted(kinds) for x in islice(index.newest(index.find(each, {})), PAGES)
    ]
    found = entries(db_session(), newest, current_viewer()) if newest else {}
    return [(found[each].key, found[each].title) for each in newest if each in found]


def _asks_places(kind: str, step: Step) -> bool:
    fields = asked(kind, step) if not step.story else ()
    return any(f.kind in ("places", "country") for known in fields for f in (known, *known.inside))
