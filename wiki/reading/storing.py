"""Sending the stored anonymous page: what it depends on, its bytes, its headers."""

import gzip
import hashlib
from functools import lru_cache

from flask import Response, current_app, request
from sqlalchemy.exc import OperationalError

from wiki.pageview.stored import Found, Shelf, keep
from wiki.paths import resource
from wiki.rendering.version import RENDERER_VERSION
from wiki.settings import Settings
from wiki.web.compression import takes_gzip
from wiki.web.database import db_session

LEVEL = 9  # compressed once, sent often
VARY = "Accept-Encoding, Accept-Language, Cookie"
CACHE = "public, no-cache"  # kept by readers and proxies, asked again each time: 304 is small


@lru_cache(maxsize=8)
def site_stamp(site_name: str, licence: str, language: str) -> str:
    """Everything a page's bytes depend on beside the page: templates, styles, renderer, language.

    Cost: reads templates/, static/ and the vocabularies once a process and language.
    """
    seen = hashlib.sha256(f"{RENDERER_VERSION}\0{site_name}\0{licence}\0{language}".encode())
    for folder in (resource("templates"), resource("static"), resource("content") / "vocab"):
        for path in sorted(folder.rglob("*")):
            if path.is_file():
                seen.update(path.name.encode() + path.read_bytes())
    return seen.hexdigest()[:16]


def stamp_now(language: str) -> str:
    """The site's stamp for a reader of this language."""
    settings: Settings = current_app.extensions["settings"]
    return site_stamp(settings.site_name, settings.licence, language)


def find(slug: str, variant: str, language: str) -> Found | None:
    """What is stored for this address and variant, looked up on the app's one shelf."""
    shelf: Shelf | None = current_app.extensions.get("shelf")
    if shelf is None:
        shelf = Shelf(current_app.extensions["sessions"].kw["bind"])
        current_app.extensions["shelf"] = shelf
    return shelf.find(slug, variant, stamp_now(language))


def store(found: Found, variant: str, html: str) -> Found:
    """Keep the page compressed. A database that is busy or read-only only costs the copy."""
    body = gzip.compress(html.encode(), LEVEL, mtime=0)
    session = db_session()
    try:
        kept = keep(session, found, variant, body)
        session.commit()
        return kept
    except OperationalError:
        session.rollback()
        etag = hashlib.sha256(body).hexdigest()[:24]
        return Found(found.page_id, found.stamp, etag, body)


def send(found: Found) -> Response:
    """The stored bytes as they are, or 304; unpacked for the rare reader that takes no gzip.

    Cost: 12 µs; most visits end here, so the headers are made in one go.
    """
    headers = [
        ("Content-Type", "text/html; charset=utf-8"),
        ("ETag", f'W/"{found.etag}"'),
        ("Cache-Control", CACHE),
        ("Vary", VARY),
    ]
    has_it = "HTTP_IF_NONE_MATCH" in request.environ
    if has_it and request.if_none_match.contains_weak(found.etag):
        return Response(status=304, headers=headers[1:])
    if takes_gzip():
        headers.append(("Content-Encoding", "gzip"))
        return Response(found.body, headers=headers)
    return Response(gzip.decompress(found.body), headers=headers)
