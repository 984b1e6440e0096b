"""What the template of a list of cases or lessons is given."""

from dataclasses import dataclass

from wiki.cases.browsing import Wanted
from wiki.cases.drawing.timeline import Timeline
from wiki.cases.drawing.world_map import WorldMap
from wiki.cases.shown import Line
from wiki.reading.shapes import Filters, Pager


@dataclass(frozen=True)
class Choice:
    """A value of a facet: how many pages it would leave, and where its list is."""

    words: str
    count: int
    chosen: bool
    address: str


@dataclass(frozen=True)
class FacetBox:
    """A facet with the values that have pages."""

    name: str
    label: str
    choices: list[Choice]
    folded: list[Choice]  # those after the first few

    @property
    def chosen(self) -> bool:
        """Whether one of its values is chosen."""
        return any(choice.chosen for choice in (*self.choices, *self.folded))


@dataclass(frozen=True)
class Chip:
    """What the list is narrowed to, and where the list without it is."""

    label: str
    words: str
    address: str


@dataclass(frozen=True)
class Drawn:
    """A drawing of the whole list, in place of its entries; at most one of the two."""

    world: WorldMap | None = None
    timeline: Timeline | None = None

    @property
    def anything(self) -> bool:
        """Whether there is one."""
        return bool(self.world or self.timeline)


@dataclass(frozen=True)
class Browse:
    """One part of a list with the ways to narrow it."""

    kind: str
    path: str
    lines: list[Line]
    total: int
    chips: list[Chip]
    boxes: list[FacetBox]
    pager: Pager
    start: int
    orders: list[tuple[str, str]]
    wanted: Wanted
    kept: list[tuple[str, str]]  # what the form must not forget
    ignored: list[str]
    everything: str  # the address of the list that nothing narrows
    exports: list[tuple[str, str]]
    views: Filters  # the same list as a list, a map, along the years
    drawn: Drawn = Drawn()
