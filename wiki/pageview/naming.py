"""The marked passages of a page with the names their speakers chose, and without those that may
not be read; `voices.privacy` decides."""

from collections.abc import Callable, Iterator, Sequence

from markupsafe import Markup, escape

from wiki.cases.telling import Teller
from wiki.cases.vocabulary import Lists
from wiki.pageview.case_page import CaseWords
from wiki.pageview.whose import Known
from wiki.rendering import voice_slots
from wiki.rendering.voice_slots import Passage
from wiki.voices.marks import Mark
from wiki.voices.modes import HELD_BACK, is_direct
from wiki.voices.privacy import Shown, may_be_read, shown
from wiki.web.i18n import gettext as _


def name_passages(
    html: str,
    known: Known,
    words: CaseWords,
    lists: Callable[[], Lists],
    address: str,
) -> str:
    """The page with each marked passage named, and without those that may not be read.

    `address`: of the revision; each passage leads to its own below it.

    Slots that no mark of the source stands behind (typed as HTML) name nobody.
    """
    found = voice_slots.passages(html)
    if not found:
        return html
    marked = known.marked
    if [(p.by, p.mode) for p in found] != [(m.by, m.mode) for m in marked]:
        return voice_slots.filled(html, lambda passage: "")
    html = voice_slots.without(
        html, lambda passage: not may_be_read(known.voices.get(passage.by), passage.mode)
    )
    teller = Teller(lists=lists(), translate=words.translate)
    places = _shown_places(marked, known)
    return voice_slots.filled(
        html,
        lambda passage: _line(passage, known, teller, words, f"{address}/passage/{next(places)}"),
    )


def _shown_places(marked: Sequence[Mark], known: Known) -> Iterator[int]:
    """The places of the marks whose slots are left when hidden passages are taken out."""
    until = 0
    for place, mark in enumerate(marked, 1):
        if mark.start < until:  # within one that is hidden
            continue
        yield place
        if not may_be_read(known.voices.get(mark.by), mark.mode):
            until = mark.end


def _line(passage: Passage, known: Known, teller: Teller, words: CaseWords, address: str) -> str:
    voice = known.voices.get(passage.by)
    if voice is None or not may_be_read(voice, passage.mode):
        held = passage.mode == HELD_BACK
        return Markup('<p class="voice-line">{}</p>').format(
            _("A passage is held back at its speaker’s choice.")
            if held
            else _("A passage was taken back by the one who spoke it.")
        )
    told = shown(voice, known.now)
    position = teller.word("position", told.position)
    name = told.name or position or _("somebody who is not named")
    notes = [
        position if told.name else "",
        teller.word("voice_mode", passage.mode),
        _said_in(passage, words),
        _("translated by a machine; these words are nobody’s own")
        if passage.machine == "yes"
        else "",
        {"yes": _("the speaker has seen it"), "no": _("the speaker has not seen it")}.get(
            passage.reviewed, ""
        )
        if not is_direct(passage.mode)
        else "",
        _about(told, teller),
    ]
    said = Markup(" · ").join(escape(note) for note in notes if note)
    return Markup(
        '<p class="voice-line"><b><bdi>{}</bdi></b> <span>{}</span>'
        ' <a href="{}">{}<span class="visually-hidden"> {}</span></a></p>'
    ).format(name, said, address, _("cite"), _("this passage"))


def _said_in(passage: Passage, words: CaseWords) -> str:
    if not passage.language:
        return ""
    return _("said in %(language)s", language=words.language_name(passage.language))


def _about(told: Shown, teller: Teller) -> str:
    if told.unconfirmed:
        return _("came with an import; nobody here has asked the speaker")
    return teller.word("capacity", told.capacity) if told.capacity == "about_others" else ""
