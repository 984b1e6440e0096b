"""The memory of deleted text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wiki.attribution.credit import mended
from wiki.attribution.graves import Graves
from wiki.attribution.memory import GRAM, HeldMemory, marks
from wiki.attribution.shelved import PART_MOST, RECENT, RECENT_MOST, ShelvedMemory

MARK = st.integers(1, 2**30 - 1)
CREDIT = st.builds(mended, st.integers(1, 20_000), st.sampled_from([0, 7]))
OWNERS = st.tuples(CREDIT, CREDIT, CREDIT, CREDIT)
GRAVES = st.lists(st.tuples(st.integers(0, 40), OWNERS), max_size=60)


def all_by(number):
    """The owners of a mark whose tokens all have one."""
    return (number,) * GRAM


def burials(count):
    """Marks spread over all parts, in groups of ten with one owner."""
    spread = [(place * 2_654_435_761) % 2**30 for place in range(1, count + 1)]
    return [
        [(mark, all_by(1 + at // 10)) for mark in spread[at : at + 10]]
        for at in range(0, count, 10)
    ]


def loaded(stored):
    """A memory whose parts come from what was stored."""
    return ShelvedMemory(lambda parts: {part: stored[part] for part in parts if part in stored})


@pytest.fixture(params=["held", "shelved"])
def memory(request):
    """An empty memory of either kind: both give the same answers."""
    return HeldMemory() if request.param == "held" else loaded({})


def test_a_mark_is_found_with_the_owners_of_its_tokens(memory):
    memory.bury([(5, (1, 1, 3, 3)), (9, all_by(3))])

    assert memory.find([5, 6]) == {5: (1, 1, 3, 3)}


def test_the_first_burial_counts(memory):
    memory.bury([(5, all_by(3)), (5, all_by(4))])
    memory.bury([(5, all_by(8))])

    assert memory.find([5]) == {5: all_by(3)}


def test_a_mark_that_proves_nothing_is_not_kept(memory):
    memory.bury([(0, all_by(3))])

    assert memory.find([0]) == {}
    assert memory.size == 0


def test_four_tokens_with_fewer_than_two_words_have_no_mark():
    assert marks(["*", "[", "the", "]", "(", ")"]) == [0, 0, 0]
    assert all(marks(["the", "fund", ".", "*", "they"]))


def test_older_marks_are_still_found(memory):
    for gone in burials(20_000):
        memory.bury(gone)

    found = dict(owned for gone in burials(20_000) for owned in gone)
    assert memory.find(found) == found
    assert memory.size == len(found)


def test_the_first_burial_counts_when_it_was_long_ago(memory):
    for gone in burials(20_000):
        memory.bury(gone)
    for gone in burials(20_000):
        memory.bury([(mark, all_by(9_999)) for mark, _ in gone])

    found = dict(owned for gone in burials(20_000) for owned in gone)
    assert memory.find(found) == found
    assert memory.size == 40_000


def test_a_memory_is_the_same_after_being_stored_and_loaded():
    stored: dict[int, bytes] = {}
    one, other = loaded({}), loaded(stored)
    for gone in burials(12_000):
        one.bury(gone)
        other.bury(gone)
        stored.update(other.changed())
        other = loaded(stored)

    assert stored == one.changed()


@pytest.mark.parametrize("count", [10_000, 40_000])
def test_parts_stay_small_however_many_marks_there_are(count):
    memory = loaded({})
    for gone in burials(count):
        memory.bury(gone)

    parts = memory.changed()
    del parts[RECENT]
    assert len(parts) > (count - RECENT_MOST) / PART_MOST - 1
    assert max(map(len, parts.values())) < 3_000


def test_a_save_that_deletes_little_writes_one_small_part():
    memory = loaded({})
    for gone in burials(RECENT_MOST // 2):
        memory.bury(gone)
    memory.changed()
    memory.bury([(1, all_by(900)), (2, all_by(900))])

    changed = memory.changed()
    assert list(changed) == [RECENT]
    assert len(changed[RECENT]) < 10_000
    assert memory.changed() == {}


@given(st.dictionaries(MARK, OWNERS, max_size=60))
def test_whatever_is_buried_is_found_after_a_round_trip(graves):
    memory = loaded({})
    memory.bury(graves.items())

    assert loaded(memory.changed()).find(graves) == graves


@given(GRAVES, GRAVES, st.sets(st.integers(0, 40)))
def test_a_part_of_the_memory_behaves_as_a_dictionary_that_is_not_overwritten(one, two, taken):
    part = Graves()
    known: dict[int, tuple[int, int, int, int]] = {}
    for graves in (one, two):
        part = Graves(part.to_bytes())
        before = len(known)
        for mark, owners in graves:
            known.setdefault(mark, owners)
        assert part.add(graves) == len(known) - before == len(part) - before
    assert part.all() == list(known.items())
    left = {mark: owners for mark, owners in known.items() if mark not in taken}
    part.keep(list(left.items()))
    part.order()

    assert part.find(set(known)) == left
    assert Graves(part.to_bytes()).find(set(known)) == left


def test_a_token_that_is_the_character_between_tokens_moves_no_mark():
    words = ["the", "\0", "fund", "paid", "late", "\0"]

    assert marks(words) == [marks(words[at : at + GRAM])[0] for at in range(3)]


def test_marks_are_the_same_in_every_process():
    assert marks(["the", "fund", "paid", "late", "漢"]) == [731307177, 551589420]
