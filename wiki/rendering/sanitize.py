"""What HTML may stand in a page: the only module that knows the two sanitisers.

`first_pass` (bleach) takes whatever the Markdown parser made of what somebody typed and also
links bare addresses. bleach is no longer maintained, so `last_word` (nh3) cleans the finished
page again: nothing reaches a reader that nh3 has not written. Both lists forbid scripts,
styles, forms, frames, foreign pictures and every id that is not ours (an id like `forms` would
shadow properties of the document), so that a page is safe without any CSP.
"""

from __future__ import annotations

import re
from functools import partial
from urllib.parse import urlsplit

import nh3
from bleach.linkifier import LinkifyFilter
from bleach.sanitizer import Cleaner

from wiki.rendering import voice_slots
from wiki.rendering.plain_markup import stretches

_TAG_NAMES = (
    "a abbr b bdi bdo blockquote br caption cite code dd del details dfn div dl dt em"
    " figcaption figure h1 h2 h3 h4 h5 h6 hr i img ins kbd li mark ol p pre q rp rt ruby s samp"
    " small span strong sub summary sup table tbody td tfoot th thead tr u ul var wbr"
)
_TAGS = frozenset(_TAG_NAMES.split())
_SCHEMES = frozenset({"http", "https", "mailto"})
_EVERYWHERE = frozenset({"class", "dir", "id", "lang", "title"})
_TYPED: dict[str, frozenset[str]] = {
    "a": frozenset({"data-slug", "href"}),
    "details": frozenset({"open"}),
    "div": frozenset(
        {"data-ask", "data-by", "data-from", "data-list", "data-machine", "data-mode"}
        | {"data-reviewed"}
    ),
    "img": frozenset({"alt", "height", "src", "width"}),
    "li": frozenset({"value"}),
    "ol": frozenset({"reversed", "start", "type"}),
    "td": frozenset({"align", "colspan", "rowspan"}),
    "th": frozenset({"align", "colspan", "rowspan", "scope"}),
}
_MADE: dict[str, frozenset[str]] = {
    **_TYPED,
    "a": _TYPED["a"] | {"aria-label", "rel"},
    "div": _TYPED["div"] | {"aria-label", "role", "tabindex"},
    "img": _TYPED["img"] | {"loading"},
    "span": frozenset({"aria-hidden"}),
    "td": frozenset({"colspan", "rowspan"}),
    "th": frozenset({"colspan", "rowspan", "scope"}),
}
_TYPED_CLASSES = frozenset(
    {"footnote", "footnote-backref", "footnote-ref", "live-list", "live-slot", "task", "task-done"}
    | {"voice-passage", "voice-slot", "wiki-link"}
)
_ADDED_NAMES = (
    "align-center align-left align-right footnotes heading heading-link remote-image"
    " table-scroll task-mark visually-hidden"
)
_MADE_CLASSES = _TYPED_CLASSES.union(_ADDED_NAMES.split())
_LANGUAGE_CLASS = re.compile(r"language-[A-Za-z0-9+#._-]{1,30}")
_OWN_ID = re.compile(r"(?:h|fn|fnref[0-9]*)-[^\s\"'<>&`=]{1,200}")
_OWN_PICTURE = re.compile(r"/media/(?!.*\.\.)[\w./-]{1,300}", re.ASCII)
# Without a known scheme nothing that could be read as one: no colon before `/`, `?` or `#`.
_ADDRESS = re.compile(r"https?://|mailto:|[^:/?#]*(?:[/?#]|\Z)", re.IGNORECASE)
_SMALL_NUMBER = re.compile(r"[0-9]{1,4}")
_SPAN = re.compile(r"[1-9][0-9]?")
_VALUES: dict[str, re.Pattern[str]] = {
    "align": re.compile(r"left|center|right"),
    "aria-hidden": re.compile(r"true"),
    "colspan": _SPAN,
    "data-ask": re.compile(r"[\w.~%+&;=*-]{0,800}", re.ASCII),
    "data-by": voice_slots.KEY,
    "data-from": voice_slots.LANGUAGE,
    "data-list": re.compile(r"cases|lessons"),
    "data-machine": voice_slots.ANSWER,
    "data-mode": voice_slots.MODE,
    "data-reviewed": voice_slots.ANSWER,
    "dir": re.compile(r"ltr|rtl|auto"),
    "height": _SMALL_NUMBER,
    "id": _OWN_ID,
    "lang": re.compile(r"[A-Za-z0-9-]{1,35}"),
    "loading": re.compile(r"lazy"),
    "rel": re.compile(r"nofollow noopener ugc"),
    "role": re.compile(r"region"),
    "rowspan": _SPAN,
    "scope": re.compile(r"col|row"),
    "start": re.compile(r"-?[0-9]{1,9}"),
    "tabindex": re.compile(r"0"),
    "type": re.compile(r"[1aAiI]"),
    "value": re.compile(r"-?[0-9]{1,9}"),
    "width": _SMALL_NUMBER,
}
# Only with its scheme: `README.md` and `setup.py` are names of files, though also of domains.
# Not behind a letter or a slash: half of `seehttp://http://a.example` is nobody's address.
_SIGN = r"[^\s<>\"'`\[\]{}|\\^()]"
_BARE_ADDRESS = re.compile(
    rf"(?<![\w/])https?://{_SIGN}{{1,2000}}(?:\({_SIGN}*\){_SIGN}*)*", re.IGNORECASE
)


def is_own_picture(address: str) -> bool:
    """Say whether `address` is an attachment of this wiki; no other picture is ever shown."""
    return _OWN_PICTURE.fullmatch(address) is not None


def is_foreign(address: str) -> bool:
    """Say whether following `address` leaves this wiki; an unreadable one counts as foreign."""
    try:
        return bool(urlsplit(address).netloc) or address.startswith(("//", "\\", "/\\"))
    except ValueError:
        return True


def first_pass(html: str) -> str:
    """Return `html` without anything a person may not type, bare addresses linked.

    bleach sees what holds anything but plain prose (`plain_markup`); that alone is the same as
    giving it the whole page. Cost: about 0.3 s a megabyte of prose, 1.3 s of anything else;
    balanced output.
    """
    cleaner = _first_cleaner()
    return "".join(
        stretch if plain else cleaner.clean(stretch) for stretch, plain in stretches(html, _TAGS)
    )


def last_word(html: str) -> str:
    """Return the finished page as it may be shown. Cost: about 50 ms a megabyte."""
    return _LAST.clean(html)


def _first_cleaner() -> Cleaner:
    return Cleaner(  # not safe to share between threads
        tags=_TAGS,
        attributes=_may_be_typed,
        protocols=_SCHEMES,
        strip=True,
        filters=[
            partial(
                LinkifyFilter,
                callbacks=[],
                skip_tags={"pre", "code"},
                parse_email=False,
                url_re=_BARE_ADDRESS,
            )
        ],
    )


def _may_be_typed(tag: str, name: str, value: str) -> bool:
    if name not in _EVERYWHERE and name not in _TYPED.get(tag, frozenset()):
        return False
    if name == "class":
        return _allowed_classes(value, _TYPED_CLASSES) == value
    pattern = _VALUES.get(name)
    return pattern is None or pattern.fullmatch(value) is not None


def _last_filter(tag: str, name: str, value: str) -> str | None:
    if name == "class":
        return _allowed_classes(value, _MADE_CLASSES) or None
    if name == "src":
        return value if is_own_picture(value) else None
    if name == "href":
        return value if _ADDRESS.match("".join(value.split())) else None
    pattern = _VALUES.get(name)
    return value if pattern is None or pattern.fullmatch(value) else None


def _allowed_classes(value: str, allowed: frozenset[str]) -> str:
    return " ".join(c for c in value.split() if c in allowed or _LANGUAGE_CLASS.fullmatch(c))


_LAST = nh3.Cleaner(
    tags=set(_TAGS),
    attributes={"*": set(_EVERYWHERE), **{tag: set(names) for tag, names in _MADE.items()}},
    attribute_filter=_last_filter,
    url_schemes=set(_SCHEMES),
    link_rel=None,
)
