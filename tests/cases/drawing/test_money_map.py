from dataclasses import replace
from itertools import combinations

import pytest
from hypothesis import HealthCheck, given, settings

from tests.cases.drawing.graphs import WORDS, maps, starter_maps
from tests.cases.drawing.markup import assert_fit_for_the_policy, kinds, words
from wiki.cases.drawing import flow_columns, flow_list
from wiki.cases.drawing.flows import MoneyEdge, PartnerNode
from wiki.cases.drawing.layers import layers_of
from wiki.cases.drawing.money_map import MOST_PARTNERS, money_map

UKRI = PartnerNode("u", "UKRI", "Public body", (("Budget", "Decided alone"),), can_stop=True)
TEAMS = PartnerNode("t", "Three research teams")
GRANT = MoneyEdge("u", "t", "Project grant", "125 million", ("UKRI",), changed_midway=True)
WAYS = pytest.mark.parametrize("way", [flow_columns, flow_list], ids=["columns", "list"])
SIDES = pytest.mark.parametrize("mirrored", [False, True], ids=["ltr", "rtl"])
MANY = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def drawn(way, partners, edges, *, mirrored=False):
    ends = [(edge.giver, edge.receiver) for edge in edges]
    layer = layers_of([partner.key for partner in partners], ends)
    return way.draw(partners, edges, layer, WORDS, mirrored=mirrored)


def overlap(one, other):
    return (
        min(one.x + one.width, other.x + other.width) - max(one.x, other.x) > 1e-6
        and min(one.y + one.height, other.y + other.height) - max(one.y, other.y) > 1e-6
    )


def assert_clear(found):
    """Nothing overlaps and nothing leaves the picture."""
    rects = [*found.boxes.values(), *found.labels.values()]
    assert not [pair for pair in combinations(rects, 2) if overlap(*pair)]
    for rect in rects:
        assert rect.x >= 0 and rect.x + rect.width <= found.width
        assert rect.y >= 0 and rect.y + rect.height <= found.height
    for arrow in found.arrows:
        for x, y in arrow.points:
            assert 0 <= x <= found.width and 0 <= y <= found.height


def touches(rect, point):
    x, y = point
    at_side = min(abs(x - rect.x), abs(x - rect.x - rect.width)) < 1e-6
    return at_side and rect.y <= y <= rect.y + rect.height


@WAYS
@SIDES
@pytest.mark.parametrize(("slug", "facts"), starter_maps())
def test_every_starter_case_is_drawn_clearly(way, mirrored, slug, facts):
    assert_clear(drawn(way, *facts, mirrored=mirrored))


@WAYS
@SIDES
@MANY
@given(facts=maps())
def test_whatever_the_graph_nothing_overlaps_and_nothing_leaves_the_picture(way, mirrored, facts):
    assert_clear(drawn(way, *facts, mirrored=mirrored))


@WAYS
@SIDES
@MANY
@given(facts=maps())
def test_every_flow_is_drawn_to_the_box_of_its_receiver(way, mirrored, facts):
    partners, edges = facts
    found = drawn(way, partners, edges, mirrored=mirrored)

    assert sorted(arrow.at for arrow in found.arrows) == list(range(len(edges)))
    assert set(found.boxes) == {partner.key for partner in partners}
    for arrow in found.arrows:
        assert touches(found.boxes[edges[arrow.at].receiver], arrow.points[-1])


@MANY
@given(facts=maps())
def test_in_columns_every_flow_begins_at_the_box_of_its_giver(facts):
    partners, edges = facts
    found = drawn(flow_columns, partners, edges)

    for arrow in found.arrows:
        assert touches(found.boxes[edges[arrow.at].giver], arrow.points[0])


@MANY
@given(facts=maps())
def test_in_columns_a_flow_runs_between_boxes_and_never_through_one(facts):
    found = drawn(flow_columns, *facts)

    for arrow in found.arrows:
        for (x1, y1), (x2, y2) in zip(arrow.points, arrow.points[1:], strict=False):
            low, high = min(x1, x2) + 0.1, max(x1, x2) - 0.1
            for box in found.boxes.values():
                apart = box.x >= high or box.x + box.width <= low
                above = max(y1, y2) <= box.y or min(y1, y2) >= box.y + box.height
                assert apart or above


@MANY
@given(facts=maps())
def test_in_the_list_no_two_flows_share_a_stretch_of_a_lane(facts):
    stretches = [
        (arrow.points[1][0], *sorted((arrow.points[1][1], arrow.points[2][1])))
        for arrow in drawn(flow_list, *facts).arrows
    ]

    for (lane, low, high), (other, other_low, other_high) in combinations(stretches, 2):
        assert lane != other or high < other_low or other_high < low


@MANY
@given(facts=maps())
def test_the_markup_is_well_formed_and_fit_for_the_policy(facts):
    partners, edges = facts
    clean = [replace(p, name="".join(c for c in p.name if c.isprintable())) for p in partners]

    assert_fit_for_the_policy(money_map(clean, edges, WORDS).html)


def test_the_same_facts_give_the_same_drawing():
    partners, edges = starter_maps()[0][1]

    assert money_map(partners, edges, WORDS) == money_map(partners, edges, WORDS)


def test_all_that_is_drawn_is_said_in_words():
    found = money_map([UKRI, TEAMS, PartnerNode("c", "Communities")], [GRANT], WORDS)

    assert found.sentences == (
        "UKRI to Three research teams: Project grant; 125 million; UKRI can stop it;"
        " changed midway",
        "UKRI (Public body). could stop money; Decided alone: Budget",
        "Communities. no flow is recorded",
    )


def test_partners_without_a_flow_stand_apart_and_it_is_said():
    found = money_map([UKRI, TEAMS, PartnerNode("c", "Communities")], [GRANT], WORDS)

    assert words(found.html).count(WORDS.alone) == 2  # once in each drawing
    assert WORDS.alone not in words(money_map([UKRI, TEAMS], [GRANT], WORDS).html)


def test_an_image_has_a_name_and_says_where_its_words_are():
    pictures = kinds(money_map([UKRI, TEAMS], [GRANT], WORDS, ident="m").html, "svg")

    assert [each.get("role") for each in pictures] == ["img", "img"]
    assert [each.get("aria-labelledby") for each in pictures] == ["m-wide-title", "m-narrow-title"]
    assert [each.find("title").text for each in pictures] == [WORDS.name] * 2


def test_unpaid_work_is_dashed_and_said():
    work = MoneyEdge("t", "u", "Time of volunteers", unpaid=True)
    found = money_map([UKRI, TEAMS], [work], WORDS)

    assert "nobody was paid for it" in found.sentences[0]
    assert [each.get("class") for each in kinds(found.html, "path")].count("d-flow d-unpaid") == 2
    assert "nobody was paid" in " ".join(words(found.html))


def test_a_name_cannot_become_markup():
    trap = PartnerNode("x", "</text><script>alert(1)</script>")
    found = money_map([trap], [], WORDS)

    assert "<script" not in found.html
    assert "script" in "".join(words(found.html))


def test_too_many_partners_get_sentences_and_a_reason_instead_of_a_drawing():
    crowd = [PartnerNode(f"p{at}", f"Partner {at}") for at in range(MOST_PARTNERS + 1)]
    found = money_map(crowd, [MoneyEdge("p0", "p1", "Loan")], WORDS)

    assert not found.html
    assert found.note == "13 partners are too many for a drawing."
    assert "Partner 0 to Partner 1: Loan" in found.sentences


def test_a_flow_to_somebody_who_is_not_listed_is_said_and_not_drawn():
    found = money_map([UKRI], [MoneyEdge("u", "nobody", "Loan")], WORDS)

    assert "UKRI to nobody: Loan" in found.sentences
    assert not kinds(found.html, "path") or "Loan" not in " ".join(words(found.html))


def test_no_partner_gives_no_drawing():
    found = money_map([], [], WORDS)

    assert not found.html and found.sentences == ()


def test_a_chain_of_twelve_is_drawn_below_each_other_only():
    chain = [PartnerNode(f"p{at}", f"Partner {at}") for at in range(12)]
    flows = [MoneyEdge(f"p{at}", f"p{at + 1}", "Sub-grant") for at in range(11)]

    assert len(kinds(money_map(chain, flows, WORDS).html, "svg")) == 1
