"""Sentences after an act: the address carries a key, the sentence stands here.

No flash cookie, and nothing that the address says is ever printed.
"""

from flask import Flask, request

from wiki.web.i18n import gettext as _

KINDS = {"unchanged": "note"}


def notices() -> list[tuple[str, str]]:
    """What was just done, as (kind, sentence)."""
    done = request.args.get("done", "")
    said = _sentences().get(done) if done else None
    return [(KINDS.get(done, "done"), said)] if said else []


def _sentences() -> dict[str, str]:
    return {
        "saved": _("Saved. Your words are part of this page now."),
        "joined": _(
            "Saved. Somebody else saved while you were writing; both changes stand in the page."
        ),
        "kept": _("Kept, and not saved. Only you can see it; it waits for you on every device."),
        "thrown-away": _("It is thrown away."),
        "created": _("The page is there. Thank you for writing."),
        "unchanged": _("Nothing was changed, so nothing was saved."),
        "renamed": _("The page has its new title. The old address leads here."),
        "reverted": _("The older text is back; every word belongs to its author again."),
        "published": _("The page can be read by everybody now."),
        "deleted": _("The page is in the recycle bin."),
        "restored": _("The page is back, with its whole history."),
        "signed-in": _("You are signed in."),
        "signed-out": _("You are signed out."),
        "registered": _("Welcome. Your account is ready."),
        "profile": _("Your profile is saved."),
        "password": _("Your password is changed. All other sign-ins have ended."),
        "ended": _("The sign-in has ended."),
        "account-deleted": _("Your account is deleted. Your words stay, without your name."),
        "protected": _("The protection is set. The log says why."),
        "unprotected": _("The protection is lifted."),
        "hidden": _("Done. What is hidden is hidden everywhere from now on."),
        "blocked": _("The account is blocked."),
        "unblocked": _("The account may write again."),
        "word-added": _("The list has a new word. The log says why."),
        "lesson-withdrawn": _("The lesson is withdrawn; its page stays and says so."),
        "lesson-reinstated": _("The lesson counts again."),
        "invitation-ended": _(
            "The invitation has ended. Its link and code open nothing any more."
        ),
        "answer-placed": _("The answer stands in the page, in the voice of the one who gave it."),
        "answer-taken-out": _("The answer is gone. The log says why."),
        "words-taken-out": _("The words are gone, from older revisions too. The log says why."),
        "claim-left": _("The words stay. The log says nothing of it."),
        "rolled-back": _("The edits are rolled back."),
    }


def install(app: Flask) -> None:
    """`notices()` for templates."""
    app.jinja_env.globals["notices"] = notices
