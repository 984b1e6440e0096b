"""Sending the stored anonymous page: what it depends on, its bytes, its headers."""

import gzip
import hashlib
from datetime import datetime
from functools import lru_cache

from flask import Response, current_app, request
from sqlalchemy.exc import OperationalError

from wiki.pageview.stored import Found, Shelf, keep
from wiki.paths import resource
from wiki.rendering.version import RENDERER_VERSION
from wiki.settings import Settings
from wiki.web.compression import brotli, preferred
from wiki.web.database import db_session, now

LEVEL = 9  # compressed once, sent often
KEPT_FORMS = ("br", "gzip")  # the first is preferred where a reader takes both alike
TAGS = {"br": "-br", "gzip": "", "": "-id"}  # the end of the ETag by encoding
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
    """What is stored for this address and variant, in the encoding that this reader prefers."""
    shelf: Shelf | None = current_app.extensions.get("shelf")
    if shelf is None:
        shelf = Shelf(current_app.extensions["sessions"].kw["bind"])
        current_app.extensions["shelf"] = shelf
    return shelf.find(slug, variant, stamp_now(language), _stored_form(), now())


def _stored_form() -> str:
    """br or gzip: what is taken out of the shelf, unpacked for a reader that takes neither."""
    return "br" if preferred(KEPT_FORMS) == "br" else "gzip"


def store(found: Found, variant: str, html: str, ends: datetime | None) -> Found:
    """Keep the page compressed, until `ends` if something it says is over then by itself. A
    database that is busy or read-only only costs the copy."""
    data = html.encode()
    packed = {"gzip": gzip.compress(data, LEVEL, mtime=0), "br": brotli(data)}
    etag = hashlib.sha256(data).hexdigest()[:24]
    made = Found(found.page_id, found.stamp, etag, packed[_stored_form()])
    session = db_session()
    try:
        keep(session, made, variant, packed, ends)
        session.commit()
    except OperationalError:
        session.rollback()
    return made


def send(found: Found) -> Response:
    """The stored bytes as they are, or 304; unpacked for the rare reader that takes neither form.

    Each form has an ETag of its own; a reader who has the page in any of them has this page.
    Cost: 12 µs; most visits end here, so the headers are made in one go.
    """
    form = preferred(KEPT_FORMS)
    headers = [
        ("Content-Type", "text/html; charset=utf-8"),
        ("ETag", f'W/"{found.etag}{TAGS[form]}"'),
        ("Cache-Control", CACHE),
        ("Vary", VARY),
    ]
    if "HTTP_IF_NONE_MATCH" in request.environ:
        has = request.if_none_match
        if any(has.contains_weak(found.etag + tag) for tag in TAGS.values()):
            return Response(status=304, headers=headers[1:])
    if form == "":
        return Response(gzip.decompress(found.body), headers=headers)
    headers.append(("Content-Encoding", form))
    return Response(found.body, headers=headers)
