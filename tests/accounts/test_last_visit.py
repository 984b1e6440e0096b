"""When somebody was last here is known to the hour, and reading never fails for it."""

from datetime import timedelta

import pytest
from flask import Flask, g
from sqlalchemy import select

from tests.clock import HOUR, MINUTE, NOON
from wiki.accounts.models import SignIn
from wiki.accounts.signing_in import start
from wiki.db import begin_writing
from wiki.web.login import current_viewer


@pytest.fixture
def visit(app: Flask, session, ada):
    """Ada's browser asks for a page at a moment; returns whom the wiki saw."""
    secret = start(session, ada, label="", now=NOON)
    session.commit()

    def visit(at):
        with app.test_request_context("/", headers={"Cookie": f"sign-in={secret}"}):
            g.now = at
            return current_viewer().name

    return visit


def seen(session):
    session.rollback()
    return session.scalars(select(SignIn.seen_at)).one()


def test_a_visit_within_the_hour_writes_nothing(session, visit):
    assert visit(NOON + 59 * MINUTE) == "Ada"
    assert seen(session) == NOON


def test_a_visit_after_an_hour_is_written(session, visit):
    assert visit(NOON + HOUR) == "Ada"
    assert seen(session) == NOON + HOUR


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)  # the other locks rows only
def test_reading_goes_on_while_somebody_saves_for_long(app: Flask, session, visit):
    bind = app.extensions["sessions"].kw["bind"]
    with bind.connect() as connection:
        connection.exec_driver_sql("PRAGMA busy_timeout=50")
    begin_writing(session)

    assert visit(NOON + HOUR) == "Ada"
    assert seen(session) == NOON


def test_a_sign_in_ends_where_the_settings_say(session, visit):
    assert visit(NOON + timedelta(days=13)) == "Ada"
    assert visit(NOON + timedelta(days=28)) == ""
