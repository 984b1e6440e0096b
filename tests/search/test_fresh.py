"""Changes that wait for Whoosh's next commit are found like all others, before it and after."""

import random
import shutil
import tracemalloc
from contextlib import closing

import pytest
from whoosh.writing import SegmentWriter

from tests.search.writing import document, found
from wiki.search.fresh import ENOUGH, PREFIX, read
from wiki.search.protocol import IndexUnavailable
from wiki.search.whoosh_index import ENOUGH_SEGMENTS, WhooshIndex


@pytest.fixture
def folder(tmp_path):
    return tmp_path / "index"


@pytest.fixture
def whoosh(folder):
    index = WhooshIndex(folder)
    index.rebuild([])
    yield index
    index.close()


def waiting(folder):
    return sorted(folder.glob(f"g-*/{PREFIX}*"))


def test_the_index_holds_the_last_of_many_changes(index):
    """With both engines: updates, removals and repeats, across several commits of Whoosh."""
    chance = random.Random(11)  # noqa: S311 - a draw that is the same in every run
    expected: dict[int, str] = {}
    for turn in range(60):
        batch = [
            document(n, f"Page {n}", f"water turn{turn}x", version=f"{turn}-{n}")
            for n in chance.sample(range(1, 90), chance.choice([1, 2, 30]))
        ]
        gone = chance.sample(range(1, 90), chance.choice([0, 0, 3]))
        index.add(batch)
        expected |= {each.page_id: each.version for each in batch}
        index.remove(gone)
        for page_id in gone:
            expected.pop(page_id, None)
    assert index.versions() == expected
    assert index.count() == len(expected)
    assert sorted(found(index, "water", limit=100)) == sorted(expected)
    last = [page for page, version in expected.items() if version.startswith("59-")]
    assert sorted(found(index, "turn59x", limit=100)) == sorted(last)
    index.tidy()
    assert index.versions() == expected


def test_a_few_changes_wait_and_many_become_one_commit(folder, whoosh):
    for number in range(1, ENOUGH):
        whoosh.add([document(number, f"Page {number}", "water")])
    assert len(waiting(folder)) == ENOUGH - 1
    whoosh.add([document(ENOUGH, "Last", "water")])

    assert waiting(folder) == []
    assert whoosh.count() == len(found(whoosh, "water", limit=100)) == ENOUGH


def test_a_page_that_changes_often_leaves_one_file_and_is_found_as_it_is_last(folder, whoosh):
    whoosh.add([document(1, "Kites", "first"), document(2, "Toys", "first")])
    for turn in range(2 * ENOUGH):
        whoosh.add([document(1, "Kites", f"turn{turn}")])
    whoosh.remove([3])

    assert len(waiting(folder)) == 3  # of the second page, of the first, of the one that went
    with closing(WhooshIndex(folder)) as another:
        for index in (whoosh, another):
            assert found(index, "first") == [2]
            assert found(index, f"turn{2 * ENOUGH - 1}") == [1]
            assert found(index, f"turn{2 * ENOUGH - 2}") == []


def test_a_crash_between_the_commit_and_the_end_of_the_files_leaves_no_page_twice(folder, whoosh):
    whoosh.add([document(1, "Kites", "old"), document(2, "Toys", "old")])
    whoosh.add([document(1, "Kites", "new")])
    whoosh.remove([2])
    kept = waiting(folder)
    for path in kept:
        shutil.copy(path, folder)
    whoosh.add([document(n, f"Page {n}", "water") for n in range(10, 10 + ENOUGH)])
    assert waiting(folder) == []
    for path in kept:
        shutil.copy(folder / path.name, path)

    with closing(WhooshIndex(folder)) as another:
        for index in (whoosh, another):
            assert found(index, "new") == [1]
            assert found(index, "old") == []
        assert index.count() == 1 + ENOUGH
    whoosh.add([document(n, f"Page {n}", "fire") for n in range(10, 10 + ENOUGH)])
    assert whoosh.count() == 1 + ENOUGH
    assert found(whoosh, "new") == [1]


def test_a_commit_that_fails_loses_nothing_and_holds_nobody_up(folder, whoosh, monkeypatch):
    whoosh.add([document(1, "Kites", "old")])
    many = [document(n, f"Page {n}", "water") for n in range(10, 10 + ENOUGH)]

    def full(*_, **__):
        raise OSError("No space left on device")

    with monkeypatch.context() as broken:
        broken.setattr(SegmentWriter, "commit", full)
        with pytest.raises(OSError, match="No space"):
            whoosh.add(many)

    assert found(whoosh, "old") == [1]
    assert whoosh.count() == 1
    whoosh.add(many)
    assert whoosh.count() == 1 + ENOUGH


def test_a_file_that_is_cut_off_makes_the_index_unavailable_not_wrong(folder, whoosh):
    whoosh.add([document(1, "Kites", "old")])
    waiting(folder)[0].write_bytes(b'[[1,[["cut')

    with pytest.raises(IndexUnavailable):
        WhooshIndex(folder).count()


def test_the_idle_worker_makes_few_segments_of_many(folder, whoosh):
    for turn in range(ENOUGH_SEGMENTS + 2):
        pages = range(1 + 5 * turn, 1 + 5 * turn + ENOUGH)
        whoosh.add([document(n, f"Page {n}", "water") for n in pages])
    count = whoosh.count()
    assert len(list(folder.glob("g-*/*.seg"))) > ENOUGH_SEGMENTS
    whoosh.tidy()

    assert len(list(folder.glob("g-*/*.seg"))) <= ENOUGH_SEGMENTS
    assert whoosh.count() == count == len(found(whoosh, "water", limit=1000))


def a_long_text(seed: int) -> str:
    """2,500 words, most of them rare."""
    chance = random.Random(seed)  # noqa: S311 - a draw that is the same in every run
    return " ".join(f"w{int(chance.paretovariate(0.5)) % 30_000}" for _ in range(2_500))


def memory_of(act):
    """What an act returns, and the bytes of memory that it took at most."""
    tracemalloc.start()
    try:
        return act(), tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


def test_opening_the_index_takes_little_of_it_into_memory(folder, whoosh):
    whoosh.rebuild(document(n, f"Page {n}", a_long_text(n)) for n in range(40))
    on_disk = sum(path.stat().st_size for path in folder.rglob("*.seg"))

    with closing(WhooshIndex(folder)) as index:
        count, taken = memory_of(index.count)

    assert count == 40
    assert taken < on_disk / 4


def test_a_change_that_waits_takes_little_memory_and_is_read_as_it_was_written(folder, whoosh):
    written = document(1, "Kites", a_long_text(1))
    whoosh.add([written])
    (path,) = waiting(folder)

    changes, taken = memory_of(lambda: read(path))

    assert changes[1] == whoosh._opened.changes[path.name][1]
    assert changes[1].shown[6] == written.text
    assert taken < 600_000
