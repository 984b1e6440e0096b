"""Countries and regions of the world: which codes there are, and what they are called.

Codes are those of ISO 3166-1 (two letters) and of the regions of UN M49 (three digits). Names are
those of the Unicode CLDR, through Babel.
"""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from babel import Locale, UnknownLocaleError

SHAPES = Path(__file__).with_name("world.json")


@dataclass(frozen=True)
class Region:
    """Where most of a region's countries lie, in units of the map."""

    x: float
    y: float
    radius: float


@dataclass(frozen=True)
class World:
    """The shapes of docs/decisions/0007-world-map-shapes.md."""

    width: float
    height: float
    land: str  # a path
    places: Mapping[str, tuple[float, float]]
    regions: Mapping[str, Region]
    region_of: Mapping[str, str]  # country to the smallest region it belongs to


@cache
def world() -> World:
    """The shapes, read once: 20 kB, 1 ms."""
    raw: dict[str, Any] = json.loads(SHAPES.read_text(encoding="utf-8"))
    return World(
        width=raw["width"],
        height=raw["height"],
        land=raw["land"],
        places={code: (x, y) for code, (x, y) in raw["places"].items()},
        regions={code: Region(*row) for code, row in raw["regions"].items()},
        region_of={
            country: code for code, row in raw["within"].items() for country in row.split()
        },
    )


def territory(said: str) -> str:
    """The code of the country or region that is meant; "" if it is none. A part of a country
    (ISO 3166-2, `PE-CUS`) counts as the country.
    """
    code = said.strip().upper().partition("-")[0]
    return code if code in world().places or code in world().regions else ""


@lru_cache(maxsize=1_024)
def territory_name(code: str, language: str) -> str:
    """What a country or region is called in this language (BCP 47); the code itself if CLDR has
    no name. Cost: the first of a language reads its names, about 20 ms.
    """
    try:
        locale = Locale.parse(language, sep="-")
    except (UnknownLocaleError, ValueError):
        locale = Locale("en")
    return str(locale.territories.get(code, code))


@dataclass(frozen=True)
class PlaceCount:
    """How many cases a country or region has; `href`: where they are listed, "" nowhere."""

    code: str
    name: str
    count: int
    href: str = ""


def places_of(
    counts: Mapping[str, int], language: str, address: Callable[[str], str]
) -> list[PlaceCount]:
    """The places of a count by what cases say (codes of any kind), each once with its name, the
    most frequent first. What is no code stays as it was said. `address` gives the address of the
    list of a code's cases.
    """
    found: dict[str, int] = {}
    for said, count in counts.items():
        code = territory(said) or said.strip()
        if code:
            found[code] = found.get(code, 0) + count
    listed = [
        PlaceCount(code, territory_name(code, language), count, address(code))
        for code, count in found.items()
    ]
    return sorted(listed, key=lambda place: (-place.count, place.name))
