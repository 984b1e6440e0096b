"""The index answers what a plain look over all pages would."""

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from wiki.cases.index import CaseIndex, Row

VALUES = st.lists(st.sampled_from("abcd"), unique=True, max_size=3)
PAGES = st.builds(
    Row,
    page_id=st.integers(1, 12),
    seq=st.just(0),
    kind=st.sampled_from(["case", "lesson"]),
    facets=st.fixed_dictionaries({"theme": VALUES, "stage": VALUES}),
    first_year=st.none() | st.integers(2000, 2010),
    last_year=st.none() | st.integers(2005, 2015),
    gone=st.booleans(),
    changed=st.integers(0, 3),
)
CHOSEN = st.dictionaries(
    st.sampled_from(["theme", "stage", "mood"]),
    st.lists(st.sampled_from("abcx"), min_size=1, max_size=2),
)


def kept(rows: list[Row]) -> list[Row]:
    """The newest row of each page that is still there, those changed last first."""
    newest = {row.page_id: row for row in rows}
    there = [row for row in newest.values() if not row.gone]
    return sorted(there, key=lambda row: (row.changed, row.page_id), reverse=True)


def fits(row: Row, chosen, but: str = "") -> bool:
    return all(
        any(value in row.facets.get(facet, ()) for value in values)
        for facet, values in chosen.items()
        if facet != but
    )


def touches(row: Row, years) -> bool:
    if years is None:
        return True
    first = row.first_year if row.first_year is not None else row.last_year
    last = row.last_year if row.last_year is not None else 9999
    return first is not None and first <= years[1] and last >= years[0]


@given(st.lists(PAGES, max_size=40), CHOSEN, st.none() | st.just((2004, 2006)), st.booleans())
def test_lists_and_counts_are_those_of_a_plain_look(rows, chosen, years, copied):
    index = CaseIndex()
    for row in rows:
        index = index.copy() if copied else index
        index.update([row])
    there = [row for row in kept(rows) if row.kind == "case" and touches(row, years)]

    found = index.find("case", chosen, years)
    assert list(index.newest(found)) == [row.page_id for row in there if fits(row, chosen)]
    assert len(found) == len(list(index.rows(found)))
    counted = Counter(v for r in there if fits(r, chosen, "theme") for v in r.facets["theme"])
    assert index.counts("case", chosen, "theme", years) == dict(counted)


def test_a_copy_stays_as_it_was_when_the_other_goes_on():
    before = CaseIndex()
    before.update([Row(1, 1, "case", {"theme": ["a"]})])
    after = before.copy()
    after.update([Row(1, 2, "case", {"theme": ["b"]}), Row(2, 3, "case", {"theme": ["a"]})])

    assert list(before.newest(before.find("case", {"theme": ["a"]}))) == [1]
    assert list(after.newest(after.find("case", {"theme": ["a"]}))) == [2]
    assert (before.seq, after.seq) == (1, 3)


def test_a_page_that_changes_often_leaves_no_growing_gap():
    index = CaseIndex()
    index.update([Row(1, 0, "case", {"theme": ["a"]})])
    index.update(Row(2, seq, "case", {"theme": ["b"]}) for seq in range(3_000))

    assert len(index._pages) < 1_100
    assert list(index.newest(index.find("case", {}))) == [2, 1]
