"""Every voice of a page with its share, and who set each of its facts."""

from dataclasses import dataclass, field

from sqlalchemy.orm import Session

from wiki.attribution.queries import set_fields
from wiki.cases.facts import account_line
from wiki.pages.models import Page
from wiki.pages.queries import readable_page, shown_number
from wiki.pages.revisions import RevisionView, revision_view, revision_views
from wiki.pages.storage import load_text
from wiki.pageview.panel import VoicesPanel, panel
from wiki.pageview.told import Words, fields_of
from wiki.pageview.voices import count, voice_addresses
from wiki.policy import Viewer


@dataclass(frozen=True)
class SetFact:
    """A value of the front matter and the edit that set it; None: one before publication."""

    path: str
    value: str
    number: int
    revision: RevisionView | None


@dataclass(frozen=True)
class AllVoices:
    """Every voice of a page's shown revision, with its share."""

    slug: str
    title: str
    language: str
    number: int
    voices: VoicesPanel
    words: int
    account_line: str
    facts: list[SetFact] = field(default_factory=list)


def all_voices(session: Session, slug: str, viewer: Viewer, *, words: Words) -> AllVoices:
    """The whole panel of a page. PageNotFound, PageGone. Cost: about nine SELECTs."""
    page = readable_page(session, slug, viewer)
    number = shown_number(page)
    revision = revision_view(session, page, number, viewer)
    source = load_text(session, revision.text_id, revision.sha256)
    counted = count(session, page, number, source)
    hrefs = voice_addresses(page, number, counted)
    return AllVoices(
        slug=slug,
        title=page.title,
        language=page.language,
        number=number,
        voices=panel(counted, words.panel, shown=len(counted.words), hrefs=hrefs),
        words=counted.total,
        account_line=account_line(fields_of(source)),
        facts=_facts(session, page, number, source, viewer),
    )


def _facts(
    session: Session, page: Page, number: int, source: str, viewer: Viewer
) -> list[SetFact]:
    found = [each for each in set_fields(session, page.id, number, source) if each.value]
    views = revision_views(session, page, {each.number for each in found}, viewer)
    return [
        SetFact(each.path, each.value or "", each.number, views.get(each.number)) for each in found
    ]
