"""The desk's lists: what changed, what is in force, what was decided, the recycle bin."""

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from wiki.accounts.queries import find_user
from wiki.desk import (  # noqa: F401  # their views hang on bp
    accounts,
    answers,
    claims,
    hiding,
    lessons,
    protection,
    words,
)
from wiki.desk.blueprint import bp
from wiki.desk.shapes import BinView, DeskView
from wiki.moderation.queries import (
    blocked_accounts,
    count_deleted,
    decisions,
    deleted_pages,
    protected_pages,
)
from wiki.pages.revisions import recent_changes, untimed_changes
from wiki.voices.claims import open_claims
from wiki.web.arguments import asked_text
from wiki.web.database import db_session, now
from wiki.web.i18n import gettext as _
from wiki.web.login import current_viewer

__all__ = ["bp"]

ROWS = 50
DECISIONS = 8


@bp.get("")
def index() -> ResponseReturnValue:
    """Newest revisions with what can be done about each; beside them what is in force."""
    return render_template("desk/index.html", view=_desk())


def _desk(name: str = "", errors: dict[str, str] | None = None) -> DeskView:
    session, viewer = db_session(), current_viewer()
    before = asked_text("before")
    rows = recent_changes(session, viewer, before=before, limit=ROWS + 1)
    last = rows[ROWS - 1].revision.public_id if len(rows) > ROWS else ""
    older = url_for("desk.index", before=last) if last else ""
    return DeskView(
        changes=rows[:ROWS] + ([] if before else untimed_changes(session, viewer)),
        older=older,
        protected=protected_pages(session, viewer, now()),
        blocked=blocked_accounts(session, now()),
        decisions=decisions(session, viewer, limit=DECISIONS),
        deleted=count_deleted(session),
        claims=len(open_claims(session)),
        name=name,
        errors=errors or {},
    )


@bp.get("/account", endpoint="account")
def find_account() -> ResponseReturnValue:
    """From a typed name to the account's page on the desk."""
    name = request.args.get("name", "")[:200]
    found = find_user(db_session(), name)
    if found is not None:
        return redirect(url_for("desk.block", name=found.name), code=302)
    errors = {"name": _("There is no account with this name.")}
    return render_template("desk/index.html", view=_desk(name, errors)), 404


@bp.get("/bin", endpoint="bin")
def recycle_bin() -> str:
    """Deleted pages, the last one first."""
    return render_template("desk/bin.html", view=BinView(deleted_pages(db_session())))
