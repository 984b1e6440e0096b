"""The cases of a list as drawings: on a map, and along the years."""

from dataclasses import replace

from flask import url_for

from wiki.cases.browsing import Wanted
from wiki.cases.drawing.territories import places_of
from wiki.cases.drawing.timeline import MOST_ROWS, Timeline, Took, timeline
from wiki.cases.drawing.world_map import WorldMap, world_map
from wiki.cases.drawing.years import years, years_of
from wiki.cases.facets import COUNTRY
from wiki.cases.index import CaseIndex
from wiki.cases.listing import Part
from wiki.cases.queries import entries
from wiki.pageview.drawing_phrases import map_words, timeline_words
from wiki.web.database import db_session, now
from wiki.web.i18n import current_language, number
from wiki.web.login import current_viewer


def drawn_map(index: CaseIndex, found: Part, wanted: Wanted) -> WorldMap:
    """Each place leads to the list of its cases, whatever else is asked for."""
    path = url_for("reading.cases")

    def address(code: str) -> str:
        return replace(wanted, chosen={**wanted.chosen, COUNTRY: (code,)}).address(path)

    language = current_language()
    places = places_of(index.tally(found.found, COUNTRY), language, address)
    return world_map(places, map_words(), language=language, figure=number)


def drawn_timeline(index: CaseIndex, found: Part) -> Timeline:
    """Every case with its own bar; of many, how many began when, from the index alone."""
    session, this_year = db_session(), now().year
    if found.total > MOST_ROWS:
        took = [
            Took("", years(str(row.first_year or ""), str(row.last_year or "")))
            for row in index.rows(found.found)
        ]
    else:
        held = entries(session, list(index.newest(found.found)), current_viewer())
        took = [
            Took(
                entry.title,
                years_of(entry.fields.get("when")),
                url_for("reading.page", slug=entry.slug),
            )
            for entry in held.values()
        ]
    return timeline(took, timeline_words(), this_year=this_year, number=number)
