"""A save on an older revision: joined with what came between, or told; in a real database."""

from threading import Barrier, Thread

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session, sessionmaker

from tests.clock import LATER, NOON
from wiki.accounts.models import User
from wiki.attribution.queries import owned_spans
from wiki.errors import EditConflict, HeadMoved, InvalidInput
from wiki.pages.models import Page, Revision
from wiki.pages.service import text_of
from wiki.policy import Viewer
from wiki.saving.service import Actor, Edit, Means, NewPage, create, save
from wiki.text.tokens import tokens

STORY = "Kites fly.\n\nThe wind turns.\n\nThe rope broke.\n"


@pytest.fixture
def page(session: Session, ada: Actor, means: Means) -> Page:
    made = create(session, NewPage(title="Kites", source=STORY), by=ada, means=means, now=NOON)
    session.commit()
    return made


def change(source: str, base: int = 1) -> Edit:
    return Edit(slug="kites", base_number=base, source=source)


def test_each_word_of_a_joined_text_stays_with_its_writer(
    session: Session, page: Page, ada: Actor, bo: Actor, means: Means
) -> None:
    save(session, change(STORY.replace("turns", "died")), by=ada, means=means, now=NOON)
    joined = save(session, change(STORY.replace("broke", "held")), by=bo, means=means, now=LATER)
    session.commit()

    assert joined is not None
    text = text_of(session, page, 3)
    assert text == "Kites fly.\n\nThe wind died.\n\nThe rope held.\n"
    owners = {
        word: span.origin
        for span in owned_spans(session, page.id, 3)
        for word in tokens(text)[span.start : span.stop]
    }
    assert owners["died"] == 2
    assert owners["held"] == 3


def test_what_both_wrote_alike_is_nothing_new(
    session: Session, page: Page, ada: Actor, bo: Actor, means: Means
) -> None:
    both = STORY.replace("turns", "died")
    save(session, change(both + "\nMore.\n"), by=ada, means=means, now=NOON)

    assert save(session, change(both), by=bo, means=means, now=LATER) is None
    assert session.scalar(select(func.count()).select_from(Revision)) == 2


def test_a_text_begun_before_the_page_was_public_joins_only_its_members_texts(
    session: Session, ada: Actor, bo: Actor, means: Means
) -> None:
    made = create(
        session, NewPage(title="Kites", source=STORY, draft=True), by=ada, means=means, now=NOON
    )
    save(session, change(STORY.replace("turns", "died")), by=ada, means=means, now=NOON)
    made.state, made.public_number, made.public_from_number = "public", 2, 2
    session.commit()

    with pytest.raises(EditConflict):
        save(session, change(STORY.replace("broke", "held")), by=bo, means=means, now=LATER)
    own = save(session, change(STORY.replace("broke", "held")), by=ada, means=means, now=LATER)

    assert own is not None


def test_a_text_that_a_moderator_hid_takes_no_part(
    session: Session, page: Page, ada: Actor, bo: Actor, means: Means
) -> None:
    save(session, change(STORY.replace("turns", "died")), by=ada, means=means, now=NOON)
    session.scalars(select(Revision).where(Revision.number == 1)).one().hide_text = True
    session.commit()

    with pytest.raises(EditConflict):
        save(session, change(STORY.replace("broke", "held")), by=bo, means=means, now=LATER)


def test_an_older_text_is_brought_back_only_on_the_newest(
    session: Session, page: Page, ada: Actor, bo: Actor, means: Means
) -> None:
    save(session, change(STORY.replace("turns", "died")), by=ada, means=means, now=NOON)
    back = Edit(slug="kites", base_number=1, source=STORY + "\nEnd.\n", restores=1)

    with pytest.raises(EditConflict):
        save(session, back, by=bo, means=means, now=LATER)


def test_a_mark_of_a_voice_that_the_page_does_not_have_is_held_in_a_joined_text_too(
    session: Session, page: Page, ada: Actor, bo: Actor, means: Means
) -> None:
    save(session, change(STORY.replace("turns", "died")), by=ada, means=means, now=NOON)
    marked = STORY + "\n::: {.voice by=v9 mode=direct_written}\nI was there.\n:::\n"

    with pytest.raises(InvalidInput):
        save(session, change(marked), by=bo, means=means, now=LATER)


def test_of_many_who_write_in_different_places_at_once_nobody_loses_a_word(
    sessions: sessionmaker[Session], session: Session, page: Page, ada: Actor, means: Means
) -> None:
    start = Barrier(3)
    user_id = ada.user.id
    words = {"fly": "rise", "turns": "died", "broke": "held"}
    lost = []

    def write(old: str, new: str) -> None:
        with sessions() as own:
            by = Actor(own.get_one(User, user_id), Viewer(user_id, "editor", "Ada"))
            start.wait(10)
            for _try in range(20):
                try:
                    save(own, change(STORY.replace(old, new)), by=by, means=means, now=LATER)
                    own.commit()
                    return
                except HeadMoved:
                    own.rollback()
            lost.append(new)

    threads = [Thread(target=write, args=pair) for pair in words.items()]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)

    session.expire_all()
    assert lost == []
    assert text_of(session, page, 4) == "Kites rise.\n\nThe wind died.\n\nThe rope held.\n"
