"""A page that somebody may edit, and the partners it names, as they may be named."""

from flask import current_app

from wiki.cases.telling import shown_partners
from wiki.cases.vocabulary import Lists
from wiki.errors import PageNotFound
from wiki.pages.models import Page
from wiki.pages.queries import readable_page
from wiki.pages.service import text_of
from wiki.policy import may_edit, require
from wiki.saving.checks import accepted_text
from wiki.saving.service import page_facts
from wiki.voices.privacy import shown
from wiki.voices.queries import voices_of
from wiki.web.database import db_session, now
from wiki.web.i18n import gettext as _
from wiki.web.login import current_viewer, signed_in_user

Choices = list[tuple[str, str]]


def editable(slug: str) -> Page:
    """The page, if who asks may edit it."""
    signed_in_user()
    session, viewer = db_session(), current_viewer()
    page = readable_page(session, slug, viewer)
    require(may_edit(viewer, page_facts(session, page, viewer, now()), now=now()))
    return page


def partners_of(page: Page) -> dict[str, str]:
    """The partners its newest text names, by key, in their order there; a withheld name is not
    told."""
    document = accepted_text(text_of(db_session(), page, page.head_number)).document
    return shown_partners(document.fields, _("a partner whose name is withheld"))


def require_partner(page: Page, key: str) -> str:
    """How this partner is named. PageNotFound if the page names none of this key."""
    known = partners_of(page)
    if key not in known:
        raise PageNotFound(page.slug)
    return known[key]


def the_lists() -> Lists:
    """The words that fields may take."""
    found: Lists = current_app.extensions["board"].lists(db_session())
    return found


def choices(name: str, *, only: tuple[str, ...] = ()) -> Choices:
    """The values of a list with their labels; `only`: these, in this order."""
    labels = the_lists()[name].labels
    return [(value, _(labels[value])) for value in only or labels]


def speakers_of(page: Page) -> Choices:
    """The voices of a page by key, as everybody may know them; none that was taken back."""
    found = []
    for key, voice in voices_of(db_session(), page.id).items():
        if not voice.withdrawn:
            positions, told = the_lists()["position"], shown(voice, now())
            found.append((key, told.name or _(positions.label_of(told.position)) or key))
    return found
