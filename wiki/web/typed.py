"""What somebody typed and must not lose: kept over an error, a stale form, a sign-in that ended.

It goes back to the browser that sent it and is stored nowhere.
"""

import json
from dataclasses import dataclass, field

from flask import request
from werkzeug.exceptions import HTTPException

from wiki.web.addresses import here
from wiki.web.redirects import safe_next

LONG = ("facts", "text", "body", "about", "reason")  # fields worth showing
SECRETS = ("password", "new_password", "code")  # never sent back, asked for again
NOT_KEPT = frozenset({"csrf_token", *SECRETS})
FIELDS = 1_000  # of one form; a long table of decisions has some hundreds


@dataclass(frozen=True)
class Kept:
    """A form that was sent and not taken: where to, its fields, and which secrets it had."""

    address: str
    fields: list[tuple[str, str]]
    secrets: list[str] = field(default_factory=list)


def typed_text() -> str:
    """The long texts that were sent with this request; "" if there are none to be read."""
    if request.method != "POST":
        return ""
    try:
        return "\n\n".join(request.form[name] for name in LONG if request.form.get(name))
    except HTTPException:
        return ""  # the form itself was what could not be read


def typed_form() -> Kept:
    """The form of this request, to be sent once more."""
    fields = [pair for pair in request.form.items(multi=True) if pair[0] not in NOT_KEPT]
    secrets = [name for name in SECRETS if name in request.form]
    return Kept(safe_next(here()), fields[:FIELDS], secrets)


def pack(kept: Kept) -> str:
    """The form as the value of one hidden field."""
    return json.dumps([kept.address, kept.fields], ensure_ascii=False, separators=(",", ":"))


def unpack(packed: str) -> Kept | None:
    """What `pack` made; None for anything else. The address is checked again."""
    try:
        address, fields = json.loads(packed)
        pairs = [(str(name), str(value)) for name, value in fields][:FIELDS]
        return Kept(safe_next(str(address)), [pair for pair in pairs if pair[0] not in NOT_KEPT])
    except (ValueError, TypeError, RecursionError):
        return None
