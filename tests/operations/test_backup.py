"""A backup is the whole wiki in one file, and comes back into either database."""

import json
import threading
import zipfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from sqlalchemy import Engine, func, select
from sqlalchemy import text as sql
from sqlalchemy.orm import Session, sessionmaker

from tests.clock import NOON
from tests.saving.conftest import person
from wiki.accounts.models import User
from wiki.db import make_engine, session_factory
from wiki.migrations import upgrade
from wiki.operations.backup import BackupError, restore_backup, write_backup
from wiki.pages.models import Page, Revision
from wiki.pages.service import text_of
from wiki.policy import Viewer
from wiki.rendering.worker import InlineRenderer
from wiki.saving.service import Actor, Edit, Means, NewPage, create, save


@pytest.fixture
def wiki(sessions: sessionmaker[Session]) -> None:
    """A page with three revisions."""
    with sessions() as session:
        user = User(name="Ada", name_key="ada", role="editor", created_at=NOON)
        session.add(user)
        session.commit()
        by, means = Actor(user, Viewer(user.id, "editor", "Ada")), Means(InlineRenderer(), 10**6)
        create(session, NewPage(title="Kites", source="Ünï 日本.\n"), by=by, means=means, now=NOON)
        session.commit()
        for base, text in ((1, "Kites sink.\n"), (2, "Kites rise.\n")):
            edit = Edit(slug="kites", base_number=base, source=text)
            save(session, edit, by=by, means=means, now=NOON)
            session.commit()


@pytest.fixture
def new_url(database: str, request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of a second database, without any table."""
    if database == "sqlite":
        return f"sqlite:///{tmp_path / 'new.db'}"
    return str(request.getfixturevalue("fresh_database_url"))


def restored(url: str, source: Path) -> Engine:
    engine = make_engine(url)
    upgrade(engine)
    list(restore_backup(engine, source))
    return engine


@pytest.mark.usefixtures("wiki")
def test_everything_comes_back_into_a_new_database(
    engine: Engine, new_url: str, tmp_path: Path
) -> None:
    list(write_backup(engine, tmp_path / "b.zip"))

    other = restored(new_url, tmp_path / "b.zip")

    with session_factory(other)() as session:
        page = session.scalars(select(Page)).one()
        assert [text_of(session, page, n) for n in (1, 2, 3)] == [
            "Ünï 日本.\n",
            "Kites sink.\n",
            "Kites rise.\n",
        ]
        assert session.scalars(select(Revision.saved_at)).all() == [NOON] * 3
    other.dispose()


@pytest.mark.usefixtures("wiki")
def test_a_restored_wiki_can_be_written_on(engine: Engine, new_url: str, tmp_path: Path) -> None:
    list(write_backup(engine, tmp_path / "b.zip"))

    other = restored(new_url, tmp_path / "b.zip")

    with session_factory(other)() as session:
        user = session.scalars(select(User)).one()
        by, means = Actor(user, Viewer(user.id, "editor", "Ada")), Means(InlineRenderer(), 10**6)
        edit = Edit(slug="kites", base_number=3, source="On.\n")
        revision = save(session, edit, by=by, means=means, now=NOON)
        session.commit()
        assert revision is not None and revision.number == 4
    other.dispose()


@pytest.mark.usefixtures("wiki")
def test_a_backup_of_either_database_restores_into_sqlite(engine: Engine, tmp_path: Path) -> None:
    list(write_backup(engine, tmp_path / "b.zip"))

    other = restored(f"sqlite:///{tmp_path / 'other.db'}", tmp_path / "b.zip")

    with session_factory(other)() as session:
        assert session.scalar(select(func.count()).select_from(Revision)) == 3
    other.dispose()


@pytest.mark.usefixtures("wiki")
def test_a_wiki_that_is_not_empty_is_not_overwritten(engine: Engine, tmp_path: Path) -> None:
    list(write_backup(engine, tmp_path / "b.zip"))

    with pytest.raises(BackupError, match="not empty"):
        list(restore_backup(engine, tmp_path / "b.zip"))


@pytest.mark.usefixtures("wiki")
def test_a_file_that_is_there_is_not_overwritten(engine: Engine, tmp_path: Path) -> None:
    (tmp_path / "b.zip").write_text("mine")

    with pytest.raises(BackupError, match="exists already"):
        list(write_backup(engine, tmp_path / "b.zip"))

    assert (tmp_path / "b.zip").read_text() == "mine"


@pytest.mark.usefixtures("wiki")
def test_a_backup_that_lost_a_row_is_refused_whole(
    engine: Engine, new_url: str, tmp_path: Path
) -> None:
    list(write_backup(engine, tmp_path / "b.zip"))
    with (
        zipfile.ZipFile(tmp_path / "b.zip") as whole,
        zipfile.ZipFile(tmp_path / "less.zip", "w") as less,
    ):
        for name in whole.namelist():
            data = whole.read(name)
            if name == "revision.jsonl":
                data = b"\n".join(data.splitlines()[:-1]) + b"\n"
            less.writestr(name, data)
    other = make_engine(new_url)
    upgrade(other)

    with pytest.raises(BackupError, match="revision"):
        list(restore_backup(other, tmp_path / "less.zip"))

    with session_factory(other)() as session:
        assert session.scalar(select(func.count()).select_from(Page)) == 0
    other.dispose()


def test_what_is_no_backup_is_said_so(engine: Engine, tmp_path: Path) -> None:
    (tmp_path / "b.zip").write_bytes(b"not a zip")
    with zipfile.ZipFile(tmp_path / "c.zip", "w") as archive:
        archive.writestr("manifest.json", json.dumps({"format": 99}))

    with pytest.raises(BackupError, match="no backup"):
        list(restore_backup(engine, tmp_path / "b.zip"))
    with pytest.raises(BackupError, match="cannot read"):
        list(restore_backup(engine, tmp_path / "c.zip"))


def test_a_backup_while_four_people_save_holds_every_save_answered_before_it_began(
    sessions: sessionmaker[Session], engine: Engine, new_url: str, tmp_path: Path
) -> None:
    answered: list[tuple[str, int]] = []
    ready, stop = threading.Barrier(5), threading.Event()

    def write(name: str) -> None:
        with sessions() as session:
            by, means = person(session, name), Means(InlineRenderer(), 10**6)
            new = NewPage(title=name, source="1\n")
            create(session, new, by=by, means=means, now=NOON)
            session.commit()
            number = 1
            while not stop.is_set():
                edit = Edit(slug=name, base_number=number, source=f"{number + 1}\n")
                save(session, edit, by=by, means=means, now=NOON)
                session.commit()
                number += 1
                answered.append((name, number))
                if number == 2:
                    ready.wait(30)

    with ThreadPoolExecutor(4) as writers:
        work = [writers.submit(write, name) for name in ("ada", "bo", "cy", "di")]
        try:
            ready.wait(60)
            before = list(answered)
            list(write_backup(engine, tmp_path / "b.zip"))
        finally:
            stop.set()
        for each in work:
            each.result()
    assert len(answered) > len(before)

    other = restored(new_url, tmp_path / "b.zip")

    with session_factory(other)() as session:
        for slug, number in before:
            page = session.scalars(select(Page).where(Page.slug == slug)).one()
            assert text_of(session, page, number) == f"{number}\n"
        if other.dialect.name == "sqlite":
            assert session.scalar(sql("PRAGMA integrity_check")) == "ok"
    other.dispose()


def test_a_place_that_cannot_be_written_is_named(engine: Engine, tmp_path: Path) -> None:
    (tmp_path / "file").touch()

    for place in (tmp_path / "file" / "b.zip", tmp_path / "nowhere" / "b.zip"):
        with pytest.raises(BackupError, match="cannot be written"):
            list(write_backup(engine, place))


@pytest.mark.usefixtures("wiki")
def test_a_backup_damaged_in_the_middle_is_refused_whole(
    engine: Engine, new_url: str, tmp_path: Path
) -> None:
    list(write_backup(engine, tmp_path / "b.zip"))
    with zipfile.ZipFile(tmp_path / "b.zip") as archive:
        at = archive.getinfo("revision.jsonl").header_offset
    data = bytearray((tmp_path / "b.zip").read_bytes())
    data[at + 60 : at + 80] = bytes(20)
    (tmp_path / "b.zip").write_bytes(data)
    other = make_engine(new_url)
    upgrade(other)

    with pytest.raises(BackupError, match="revision"):
        list(restore_backup(other, tmp_path / "b.zip"))

    with session_factory(other)() as session:
        assert session.scalar(select(func.count()).select_from(Page)) == 0
    other.dispose()
