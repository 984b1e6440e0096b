"""The memory of deleted text."""

from hypothesis import given
from hypothesis import strategies as st

from wiki.attribution.credit import mended
from wiki.attribution.memory import GRAM, PARTS, RECENT, RECENT_MOST, Memory, marks

MARK = st.integers(1, 2**30 - 1)
CREDIT = st.builds(mended, st.integers(1, 20_000), st.sampled_from([0, 7]))


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
    return Memory(lambda parts: {part: stored[part] for part in parts if part in stored})


def test_a_mark_is_found_with_the_owners_of_its_tokens():
    memory = Memory()
    memory.bury([(5, (1, 1, 3, 3)), (9, all_by(3))])

    assert memory.find([5, 6]) == {5: (1, 1, 3, 3)}


def test_the_first_burial_counts():
    memory = Memory()
    memory.bury([(5, all_by(3))])
    memory.bury([(5, all_by(8))])

    assert memory.find([5]) == {5: all_by(3)}
    assert memory.size == 1


def test_four_tokens_with_fewer_than_two_words_have_no_mark():
    assert marks(["*", "[", "the", "]", "(", ")"]) == [0, 0, 0]
    assert all(marks(["the", "fund", ".", "*", "they"]))


def test_older_marks_move_to_parts_and_are_still_found():
    memory = Memory()
    for gone in burials(20_000):
        memory.bury(gone)

    found = dict(owned for gone in burials(20_000) for owned in gone)
    assert memory.find(found) == found
    assert memory.size == len(found)


def test_the_first_burial_counts_when_it_lies_in_an_older_part():
    memory = Memory()
    for gone in burials(20_000):
        memory.bury(gone)
    for gone in burials(20_000):
        memory.bury([(mark, all_by(9_999)) for mark, _ in gone])

    found = dict(owned for gone in burials(2_000) for owned in gone)
    assert memory.find(found) == found


def test_a_memory_is_the_same_after_being_stored_and_loaded():
    stored: dict[int, bytes] = {}
    one = Memory()
    other = loaded(stored)
    for gone in burials(12_000):
        one.bury(gone)
        other.bury(gone)
        stored.update(other.changed())
        other = loaded(stored)

    assert stored == one.changed()
    assert len(stored) > PARTS // 3


def test_a_save_that_deletes_little_writes_one_small_part():
    memory = Memory()
    for gone in burials(RECENT_MOST // 2):
        memory.bury(gone)
    memory.changed()
    memory.bury([(1, all_by(900)), (2, all_by(900))])

    changed = memory.changed()
    assert list(changed) == [RECENT]
    assert len(changed[RECENT]) < 20_000
    assert memory.changed() == {}


@given(st.dictionaries(MARK, st.tuples(CREDIT, CREDIT, CREDIT, CREDIT), max_size=60))
def test_whatever_is_buried_is_found_after_a_round_trip(graves):
    memory = Memory()
    memory.bury(graves.items())
    memory._spill(memory._recents())
    stored = memory.changed()

    assert loaded(stored).find(graves) == graves


def test_marks_are_the_same_in_every_process():
    assert marks(["the", "fund", "paid", "late", "漢"]) == [731307177, 551589420]
