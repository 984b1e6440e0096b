"""A whole history comes in with its authors and times, once, and can be interrupted."""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session, sessionmaker

from tests.clock import NOON
from wiki.accounts.models import User
from wiki.db import begin_writing
from wiki.errors import InvalidInput
from wiki.exchange.history import BATCH, bring_in, examine
from wiki.exchange.lines import LineError
from wiki.pages.models import Page, Revision, TextRow
from wiki.pages.revisions import history
from wiki.pages.service import text_of
from wiki.policy import ANYBODY
from wiki.rendering.worker import InlineRenderer
from wiki.saving.bulk import Target

TARGET = Target(slug="kites", title="Kites", licence="MIT", source="https://example.org (MIT)")
START = datetime(2001, 10, 11, tzinfo=UTC)


def texts(count: int) -> list[str]:
    """Grows, goes blank, comes back, is saved unchanged: as real histories do."""
    made = []
    for number in range(count):
        words = "\n\n".join(f"Paragraph {n} about kites." for n in range(number % 40 + 1))
        made.append("" if number % 17 == 5 else words)
    made[3] = made[2]
    return made


def write_file(path: Path, wanted: list[str]) -> Path:
    rows = [
        {"author": f"u{n % 7}", "timestamp": str(int((START + timedelta(hours=n)).timestamp()))}
        for n in range(len(wanted))
    ]
    lines = [json.dumps({**row, "text": text}) for row, text in zip(rows, wanted, strict=True)]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


@pytest.fixture
def importer(session: Session) -> User:
    user = User(name="Root", name_key="root", role="admin", created_at=NOON)
    session.add(user)
    session.commit()
    return user


def run(
    session: Session, path: Path, importer: User, *, batches: int = 1_000, finish: bool = True
) -> None:
    begin_writing(session)
    brought = bring_in(session, path, TARGET, importer=importer, now=NOON)
    for done, (_number, page_history) in enumerate(brought, 1):
        session.commit()
        if done == batches:
            return
        last = page_history
    if finish:
        last.finish(InlineRenderer())
    session.commit()


def test_every_revision_arrives_with_its_author_time_and_exact_text(
    session: Session, tmp_path: Path, importer: User
) -> None:
    wanted = texts(60)

    run(session, write_file(tmp_path / "h.jsonl", wanted), importer)

    page = session.scalars(select(Page)).one()
    assert [text_of(session, page, number) for number in range(1, 61)] == wanted
    rows = history(session, page, ANYBODY, limit=100)
    assert [row.byline.name for row in reversed(rows)] == [f"u{n % 7}" for n in range(60)]
    assert rows[-1].saved_at == START
    assert {row.via for row in rows} == {"import"}
    assert session.scalar(select(func.count()).where(Revision.importer_id == importer.id)) == 60
    assert (page.state, page.public_number, page.licence) == ("public", 60, "MIT")


def test_imported_authors_can_never_sign_in(
    session: Session, tmp_path: Path, importer: User
) -> None:
    run(session, write_file(tmp_path / "h.jsonl", texts(20)), importer)

    imported = session.scalars(select(User).where(User.imported)).all()
    assert len(imported) == 7
    assert {user.password_hash for user in imported} == {None}


def test_an_interrupted_import_goes_on_where_it_stopped_and_doubles_nothing(
    sessions: sessionmaker[Session], session: Session, tmp_path: Path, importer: User
) -> None:
    wanted = texts(BATCH * 2 + 30)
    path = write_file(tmp_path / "h.jsonl", wanted)
    run(session, path, importer, batches=1)
    page = session.scalars(select(Page)).one()
    assert (page.head_number, page.state) == (BATCH, "draft")

    with sessions() as other:
        run(other, path, other.get_one(User, importer.id))

    session.rollback()
    assert page.head_number == len(wanted)
    assert page.state == "public"
    assert session.scalar(select(func.count()).select_from(Revision)) == len(wanted)
    assert text_of(session, page, len(wanted)) == wanted[-1]
    assert session.scalar(select(func.count()).where(User.imported)) == 7


def test_the_same_file_imported_again_changes_nothing(
    session: Session, tmp_path: Path, importer: User
) -> None:
    path = write_file(tmp_path / "h.jsonl", texts(30))
    run(session, path, importer)

    run(session, path, importer)

    assert session.scalar(select(func.count()).select_from(Revision)) == 30


def test_another_file_does_not_go_on_an_import_that_began_with_this_one(
    session: Session, tmp_path: Path, importer: User
) -> None:
    run(session, write_file(tmp_path / "h.jsonl", texts(30)), importer)
    other = write_file(tmp_path / "other.jsonl", ["Something else."] * 40)

    with pytest.raises(InvalidInput, match="comes from another file"):
        run(session, other, importer)


def test_an_identical_text_is_kept_once(session: Session, tmp_path: Path, importer: User) -> None:
    run(session, write_file(tmp_path / "h.jsonl", texts(100)), importer)

    different = session.scalar(select(func.count()).select_from(TextRow))
    assert different == len(set(texts(100)))


def test_a_broken_line_is_reported_before_anything_is_written(tmp_path: Path) -> None:
    path = write_file(tmp_path / "h.jsonl", texts(5))
    path.write_text(path.read_text(encoding="utf-8") + "{oops\n", encoding="utf-8")

    *_, report = examine(path)

    assert not report.sound
    assert report.problems == ["Line 6 is not JSON."]


def test_an_import_that_meets_a_broken_line_all_the_same_stops_there(
    session: Session, tmp_path: Path, importer: User
) -> None:
    path = write_file(tmp_path / "h.jsonl", texts(5))
    path.write_text(path.read_text(encoding="utf-8") + "{oops\n", encoding="utf-8")

    with pytest.raises(LineError):
        run(session, path, importer)
    session.rollback()

    assert session.scalar(select(func.count()).select_from(Page)) == 0
