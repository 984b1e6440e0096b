"""Recovery codes: ten, each once, for one account."""

import pytest
from sqlalchemy import select

from tests.accounts.conftest import PASSWORD
from tests.clock import LATER, NOON, TOMORROW
from wiki.accounts.codes import CODES, new_recovery_codes, one_code, recover
from wiki.accounts.models import RecoveryCode
from wiki.accounts.passwords import matches
from wiki.accounts.queries import open_sign_ins
from wiki.accounts.service import create_account
from wiki.accounts.signing_in import start
from wiki.errors import InvalidInput

NEW = "seven calm rivers"


@pytest.fixture
def codes(session, ada):
    found = new_recovery_codes(session, ada, now=NOON)
    session.commit()
    return found


def come_back(session, code, name="Ada", password=NEW):
    user = recover(session, name=name, code=code, password=password, now=LATER)
    session.commit()
    return user


def test_there_are_ten_codes_and_none_is_kept_as_it_is(session, codes):
    assert len(set(codes)) == CODES == 10
    kept = session.scalars(select(RecoveryCode.code_hash)).all()
    assert len(kept) == CODES
    assert not {code.encode() for code in codes} & set(kept)


def test_a_code_sets_a_new_password_and_ends_every_sign_in(session, ada, codes):
    start(session, ada, label="a thief", now=NOON)
    session.commit()

    user = come_back(session, codes[3])

    assert matches(user.password_hash, NEW)
    assert not matches(user.password_hash, PASSWORD)
    assert open_sign_ins(session, ada.id) == []


def test_a_code_works_once(session, codes):
    come_back(session, codes[0])

    with pytest.raises(InvalidInput):
        come_back(session, codes[0])
    assert come_back(session, codes[1]) is not None


def test_capitals_and_spaces_in_a_code_do_not_matter(session, codes):
    assert come_back(session, f" {codes[0].upper()} ") is not None


def test_a_weak_password_does_not_spend_the_code(session, codes):
    with pytest.raises(InvalidInput) as refused:
        come_back(session, codes[0], password="short")
    session.rollback()

    assert refused.value.field == "new_password"
    assert come_back(session, codes[0]) is not None


def test_a_code_of_somebody_else_gets_the_message_of_a_made_up_name(session, codes):
    create_account(session, name="Bea", password=PASSWORD, role="editor", now=NOON)
    session.commit()
    messages = set()
    for name, code in (("Bea", codes[0]), ("Nobody", codes[0]), ("Ada", "aaaa-bbbb-cccc-dddd")):
        with pytest.raises(InvalidInput) as refused:
            come_back(session, code, name)
        messages.add((refused.value.field, str(refused.value)))

    assert len(messages) == 1


def test_new_codes_end_the_old_ones(session, ada, codes):
    new = new_recovery_codes(session, ada, now=TOMORROW)
    session.commit()

    with pytest.raises(InvalidInput):
        come_back(session, codes[0])
    assert come_back(session, new[0]) is not None


def test_the_operators_code_leaves_the_others_alone(session, ada, codes):
    extra = one_code(session, ada, now=NOON)
    session.commit()

    assert come_back(session, extra) is not None
    assert come_back(session, codes[0]) is not None
