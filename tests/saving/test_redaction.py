"""What a speaker took back leaves the database; everybody else's words stay theirs."""

from pathlib import Path

import pytest
from sqlalchemy import select, text
from sqlalchemy.orm import Session, sessionmaker

from tests.clock import LATER, NOON
from wiki.attribution.queries import owned_spans
from wiki.cases.service import hold_clock
from wiki.migrations.tables import metadata
from wiki.operations.work import redact
from wiki.pages.models import Page, Revision
from wiki.pages.service import text_of
from wiki.pages.storage import CACHE
from wiki.saving.service import Actor, Edit, Means, NewPage, create, save
from wiki.saving.withdrawal import withdraw
from wiki.text.tokens import tokens
from wiki.voices.marks import marks
from wiki.voices.rules import NewConsent, NewVoice
from wiki.voices.service import add_voice
from wiki.voices.taking_back import TOMBSTONE, without_voice

CANARY = "The quiet zebra of Thursday spoke plainly."
MARKED = f"::: {{.voice by=v1 mode=direct_spoken}}\n{CANARY}\n:::\n"


@pytest.fixture
def page(session: Session, ada: Actor, means: Means) -> Page:
    made = create(
        session, NewPage(title="Kites", source="Kites fly.\n"), by=ada, means=means, now=NOON
    )
    session.commit()
    return made


def spoken(session: Session, page: Page, ada: Actor, bo: Actor, means: Means) -> str:
    """A receipt for a passage that stands in two revisions among other people's words."""
    hold_clock(session)
    voice = NewVoice(
        display_kind="pseudonym",
        display="Asha",
        position="frontline_educator",
        position_public=True,
        capacity="for_myself",
        language="en",
    )
    agreed = NewConsent(
        how="spoken", explained_in="en", scopes=("public_pseudonym",), read_back="yes"
    )
    made = add_voice(session, page, voice, agreed, taken_by=ada.user.id, speaker=None, now=NOON)
    source = f"Kites fly.\n\n{MARKED}"
    save(session, Edit(slug="kites", base_number=1, source=source), by=ada, means=means, now=NOON)
    session.commit()
    later = source.replace("Kites fly.", "Kites fly high.")
    save(session, Edit(slug="kites", base_number=2, source=later), by=bo, means=means, now=LATER)
    session.commit()
    return made.receipt


def test_after_a_withdrawal_no_table_holds_the_words(
    session: Session,
    sessions: sessionmaker[Session],
    page: Page,
    ada: Actor,
    bo: Actor,
    means: Means,
) -> None:
    withdraw(session, spoken(session, page, ada, bo, means), means=means, now=LATER)
    session.commit()

    redact(sessions, [page.id])

    session.expire_all()
    CACHE.clear()
    assert "zebra" not in "".join(text_of(session, page, n) for n in range(1, 5))
    shown = session.scalars(select(Revision).order_by(Revision.number)).all()
    assert [row.hide_text for row in shown] == [False, False, False, False]
    assert [row.redacted_at is not None for row in shown] == [False, True, True, False]
    assert text_of(session, page, 3) == f"Kites fly high.\n\n{TOMBSTONE}\n"
    for table in metadata.sorted_tables:
        for row in session.execute(select(table)):
            assert "zebra" not in repr(row) and "Asha" not in repr(row), table.name


def test_everybody_elses_words_stay_theirs(
    session: Session,
    sessions: sessionmaker[Session],
    page: Page,
    ada: Actor,
    bo: Actor,
    means: Means,
) -> None:
    withdraw(session, spoken(session, page, ada, bo, means), means=means, now=LATER)
    session.commit()

    redact(sessions, [page.id])

    source = text_of(session, page, 4)
    origins = {}
    said = tokens(source)
    for span in owned_spans(session, page.id, 4):
        for at in range(span.start, span.stop):
            origins[said[at]] = span.origin
    assert (origins["Kites"], origins["fly"], origins["high"]) == (1, 1, 3)


def test_a_second_run_changes_nothing(
    session: Session,
    sessions: sessionmaker[Session],
    page: Page,
    ada: Actor,
    bo: Actor,
    means: Means,
) -> None:
    withdraw(session, spoken(session, page, ada, bo, means), means=means, now=LATER)
    session.commit()
    redact(sessions, [page.id])
    first = [text_of(session, page, n) for n in range(1, 5)]

    redact(sessions, [page.id])

    session.expire_all()
    assert [text_of(session, page, n) for n in range(1, 5)] == first


def test_the_file_of_sqlite_holds_nothing_of_it(
    session: Session,
    sessions: sessionmaker[Session],
    page: Page,
    ada: Actor,
    bo: Actor,
    means: Means,
) -> None:
    if session.get_bind().dialect.name != "sqlite":
        pytest.skip("PostgreSQL has no one file to look into")
    receipt = spoken(session, page, ada, bo, means)
    path = Path(session.execute(text("PRAGMA database_list")).all()[0][2])
    withdraw(session, receipt, means=means, now=LATER)
    session.commit()
    session.close()

    redact(sessions, [page.id])

    for part in path.parent.glob(path.name + "*"):
        assert b"zebra" not in part.read_bytes(), part.name
        assert b"Asha" not in part.read_bytes(), part.name


def test_an_empty_mark_stands_where_the_words_stood():
    source = f"One.\n\n{MARKED}\nTwo.\n\n{MARKED}"

    left = without_voice(source, "v1")

    assert left == f"One.\n\n{TOMBSTONE}\n\nTwo.\n\n{TOMBSTONE}\n"
    assert [mark.mode for mark in marks(left)] == ["taken_back"] * 2
    assert without_voice(source, "v2") == source


def test_a_passage_within_a_passage_goes_with_it():
    inner = MARKED.replace("v1", "v2")
    source = f"::: {{.voice by=v1 mode=composite}}\nBefore\n\n{inner}\nAfter\n:::\n"

    assert without_voice(source, "v1") == f"{TOMBSTONE}\n"
    assert "Before" in without_voice(source, "v2") and "zebra" not in without_voice(source, "v2")
