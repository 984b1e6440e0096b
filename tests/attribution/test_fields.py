"""Front matter by hand, and which revision set each field afterwards."""

from hypothesis import given
from hypothesis import strategies as st

from tests.attribution.histories import origins, setters, states
from wiki.attribution.fields import leaves
from wiki.attribution.voice import voice_mask
from wiki.text.front_matter import Value, write

CASE: dict[str, Value] = {"type": "case", "stage": "ending", "themes": ["money", "power"]}
MONEY = [{"from": "v1", "amount_band": "small"}, {"from": "v2", "amount_band": "large"}]
PEOPLE = [{"id": "v1", "country": "KE"}, {"id": "v2", "country": "NO"}]


def case(**fields):
    """A case with other fields."""
    return write({**CASE, **fields}, "The fund paid late.")


def test_a_field_belongs_to_the_revision_that_set_its_present_value():
    assert setters(case(), case(stage="renewal")) == {
        "type": 1,
        "stage": 2,
        "themes[]=money": 1,
        "themes[]=power": 1,
    }


def test_an_item_added_to_a_list_is_its_adders_and_the_others_are_not():
    found = setters(case(), case(themes=["trust", "money", "power"]))

    assert (found["themes[]=trust"], found["themes[]=money"]) == (2, 1)


def test_the_order_and_the_style_of_writing_change_nothing():
    before = "---\ntype: case\nthemes: [money, power]\n---\nText."
    after = '---\nthemes:\n  - power\n  - "money"\ntype: "case"\n---\nText.'

    assert set(setters(before, after).values()) == {1}


def test_an_old_value_goes_back_to_its_first_setter():
    assert setters(case(), case(stage="renewal"), case())["stage"] == 1
    edited = case(themes=["money"])
    assert setters(case(), case(stage="renewal"), edited)["stage"] == 1


def test_a_field_that_was_left_out_and_comes_back_is_its_first_setters():
    without = {"type": "case", "stage": "ending"}

    history = [case(), write(without, "Text."), write(without, "Text, more."), case(scope="local")]
    assert setters(*history)["themes[]=money"] == 1


def test_an_item_with_an_id_is_followed_when_items_move():
    moved = [{"id": "v2", "country": "SE"}, PEOPLE[0]]

    found = setters(case(partners=PEOPLE), case(partners=moved))

    assert (found["partners[v1].country"], found["partners[v2].country"]) == (1, 2)
    assert found["partners[v2].id"] == 1


def test_an_item_without_a_name_is_followed_through_an_edit_of_one_field():
    edited = [{"from": "v9", "amount_band": "none"}, MONEY[1], {**MONEY[0], "amount_band": "tiny"}]

    found = setters(case(money=MONEY), case(money=edited))

    assert (found["money[1].from"], found["money[1].amount_band"]) == (2, 2)
    assert (found["money[2].from"], found["money[2].amount_band"]) == (1, 1)
    assert (found["money[3].from"], found["money[3].amount_band"]) == (1, 2)


def test_the_same_value_in_another_place_was_set_by_whoever_put_it_there():
    found = setters(case(scope="local"), case(scope="national", places=["local"]))

    assert found["places[]=local"] == 2


def test_front_matter_that_cannot_be_read_has_no_fields_and_gives_them_back_later():
    broken = "---\ntype: [case\n---\nText."

    assert setters(case(), broken) == {}
    assert setters(case(), broken, case(scope="local"))["stage"] == 1


def test_an_empty_field_has_a_setter_too():
    assert setters(case(places=[]), case(places=[], scope=None)) == {
        "type": 1,
        "stage": 1,
        "themes[]=money": 1,
        "themes[]=power": 1,
        "scope": 2,
        "places": 1,
    }


def test_words_of_front_matter_are_nobodys_voice():
    text = case(summary="Four months late.")

    told = [at for at, counts in enumerate(voice_mask(text)) if counts]
    assert len(told) == 4
    assert len(voice_mask(text)) == len(origins(text))


VALUE = st.recursive(
    st.one_of(st.none(), st.sampled_from(["a", "b", "NO", "1.10"])),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3),
        st.dictionaries(st.sampled_from(["id", "name", "x", "y"]), inner, max_size=3),
    ),
    max_leaves=8,
)
FIELDS = st.dictionaries(st.sampled_from(["type", "themes", "money", "partners"]), VALUE)


@given(st.lists(FIELDS, min_size=1, max_size=6))
def test_every_value_of_every_revision_has_a_setter_that_had_it(history):
    texts = [write(fields, f"Revision {at}.") for at, fields in enumerate(history)]

    for number, (text, state) in enumerate(zip(texts, states(texts), strict=True), 1):
        found = leaves(text)
        assert len(found) == len(state.head.setters)
        for leaf, setter in zip(found, state.head.setters, strict=True):
            assert 1 <= setter <= number
            assert leaf.value in [was.value for was in leaves(texts[setter - 1])]


@given(FIELDS, st.randoms(use_true_random=False))
def test_fields_in_another_order_keep_their_setters(fields, random):
    names = list(fields)
    random.shuffle(names)
    other = "\n".join(
        ["---", *(f"{name}: {flow(fields[name])}" for name in names), "---", "Text."]
    )

    assert set(setters(write(fields, "Text."), other).values()) <= {1}


def flow(value):
    """A value in YAML's flow style, everything quoted."""
    if value is None:
        return "null"
    if isinstance(value, list):
        return "[" + ", ".join(map(flow, value)) + "]"
    if isinstance(value, dict):
        return "{" + ", ".join(f'"{name}": {flow(inner)}' for name, inner in value.items()) + "}"
    return f'"{value}"'
