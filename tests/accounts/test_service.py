"""Accounts are made, changed, and deleted; whose name it is stays so."""

import pytest
from sqlalchemy import select

from tests.accounts.conftest import PASSWORD
from tests.clock import DAY, LATER, NOON, TOMORROW
from wiki.accounts.models import SignIn, User
from wiki.accounts.queries import find_user, open_sign_ins
from wiki.accounts.service import (
    INVITATION_DAYS,
    block,
    change_password,
    create_account,
    delete_account,
    end_sign_ins,
    imported_contributor,
    invite,
    register,
    set_role,
)
from wiki.accounts.signing_in import start
from wiki.errors import InvalidInput, PermissionDenied


def newcomer(session, name="Bea", registration="open", invitation="", now=NOON):
    user = register(
        session,
        name=name,
        password="seven calm rivers",
        registration=registration,
        invitation=invitation,
        now=now,
    )
    session.commit()
    return user


def test_a_password_is_kept_as_argon2id_only(ada):
    assert ada.password_hash.startswith("$argon2id$")
    assert PASSWORD not in ada.password_hash


def test_a_newcomer_is_an_editor_whatever_the_form_says(session):
    assert newcomer(session).role == "editor"


@pytest.mark.parametrize("name", ["ada", "A.d.a", " ADA ", "A-da"])
def test_a_name_too_like_another_is_taken(session, ada, name):
    with pytest.raises(InvalidInput, match="taken") as refused:
        newcomer(session, name)

    assert refused.value.field == "name"


def test_an_imported_contributors_name_cannot_be_taken_up(session):
    imported_contributor(session, name="Jimbo", source="wikipedia", now=NOON)
    session.commit()

    with pytest.raises(InvalidInput, match="taken"):
        newcomer(session, "Jimbo")


def test_two_sources_namesakes_stay_two_people(session):
    one = imported_contributor(session, name="Kim", source="wikipedia", now=NOON)
    again = imported_contributor(session, name="Kim", source="wikipedia", now=LATER)
    other = imported_contributor(session, name="Kim", source="github", now=NOON)

    assert one.id == again.id != other.id
    assert find_user(session, "Kim") is None


def test_closed_registration_lets_nobody_in(session):
    with pytest.raises(PermissionDenied):
        newcomer(session, registration="closed")


def test_an_invitation_works_once(session, ada):
    secret = invite(session, inviter=ada, role="editor", now=NOON)
    session.commit()

    newcomer(session, "Bea", "invitation", secret)

    with pytest.raises(PermissionDenied):
        newcomer(session, "Cleo", "invitation", secret)
    assert find_user(session, "Cleo") is None


def test_an_invitation_gives_the_role_it_was_made_for(session, ada):
    secret = invite(session, inviter=ada, role="reader", now=NOON)
    session.commit()

    assert newcomer(session, "Bea", "invitation", secret).role == "reader"


@pytest.mark.parametrize("secret", ["", "made-up", "\x00"])
def test_an_invitation_that_nobody_gave_is_none(session, secret):
    with pytest.raises(PermissionDenied):
        newcomer(session, "Bea", "invitation", secret)


def test_an_invitation_ends(session, ada):
    secret = invite(session, inviter=ada, role="editor", now=NOON)
    session.commit()

    with pytest.raises(PermissionDenied):
        newcomer(session, "Bea", "invitation", secret, NOON + INVITATION_DAYS * DAY)


def test_a_new_password_ends_every_other_sign_in(session, ada):
    start(session, ada, label="elsewhere", now=NOON)
    start(session, ada, label="here", now=NOON)
    session.commit()
    here = open_sign_ins(session, ada.id)[0]

    change_password(session, ada, PASSWORD, "seven calm rivers", this=here.id, now=LATER)
    session.commit()

    assert [row.label for row in open_sign_ins(session, ada.id)] == ["here"]


def test_the_present_password_is_asked_for(session, ada):
    with pytest.raises(InvalidInput) as refused:
        change_password(session, ada, "not this one", "seven calm rivers", this=0, now=LATER)

    assert refused.value.field == "password"


def test_a_weak_new_password_is_told_beside_its_own_field(session, ada):
    with pytest.raises(InvalidInput) as refused:
        change_password(session, ada, PASSWORD, "short", this=0, now=LATER)

    assert refused.value.field == "new_password"


def test_a_block_ends_every_sign_in(session, ada):
    start(session, ada, label="", now=NOON)

    block(session, ada, until=TOMORROW, now=LATER)

    assert open_sign_ins(session, ada.id) == []


def test_signing_out_everywhere_else_keeps_this_sign_in(session, ada):
    start(session, ada, label="elsewhere", now=NOON)
    start(session, ada, label="here", now=LATER)
    here = open_sign_ins(session, ada.id)[0]

    end_sign_ins(session, ada, now=LATER, but=here.id)

    assert [row.label for row in open_sign_ins(session, ada.id)] == ["here"]


def test_a_role_that_does_not_exist_is_refused(session, ada):
    with pytest.raises(InvalidInput):
        set_role(session, ada, "king")

    assert ada.role == "editor"


def test_a_deleted_account_keeps_its_row_and_nothing_personal(session, ada):
    ada.about = "I fly kites."
    start(session, ada, label="Firefox", now=NOON)
    session.commit()

    delete_account(session, ada, now=LATER)
    session.commit()

    row = session.scalars(select(User).where(User.id == ada.id)).one()
    assert (row.name, row.about, row.password_hash, row.deleted_at) == ("", "", None, LATER)
    assert "ada" not in (row.name_key or "")
    assert session.scalars(select(SignIn)).all() == []


def test_a_deleted_accounts_name_cannot_be_taken_up(session, ada):
    delete_account(session, ada, now=LATER)
    session.commit()

    with pytest.raises(InvalidInput, match="taken"):
        create_account(session, name="A.D.A", password=PASSWORD, role="editor", now=TOMORROW)


def test_two_deleted_accounts_do_not_stand_in_each_others_way(session, ada):
    bea = newcomer(session)

    delete_account(session, ada, now=LATER)
    session.commit()
    delete_account(session, bea, now=LATER)
    session.commit()

    assert find_user(session, "Ada") is find_user(session, "Bea") is None
