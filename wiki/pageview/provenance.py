"""Whose words a revision is made of, for machines: what the API and the page's export give.

Names go through `byline` as on the pages, so a hidden name is hidden here; hidden voices are one.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from wiki.attribution.queries import Owned, owned_spans, set_fields
from wiki.attribution.spans import VERSION
from wiki.errors import RevisionNotFound
from wiki.pages.models import Page
from wiki.pages.queries import readable_page, shown_number
from wiki.pages.revisions import RevisionView, revision_view, revision_views
from wiki.pages.storage import load_text
from wiki.pageview.taken_away import taken_away
from wiki.policy import Viewer
from wiki.text import tokens
from wiki.voices.leaving import Leaving

UNIT = "a word, a sign, or a character of a script without spaces; use the offsets in characters"
_PRECISION = {"day": "%Y-%m-%d", "month": "%Y-%m", "year": "%Y"}


def provenance(
    session: Session, slug: str, number: int | None, viewer: Viewer, *, now: datetime
) -> dict[str, Any]:
    """The attribution of a revision (None: what readers see) as JSON values.

    spans: tokens `start` up to `end` of the text as it is taken away and the same as `characters`;
    `revision` first had them, `mended_by` changed their spelling since; together they cover the
    text but for the lines that stand for passages which do not leave. fields: which revision set
    each value of the front matter. PageNotFound, PageGone, RevisionNotFound, also where the text
    is hidden. Cost: linear; seven SELECTs.
    """
    page = readable_page(session, slug, viewer)
    shown = shown_number(page)
    wanted = number or shown
    if wanted > shown:
        raise RevisionNotFound()
    revision = revision_view(session, page, wanted, viewer)
    if revision.text_hidden:
        raise RevisionNotFound("The text of this revision was hidden by a moderator.")
    source = load_text(session, revision.text_id, revision.sha256)
    text = taken_away(session, page, source, now)
    owned = _leaving(source, text, owned_spans(session, page.id, wanted))
    fields = set_fields(session, page.id, wanted, source)
    asked = {o.origin for o in owned} | {o.fixer for o in owned if o.fixer}
    asked |= {each.number for each in fields}
    people = _People(revision_views(session, page, asked, viewer))
    return {
        "page": _page(page),
        "revision": {"number": wanted, "saved_at": moment(revision), "words": _words(text.text)},
        "engine": {"version": VERSION, "token": UNIT},
        "spans": _spans(text.text, owned, people),
        "fields": [
            {"path": f.path, "value": f.value, "revision": f.number, "voice": people.of(f.number)}
            for f in fields
        ],
        "revisions": people.revisions(),
        "voices": people.voices,
    }


def moment(revision: RevisionView) -> str:
    """When it was saved, no more precisely than may be known; ISO 8601."""
    at: datetime = revision.saved_at
    shape = _PRECISION.get(revision.precision)
    return at.strftime(shape) if shape else at.isoformat(timespec="seconds")


class _People:
    """The voices in the order they are first asked for, and what is said of each revision."""

    def __init__(self, views: dict[int, RevisionView]) -> None:
        self._views = views
        self._places: dict[int, int] = {}
        self.voices: list[dict[str, str | None]] = []

    def of(self, number: int) -> int | None:
        """The place in `voices` of this revision's author; None if it was before publication."""
        view = self._views.get(number)
        if view is None:
            return None
        key = view.byline.key
        if key not in self._places:
            self._places[key] = len(self.voices)
            self.voices.append({"kind": view.byline.kind, "name": view.byline.name or None})
        return self._places[key]

    def revisions(self) -> dict[str, dict[str, Any]]:
        """Each revision that is named in spans and fields."""
        return {
            str(number): {
                "saved_at": moment(view),
                "voice": self.of(number),
                "summary": view.summary or None,
            }
            for number, view in sorted(self._views.items())
        }


def _page(page: Page) -> dict[str, str]:
    return {
        "slug": page.slug,
        "title": page.title,
        "language": page.language,
        "licence": page.licence,
    }


def _leaving(source: str, text: Leaving, owned: Sequence[Owned]) -> list[Owned]:
    """The same owners by the places of the tokens in the text that leaves."""
    if not text.held:
        return list(owned)
    at = {start: place for place, (start, _end) in enumerate(tokens.token_spans(text.text))}
    moved = [text.place(start) for start, _end in tokens.token_spans(source)]
    found: list[Owned] = []
    for each in owned:
        places = [at[m] for m in moved[each.start : each.stop] if m is not None]
        for before, place in zip([None, *places], places, strict=False):
            if before is not None and before + 1 == place:
                found[-1] = replace(found[-1], stop=place + 1)
            else:
                found.append(replace(each, start=place, stop=place + 1))
    return found


def _spans(source: str, owned: Sequence[Owned], people: _People) -> list[dict[str, Any]]:
    places = tokens.token_spans(source)
    spans: list[dict[str, Any]] = []
    for each in owned:
        span: dict[str, Any] = {
            "start": each.start,
            "end": each.stop,
            "characters": [places[each.start][0], places[each.stop - 1][1]],
            "revision": each.origin,
            "voice": people.of(each.origin),
        }
        if each.fixer:
            span["mended_by"] = each.fixer
        spans.append(span)
    return spans


def _words(source: str) -> int:
    return sum(map(tokens.is_word, tokens.tokens(source)))
