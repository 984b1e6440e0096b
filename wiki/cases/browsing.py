"""What somebody wants to see of the cases or lessons, as it stands in an address; pure.

Several values of one facet: one of them is enough; several facets: all of them. A name or value
that nobody knows is left out and named, so that an old or mistyped address still shows a list.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache
from urllib.parse import urlencode

from wiki.cases.facets import BY_NAME, COUNTRY, FACETS, LANGUAGE, PARTNER, organisation_slug
from wiki.cases.schema import N_
from wiki.cases.vocabulary import SHIPPED, Lists

ORDERS = {
    "changed": N_("changed last"),
    "title": N_("title"),
    "year": N_("year"),
}
USUAL = "changed"
MOST_VALUES = 40  # in one address
MOST_IGNORED = 5  # that are named
LAST_PAGE = 10_000
_YEAR = re.compile(r"\d{4}", re.ASCII)
_SHAPES = {
    COUNTRY: re.compile(r"[A-Z]{2}|\d{3}", re.ASCII),
    LANGUAGE: re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8}){0,3}", re.ASCII),
}
_OTHERS = ("from", "to", "order", "page")
_OF_THE_SITE = ("lang", "done")  # what every address of the wiki may say
Pairs = Iterable[tuple[str, str]]


@dataclass(frozen=True)
class Wanted:
    """One list. `ignored`: what the address said and nobody understood, as typed."""

    kind: str
    chosen: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    first: int | None = None  # of the years asked for
    last: int | None = None
    order: str = USUAL
    page: int = 1
    ignored: tuple[str, ...] = ()

    @property
    def years(self) -> tuple[int, int] | None:
        """From the first year to the last, None if any will do."""
        if self.first is None and self.last is None:
            return None
        return self.first or 0, self.last or 9999

    @property
    def narrowed(self) -> bool:
        """Whether anything is asked for at all."""
        return bool(self.chosen) or self.years is not None

    def pairs(self, *, page: bool = True) -> list[tuple[str, str]]:
        """The address in its one order. `page`: also which part of the list."""
        said = [
            (facet.name, value) for facet in FACETS for value in self.chosen.get(facet.name, ())
        ]
        said += [
            (name, str(year))
            for name, year in (("from", self.first), ("to", self.last))
            if year is not None
        ]
        if self.order != USUAL:
            said.append(("order", self.order))
        if page and self.page > 1:
            said.append(("page", str(self.page)))
        return said

    def address(self, path: str, *, page: bool = False) -> str:
        """Where this list stands under `path`."""
        query = "&".join(_written(*pair) for pair in self.pairs(page=page))
        return f"{path}?{query}" if query else path

    def with_value(self, facet: str, value: str) -> "Wanted":
        """The same list with this value too; its first part."""
        values = (*self.chosen.get(facet, ()), value)
        return replace(self, chosen={**self.chosen, facet: values}, page=1)

    def without(self, facet: str, value: str) -> "Wanted":
        """The same list without this value; its first part."""
        left = tuple(v for v in self.chosen.get(facet, ()) if v != value)
        others = {name: values for name, values in self.chosen.items() if name != facet}
        return replace(self, chosen={**others, facet: left} if left else others, page=1)

    def at(self, page: int) -> "Wanted":
        """Another part of the list."""
        return replace(self, page=page)

    def any_year(self) -> "Wanted":
        """The same list whatever the years."""
        return replace(self, first=None, last=None, page=1)


@lru_cache(maxsize=4_096)
def _written(name: str, value: str) -> str:
    """A pair as it stands in an address; a list of facets prints each some hundred times."""
    return urlencode([(name, value)])


def read(kind: str, said: Pairs, lists: Lists = SHIPPED) -> Wanted:
    """What an address asks for. Never fails: what makes no sense is ignored, and named."""
    chosen: dict[str, dict[str, None]] = {}
    others: dict[str, str] = {}
    ignored: list[str] = []
    for name, value in said:
        facet = name.replace("-", "_")
        if not value or name in _OF_THE_SITE:
            continue
        if name in _OTHERS:
            others.setdefault(name, value)
        elif _known(kind, facet, value, lists) and _count(chosen) < MOST_VALUES:
            chosen.setdefault(facet, {})[value] = None
        else:
            ignored.append(f"{name}={value}"[:60])
    first, last, order = _years_and_order(kind, others, ignored)
    return Wanted(
        kind=kind,
        chosen={name: tuple(values) for name, values in chosen.items()},
        first=first,
        last=last,
        order=order,
        page=_page(others.get("page", "1")),
        ignored=tuple(dict.fromkeys(ignored))[:MOST_IGNORED],
    )


def _years_and_order(
    kind: str, others: Mapping[str, str], ignored: list[str]
) -> tuple[int | None, int | None, str]:
    years = []
    for name in ("from", "to"):
        said = others.get(name, "")
        year = int(said) if kind == "case" and _YEAR.fullmatch(said) else None
        if said and year is None:
            ignored.append(f"{name}={said}"[:60])
        years.append(year)
    order = others.get("order", USUAL)
    if order not in orders_of(kind):
        ignored.append(f"order={order}"[:60])
        order = USUAL
    return years[0], years[1], order


def orders_of(kind: str) -> tuple[str, ...]:
    """In which orders a list may stand: lessons have no years."""
    return tuple(ORDERS) if kind == "case" else ("changed", "title")


def _known(kind: str, facet: str, value: str, lists: Lists) -> bool:
    if facet not in BY_NAME or kind not in BY_NAME[facet].kinds:
        return False
    words = BY_NAME[facet].words
    if words:
        return value in lists[words]
    if facet == PARTNER:
        return organisation_slug(value) == value
    return _SHAPES[facet].fullmatch(value) is not None


def _count(chosen: Mapping[str, Mapping[str, None]]) -> int:
    return sum(len(values) for values in chosen.values())


def _page(said: str) -> int:
    if not (said.isascii() and said.isdigit()) or len(said) > 6:
        return 1
    return min(max(int(said), 1), LAST_PAGE)
