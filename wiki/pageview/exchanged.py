"""What a change did to the voices of a page: whose words went, came back, and came new."""

from collections import Counter
from dataclasses import dataclass, field

from sqlalchemy.orm import Session

from wiki.attribution.queries import origins_of
from wiki.pages.models import Page
from wiki.pages.origins import credits_of_origins
from wiki.pages.revisions import RevisionView
from wiki.pages.rules import HIDDEN_KEY, Byline, byline
from wiki.pages.storage import load_text
from wiki.text import tokens


@dataclass(frozen=True)
class Share:
    """Words of one voice. 0 words: some, and their number is not said (the name is hidden)."""

    byline: Byline
    words: int


@dataclass(frozen=True)
class Exchanged:
    """Between two revisions, most words first: moved, reformatted and mended words are in none.

    gone: words of the older that the newer lacks; back: words that are older than both and only
    the newer has; new: words that were first written between the two.
    """

    gone: list[Share] = field(default_factory=list)
    back: list[Share] = field(default_factory=list)
    new: list[Share] = field(default_factory=list)


def exchanged(
    session: Session, page: Page, before: RevisionView, after: RevisionView
) -> Exchanged:
    """What happened to whose words from one revision to a later one; nothing if a text is hidden.

    Cost: a few SELECTs, and the tokens of both texts (4 ms for two of 60 kB).
    """
    if before.text_hidden or after.text_hidden or before.text_id == after.text_id:
        return Exchanged()
    old = _words_by_origin(session, page, before)
    new = _words_by_origin(session, page, after)
    gone, came = old - new, new - old
    found = credits_of_origins(session, page, [*gone, *came])
    printed = {origin: byline(shows, credit) for origin, (shows, credit) in found.items()}
    return Exchanged(
        gone=_shares(gone, printed),
        back=_shares({o: n for o, n in came.items() if o <= before.number}, printed),
        new=_shares({o: n for o, n in came.items() if o > before.number}, printed),
    )


def _words_by_origin(session: Session, page: Page, revision: RevisionView) -> Counter[int]:
    source = load_text(session, revision.text_id, revision.sha256)
    origins = origins_of(session, page.id, revision.number)
    return Counter(
        origin
        for token, origin in zip(tokens.tokens(source), origins, strict=True)
        if tokens.is_word(token)
    )


def _shares(words: "Counter[int] | dict[int, int]", printed: dict[int, Byline]) -> list[Share]:
    """Words by voice. How many a hidden person wrote would help to tell who it is."""
    by_key: Counter[int] = Counter()
    bylines: dict[int, Byline] = {}
    for origin, number in words.items():
        by_key[printed[origin].key] += number
        bylines[printed[origin].key] = printed[origin]
    order = sorted(by_key, key=lambda key: (-by_key[key], bylines[key].name.casefold(), key))
    order.sort(key=lambda key: key == HIDDEN_KEY)
    return [Share(bylines[key], 0 if key == HIDDEN_KEY else by_key[key]) for key in order]
