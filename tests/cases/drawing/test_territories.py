import math

import pytest

from wiki.cases.drawing.territories import places_of, territory, territory_name, world


def test_every_country_of_the_standard_has_a_place_on_the_map():
    assert len(world().places) == 249
    for x, y in world().places.values():
        assert 0 < x < world().width and 0 < y < world().height


@pytest.mark.parametrize(
    "code", ["FJ", "KI", "TV", "MV", "BB", "MT", "SG", "ST", "TK", "BQ", "RE"]
)
def test_small_islands_have_a_place_too(code):
    assert code in world().places


def test_every_country_but_antarctica_is_in_one_part_of_the_world():
    assert set(world().places) - set(world().region_of) == {"AQ"}


@pytest.mark.parametrize(
    ("west", "east"), [("PE", "BR"), ("US", "GB"), ("GB", "IN"), ("IN", "AU"), ("AU", "FJ")]
)
def test_west_is_left_of_east(west, east):
    assert world().places[west][0] < world().places[east][0]


@pytest.mark.parametrize(
    ("north", "south"), [("CA", "US"), ("GB", "NG"), ("KE", "ZA"), ("RU", "IN"), ("FJ", "NZ")]
)
def test_north_is_above_south(north, south):
    assert world().places[north][1] < world().places[south][1]


@pytest.mark.parametrize(("country", "region"), [("KE", "014"), ("PE", "005"), ("FR", "155")])
def test_a_region_lies_where_its_countries_are(country, region):
    x, y = world().places[country]
    ring = world().regions[region]

    assert world().region_of[country] == region
    assert math.dist((x, y), (ring.x, ring.y)) < 2 * ring.radius


def test_a_part_of_a_country_counts_as_the_country():
    assert territory("PE-CUS") == territory(" pe ") == "PE"
    assert territory("014") == "014"
    assert territory("Atlantis") == territory("") == ""


def test_names_are_in_the_language_asked_for():
    assert territory_name("PE", "es") == "Perú"
    assert territory_name("014", "en") == "Eastern Africa"
    assert territory_name("KE", "tlh") == "Kenya"
    assert territory_name("XQ", "en") == "XQ"


def test_places_are_counted_once_each_under_their_names():
    found = places_of({"PE": 1, "PE-CUS": 2, "Atlantis": 1}, "en", lambda code: f"/at/{code}")

    assert [(each.name, each.count, each.href) for each in found] == [
        ("Peru", 3, "/at/PE"),
        ("Atlantis", 1, "/at/Atlantis"),
    ]
