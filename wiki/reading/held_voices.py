"""Whose voices the whole wiki holds: figures of the day, and who is asked to write."""

from dataclasses import dataclass
from datetime import datetime

from flask import current_app, render_template

from wiki.cases.drawing.territories import territory_name
from wiki.cases.vocabulary import Lists
from wiki.reading.blueprint import bp
from wiki.reading.board import the_board
from wiki.voices.census import ALL, NOWHERE, SEVERAL, Census, being_recomputed, census
from wiki.voices.discretion import start_of_day
from wiki.voices.suppression import FEW, LEAST, Table
from wiki.web.database import db_session, now
from wiki.web.i18n import current_language, language_name
from wiki.web.i18n import gettext as _


@dataclass(frozen=True)
class Line:
    """A row of a table. cells: a number, or None: not told."""

    name: str
    cells: list[int | None]
    sum: int


@dataclass(frozen=True)
class Shown:
    """A table in the reader's language; no columns: only sums are told. No lines: nothing is."""

    columns: list[str]
    lines: list[Line]
    sums: list[int]
    total: int


@dataclass(frozen=True)
class HeldVoices:
    """The page. gaps: positions in which hardly anybody speaks yet."""

    recomputing: bool
    day: datetime
    least: int
    positions: Shown
    languages: Shown
    accounts: Shown
    gaps: list[str]


@bp.get("/voices", endpoint="held_voices")
def held_voices() -> str:
    """By position and region, by language, and who told the cases of each year."""
    today, lists = start_of_day(now()), the_board().lists(db_session())
    recomputing = being_recomputed(db_session(), today)
    found = Census(Table(), Table(), Table(), ()) if recomputing else _of_the_day(today, lists)
    view = HeldVoices(
        recomputing=recomputing,
        day=today,
        least=LEAST,
        positions=_shown(found.positions, lists, "position"),
        languages=_shown(found.languages, lists, ""),
        accounts=_shown(found.accounts, lists, "account_basis"),
        gaps=[_(lists["position"].label_of(name)) for name in found.gaps],
    )
    return render_template("reading/held_voices.html", view=view)


def _of_the_day(today: datetime, lists: Lists) -> Census:
    """Counted once a day in each process; all of them find the same."""
    held: tuple[datetime, Census] | None = current_app.extensions.get("held_voices")
    if held is None or held[0] != today:
        held = (today, census(db_session(), today, tuple(lists["position"].labels)))
        current_app.extensions["held_voices"] = held
    return held[1]


def _shown(table: Table, lists: Lists, words: str) -> Shown:
    cells = table.cells or {}
    columns = [name for name, _sum in table.columns if name != ALL]
    return Shown(
        columns=[_column(name) for name in columns],
        lines=[
            Line(_row(name, lists, words), [cells[name, column] for column in columns], number)
            for name, number in table.rows
        ],
        sums=[number for name, number in table.columns if name != ALL],
        total=table.total,
    )


def _row(name: str, lists: Lists, words: str) -> str:
    if name == FEW:
        return _("all others, together")
    return _(lists[words].label_of(name)) if words else language_name(name)


def _column(name: str) -> str:
    said = {FEW: _("others"), SEVERAL: _("several regions"), NOWHERE: _("no place told")}
    if name in said:
        return said[name]
    return name if len(name) == 4 else territory_name(name, current_language())
