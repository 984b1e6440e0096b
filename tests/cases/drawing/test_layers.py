from hypothesis import given
from hypothesis import strategies as st

from wiki.cases.drawing.layers import crossings, heights, layers_of, ordered

NODES = "abcdefgh"
EDGES = st.lists(st.tuples(st.sampled_from(NODES), st.sampled_from(NODES)), max_size=25)


def test_money_runs_from_layer_to_layer():
    layers = layers_of("abc", [("a", "b"), ("b", "c"), ("a", "c")])

    assert layers == {"a": 0, "b": 1, "c": 2}


def test_who_only_gives_stands_just_before_the_receiver():
    layers = layers_of("abcd", [("a", "b"), ("b", "c"), ("d", "c")])

    assert layers["d"] == 1


def test_a_cycle_is_opened_behind_the_first_giver():
    layers = layers_of("abc", [("a", "b"), ("b", "c"), ("c", "b")])

    assert layers == {"a": 0, "b": 1, "c": 2}


def test_in_a_cycle_who_gives_more_than_it_gets_comes_first():
    edges = [("a", "b"), ("b", "c"), ("c", "d"), ("d", "c"), ("c", "b"), ("b", "a"), ("c", "a")]
    layers = layers_of("abcd", edges)

    assert min(layers, key=lambda node: layers[node]) == "c"


@given(EDGES)
def test_no_two_ends_of_an_edge_share_a_layer(edges):
    layers = layers_of(NODES, edges)

    assert min(layers.values()) >= 0
    assert all(layers[start] != layers[end] for start, end in edges if start != end)


@given(EDGES)
def test_without_cycles_every_edge_leads_onwards(edges):
    onwards = [(min(edge), max(edge)) for edge in edges]
    layers = layers_of(NODES, onwards)

    assert all(layers[start] < layers[end] for start, end in onwards if start != end)


def test_two_crossed_links_are_uncrossed():
    links = [("a", "y"), ("b", "x")]

    assert crossings(["ab", "xy"], links) == 1
    assert crossings(ordered(["ab", "xy"], links), links) == 0


@given(st.sets(st.tuples(st.sampled_from("abcd"), st.sampled_from("wxyz"))))
def test_ordering_never_adds_a_crossing(links):
    columns, listed = ["abcd", "wxyz"], sorted(links)

    assert crossings(ordered(columns, listed), listed) <= crossings(columns, listed)


@given(
    st.sets(st.tuples(st.sampled_from("abcd"), st.sampled_from("wxyz"))),
    st.fixed_dictionaries({node: st.integers(0, 90) for node in "abcdwxyz"}),
)
def test_what_stands_in_one_column_keeps_its_distance(links, sizes):
    middle = heights(["abcd", "wxyz"], sorted(links), sizes, 5)

    for column in ("abcd", "wxyz"):
        for one, other in zip(column, column[1:], strict=False):
            apart = middle[other] - middle[one] - (sizes[one] + sizes[other]) / 2
            assert apart >= 5 - 1e-6


def test_a_receiver_stands_level_with_its_only_giver():
    middle = heights(["a", "xy"], [("a", "y")], {"a": 10, "x": 10, "y": 10}, 5)

    assert middle["a"] == middle["y"]
