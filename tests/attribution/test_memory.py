"""The memory of deleted text."""

from hypothesis import given
from hypothesis import strategies as st

from wiki.attribution.memory import PARTS, RECENT, RECENT_MOST, Memory, marks

MARK = st.integers(0, 2**30 - 1)


def burials(count):
    """Marks spread over all parts, in groups of ten."""
    spread = [(place * 2_654_435_761) % 2**30 for place in range(count)]
    return [(spread[at : at + 10], 1 + at // 10) for at in range(0, count, 10)]


def loaded(stored):
    """A memory whose parts come from what was stored."""
    return Memory(lambda parts: {part: stored[part] for part in parts if part in stored})


def test_a_mark_is_found_with_the_revision_that_last_held_it():
    memory = Memory()
    memory.bury([5, 9], 3)

    assert memory.find([5, 6]) == {5: 3}


def test_the_first_burial_counts():
    memory = Memory()
    memory.bury([5], 3)
    memory.bury([5], 8)

    assert memory.find([5]) == {5: 3}


def test_text_that_is_on_the_page_again_is_forgotten():
    memory = Memory()
    memory.bury([5], 3)
    memory.unbury([5])

    assert memory.find([5]) == {}
    assert memory.size == 0


def test_of_a_large_deletion_only_some_marks_are_kept():
    memory = Memory()
    memory.bury(list(range(400)), 2)

    assert memory.size == 100


def test_older_marks_move_to_parts_and_are_still_found():
    memory = Memory()
    for gone, number in burials(20_000):
        memory.bury(gone, number)

    found = {mark: number for gone, number in burials(20_000) for mark in gone}
    assert memory.find(found) == found
    assert memory.size == len(found)


def test_a_memory_is_the_same_after_being_stored_and_loaded():
    stored: dict[int, bytes] = {}
    one = Memory()
    other = loaded(stored)
    for gone, number in burials(6_000):
        one.bury(gone, number)
        other.bury(gone, number)
        stored.update(other.changed())
        other = loaded(stored)

    assert stored == one.changed()
    assert len(stored) > PARTS // 2


def test_a_save_that_deletes_little_writes_one_small_part():
    memory = Memory()
    for gone, number in burials(RECENT_MOST // 2):
        memory.bury(gone, number)
    memory.changed()
    memory.bury([1, 2, 3], 900)

    changed = memory.changed()
    assert list(changed) == [RECENT]
    assert len(changed[RECENT]) < 20_000
    assert memory.changed() == {}


@given(st.dictionaries(MARK, st.integers(1, 20_000), max_size=60))
def test_whatever_is_buried_is_found_after_a_round_trip(graves):
    memory = Memory()
    for mark, number in graves.items():
        memory.bury([mark], number)
    memory._spill(memory._recents())
    stored = memory.changed()
    again = loaded(stored)

    assert again.find(graves) == graves


def test_marks_are_the_same_in_every_process():
    assert marks(["the", "fund", "paid", "late", "漢"]) == [182826794, 137897355]
