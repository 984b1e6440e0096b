"""A person at a running server: keeps cookies, fills in the forms it finds there."""

import http.client
from http.cookies import SimpleCookie
from urllib.parse import urlencode

from tests.journeys.browser import Form, forms_of


class Visitor:
    """Somebody who asks a server on 127.0.0.1, a connection a request."""

    def __init__(self, port: int) -> None:
        self.port = port
        self._cookies: dict[str, str] = {}

    @property
    def cookie(self) -> str:
        """The header with what the server has given so far."""
        return "; ".join(f"{name}={value}" for name, value in self._cookies.items())

    def ask(self, method: str, path: str, body: str = "") -> tuple[int, str]:
        """One request: status and text of the answer. OSError if nobody answers."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        headers = {"Cookie": self.cookie} if self._cookies else {}
        if body:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        try:
            connection.request(method, path, body or None, headers)
            answer = connection.getresponse()
            for given in answer.headers.get_all("Set-Cookie", []):
                self._cookies |= {name: m.value for name, m in SimpleCookie(given).items()}
            return answer.status, answer.read().decode()
        finally:
            connection.close()

    def form(self, path: str, holding: str) -> Form:
        """The form of a page that has this field."""
        status, html = self.ask("GET", path)
        found = next((form for form in forms_of(html) if holding in form.fields), None)
        assert found is not None, f"{path} answered {status} without {holding}"
        found.action = found.action or path
        return found

    def fill(self, path: str, holding: str, **typed: str) -> tuple[int, str]:
        """Open a page and send its form."""
        form = self.form(path, holding)
        return self.ask("POST", form.action, urlencode({**form.fields, **typed}))
