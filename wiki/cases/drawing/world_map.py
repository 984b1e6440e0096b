"""A map of the world with the number of cases in each country, and in regions where only those
are known.

Land without borders: a drawing need not say whose a piece of land is. A region is a hatched
circle where most of its countries lie, so that nobody takes it for a place. Two drawings, for
wide and narrow places; each counts by parts of the world if there are too many countries for it.
"""

import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from wiki.cases.drawing.lettering import width_of
from wiki.cases.drawing.placing import Circle, Ground
from wiki.cases.drawing.svg import address, element, letters, number, path, picture
from wiki.cases.drawing.territories import PlaceCount, Region, territory_name, world

MOST_WIDE, MOST_NARROW = 50, 14  # marks; above, those of one part of the world become one
HATCH = 6.0  # between two lines of a hatched region
FAR = 3.0  # a mark that had to move so far has a line to its country


@dataclass(frozen=True)
class MapWords:
    """What the map says; %(…)s is filled in here."""

    name: str  # of the drawing: Where the cases took place
    description: str  # where the same stands in words
    grouped: str  # The figures are those of parts of the world; the list names the countries.
    place: str  # %(place)s: %(cases)s
    region: str  # %(place)s, somewhere in this region: %(cases)s
    cases: Callable[[int], str]  # 3 cases


@dataclass(frozen=True)
class WorldMap:
    """The drawing ("" if there is nothing to draw) and all places, drawn or not."""

    html: Markup
    rows: tuple[PlaceCount, ...]


@dataclass(frozen=True)
class _Size:
    """How one of the two drawings is made."""

    kind: str
    most: int  # marks
    width: float
    letters: float  # size of figures
    smallest: float  # radius of a mark
    growth: float  # of the radius with the root of the count
    largest: float
    names: float  # size of the letters of names

    @property
    def scale(self) -> float:
        return self.width / world().width


# the sizes of letters stand in static/css/drawing.css too
WIDE = _Size("wide", MOST_WIDE, 960, letters=15, smallest=12, growth=2.5, largest=26, names=14)
NARROW = _Size(
    "narrow", MOST_NARROW, 360, letters=13, smallest=10, growth=1, largest=15, names=12.5
)


def world_map(
    places: Iterable[PlaceCount],
    words: MapWords,
    *,
    language: str,
    ident: str = "world",
    figure: Callable[[int], str] = str,
) -> WorldMap:
    """The map of these places, each code once (see `places_of`). `language`: in which parts of
    the world are named; `ident`: unique in its page; `figure` writes a number. Places without a
    code of the map stand in the rows only. Cost: 1 ms for 12 places, 7 ms for 50 that crowd, 2 ms
    for 200; the markup has 20 to 35 kB, 5 to 8 in gzip.
    """
    rows = tuple(sorted(places, key=lambda place: (-place.count, place.name)))
    drawn = [
        place
        for place in rows
        if place.count > 0 and (place.code in world().places or place.code in world().regions)
    ]
    if not drawn:
        return WorldMap(Markup(), rows)
    land = element("path", {"id": f"{ident}-land", "class": "d-land", "d": world().land})
    scaled = {"href": f"#{ident}-land", "class": "d-land", "transform": f"scale({NARROW.scale})"}
    pictures = []
    for size, ground in ((WIDE, land), (NARROW, element("use", scaled))):
        grouped = len(drawn) > size.most
        shown = _by_part(drawn, language) if grouped else drawn
        pictures.append(
            picture(
                [ground, *_marks(shown, size, words, figure, grouped=grouped)],
                width=size.width,
                height=world().height * size.scale,
                name=words.name,
                description=words.grouped if grouped else words.description,
                ident=f"{ident}-{size.kind}",
                kind=f"d-{size.kind}",
                linked=any(place.href for place in shown),
            )
        )
    return WorldMap(element("div", {"class": "drawing drawing-44 drawing-map"}, *pictures), rows)


def _by_part(drawn: list[PlaceCount], language: str) -> list[PlaceCount]:
    """The places taken together by the smallest parts of the world that UN M49 has."""
    sums: dict[str, int] = {}
    for place in drawn:
        code = world().region_of.get(place.code, place.code)
        sums[code] = sums.get(code, 0) + place.count
    return [PlaceCount(code, territory_name(code, language), n) for code, n in sums.items()]


def _marks(
    drawn: Sequence[PlaceCount],
    size: _Size,
    words: MapWords,
    figure: Callable[[int], str],
    *,
    grouped: bool,
) -> list[Markup]:
    """Regions first, under everything; then marks, the largest at their places; then names."""
    ground = Ground(size.width, world().height * size.scale)
    parts: list[Markup] = []
    marks: list[tuple[PlaceCount, Circle, Markup]] = []
    for place in sorted(drawn, key=lambda each: -each.count):
        region = world().regions.get(place.code)
        x, y = (region.x, region.y) if region else world().places[place.code]
        x, y = x * size.scale, y * size.scale
        if region and not grouped:
            parts += _hatched(region, size.scale)
        said = figure(place.count)
        mark = ground.place(x, y, _radius(place.count, said, size))
        if math.dist((x, y), (mark.x, mark.y)) > FAR and not region:
            parts.append(_leader((x, y), mark))
        told = (words.region if region and not grouped else words.place) % {
            "place": place.name,
            "cases": words.cases(place.count),
        }
        marks.append((place, mark, _mark(place, mark, said, size, told, rough=bool(region))))
    names = [name for place, mark, _ in marks for name in _name(ground, place, mark, size)]
    return [*parts, *names, *(drawn_mark for _, _, drawn_mark in marks)]


def _radius(count: int, said: str, size: _Size) -> float:
    grown = min(size.smallest + size.growth * math.sqrt(count - 1), size.largest)
    return max(grown, width_of(said, size.letters) / 2 + 2.5)


def _hatched(region: Region, scale: float) -> list[Markup]:
    """A circle of slanted lines: somewhere here."""
    x, y, radius = region.x * scale, region.y * scale, region.radius * scale
    lines, far = [], int(radius // HATCH)
    for step in range(-far, far + 1):
        away = step * HATCH
        half = math.sqrt(radius * radius - away * away)
        # along (1, -1), moved by `away` along (1, 1)
        middle_x, middle_y = x + away * math.sqrt(0.5), y + away * math.sqrt(0.5)
        long = half * math.sqrt(0.5)
        lines.append(
            f"M{number(middle_x - long)} {number(middle_y + long)}"
            f"l{number(2 * long)} {number(-2 * long)}"
        )
    ring = element("circle", {"cx": x, "cy": y, "r": radius, "class": "d-region"})
    return [path("".join(lines), "d-hatch"), ring]


def _leader(country: tuple[float, float], mark: Circle) -> Markup:
    x, y = number(country[0]), number(country[1])
    return path(f"M{x} {y}L{number(mark.x)} {number(mark.y)}M{x} {y}h.01", "d-leader")


def _mark(
    place: PlaceCount, mark: Circle, said: str, size: _Size, told: str, *, rough: bool
) -> Markup:
    kind = "d-mark d-rough" if rough else "d-mark"
    circle = element("circle", {"cx": mark.x, "cy": mark.y, "r": mark.radius, "class": kind})
    figure = letters(mark.x, mark.y + size.letters * 0.36, said, "d-count")
    count = element("g", {"aria-hidden": "true"}, figure)  # the title says it too
    title = element("title", {}, told)
    if not place.href:
        return element("g", {}, title, circle, count)
    return element("a", {"href": address(place.href)}, title, circle, count)


def _name(ground: Ground, place: PlaceCount, mark: Circle, size: _Size) -> list[Markup]:
    """The name beside the mark, if there is room."""
    wide = width_of(place.name, size.names)
    found = ground.name(mark, wide, size.names * 1.1)
    if found is None:
        return []
    return [letters(found.x, found.y + size.names * 0.34, place.name, "d-place")]
