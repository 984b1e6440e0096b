"""Behind TLS, cookies insist on it; who the client is, only trusted proxies say."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from flask import Flask, request
from werkzeug.test import TestResponse

from tests.journeys.browser import PASSWORD, Person, forms_of
from wiki.app import create_app
from wiki.settings import Settings

SECURE = "https://wiki.example"


@pytest.fixture
def wiki(settings: Settings, app: Flask) -> Callable[..., Flask]:
    """The same wiki with other settings."""

    def made(**more: object) -> Flask:
        parts = {name: app.extensions[name] for name in ("search", "renderer")}
        other = create_app(replace(settings, **more), **parts)  # type: ignore[arg-type]  # by name
        other.extensions["sessions"].kw["bind"].dispose()
        other.extensions["sessions"] = app.extensions["sessions"]
        return other

    return made


def cookies_of(answer: TestResponse) -> list[str]:
    return answer.headers.getlist("Set-Cookie")


def test_behind_tls_every_cookie_is_secure_and_of_this_host_alone(wiki, app: Flask):
    Person(app, "Ada")
    client = wiki(https=True).test_client()
    form = client.get("/sign-in", base_url=SECURE)
    fields = next(f.fields for f in forms_of(form.text) if "password" in f.fields)

    answer = client.post(
        "/sign-in", base_url=SECURE, data={**fields, "name": "Ada", "password": PASSWORD}
    )

    assert answer.status_code == 303
    given = cookies_of(form) + cookies_of(answer)
    assert len(given) >= 3
    for cookie in given:
        assert cookie.startswith("__Host-"), cookie
        for flag in ("Secure", "HttpOnly", "SameSite=Lax", "Path=/"):
            assert flag in cookie, cookie
        assert "Domain" not in cookie


def test_behind_tls_browsers_are_told_to_come_back_encrypted(wiki):
    said = wiki(https=True).test_client().get("/nowhere").headers["Strict-Transport-Security"]

    assert said == "max-age=31536000; includeSubDomains"


@pytest.mark.parametrize(
    ("proxies", "believed"), [(0, "127.0.0.1"), (1, "203.0.113.9"), (2, "198.51.100.7")]
)
def test_only_trusted_proxies_say_who_the_client_is(wiki, proxies: int, believed: str):
    served = wiki(proxies=proxies)

    @served.get("/who", endpoint="who")
    def who() -> str:
        return request.remote_addr or ""

    chain = {"X-Forwarded-For": "192.0.2.1, 198.51.100.7, 203.0.113.9"}
    assert served.test_client().get("/who", headers=chain).text == believed


def test_behind_a_proxy_cookies_insist_on_tls(wiki):
    served = wiki(proxies=1)

    assert served.config["SESSION_COOKIE_SECURE"] is True
    assert served.config["SESSION_COOKIE_NAME"].startswith("__Host-")
