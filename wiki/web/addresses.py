"""Addresses of this wiki: one spelling of a page, and the way back."""

from functools import lru_cache
from typing import Any
from urllib.parse import quote

from flask import Flask, abort, has_request_context, request
from werkzeug.routing import IntegerConverter, Map

from wiki.errors import PageNotFound
from wiki.text.slugs import TitleError, slugify

LARGEST_NUMBER = 2**31 - 1  # what a column of both databases takes
_PATH_SAFE = "/:@!$&'()*+,;=~-._"


class Number(IntegerConverter):
    """A number in an address; one that no database could look up matches nothing."""

    def __init__(self, map: Map, *args: Any, **more: Any) -> None:
        super().__init__(map, *args, **{"max": LARGEST_NUMBER, **more})


def fold_slug(_endpoint: str | None, values: dict[str, Any] | None) -> None:
    """Any spelling of an address means the page: /w/Case-One is /w/case-one.

    For `Blueprint.url_value_preprocessor`. PageNotFound for what cannot be an address.
    """
    if values and "slug" in values:
        try:
            values["slug"] = slugify(values["slug"])
        except TitleError as problem:
            raise PageNotFound(values["slug"]) from problem


def here() -> str:
    """The path and query of this request, as a browser would send it again."""
    query = request.query_string.decode("latin-1")
    return quote(request.path, safe=_PATH_SAFE) + (f"?{query}" if query else "")


class Addresses:
    """`url_for` of templates: Flask's, without its look at the request for what never differs.

    A page prints thirty addresses, most of them on every page; Flask takes 15 µs for each.
    """

    KEPT = 2_048  # addresses

    def __init__(self, app: Flask) -> None:
        self._app = app
        self._routes = app.url_map.bind("wiki.invalid")  # never printed: paths only
        self._kept = lru_cache(maxsize=self.KEPT, typed=True)(self._path)

    def url_for(self, endpoint: str, **values: Any) -> str:
        """The path of a page of this wiki; anything special is left to Flask."""
        special = endpoint[0] == "." or any(name[0] == "_" for name in values)
        if special or not has_request_context():
            return self._app.url_for(endpoint, **values)
        try:
            path = self._kept(endpoint, **values)
        except TypeError:  # a list among the values
            path = self._path(endpoint, **values)
        mounted: str = request.environ.get("SCRIPT_NAME", "")
        return mounted.rstrip("/") + path

    def _path(self, endpoint: str, /, **values: Any) -> str:
        return self._routes.build(endpoint, values)


def _refuse_nul() -> None:
    """U+0000 is in no address: PostgreSQL cannot keep it and nobody can type it."""
    environ = request.environ
    if "\x00" in environ["PATH_INFO"]:
        abort(404)
    if "%00" in environ.get("QUERY_STRING", ""):
        abort(400)


def install(app: Flask) -> None:
    """Numbers in addresses have a bound; an address with U+0000 leads nowhere."""
    app.url_map.converters["int"] = Number
    app.jinja_env.globals["url_for"] = Addresses(app).url_for
    app.before_request(_refuse_nul)
