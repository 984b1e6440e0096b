"""The copies of cases, beside what a rebuild makes of them."""

from typing import Any

from flask import Flask
from sqlalchemy import select

from tests.journeys.browser import Person
from wiki.cases.models import CasePage
from wiki.operations.rebuilding import rebuild_cases
from wiki.settings import Settings


def copies(app: Flask) -> dict[int, tuple[Any, Any]]:
    """Facets and what is computed, by page."""
    with app.extensions["sessions"]() as session:
        return {
            row.page_id: (row.facets, row.computed) for row in session.scalars(select(CasePage))
        }


def rebuilt(app: Flask, settings: Settings) -> dict[int, tuple[Any, Any]]:
    """The copies that `wiki rebuild cases` makes."""
    rebuild_cases(app.extensions["sessions"], settings, lambda done, total: None)
    return copies(app)


def listed(reader: Person, slug: str, facet: str) -> bool:
    """Whether a page is in the list that this facet leaves."""
    return f'href="/w/{slug}"' in reader.open(f"/cases?{facet}").text
