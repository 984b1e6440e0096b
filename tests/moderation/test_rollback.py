"""Taking back one account's run of edits: only where nobody edited after, and never blindly."""

import pytest
from sqlalchemy import event

from tests.clock import DAY, HOUR, LATER, NOON
from tests.moderation.people import (
    MEANS,
    acting,
    begin,
    go_on,
    page_at,
    person,
    ruling,
    viewer_of,
)
from wiki.errors import EditConflict, InvalidInput, PermissionDenied
from wiki.moderation.hiding import Hidden, Wanted, hide
from wiki.moderation.protection import protect
from wiki.moderation.queries import decisions
from wiki.pages.models import Byline
from wiki.pages.revisions import revision_row
from wiki.pages.service import text_of
from wiki.policy import ANYBODY
from wiki.saving import rollback
from wiki.saving.curation import publish_draft

KITES, SPAM = "Kites fly.\n", "Buy kites.\n"


@pytest.fixture
def spammer(session):
    return person(session, "Spam")


@pytest.fixture
def page(session, editor, spammer):
    """Ada's page, spammed twice."""
    page = begin(session, editor, "Kites", KITES)
    go_on(session, spammer, page, SPAM, now=LATER)
    go_on(session, spammer, page, SPAM * 2, now=LATER)
    return page


def planned(session, account, viewer, **more):
    steps = rollback.plan(session, account, viewer_of(viewer), now=LATER, **more)
    return {step.slug: (step.what, step.revisions, step.to) for step in steps}


def roll_back(session, slug, account, by, reason="Advertising.", **more):
    step = rollback.roll_back(
        session,
        slug,
        account,
        reason=reason,
        summary="Takes back",
        by=acting(by),
        means=MEANS,
        now=LATER,
        **more,
    )
    session.commit()
    return step


def test_a_page_goes_back_to_what_it_was_before_the_run(session, page, spammer, moderator):
    step = roll_back(session, "kites", spammer, moderator)

    page = page_at(session, "kites")
    newest = revision_row(session, page.id, 4)
    assert (step.what, step.first, step.last, step.to) == ("revert", 2, 3, 1)
    assert text_of(session, page, page.public_number) == KITES
    assert (newest.restores, newest.summary) == (1, "Takes back")
    assert session.get(Byline, newest.byline_id).user_id == moderator.id


def test_the_log_names_the_account_the_page_and_the_reason(session, page, spammer, moderator):
    roll_back(session, "kites", spammer, moderator)

    (line,) = decisions(session, ANYBODY)
    assert (line.act, line.actor, line.subject, line.slug) == ("roll_back", "Mo", "Spam", "kites")
    assert (line.reason, line.details) == ("Advertising.", {"revisions": 2, "to": 1})


def test_a_page_that_somebody_edited_after_is_left_alone_and_reported(
    session, page, spammer, moderator, other
):
    go_on(session, other, page, SPAM + KITES, now=LATER)

    assert planned(session, spammer, moderator) == {"kites": ("later", 0, 0)}
    step = roll_back(session, "kites", spammer, moderator)

    assert step is not None and not step.acts
    assert page_at(session, "kites").head_number == 4
    assert decisions(session, ANYBODY) == []


def test_a_page_that_is_nothing_but_the_run_goes_into_the_recycle_bin(session, spammer, moderator):
    begin(session, spammer, "Cheap kites", SPAM)

    assert planned(session, spammer, moderator) == {"cheap-kites": ("delete", 1, 0)}
    roll_back(session, "cheap-kites", spammer, moderator)

    assert page_at(session, "cheap-kites").state == "deleted"
    assert [x.act for x in decisions(session, ANYBODY)] == ["roll_back", "delete"]


def test_what_was_written_before_a_publication_does_not_become_public_by_a_roll_back(
    session, editor, spammer, moderator
):
    draft = begin(session, editor, "Plans", "Between us.\n", draft=True)
    go_on(session, editor, draft, "For everybody.\n")
    publish_draft(session, "plans", by=acting(editor), means=MEANS, now=NOON)
    session.commit()

    assert planned(session, editor, moderator) == {"plans": ("delete", 2, 0)}
    go_on(session, spammer, draft, SPAM)
    assert planned(session, spammer, moderator) == {"plans": ("revert", 1, 2)}


def test_drafts_are_not_looked_at(session, spammer, moderator):
    begin(session, spammer, "Plans", SPAM, draft=True)

    assert planned(session, spammer, moderator) == {}
    assert roll_back(session, "plans", spammer, moderator) is None


def test_a_hidden_text_does_not_come_back_by_a_roll_back(
    session, page, editor, spammer, moderator
):
    hide(session, Wanted(slug="kites", number=1, hidden=Hidden(text=True)), ruling(moderator))
    session.commit()

    assert planned(session, spammer, moderator) == {"kites": ("hidden", 2, 0)}


def test_a_run_that_changed_nothing_in_the_end_is_left_alone(session, page, spammer, moderator):
    go_on(session, spammer, page, KITES, now=LATER)

    assert planned(session, spammer, moderator) == {"kites": ("same", 3, 0)}


def test_older_work_of_the_same_account_stays_when_a_time_is_given(session, spammer, moderator):
    page = begin(session, spammer, "Kites", KITES, NOON - DAY)
    go_on(session, spammer, page, SPAM, now=NOON)

    assert planned(session, spammer, moderator) == {"kites": ("delete", 2, 0)}
    assert planned(session, spammer, moderator, since=NOON - HOUR) == {"kites": ("revert", 1, 1)}
    roll_back(session, "kites", spammer, moderator, since=NOON - HOUR)

    assert text_of(session, page_at(session, "kites"), 3) == KITES


def test_one_page_or_all_pages_can_be_asked_for(session, page, spammer, moderator):
    begin(session, spammer, "Cheap kites", SPAM)

    assert set(planned(session, spammer, moderator)) == {"kites", "cheap-kites"}
    assert set(planned(session, spammer, moderator, slug="kites")) == {"kites"}


def test_a_page_protected_above_the_moderator_is_reported(
    session, page, spammer, moderator, admin
):
    protect(session, "kites", "admin", None, ruling(admin))
    session.commit()

    assert planned(session, spammer, moderator) == {"kites": ("protected", 2, 0)}
    assert planned(session, spammer, admin) == {"kites": ("revert", 2, 1)}


def test_a_page_where_the_account_has_another_name_is_not_listed(
    session, page, spammer, moderator
):
    row = session.get(Byline, revision_row(session, page.id, 2).byline_id)
    row.display = "A neighbour"
    session.commit()

    assert planned(session, spammer, moderator) == {}


def test_a_roll_back_without_a_reason_changes_nothing(session, page, spammer, moderator):
    with pytest.raises(InvalidInput):
        roll_back(session, "kites", spammer, moderator, reason=" ")
    session.rollback()

    assert page_at(session, "kites").head_number == 3


def test_an_editor_neither_rolls_back_nor_sees_what_would_happen(session, page, spammer, editor):
    with pytest.raises(PermissionDenied):
        planned(session, spammer, editor)
    with pytest.raises(PermissionDenied):
        roll_back(session, "kites", spammer, editor)


def test_a_save_that_comes_between_is_not_deleted(session, sessions, spammer, moderator, other):
    """Bea saves when the reading transaction, in which the plan was made, is over."""
    begin(session, spammer, "Cheap kites", SPAM)

    def save_hers(_session):
        with sessions() as hers:
            go_on(hers, other, page_at(hers, "cheap-kites"), SPAM + KITES)

    event.listen(session, "after_rollback", save_hers, once=True)
    with pytest.raises(EditConflict):
        roll_back(session, "cheap-kites", spammer, moderator)
    session.rollback()

    assert page_at(session, "cheap-kites").state == "public"
