"""Static files: bundled, made small, hashed, compressed once, cached by readers for a year."""

import base64
import gzip
import hashlib
import re
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

from flask import Flask, Response, abort, request

from wiki.paths import resource
from wiki.web.compression import brotli, preferred

YEAR = "public, max-age=31536000, immutable"
BUNDLES = "css/bundles.txt"
TYPES = {
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".svg": "image/svg+xml; charset=utf-8",
    ".png": "image/png",
    ".txt": "text/plain; charset=utf-8",
    ".webmanifest": "application/manifest+json",
}
_STRING = r"""("(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*')"""
_STRING_OR_COMMENT = re.compile(_STRING + r"|/\*.*?\*/", re.DOTALL)
_SPACE = re.compile(r"\s+")
_AROUND = re.compile(r"\s*([{};,>])\s*")


@dataclass(frozen=True)
class Asset:
    """One file as it is sent."""

    data: bytes
    packed: bytes  # gzip; empty if it does not pay
    kind: str
    digest: bytes  # SHA-256 of `data`

    @property
    def mark(self) -> str:
        """The part of the address that changes with the content."""
        return self.digest.hex()[:12]

    @property
    def integrity(self) -> str:
        """What a <link> or <script> says of it (W3C Subresource Integrity)."""
        return "sha256-" + base64.b64encode(self.digest).decode()


def small_css(source: str) -> str:
    """The style sheet without comments and needless white space; strings stay as they are."""
    plain: list[str] = [""]
    for part in _STRING_OR_COMMENT.split(source):  # text, string or None for a comment, text, …
        if part is not None and part[:1] in ("'", '"'):
            plain += [part, ""]
        else:
            plain[-1] += part or " "
    for at in range(0, len(plain), 2):
        plain[at] = _AROUND.sub(r"\1", _SPACE.sub(" ", plain[at])).replace(";}", "}")
    return "".join(plain).strip()


def read_bundles(folder: Path) -> dict[str, list[str]]:
    """The bundles: "css/NAME" to the component files it is made of, in order."""
    found: dict[str, list[str]] = {}
    path = folder / BUNDLES
    for line in path.read_text(encoding="utf-8").splitlines() if path.is_file() else []:
        name, colon, files = line.partition(":")
        if colon and not name.startswith("#"):
            found[f"css/{name.strip()}"] = [f"css/{file}" for file in files.split()]
    return found


class Assets:
    """All files of static/, read at the start: a few dozen kilobytes."""

    def __init__(self, folder: Path) -> None:
        bundles = read_bundles(folder)
        inside = {file for files in bundles.values() for file in files}
        self._held: dict[str, Asset] = {}
        for name, files in bundles.items():
            whole = "\n".join((folder / file).read_text(encoding="utf-8") for file in files)
            self._held[name] = _asset(small_css(whole).encode(), ".css")
        for path in sorted(folder.rglob("*")):
            name = path.relative_to(folder).as_posix()
            if path.is_file() and path.suffix in TYPES and name not in inside and name != BUNDLES:
                self._held[name] = _asset(path.read_bytes(), path.suffix)

    def get(self, name: str) -> Asset | None:
        """The file of this name; None if there is none. A name is never a path on the disk."""
        return self._held.get(name)

    def address(self, name: str) -> str:
        """The file's address, which changes with its content. KeyError for an unknown one."""
        stem, dot, suffix = name.rpartition(".")
        return f"/static/{stem}.{self._held[name].mark}{dot}{suffix}"

    def integrity(self, name: str) -> str:
        """The file's integrity attribute. KeyError for an unknown one."""
        return self._held[name].integrity


def _asset(data: bytes, suffix: str) -> Asset:
    packed = b"" if suffix == ".png" else gzip.compress(data, 9, mtime=0)
    if len(packed) >= len(data):
        packed = b""
    return Asset(data, packed, TYPES[suffix], hashlib.sha256(data).digest())


@cache
def shipped() -> Assets:
    """The wiki's own files: the same for all applications of a process, read for the first."""
    return Assets(resource("static"))


def install(app: Flask) -> Assets:
    """Serve the files under /static; `asset` and `integrity` for templates."""
    assets = shipped()
    app.extensions["assets"] = assets
    app.jinja_env.globals.update(asset=assets.address, integrity=assets.integrity)

    @app.get("/static/<path:name>", endpoint="static")
    def static(name: str) -> Response:
        stem, _, suffix = name.rpartition(".")
        plain, _, mark = stem.rpartition(".")
        found = assets.get(f"{plain}.{suffix}")
        if found is not None and mark == found.mark:
            return _sent(found, YEAR)
        found = assets.get(name)
        if found is None:
            abort(404)
        return _sent(found, "public, max-age=3600")

    @app.get("/favicon.ico")
    def favicon() -> Response:
        found = assets.get("img/favicon.svg") or assets.get("img/mark.svg")
        if found is None:
            abort(404)
        return _sent(found, "public, max-age=86400")

    @app.get("/robots.txt")
    def robots() -> Response:
        kept_out = ("edit", "diff/", "export")  # and every passage has an address of its own
        rules = [f"/w/*/{each}" for each in kept_out] + [
            "/w/*@*/words/",
            "/w/*@*/voices/",
            "/search",
        ]
        lines = ["User-agent: *", *(f"Disallow: {rule}" for rule in rules)]
        answer = Response("\n".join([*lines, ""]), mimetype="text/plain")
        answer.headers["Cache-Control"] = "public, max-age=86400"
        return answer

    return assets


@lru_cache(maxsize=64)
def _in_brotli(asset: Asset) -> bytes:
    """Packed when it is first asked for, as small as can be: 0.1 s for the largest file."""
    return brotli(asset.data, quality=11)


def _sent(asset: Asset, cache: str) -> Response:
    form = preferred(("br", "gzip")) if asset.packed else ""
    data = {"": asset.data, "gzip": asset.packed}.get(form) or _in_brotli(asset)
    response = Response(data, content_type=asset.kind)
    if asset.packed:
        response.headers["Vary"] = "Accept-Encoding"
    if form:
        response.headers["Content-Encoding"] = form
    response.headers["Cache-Control"] = cache
    response.set_etag(f"{asset.mark}-{form}" if form else asset.mark, weak=bool(asset.packed))
    response.make_conditional(request)
    return response
