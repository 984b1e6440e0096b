"""Headers of every answer: of pages, files, errors, and of what never reaches a view."""

from urllib.parse import urlsplit

from wiki.web.headers import ALWAYS


def test_every_answer_has_the_headers_once(client):
    for path in ("/", "/sign-in", "/nowhere", "/account", "/static/css/read.css", "/robots.txt"):
        answer = client.get(path)
        for name, value in ALWAYS.items():
            assert answer.headers.getlist(name) == [value], (path, name)


def test_no_script_or_style_may_stand_in_a_page():
    policy = ALWAYS["Content-Security-Policy"]

    assert policy.startswith("default-src 'none'")
    assert "unsafe" not in policy


def test_a_method_that_nobody_needs_is_refused_with_the_headers(client):
    for method in ("TRACE", "PUT", "DELETE", "PATCH", "CONNECT", "PROPFIND"):
        answer = client.open("/", method=method)

        assert answer.status_code == 405, method
        assert answer.headers["X-Content-Type-Options"] == "nosniff"


def test_a_plain_wiki_does_not_insist_on_tls(client):
    assert "Strict-Transport-Security" not in client.get("/").headers


def test_an_anonymous_reader_keeps_a_page_and_is_told_when_it_is_the_same(client):
    first = client.get("/pages")
    again = client.get("/pages", headers={"If-None-Match": first.headers["ETag"]})

    assert first.headers["Cache-Control"] == "private, no-cache"
    assert (again.status_code, again.data) == (304, b"")
    assert again.headers["Content-Security-Policy"] == ALWAYS["Content-Security-Policy"]


def test_a_form_and_an_error_are_kept_by_nobody(client):
    for path in ("/sign-in", "/sign-in", "/nowhere"):  # the second form has its cookie already
        assert client.get(path).headers["Cache-Control"] == "private, no-store"


def test_reading_sets_no_cookie(client):
    for path in ("/", "/pages", "/recent", "/decisions", "/search?q=kites", "/nowhere"):
        assert client.get(path).headers.getlist("Set-Cookie") == [], path


def test_no_answer_names_the_host_that_the_client_named(client):
    named = {"Host": "evil.invalid", "X-Forwarded-Host": "evil.invalid"}
    for path in ("", "/", "//evil.invalid/x", "/w//evil.invalid/", "/account", "/sign-in"):
        answer = client.get("/", headers=named, environ_overrides={"PATH_INFO": path})
        location = answer.headers.get("Location", "/")

        assert (urlsplit(location).netloc, location[:2] == "//") == ("", False), path
        assert "evil.invalid" not in answer.text.replace("//evil.invalid", ""), path
