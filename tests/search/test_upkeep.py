"""The index follows the pages: after saves, losses, crashes and rebuilds."""

import shutil
import threading
import time
from datetime import UTC, datetime

import pytest
from sqlalchemy import func, select

from tests.clock import NOON
from tests.search.pages import author, keep_rendered, new_page, publish
from tests.search.writing import document, found
from wiki.outbox.models import Job
from wiki.outbox.worker import run, work_once
from wiki.search.documents import documents_of, plain_source
from wiki.search.protocol import IndexUnavailable
from wiki.search.upkeep import handlers, queue_differences, rebuild, refresh, watch


@pytest.fixture
def ada(session):
    return author(session)


def work(sessions, index):
    while work_once(sessions, handlers(index)):
        pass


def jobs(session):
    return session.scalar(select(func.count()).select_from(Job))


def test_a_saved_page_is_searchable_once_the_worker_has_been(session, sessions, index, ada):
    page = new_page(session, "Kites", "They fly.", by=ada)
    session.commit()
    work(sessions, index)

    assert found(index, "fly") == [page.id]
    assert jobs(session) == 0


def test_ten_saves_in_the_queue_are_one_document_with_the_last_text(session, sessions, index, ada):
    page = new_page(session, "Kites", "They fly.", by=ada)
    for number in range(10):
        publish(session, page, f"They fly at {number} metres high{number}.", by=ada)
    session.commit()
    assert jobs(session) == 11
    work(sessions, index)

    assert found(index, "high9") == [page.id]
    assert found(index, "high8") == []
    assert index.count() == 1


def test_the_worker_makes_a_save_searchable_within_two_seconds(session, sessions, index, ada):
    stop = threading.Event()
    worker = threading.Thread(target=run, args=(sessions, handlers(index), stop))
    worker.start()
    page = new_page(session, "Kites", "They fly.", by=ada)
    session.commit()
    until = time.monotonic() + 2
    while found(index, "fly") != [page.id] and time.monotonic() < until:
        stop.wait(0.02)
    answer = found(index, "fly")
    stop.set()
    worker.join()

    assert answer == [page.id]


def test_what_was_not_committed_is_not_searchable(session, sessions, index, ada):
    new_page(session, "Kites", "They fly.", by=ada)
    session.rollback()
    work(sessions, index)

    assert index.count() == 0


def test_drafts_are_never_indexed_and_deleted_pages_leave(session, sessions, index, ada):
    draft = new_page(session, "Secret kites", "fly", by=ada, state="draft")
    page = new_page(session, "Kites", "fly", by=ada)
    session.commit()
    refresh(session, index, [draft.id, page.id])
    assert found(index, "fly") == [page.id]

    page.state = "deleted"
    session.commit()
    refresh(session, index, [draft.id, page.id])
    assert index.count() == 0


def test_only_the_public_revision_is_indexed_not_the_head(session, sessions, index, ada):
    page = new_page(session, "Kites", "public words", by=ada)
    publish(session, page, "pending words", by=ada)
    page.public_number = 1
    session.commit()
    refresh(session, index, [page.id])

    assert found(index, "public") == [page.id]
    assert found(index, "pending") == []


def test_a_hidden_text_leaves_the_index_and_the_title_stays(session, sessions, index, ada):
    page = new_page(session, "Kites", "embarrassing", by=ada)
    session.commit()
    refresh(session, index, [page.id])
    revision = publish(session, page, "also embarrassing", by=ada)
    revision.hide_text = True
    session.commit()
    refresh(session, index, [page.id])

    assert found(index, "embarrassing") == []
    assert found(index, "kites") == [page.id]


def test_words_and_headings_come_from_the_rendered_copy(session, ada):
    text = "---\ntitle: Kites\n---\n# Why\n\nThey *fly* [high](https://example.org/sky).\n"
    page = new_page(session, "Kites", "x", by=ada)
    keep_rendered(session, publish(session, page, text, by=ada), text)
    [made] = documents_of(session, [page.id])

    assert "They fly high." in made.text
    assert "example.org" not in made.text
    assert made.headings == ("Why",)


def test_without_a_rendered_copy_the_source_is_taken_without_its_front_matter(session, ada):
    text = "---\ntitle: Kites\nlabels: [hush]\n---\nThey **fly**.\n"
    page = new_page(session, "Kites", text, by=ada)
    [made] = documents_of(session, [page.id])

    assert "hush" not in made.text
    assert made.text.split() == plain_source(text).split() == ["They", "fly", "."]


def test_a_change_of_title_or_text_changes_the_version(session, ada):
    page = new_page(session, "Kites", "fly", by=ada)
    versions = [documents_of(session, [page.id])[0].version]
    page.title = "Red kites"
    session.flush()
    versions.append(documents_of(session, [page.id])[0].version)
    publish(session, page, "fly high", by=ada).redacted_at = NOON
    session.flush()
    versions.append(documents_of(session, [page.id])[0].version)

    assert len(set(versions)) == 3


def test_a_missing_index_is_made_by_the_first_job(session, sessions, unmade_index, ada):
    pages = [new_page(session, f"Kites {n}", "fly", by=ada).id for n in range(3)]
    session.commit()
    work(sessions, unmade_index)

    assert sorted(found(unmade_index, "fly")) == pages
    assert jobs(session) == 0


def test_the_idle_worker_makes_a_lost_index_again(session, sessions, unmade_index, ada):
    page = new_page(session, "Kites", "fly", by=ada)
    session.commit()
    look = watch(unmade_index)
    look(sessions)

    assert found(unmade_index, "fly") == [page.id]


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
@pytest.mark.filterwarnings(  # Whoosh leaves a file open when it cannot read it
    "ignore::pytest.PytestUnraisableExceptionWarning"
)
@pytest.mark.parametrize("harm", ["nothing", "folder", "note", "flipped"])
def test_a_broken_index_says_so_and_is_made_again(
    session, sessions, index, ada, data_folder, harm
):
    page = new_page(session, "Kites", "fly", by=ada)
    session.commit()
    work(sessions, index)
    look = watch(index)
    look(sessions)
    assert found(index, "fly") == [page.id]

    folder = next((data_folder / "index").glob("g-*"))
    index.close()
    if harm == "folder":
        shutil.rmtree(folder)
    elif harm == "note":
        (data_folder / "index" / "current").write_text("../elsewhere")
    elif harm == "flipped":
        for path in folder.glob("*.toc"):
            path.write_bytes(b"not what it was")
    if harm != "nothing":
        with pytest.raises(IndexUnavailable):
            found(index, "fly")
    look(sessions)

    assert found(index, "fly") == [page.id]


def test_differences_are_queued_and_nothing_else(session, sessions, index, ada):
    same = new_page(session, "Same", "fly", by=ada)
    changed = new_page(session, "Changed", "fly", by=ada)
    session.commit()
    work(sessions, index)
    index.add([document(999, "Gone")])
    changed.title = "Changed much"
    session.commit()

    assert queue_differences(sessions, index) == 2
    assert set(session.scalars(select(Job.subject))) == {changed.id, 999}
    work(sessions, index)
    assert set(index.versions()) == {same.id, changed.id}
    assert queue_differences(sessions, index) == 0


def test_a_rebuild_holds_every_public_page_and_reports_progress(session, sessions, index, ada):
    pages = [new_page(session, f"Page {n}", "fly", by=ada).id for n in range(5)]
    new_page(session, "Draft", "fly", by=ada, state="draft")
    session.commit()
    seen: list[int] = []

    assert rebuild(sessions, index, seen.append) == 5
    assert seen[-1] == 5
    assert sorted(found(index, "fly")) == pages


def test_a_page_saved_during_a_rebuild_is_not_lost(session, sessions, index, ada):
    page = new_page(session, "Page", "old", by=ada)
    new_page(session, "Other", "old", by=ada)
    session.commit()
    work(sessions, index)

    def save_meanwhile(done):
        if done == 2:
            publish(session, page, "newest", by=ada, now=datetime.now(UTC))
            session.commit()
            work(sessions, index)

    rebuild(sessions, index, save_meanwhile)
    work(sessions, index)

    assert found(index, "newest") == [page.id]
