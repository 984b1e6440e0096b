"""Short names of pages: made for new ones, and found for what somebody typed instead of one."""

import re
import secrets
import unicodedata
from collections.abc import Sequence
from urllib.parse import unquote, urlsplit

from wiki.cases.forms import Values
from wiki.cases.queries import holder_of
from wiki.cases.rules import SCHEMAS
from wiki.cases.schema import Field
from wiki.cases.service import key_of
from wiki.errors import WikiError
from wiki.pages.models import Page
from wiki.pages.queries import readable_page
from wiki.pages.service import text_of
from wiki.text import front_matter
from wiki.text.front_matter import FrontMatterError
from wiki.text.slugs import TitleError, slugify
from wiki.web.database import db_session
from wiki.web.login import current_viewer

TITLE_LENGTH = 90  # characters
LONGEST = 60  # characters of a short name that the wiki makes
LOOKED_UP = 20  # names that one form may ask for
_KEY = re.compile(r"[cl]-[A-Za-z0-9_-]+")


def key_for(kind: str, title: str) -> str:
    """A short name for a new page that no other page has or had: c-when-the-money-was-cut."""
    plain = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode().lower()
    words = "-".join(re.findall(r"[a-z0-9]+", plain))[:LONGEST].strip("-")
    key = f"{kind[0]}-{words}" if words else f"{kind[0]}-{secrets.token_hex(4)}"
    if holder_of(db_session(), key) is not None:
        key = f"{key}-{secrets.token_hex(2)}"
    return key


def title_of(claim: str) -> str:
    """A title to begin a lesson with: its sentence, cut at a word."""
    words = " ".join(claim.split())
    if len(words) <= TITLE_LENGTH:
        return words.rstrip(".")
    return words[: TITLE_LENGTH - 1].rpartition(" ")[0].rstrip(" ,;:.") + "…"


def key_of_page(page: Page) -> str:
    """The short name of a case or lesson that the viewer may read."""
    try:
        fields = front_matter.read(text_of(db_session(), page, page.head_number)).fields
    except FrontMatterError:
        fields = {}
    return key_of(page, fields)


def resolved(asked: Sequence[Field], sent: Values) -> dict[str, list[str]]:
    """What was sent, with a page's title or address turned into its short name."""
    found = {name: list(values) for name, values in sent.items()}
    left = LOOKED_UP
    for name in list(found):
        if not _names_pages(asked, name):
            continue
        for place, typed in enumerate(found[name]):
            if typed.strip() and not _KEY.fullmatch(typed.strip()) and left:
                left -= 1
                found[name][place] = _looked_up(typed.strip()) or typed
    return found


def _names_pages(asked: Sequence[Field], name: str) -> bool:
    parts = [part for part in name.split(".") if not part.isdigit()]
    return any(named_kind(known, parts) for known in asked)


def named_kind(known: Field, path: Sequence[str]) -> str:
    """Of which kind the pages are that the field at `path` names: case, lesson, any; "": none."""
    if path[0] != known.name or len(path) > 2:
        return ""
    if known.kind == "keys":
        return "lesson" if known.name == "lessons" else "case"
    inner = next((f for f in known.inside if path[1:] == [f.name] and f.kind == "key"), None)
    if inner is None:
        return ""
    if known.name == "related":
        return "any"
    return inner.name if inner.name in SCHEMAS else ""


def _looked_up(typed: str) -> str:
    """The short name of the page with this title or address; "" if there is none."""
    path = unquote(urlsplit(typed).path) if "/w/" in typed else typed
    try:
        slug = slugify(path.partition("/w/")[2] or path)
        page = readable_page(db_session(), slug.partition("@")[0], current_viewer())
    except (TitleError, WikiError, ValueError):
        return ""
    return key_of_page(page) if page.kind in SCHEMAS else ""
