"""Whose words a revision is made of, for everybody alike: hidden names are hidden in it."""

from collections import Counter

from sqlalchemy.orm import Session

from wiki.attribution.queries import origins_of
from wiki.attribution.voice import voice_mask
from wiki.pages.models import Page
from wiki.pages.origins import credits_of_origins, saved_between
from wiki.pages.rules import Byline, byline
from wiki.pageview.kept import Kept
from wiki.pageview.panel import Counted, PanelWords, hues, name_of
from wiki.rendering.addresses import page_address
from wiki.rendering.passages import VoiceMark, mark
from wiki.text import front_matter, tokens
from wiki.voices.counting import count as spoken_words
from wiki.voices.counting import somebodys
from wiki.voices.daily import kept_words
from wiki.voices.speaking import writer

KEPT: Kept[Counted] = Kept(512)  # pages whose counts are kept in memory


def count(session: Session, page: Page, number: int, source: str) -> Counted:
    """Surviving words of each voice in this revision, narrative words only.

    Cost: four SELECTs and a walk over the tokens, once a page and stamp in this process.
    """
    key = (page.public_id, number, page.public_stamp)
    held = KEPT.get(key)
    if held is None:
        held = _count(session, page, number, source)
        KEPT.put(key, held, 1)
    return held


def _count(session: Session, page: Page, number: int, source: str) -> Counted:
    origins = origins_of(session, page.id, number)
    mask = somebodys(source, voice_mask(source))
    by_origin = Counter(o for o, counts in zip(origins, mask, strict=True) if counts)
    figured = kept_words(page, page.figured_number)
    also = figured.revisions if figured is not None else set()
    bylines = _bylines(session, page, list(by_origin.keys() | also))
    words: Counter[int] = Counter()
    printed: dict[int, Byline] = {}
    hidden: set[int] = set()
    kept_back = False
    for origin, number_of_words in by_origin.items():
        who, account, kept = bylines[origin]
        words[who.key] += number_of_words
        printed[who.key] = who
        kept_back = kept_back or kept
        if who.kind == "hidden":
            hidden.add(account)
    since, until = saved_between(session, page, by_origin)
    named = {origin: writer(found[:2]) for origin, found in bylines.items()}
    nobody = writer(None)
    writers = [named.get(origin, nobody) for origin in origins]
    desk = basis_of(source) == "desk_summary"
    spoken = spoken_words(source, mask, writers, desk=desk)
    return Counted(dict(words), printed, len(hidden), kept_back, since, until, spoken, named)


def basis_of(source: str) -> object:
    """Whose account the front matter says the page is; None where it does not, or is broken."""
    try:
        return front_matter.read(source).fields.get("account_basis")
    except front_matter.FrontMatterError:
        return None


def _bylines(
    session: Session, page: Page, origins: list[int]
) -> dict[int, tuple[Byline, int, bool]]:
    """For each origin its byline, the account's row number to count hidden people by, and whether
    its name is kept back by its owner."""
    found = credits_of_origins(session, page, origins)
    return {
        origin: (byline(shows, credit), credit.user_id, shows.kept_back)
        for origin, (shows, credit) in found.items()
    }


def with_voices(
    session: Session,
    page: Page,
    number: int,
    source: str,
    html: str,
    *,
    words: PanelWords,
    only: int = 0,
) -> str:
    """The rendered page with every passage marked by its author's name, which leads to the
    passage's history; with `only`, the passages of the voice at this place of the panel.

    Cost: as `count`, and a walk over the HTML.
    """
    counted = count(session, page, number, source)
    origins = origins_of(session, page.id, number)
    printed = {o: who for o, (who, *_) in _bylines(session, page, sorted(set(origins))).items()}
    all_tokens = tokens.tokens(source)
    body = front_matter.split(source)[1]
    first = len(all_tokens) - len(tokens.tokens(body))
    place = {key: at for at, key in enumerate(counted.by_share(), 1)}
    heard = somebodys(source, [True] * len(all_tokens))
    at = [n for n in range(first, len(all_tokens)) if tokens.is_word(all_tokens[n])]
    owners = [place.get(printed[origins[n]].key, 0) if heard[n] else 0 for n in at]
    hue = hues(counted)
    marks = {
        place[key]: VoiceMark(name_of(who, words), hue[key])
        for key, who in counted.bylines.items()
        if only in (0, place[key])
    }

    def history_of(start: int, end: int) -> str:
        return words_address(page.slug, number, at[start], at[end])

    return mark(html, [all_tokens[n] for n in at], owners, marks, history_of)


def voice_addresses(page: Page, number: int, counted: Counted) -> dict[int, str]:
    """Where the words of each voice are shown alone, by the byline's key.

    A voice is known there by its place on the panel of this revision: nothing else names it.
    """
    start = f"{page_address(page.slug, None)}@{number}/voices"
    return {key: f"{start}/{at}" for at, key in enumerate(counted.by_share(), 1)}


def words_address(slug: str, number: int, first: int, last: int) -> str:
    """Where the history of these tokens of a revision is told; they are counted from 0."""
    return f"{page_address(slug, None)}@{number}/words/{first}-{last}"
