"""How every search engine changes: added, removed, rebuilt, interrupted; with both engines."""

import threading
from dataclasses import replace

import pytest

from tests.search.writing import document, found
from wiki.search.protocol import IndexUnavailable, RebuildRunning
from wiki.search.query import parse


def test_what_is_removed_disappears_and_the_rest_stays(index):
    index.add([document(1, "Kites", "fly"), document(2, "Toys", "fly")])
    index.remove([1, 99])

    assert found(index, "fly") == [2]
    assert found(index, "kites") == []
    assert index.nearest_titles("kites") == ()
    assert index.count() == 1


def test_frequencies_follow_what_is_removed(index):
    index.add([document(n, f"Page {n}", "water") for n in range(1, 30)])
    index.add([document(30, "Mixed", "water tank"), document(31, "More", "water pump")])
    index.remove(range(1, 30))

    first, second = index.search(parse("water pump")).hits
    assert (first.page_id, second.page_id) == (31, 30)
    assert first.score > second.score


@pytest.mark.parametrize("changed", [0, 1])
def test_among_equals_nothing_tells_which_was_changed_last(index, changed):
    pages = [document(1, "Boats", "Two kites."), document(2, "Ships", "Two kites.")]
    index.rebuild(pages)

    index.add([replace(pages[changed], text="None.")])
    index.add([pages[changed]])

    assert found(index, "kites") == [1, 2]


def test_versions_say_what_the_index_holds(index):
    index.add([document(1, "Kites", version="1-a"), document(2, "Toys", version="4-b c")])
    index.add([document(1, "Kites", version="2-a")])

    assert index.versions() == {1: "2-a", 2: "4-b c"}


def test_before_the_first_rebuild_the_index_says_that_it_is_missing(unmade_index):
    for question in (
        lambda: unmade_index.search(parse("kites")),
        lambda: unmade_index.add([document(1, "Kites")]),
        lambda: unmade_index.remove([1]),
        unmade_index.count,
        unmade_index.versions,
    ):
        with pytest.raises(IndexUnavailable):
            question()


def test_a_rebuild_swaps_in_exactly_what_it_is_given(index):
    index.add([document(1, "Kites", "old"), document(2, "Toys", "old")])
    seen = []

    done = index.rebuild(
        [document(2, "Toys", "new"), document(3, "Balls", "new")], lambda n: seen.append(n)
    )

    assert done == index.count() == 2
    assert seen[-1] == 2
    assert sorted(found(index, "new")) == [2, 3]
    assert found(index, "old") == []
    index.add([document(4, "Dolls", "new")])
    assert sorted(found(index, "new")) == [2, 3, 4]


def test_during_a_rebuild_the_old_index_answers_and_an_interruption_leaves_it(index):
    index.add([document(1, "Kites", "old")])

    def interrupted():
        for number in range(1, 500):
            yield document(number, f"Page {number}", "new")
        assert found(index, "old") == [1]
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        index.rebuild(interrupted())

    assert found(index, "old") == [1]
    assert found(index, "new") == []
    assert index.rebuild([document(7, "Seven", "new")]) == 1
    assert found(index, "new") == [7]


def test_only_one_rebuild_runs_at_a_time(index):
    def second():
        with pytest.raises(RebuildRunning):
            index.rebuild([])
        yield document(1, "Kites")

    assert index.rebuild(second()) == 1


def test_a_failure_in_the_middle_of_adding_leaves_all_as_it_was(index):
    index.add([document(1, "Kites", "old")])

    def failing():
        yield document(1, "Kites", "new")
        raise RuntimeError("no more")

    with pytest.raises(RuntimeError):
        index.add(failing())
    with pytest.raises(AttributeError):
        index.add([document(1, "Kites", "new"), document(2, "Toys", None)])

    assert found(index, "old") == [1]
    assert found(index, "new") == []
    index.add([document(2, "Toys", "new")])
    assert found(index, "new") == [2]


def test_readers_and_a_writer_work_beside_each_other(index):
    index.add([document(n, f"Page {n}", "water") for n in range(1, 30)])
    problems, stop = [], threading.Event()

    def read():
        while not stop.is_set():
            try:
                hits = found(index, "water", limit=50)
            except Exception as problem:
                problems.append(problem)
                return
            if len(hits) != len(set(hits)) or len(hits) < 29:
                problems.append(hits)

    readers = [threading.Thread(target=read) for _ in range(3)]
    for reader in readers:
        reader.start()
    for number in range(30, 42):
        index.add([document(number, f"Page {number}", "water"), document(1, "Page 1", "water")])
    stop.set()
    for reader in readers:
        reader.join()

    assert problems == []
    assert index.count() == 41


def test_a_very_large_page_is_found_by_what_stands_at_its_beginning(index):
    words = " ".join(f"word{number}x" for number in range(60_000))
    index.add([document(1, "Large", "kites " + words)])

    assert found(index, "kites") == [1]
    assert found(index, '"kites word0x"') == [1]
