"""A blocked account goes on reading and changes nothing."""

import pytest

from tests.clock import NOON, TOMORROW
from tests.moderation.people import begin, person, ruling
from wiki.accounts.models import SignIn, User
from wiki.errors import InvalidInput, PermissionDenied
from wiki.moderation.blocks import block, unblock
from wiki.moderation.queries import blocked_accounts, decisions
from wiki.pages.revisions import revision_view
from wiki.policy import ANYBODY, PageFacts, Viewer, may_edit, may_read


def log(session):
    return [(x.act, x.actor, x.subject, x.details) for x in decisions(session, ANYBODY)]


def test_a_block_ends_the_sign_ins_and_the_log_names_the_account(session, moderator, editor):
    session.add(SignIn(user_id=editor.id, token_hash=b"1" * 32, created_at=NOON, seen_at=NOON))
    session.commit()

    block(session, editor, TOMORROW, ruling(moderator, "Three warnings."))
    session.commit()

    assert session.query(SignIn).one().ended_at == NOON
    assert log(session) == [("block", "Mo", "Ada", {"until": "2026-03-11"})]
    assert [(x.name, x.until) for x in blocked_accounts(session, NOON)] == [("Ada", TOMORROW)]
    assert blocked_accounts(session, TOMORROW) == []


def test_a_blocked_person_reads_and_does_not_write():
    blocked = Viewer(7, "editor", "Ada", blocked=True)
    page = PageFacts("public")

    assert may_read(blocked, page).allowed
    assert not may_edit(blocked, page, now=NOON).allowed


def test_a_block_that_is_lifted_lets_the_account_write_again(session, moderator, editor):
    block(session, editor, None, ruling(moderator))
    session.commit()
    unblock(session, editor, ruling(moderator, "A misunderstanding."))
    session.commit()

    assert session.get_one(User, editor.id).blocked_at is None
    assert [line[0] for line in log(session)] == ["unblock", "block"]
    with pytest.raises(InvalidInput):
        unblock(session, editor, ruling(moderator))


def test_moderators_block_neither_administrators_nor_themselves(session, moderator, admin, editor):
    other_admin = person(session, "Rut", "admin")

    for account in (admin, moderator):
        with pytest.raises(PermissionDenied):
            block(session, account, None, ruling(moderator))
    with pytest.raises(PermissionDenied):
        block(session, admin, None, ruling(admin))
    with pytest.raises(PermissionDenied):
        block(session, moderator, None, ruling(editor))
    block(session, other_admin, None, ruling(admin))
    session.commit()

    assert log(session) == [("block", "Root", "Rut", {})]


def test_a_day_gone_by_a_missing_reason_and_an_account_nobody_has_are_refused(
    session, moderator, editor
):
    imported = User(name="Old", role="reader", imported=True, created_at=NOON)
    session.add(imported)
    session.commit()

    for account, until, act, field in (
        (editor, NOON, ruling(moderator), "until"),
        (editor, None, ruling(moderator, ""), "reason"),
        (imported, None, ruling(moderator), ""),
    ):
        with pytest.raises(InvalidInput) as problem:
            block(session, account, until, act)
        session.rollback()
        assert problem.value.field == field
    assert session.get_one(User, editor.id).blocked_at is None


def test_the_words_of_a_blocked_account_stay(session, moderator, editor):
    page = begin(session, editor, "Kites", "Kites fly.\n")
    block(session, editor, None, ruling(moderator))
    session.commit()

    view = revision_view(session, page, 1, ANYBODY)
    assert (view.byline.name, view.text_hidden) == ("Ada", False)
