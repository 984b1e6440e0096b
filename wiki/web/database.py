"""One database session a request, opened when it is first asked for."""

from datetime import UTC, datetime

from flask import Flask, current_app, g
from sqlalchemy.orm import Session


def db_session() -> Session:
    """The request's session. Nothing is opened for a request that never asks."""
    if "db_session" not in g:
        g.db_session = current_app.extensions["sessions"]()
    found: Session = g.db_session
    return found


def now() -> datetime:
    """The moment of the request, aware UTC: the same for everything it does."""
    if "now" not in g:
        g.now = datetime.now(UTC)
    found: datetime = g.now
    return found


def install(app: Flask) -> None:
    """End each request's session; what was not committed is rolled back."""

    @app.teardown_appcontext
    def close(_error: BaseException | None) -> None:
        session = g.pop("db_session", None)
        if session is not None:
            session.close()
