"""Pages as the wiki keeps them, made without the journeys above search."""

import zstandard

from tests.clock import NOON
from wiki.accounts.models import User
from wiki.outbox.service import enqueue
from wiki.pages.models import Rendered
from wiki.pages.service import NewRevision, append_revision, create_page
from wiki.rendering.markdown import RENDERER_VERSION, render


def author(session):
    """Somebody who writes."""
    user = User(name="Ada", name_key="ada", created_at=NOON)
    session.add(user)
    session.flush()
    return user


def publish(session, page, text, *, by, now=NOON):
    """Append a revision, make it public, ask for indexing."""
    revision = append_revision(session, page, NewRevision(text=text, author=by, saved_at=now))
    page.public_number = revision.number
    page.public_from_number = page.public_from_number or revision.number
    enqueue(session, "index", page.id, now)
    return revision


def new_page(session, title, text, *, by, state="public"):
    """A page with one revision; a draft's is not public."""
    slug = title.lower().replace(" ", "-")
    page = create_page(session, slug=slug, title=title, now=NOON, state=state)
    if state == "draft":
        append_revision(session, page, NewRevision(text=text, author=by, saved_at=NOON))
    else:
        publish(session, page, text, by=by)
    return page


def keep_rendered(session, revision, text):
    """The rendered copy of a revision, as a save stores it."""
    made = render(text)
    session.add(
        Rendered(
            text_id=revision.text_id,
            version=RENDERER_VERSION,
            html=zstandard.compress(made.html.encode()),
            contents=[[h.level, h.id, h.text] for h in made.toc],
            links=[],
            words=made.words,
        )
    )
    session.flush()
