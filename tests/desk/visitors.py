"""Visitors of the wiki through HTTP: each with a browser of their own, signed in or not."""

import re
from datetime import UTC, datetime
from html import unescape

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from wiki.accounts.models import User
from wiki.accounts.signing_in import start

TOKEN = re.compile(r'name="csrf_token" value="([^"]+)"')


class Visitor:
    """A browser that fetches a form before it sends it, as a person does."""

    def __init__(self, client: FlaskClient) -> None:
        self.client = client

    def get(self, address: str) -> TestResponse:
        """Fetch one address; redirects are not followed."""
        return self.client.get(address)

    def send(self, address: str, **fields: object) -> TestResponse:
        """Fetch the form at this address and send it to the address it names, with its token."""
        form = self.get(address)
        token = TOKEN.search(form.text)
        assert token is not None, f"no form at {address}: {form.status}"
        return self.client.post(address, data={**fields, "csrf_token": unescape(token[1])})


def visitor(app: Flask, session: Session, user: User | None = None) -> Visitor:
    """Somebody's browser; nobody's without a user."""
    client = app.test_client()
    if user is not None:
        secret = start(session, user, label="Test", now=datetime.now(UTC))
        session.commit()
        client.set_cookie("sign-in", secret)
    return Visitor(client)
