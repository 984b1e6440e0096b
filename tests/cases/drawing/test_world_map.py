import math
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.cases.drawing.markup import assert_fit_for_the_policy, kinds, tree, words
from wiki.cases.drawing.placing import Ground
from wiki.cases.drawing.territories import PlaceCount, places_of, world
from wiki.cases.drawing.world_map import MOST_NARROW, MOST_WIDE, MapWords, world_map

WORDS = MapWords(
    name="Where",
    description="Below in words.",
    grouped="By parts of the world.",
    place="%(place)s: %(cases)s",
    region="%(place)s, somewhere: %(cases)s",
    cases=lambda number: f"{number} cases",
)
CODES = sorted(world().places)
COUNTS = st.dictionaries(
    st.sampled_from(CODES + sorted(world().regions)),
    st.integers(1, 200),
    min_size=1,
    max_size=70,
)


def made(counts):
    return world_map(places_of(counts, "en", lambda code: f"/at/{code}"), WORDS, language="en")


def pictures(html):
    wide, narrow = tree(html).findall("svg")
    return wide, narrow


def circles(picture, kind="d-mark"):
    return [
        tuple(float(each.get(name)) for name in ("cx", "cy", "r"))
        for each in picture.iter("circle")
        if kind in each.get("class", "")
    ]


def test_a_country_is_a_link_with_its_count_in_words():
    wide, _ = pictures(made({"PE": 3}).html)
    (link,) = wide.iter("a")

    assert (link.get("href"), link.find("title").text) == ("/at/PE", "Peru: 3 cases")
    assert "3" in words(made({"PE": 3}).html)


def test_a_region_is_hatched_and_never_looks_like_a_place():
    wide, _ = pictures(made({"014": 2}).html)
    (link,) = wide.iter("a")

    assert link.find("title").text == "Eastern Africa, somewhere: 2 cases"
    assert len(circles(wide, "d-region")) == 1
    assert "d-hatch" in [each.get("class") for each in wide.iter("path")]
    assert circles(wide, "d-rough")


def test_a_hatch_ends_at_its_ring():
    wide, _ = pictures(made({"014": 2}).html)
    ((x, y, radius),) = circles(wide, "d-region")
    hatch = next(each.get("d") for each in wide.iter("path") if each.get("class") == "d-hatch")

    for stroke in hatch.split("M")[1:]:
        start = tuple(map(float, stroke.split("l")[0].split()))
        assert math.dist(start, (x, y)) == pytest.approx(radius, abs=0.2)


def test_a_picture_with_links_is_a_group_and_one_without_an_image():
    without = world_map([PlaceCount("PE", "Peru", 1)], WORDS, language="en")

    assert [each.get("role") for each in pictures(made({"PE": 1}).html)] == ["group", "group"]
    assert [each.get("role") for each in pictures(without.html)] == ["img", "img"]


def test_what_has_no_place_on_the_map_is_still_in_the_rows():
    found = made({"PE": 1, "Atlantis": 2, "001": 3})

    assert [(row.name, row.count) for row in found.rows] == [
        ("world", 3),
        ("Atlantis", 2),
        ("Peru", 1),
    ]
    assert len(list(pictures(found.html)[0].iter("a"))) == 1


def test_nothing_to_draw_gives_no_drawing():
    assert not made({}).html and not made({"Atlantis": 1}).html


@pytest.mark.parametrize(("most", "which"), [(MOST_WIDE, 0), (MOST_NARROW, 1)])
def test_too_many_countries_are_taken_together_and_their_sum_is_kept(most, which):
    found = made(dict.fromkeys(CODES[: most + 1], 2))
    picture = pictures(found.html)[which]
    figures = [each.text for each in picture.iter("text") if each.get("class") == "d-count"]

    assert len(figures) < most
    assert sum(map(int, figures)) == 2 * (most + 1)
    assert picture.find("desc").text == WORDS.grouped
    assert list(picture.iter("a")) == []
    assert len(found.rows) == most + 1


@settings(max_examples=40)
@given(COUNTS)
def test_marks_never_cover_each_other_and_stay_in_the_picture(counts):
    for picture in pictures(made(counts).html):
        _, _, width, height = map(float, picture.get("viewBox").split())
        found = circles(picture)
        assert found
        for x, y, radius in found:
            assert radius <= x <= width - radius and radius <= y <= height - radius
        for (x1, y1, r1), (x2, y2, r2) in combinations(found, 2):
            assert math.dist((x1, y1), (x2, y2)) >= r1 + r2


@settings(max_examples=40)
@given(COUNTS)
def test_whatever_is_counted_the_markup_is_fit_for_the_policy(counts):
    assert_fit_for_the_policy(made(counts).html)


def test_two_maps_of_one_page_have_their_own_identifiers():
    places = places_of({"PE": 1}, "en", lambda _code: "/")
    both = [world_map(places, WORDS, language="en", ident=each).html for each in ("a", "b")]

    assert_fit_for_the_policy(f"<div>{both[0]}{both[1]}</div>")
    assert kinds(both[1], "use")[0].get("href") == "#b-land"


@given(st.lists(st.tuples(st.integers(0, 300), st.integers(0, 200)), max_size=25))
def test_names_cover_neither_marks_nor_names(points):
    ground = Ground(300, 200)
    marks = [ground.place(x, y, 8) for x, y in points]
    labels = [each for each in (ground.name(mark, 60, 12) for mark in marks) if each]

    for label in labels:
        for mark in marks:
            dx = max(abs(label.x - mark.x) - 30, 0)
            dy = max(abs(label.y - mark.y) - 6, 0)
            assert math.hypot(dx, dy) >= mark.radius
    for one, other in combinations(labels, 2):
        assert abs(one.x - other.x) >= 60 or abs(one.y - other.y) >= 12
