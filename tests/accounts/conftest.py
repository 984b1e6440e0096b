"""One account, with the password that tests know."""

import pytest

from tests.clock import NOON
from wiki.accounts.service import create_account

PASSWORD = "three green kites"


@pytest.fixture
def ada(session):
    """An editor, saved."""
    user = create_account(session, name="Ada", password=PASSWORD, role="editor", now=NOON)
    session.commit()
    return user
