"""Browsing cases and lessons by any of their facets: everything stands in the address."""

from collections.abc import Mapping
from dataclasses import replace

from flask import render_template, request, url_for

from wiki.cases.browsing import ORDERS, USUAL, Wanted, orders_of, read
from wiki.cases.facets import FACETS, PARTNER
from wiki.cases.labels import Labels
from wiki.cases.listing import PART, Part, part, partner_names
from wiki.cases.shown import line
from wiki.cases.vocabulary import Lists
from wiki.pageview.wording import labels_of
from wiki.reading.blueprint import bp
from wiki.reading.board import the_board
from wiki.reading.browse_shapes import Browse, Chip, Choice, Drawn, FacetBox
from wiki.reading.drawn_lists import drawn_map, drawn_timeline
from wiki.reading.shapes import Filters, Pager
from wiki.web.database import db_session
from wiki.web.i18n import gettext as _
from wiki.web.login import current_viewer

PATHS = {"case": "reading.cases", "lesson": "reading.lessons"}
UNFOLDED = 8  # values of a facet that are shown at once
MOST_PARTNERS = 8  # the other organisations have a list of their own


@bp.get("/cases")
def cases() -> str:
    """Cases by any of their facets."""
    return _browse("case")


@bp.get("/lessons")
def lessons() -> str:
    """Lessons by any of their facets."""
    return _browse("lesson")


def asked_list(kind: str, lists: Lists) -> Wanted:
    """The list that this request's address asks for."""
    return read(kind, request.args.items(multi=True), lists)


@bp.get("/cases/map", endpoint="case_map")
def map_of_cases() -> str:
    """Where the cases of a list took place."""
    return _browse("case", "reading.case_map")


@bp.get("/cases/timeline", endpoint="case_timeline")
def timeline_of_cases() -> str:
    """When the cases of a list took place."""
    return _browse("case", "reading.case_timeline")


def _browse(kind: str, endpoint: str = "") -> str:
    session, viewer = db_session(), current_viewer()
    index, lists = the_board().both(session)
    wanted = asked_list(kind, lists)
    found = part(session, index, wanted, viewer, size=0 if endpoint else PART)
    named = [*list(found.counts.get(PARTNER, {}))[:MOST_PARTNERS], *wanted.chosen.get(PARTNER, ())]
    labels = labels_of(lists, partner_names(session, index, named, viewer))
    view = _view(wanted, found, labels, endpoint or PATHS[kind])
    if endpoint == "reading.case_map":
        view = replace(view, drawn=Drawn(world=drawn_map(index, found, wanted)))
    elif endpoint == "reading.case_timeline":
        view = replace(view, drawn=Drawn(timeline=drawn_timeline(index, found)))
    return render_template("reading/browse.html", view=view)


def _view(wanted: Wanted, found: Part, labels: Labels, endpoint: str) -> Browse:
    path = url_for(endpoint)
    return Browse(
        kind=wanted.kind,
        path=path,
        lines=[line(entry, labels) for entry in found.entries],
        total=found.total,
        chips=chips(wanted, labels, path),
        boxes=boxes(wanted, found.counts, labels, path),
        pager=_pager(wanted, found.total, path),
        start=(wanted.page - 1) * PART + 1,
        orders=[(order, _(ORDERS[order])) for order in orders_of(wanted.kind)],
        wanted=wanted,
        kept=[pair for pair in wanted.pairs(page=False) if pair[0] not in ("from", "to", "order")],
        ignored=list(wanted.ignored),
        everything=path,
        exports=_exports(wanted),
        views=_views(wanted, endpoint),
    )


def _views(wanted: Wanted, endpoint: str) -> Filters:
    if wanted.kind != "case":
        return []
    return [
        (label, wanted.address(url_for(view)), view == endpoint)
        for view, label in (
            ("reading.cases", _("List")),
            ("reading.case_map", _("Map")),
            ("reading.case_timeline", _("Timeline")),
        )
    ]


def _exports(wanted: Wanted) -> list[tuple[str, str]]:
    """The same list as files; from a list of cases also their partners and their money."""
    names = {"case": ("cases", "partners", "money"), "lesson": ("lessons",)}[wanted.kind]
    labels = {
        "cases": _("Cases"),
        "lessons": _("Lessons"),
        "partners": _("Partners"),
        "money": _("Money"),
    }
    plain = replace(wanted, order=USUAL)
    return [
        (f"{labels[name]} ({words})", plain.address(f"/{name}.{form}"))
        for name in names
        for form, words in (("csv", "CSV"), ("jsonl", "JSONL"))
    ]


def chips(wanted: Wanted, labels: Labels, path: str) -> list[Chip]:
    """All that narrows the list, in the order of the facets."""
    made = [
        Chip(
            labels.facet(facet.name),
            labels.value(facet.name, value),
            wanted.without(facet.name, value).address(path),
        )
        for facet in FACETS
        for value in wanted.chosen.get(facet.name, ())
    ]
    if wanted.years is not None:
        said = f"{wanted.first or ''}–{wanted.last or ''}"
        made.append(Chip(_("Years"), said, wanted.any_year().address(path)))
    return made


def boxes(
    wanted: Wanted, counts: Mapping[str, Mapping[str, int]], labels: Labels, path: str
) -> list[FacetBox]:
    """The facets that have something to choose, with the chosen values even where none is left."""
    made = []
    for facet in FACETS:
        if wanted.kind not in facet.kinds:
            continue
        chosen = wanted.chosen.get(facet.name, ())
        counted = dict(counts.get(facet.name, {}))
        if facet.name == PARTNER:
            counted = dict(list(counted.items())[:MOST_PARTNERS])
        for value in chosen:
            counted.setdefault(value, counts.get(facet.name, {}).get(value, 0))
        choices = [
            Choice(
                labels.value(facet.name, value),
                count,
                value in chosen,
                _turned(wanted, facet.name, value).address(path),
            )
            for value, count in counted.items()
        ]
        choices.sort(key=lambda choice: (not choice.chosen, -choice.count, choice.words))
        if choices:
            label = labels.facet(facet.name)
            made.append(FacetBox(facet.name, label, choices[:UNFOLDED], choices[UNFOLDED:]))
    return made


def _turned(wanted: Wanted, facet: str, value: str) -> Wanted:
    if value in wanted.chosen.get(facet, ()):
        return wanted.without(facet, value)
    return wanted.with_value(facet, value)


def _pager(wanted: Wanted, total: int, path: str) -> Pager:
    last = -(-total // PART)
    first = (wanted.page - 1) * PART + 1
    newer = min(wanted.page - 1, last)
    return Pager(
        newer=wanted.at(newer).address(path, page=True) if newer >= 1 else "",
        older=wanted.at(wanted.page + 1).address(path, page=True) if wanted.page < last else "",
        first=first,
        last=min(first + PART - 1, total),
        total=total if wanted.page <= last else 0,
    )
