"""What a save, an import and a rebuild keep."""

import json
import lzma

import pytest
from sqlalchemy import delete, func, select, update

from tests.attribution.histories import states
from tests.clock import NOON
from wiki.attribution.credit import mended
from wiki.attribution.models import Attribution, AttributionState
from wiki.attribution.old_form import OLD_VERSION
from wiki.attribution.queries import (
    Owned,
    Set,
    credits_of,
    origins_of,
    owned_spans,
    set_fields,
    shares,
)
from wiki.attribution.service import Recorder, forget_page, rebuild_page
from wiki.attribution.spans import VERSION, pack
from wiki.pages.models import Revision, TextRow
from wiki.pages.service import NewRevision, append_revision, create_page

OLD_FIELDS = b"\x09\2" + b"\1\1" + b"\0\2\1\1" + b"\2\2\1\1\1\2" + b"\0\0\1\2"
SCHOOL = "The school opened in May. Nobody asked the parents about the timetable."
FUND = "The fund paid late every quarter. Salaries were borrowed from a teacher."
LIFE = [
    SCHOOL,
    f"{SCHOOL}\n\n{FUND}",
    "",
    "Gone, all of it, and nobody will ever find it.",
    f"{FUND}\n\n{SCHOOL} They told us later.",
    f"{SCHOOL}\n\n{FUND}",
    f"{SCHOOL}\n\n{FUND}",
    SCHOOL,
    f"{SCHOOL} {FUND} The end.",
]


def rows(session):
    """All that is stored, without what the database says about when."""
    spans = session.execute(select(Attribution.__table__).order_by(Attribution.text_id)).all()
    parts = session.execute(
        select(AttributionState.__table__).order_by(AttributionState.part)
    ).all()
    return [tuple(row) for row in spans], [tuple(row) for row in parts]


def test_each_save_keeps_the_origins_that_the_engine_finds(session, page, save):
    for text, state in zip(LIFE, states(LIFE), strict=True):
        number = save(text)
        assert credits_of(session, page.id, number) == list(state.head.credits)


def test_old_revisions_can_still_be_asked(session, page, save):
    for text in LIFE:
        save(text)

    for number, state in enumerate(states(LIFE), 1):
        assert credits_of(session, page.id, number) == list(state.head.credits)


def test_an_import_keeps_the_same_rows_as_single_saves(session, page, append, save):
    for text in LIFE:
        save(text)
    saved = rows(session)
    forget_page(session, page.id)

    recorder = Recorder(session, page.id)
    for number, text in enumerate(LIFE, 1):
        recorder.record(number, text)
    recorder.flush()

    assert rows(session) == saved


def test_a_rebuild_makes_the_same_rows_and_tells_its_progress(session, page, save):
    for text in LIFE:
        save(text)
    saved = rows(session)
    told: list[tuple[int, int]] = []

    rebuild_page(session, page.id, lambda done, of: told.append((done, of)))

    assert rows(session) == saved
    assert told == [(number, len(LIFE)) for number in range(1, len(LIFE) + 1)]


def test_a_revert_and_a_null_edit_cost_no_row(session, save):
    for text in (SCHOOL, FUND, SCHOOL, SCHOOL):
        save(text)

    assert session.scalar(select(func.count()).select_from(Attribution)) == 2


def test_a_page_whose_attribution_is_lost_is_rebuilt_by_the_next_save(session, page, save):
    for text in LIFE[:-1]:
        save(text)
    session.execute(delete(Attribution))
    session.execute(delete(AttributionState))

    number = save(LIFE[-1])

    assert credits_of(session, page.id, number) == list(list(states(LIFE))[-1].head.credits)


def test_a_page_whose_state_is_damaged_can_be_read_and_the_next_save_mends_it(session, page, save):
    number = [save(text) for text in LIFE][-1]
    known = credits_of(session, page.id, number)

    session.execute(update(AttributionState).values(body=b"\x09\x09\x00torn"))

    assert credits_of(session, page.id, number) == known
    assert credits_of(session, page.id, save(LIFE[0])) == credits_of(session, page.id, 1)


def test_a_page_of_the_version_before_can_be_read_and_the_next_save_makes_it_anew(
    session, page, save
):
    first, last = "Kites fly high.", "---\ntype: case\n---\nKites fly far. Kites!"
    for text in (first, last):
        save(text)
    older = {1: pack(b"\4\1"), 2: b"\1\0\0" + OLD_FIELDS}
    for number, body in older.items():
        rows_of = update(Attribution).where(Attribution.number == number)
        session.execute(rows_of.values(version=OLD_VERSION, body=body))
    session.execute(update(AttributionState).values(body=b"\2\2\0old"))

    assert origins_of(session, page.id, 1) == [1, 1, 1, 1]
    assert credits_of(session, page.id, 2) == [*[2] * 9, 1, mended(1, 2), 2, 2, 1, 2]
    assert set_fields(session, page.id, 2, last) == [Set("type", "case", 2)]
    number = save(f"{last} Far!")
    assert credits_of(session, page.id, number) == list(
        list(states([first, last, f"{last} Far!"]))[-1].head.credits
    )
    assert set(session.scalars(select(Attribution.version))) == {VERSION}


def test_a_page_saved_before_it_was_attributed_is_rebuilt_by_the_next_save(
    session, page, append, save
):
    append(LIFE[0])
    append(LIFE[1])

    assert credits_of(session, page.id, save(LIFE[4])) == list(
        list(states([LIFE[0], LIFE[1], LIFE[4]]))[-1].head.credits
    )


def test_two_pages_with_the_same_text_keep_their_own_provenance(session, page, save, author):
    save(FUND)
    save(SCHOOL)
    other = create_page(session, slug="other", title="Other", now=NOON)
    number = append_revision(
        session, other, NewRevision(text=SCHOOL, author=author, saved_at=NOON)
    ).number
    recorder = Recorder(session, other.id)
    recorder.record(number, SCHOOL)
    recorder.flush()

    assert set(origins_of(session, other.id, 1)) == {1}
    assert set(origins_of(session, page.id, 2)) == {2}


def test_forgetting_a_page_leaves_no_row(session, page, save):
    save(SCHOOL)

    forget_page(session, page.id)

    assert rows(session) == ([], [])


def test_a_text_rewritten_by_a_redaction_gives_nothing_back(session, page, save):
    save(f"{SCHOOL}\n\n{FUND}")
    save(SCHOOL)
    first = session.scalars(
        select(TextRow).join(Revision, Revision.text_id == TextRow.id).order_by(TextRow.id)
    ).first()
    first.sha256 = None
    session.flush()

    save(f"{SCHOOL} And then?")

    assert origins_of(session, page.id, 3)[-3:] == [3, 3, 3]


def test_an_unknown_revision_has_no_spans(session, page, save):
    save(SCHOOL)

    with pytest.raises(LookupError):
        owned_spans(session, page.id, 7)


def test_revisions_are_recorded_in_order_only(session, page, append):
    append(SCHOOL)
    append(FUND)
    recorder = Recorder(session, page.id)
    recorder.record(1, SCHOOL)

    with pytest.raises(ValueError):
        recorder.record(3, FUND)
    with pytest.raises(ValueError):
        Recorder(session, page.id).record(2, FUND)


def test_shares_count_the_words_of_the_narrative_by_revision(session, page, save):
    save("# School\n\nThe school opened.")
    text = "# School\n\nThe school opened in [May](https://example.org/may-news)."
    save(text)

    assert shares(session, page.id, 2, text) == {1: 3, 2: 2}


def test_spans_name_places_owner_and_fixer(session, page, save):
    save("The fund paid every quarrter.")
    save("The fund paid late every quarter.")

    assert owned_spans(session, page.id, 2) == [
        Owned(0, 3, origin=1, fixer=None),
        Owned(3, 4, origin=2, fixer=None),
        Owned(4, 5, origin=1, fixer=None),
        Owned(5, 6, origin=1, fixer=2),
        Owned(6, 7, origin=1, fixer=None),
    ]


def test_who_set_a_field_can_be_asked_of_every_revision(session, page, save):
    texts = [
        "---\ntype: case\nstage: ending\n---\nKites.",
        "---\ntype: case\nstage: renewal\n---\nKites.",
        "---\ntype: case\nstage: ending\n---\nKites fly.",
    ]
    for text in texts:
        save(text)

    assert [set_fields(session, page.id, at, texts[at - 1]) for at in (1, 2, 3)] == [
        [Set("type", "case", 1), Set("stage", "ending", 1)],
        [Set("type", "case", 1), Set("stage", "renewal", 2)],
        [Set("type", "case", 1), Set("stage", "ending", 1)],
    ]


def test_a_long_chain_of_spans_goes_on_beside_keyframes(session, page, save, monkeypatch):
    monkeypatch.setattr("wiki.attribution.past.STEPS", 4)
    texts = [f"{SCHOOL} They met {' and '.join(map(str, range(at)))}." for at in range(1, 15)]

    numbers = [save(text) for text in texts]

    depths = session.scalars(select(Attribution.depth).order_by(Attribution.number)).all()
    assert list(depths) == [0, 1, 2, 3, 4, 1000, 1001, 1002, 1003, 1004, 2000, 2001, 2002, 2003]
    for number, state in zip(numbers, states(texts), strict=True):
        assert credits_of(session, page.id, number) == list(state.head.credits)


def test_real_saves_keep_what_the_engine_finds_and_are_rebuilt_byte_for_byte(
    session, page, save, material
):
    with lzma.open(material / "histories/real/covenant-readme.jsonl.xz", "rt") as lines:
        texts = [json.loads(line)["text"] for line, _ in zip(lines, range(80), strict=False)]
    numbers = [save(text) for text in texts]
    saved = rows(session)

    for number, state in zip(numbers, states(texts), strict=True):
        assert credits_of(session, page.id, number) == list(state.head.credits)
    rebuild_page(session, page.id)
    assert rows(session) == saved
