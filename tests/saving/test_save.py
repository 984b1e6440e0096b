"""A save appends, derives, and never overwrites; what cannot be saved leaves nothing behind."""

from threading import Barrier, Thread

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session, sessionmaker

from tests.cases.examples import lesson_text
from tests.clock import LATER, NOON
from wiki.accounts.models import User
from wiki.attribution.queries import owned_spans
from wiki.errors import EditConflict, InvalidInput, PageNotFound, PermissionDenied, SlugTaken
from wiki.outbox.models import Job
from wiki.pages.models import Link, Page, Rendered, Revision, TextRow
from wiki.pages.queries import all_pages, visible_to
from wiki.pages.service import text_of
from wiki.policy import ANYBODY, Viewer
from wiki.saving.service import Actor, Edit, Means, NewPage, create, save


@pytest.fixture
def page(session: Session, ada: Actor, means: Means) -> Page:
    made = create(
        session,
        NewPage(title="Kites", source="Kites fly over the [[Bay]].\n"),
        by=ada,
        means=means,
        now=NOON,
    )
    session.commit()
    return made


def change(source: str, base: int = 1) -> Edit:
    return Edit(slug="kites", base_number=base, source=source)


def test_a_new_page_is_public_at_once_with_links_rendering_words_and_a_job(
    session: Session, page: Page
) -> None:
    assert (page.state, page.head_number, page.public_number) == ("public", 1, 1)
    assert session.scalars(select(Link.target)).all() == ["bay"]
    assert session.scalar(select(func.count()).select_from(Rendered)) == 1
    assert owned_spans(session, page.id, 1)
    assert [(job.kind, job.subject) for job in session.scalars(select(Job))] == [
        ("index", page.id)
    ]


def test_a_save_appends_a_revision_by_its_author(
    session: Session, page: Page, bo: Actor, means: Means
) -> None:
    revision = save(session, change("Kites sink.\n"), by=bo, means=means, now=LATER)
    session.commit()

    assert revision is not None
    assert (revision.number, revision.parent_number, revision.saved_at) == (2, 1, LATER)
    assert text_of(session, page, 1) == "Kites fly over the [[Bay]].\n"
    assert text_of(session, page, 2) == "Kites sink.\n"
    assert session.scalars(select(Link.target)).all() == []


def test_an_edit_begun_before_somebody_elses_save_is_refused(
    session: Session, page: Page, ada: Actor, bo: Actor, means: Means
) -> None:
    save(session, change("Kites fly.\n"), by=ada, means=means, now=NOON)
    session.commit()

    with pytest.raises(EditConflict) as conflict:
        save(session, change("Kites sink.\n"), by=bo, means=means, now=LATER)

    assert (conflict.value.base_number, conflict.value.head_number) == (1, 2)
    session.rollback()
    assert session.get_one(Page, page.id).head_number == 2


def test_the_text_of_the_head_saved_again_makes_no_revision(
    session: Session, page: Page, bo: Actor, means: Means
) -> None:
    again = save(session, change("Kites fly over the [[Bay]]."), by=bo, means=means, now=LATER)

    assert again is None
    assert page.head_number == 1


def test_a_restored_text_is_not_stored_twice(
    session: Session, page: Page, ada: Actor, means: Means
) -> None:
    save(session, change("Gone.\n"), by=ada, means=means, now=NOON)
    back = change("Kites fly over the [[Bay]].\n", 2)
    save(session, back, by=ada, means=means, now=LATER)
    session.commit()

    assert session.scalar(select(func.count()).select_from(Revision)) == 3
    assert session.scalar(select(func.count()).select_from(TextRow)) == 2


def test_of_many_who_save_at_once_one_wins_and_the_others_are_told(
    sessions: sessionmaker[Session], session: Session, page: Page, ada: Actor, means: Means
) -> None:
    start, results = Barrier(4), []
    user_id = ada.user.id

    def write(number: int) -> None:
        with sessions() as own:
            by = Actor(own.get_one(User, user_id), Viewer(user_id, "editor", "Ada"))
            start.wait(10)
            try:
                save(own, change(f"Kite {number}.\n"), by=by, means=means, now=LATER)
                own.commit()
                results.append("saved")
            except EditConflict:
                results.append("told")

    threads = [Thread(target=write, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)

    assert sorted(results) == ["saved", "told", "told", "told"]
    session.expire_all()
    assert session.get_one(Page, page.id).head_number == 2


def test_a_page_takes_its_title_kind_language_and_licence_from_its_front_matter(
    session: Session, ada: Actor, means: Means
) -> None:
    source = lesson_text(
        "Demandez.\n",
        title="Ask first",
        language="fr",
        licence="CC0-1.0",
        claim="If you ask, then you hear.",
    )

    made = create(session, NewPage(title="Anything", source=source), by=ada, means=means, now=NOON)

    assert (made.slug, made.title, made.kind) == ("anything", "Ask first", "lesson")
    assert (made.language, made.licence) == ("fr", "CC0-1.0")
    assert made.abstract == "If you ask, then you hear."


def test_a_draft_is_no_page_to_anybody_but_its_members(
    session: Session, ada: Actor, bo: Actor, means: Means
) -> None:
    new = NewPage(title="Secret", source="A [[Link]].\n", draft=True)
    made = create(session, new, by=ada, means=means, now=NOON)
    session.commit()

    assert made.public_number is None
    assert session.scalars(select(Link)).all() == []
    assert session.scalars(select(Job)).all() == []
    assert all_pages(session, ANYBODY) == []
    assert [line.slug for line in all_pages(session, ada.viewer)] == ["secret"]
    seen_by_bo = select(Page.id).where(visible_to(bo.viewer))
    assert session.scalars(seen_by_bo).all() == []
    with pytest.raises(PageNotFound):
        save(
            session,
            Edit(slug="secret", base_number=1, source="x"),
            by=bo,
            means=means,
            now=LATER,
        )


@pytest.mark.parametrize("viewer", [ANYBODY, Viewer(1, "reader"), Viewer(1, "editor", "", True)])
def test_nobody_who_may_not_write_can_save(
    session: Session, page: Page, ada: Actor, means: Means, viewer: Viewer
) -> None:
    with pytest.raises(PermissionDenied):
        save(session, change("x"), by=Actor(ada.user, viewer), means=means, now=LATER)


@pytest.mark.parametrize(
    ("title", "source", "problem"),
    [
        ("KITES", "Other words.\n", SlugTaken),
        ("Other", "---\na: [\n---\n", InvalidInput),
        ("Other", "x" * 1_000_001, InvalidInput),
        ("Other", "NUL \x00\n", InvalidInput),
        ("", "Words.\n", InvalidInput),
    ],
)
def test_what_cannot_be_created_leaves_nothing_behind(
    session: Session,
    page: Page,
    ada: Actor,
    means: Means,
    title: str,
    source: str,
    problem: type[Exception],
) -> None:
    with pytest.raises(problem):
        create(session, NewPage(title=title, source=source), by=ada, means=means, now=NOON)
    session.rollback()

    assert session.scalar(select(func.count()).select_from(Page)) == 1
    assert session.scalar(select(func.count()).select_from(TextRow)) == 1
