"""A small browser for what needs a person: cookies, forms, signing in, saving."""

import html
import http.client
import re
import time
from collections.abc import Mapping
from dataclasses import dataclass
from email.message import Message
from urllib.parse import urlencode

from bench.load import HOST, PATIENCE, Unexpected

FORM = re.compile(r'<form\b[^>]*\bmethod="post".*?</form>', re.S)
ACTION = re.compile(r'<form\b[^>]*\baction="([^"]*)"')
INPUT = re.compile(r"<input\b[^>]*>")
AREA = re.compile(r'<textarea\b[^>]*\bname="([^"]+)"[^>]*>\n?(.*?)</textarea>', re.S)
ATTRIBUTE = re.compile(r'\b(name|value|type)="([^"]*)"')


@dataclass(frozen=True)
class Answer:
    """One answer of the server."""

    status: int
    headers: Message  # asked for in any case
    body: bytes

    @property
    def text(self) -> str:
        """The body as text."""
        return self.body.decode()


@dataclass(frozen=True)
class Saved:
    """One form opened and sent: seconds until each was answered."""

    form: float
    save: float


def forms(page: str) -> dict[str, dict[str, str]]:
    """Address and fields of each form that is sent by POST; boxes that are ticked stay out."""
    found = {}
    for form in FORM.findall(page):
        fields = {}
        for tag in INPUT.findall(form):
            has = dict(ATTRIBUTE.findall(tag))
            if "name" in has and has.get("type") not in ("checkbox", "radio", "submit"):
                fields[has["name"]] = html.unescape(has.get("value", ""))
        for name, text in AREA.findall(form):
            fields[name] = html.unescape(text)
        action = ACTION.search(form)
        found[html.unescape(action[1]) if action else ""] = fields
    return found


class Browser:
    """One person at one kept-alive connection."""

    def __init__(self, port: int) -> None:
        self._connection = http.client.HTTPConnection(HOST, port, timeout=PATIENCE)
        self._cookies: dict[str, str] = {}

    def close(self) -> None:
        """Let the connection go."""
        self._connection.close()

    @property
    def headers(self) -> dict[str, str]:
        """What tells the server who asks, for another connection."""
        said = "; ".join(f"{name}={value}" for name, value in self._cookies.items())
        return {"Cookie": said} if said else {}

    def get(self, path: str, *, gzip: bool = False) -> Answer:
        """The answer, whatever its status."""
        return self._ask("GET", path, None, {"Accept-Encoding": "gzip"} if gzip else {})

    def post(self, path: str, fields: Mapping[str, str]) -> Answer:
        """Send a form."""
        kind = {"Content-Type": "application/x-www-form-urlencoded"}
        return self._ask("POST", path, urlencode(fields).encode(), kind)

    def _ask(
        self, method: str, path: str, body: bytes | None, headers: Mapping[str, str]
    ) -> Answer:
        self._connection.request(method, path, body, {**self.headers, **headers})
        response = self._connection.getresponse()
        read = response.read()
        for cookie in response.headers.get_all("Set-Cookie") or ():
            name, _, value = cookie.partition(";")[0].partition("=")
            self._cookies[name] = value
        return Answer(response.status, response.headers, read)

    def sign_in(self, name: str, password: str, path: str = "/sign-in") -> None:
        """Unexpected if the account is not let in."""
        for action, fields in forms(self.get(path).text).items():
            if "password" in fields:
                answer = self.post(action or path, fields | {"name": name, "password": password})
                if answer.status == 303:
                    return
                raise Unexpected(f"signing in was answered {answer.status}")
        raise Unexpected(f"{path} has no form with a password")

    def edit(self, slug: str, text: str) -> Saved:
        """Open the form of a page and save another text. Unexpected unless it is accepted."""
        path = f"/w/{slug}/edit"
        began = time.perf_counter()
        page = self.get(path)
        opened = time.perf_counter()
        fields = forms(page.text).get(path)
        if page.status != 200 or fields is None:
            raise Unexpected(f"{path} was answered {page.status} without its form")
        fields |= {"text": text, "action": "save"}
        sent = time.perf_counter()
        answer = self.post(path, fields)
        if answer.status != 303:
            raise Unexpected(f"the save of {slug} was answered {answer.status}")
        return Saved(opened - began, time.perf_counter() - sent)
