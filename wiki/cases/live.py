"""Which lists of cases and lessons a page shows, as `LivePage` names them; pure."""

from wiki.cases.vocabulary import SHIPPED
from wiki.rendering.live_slots import Slot, slots


def lists_of(html: str) -> set[str]:
    """What the lists of a rendered page are about: case, lesson, or theme:SLUG. Linear.

    A list of one theme changes only with pages of that theme, so it follows the theme alone.
    """
    return {about for slot in slots(html) for about in _about(slot)}


def _about(slot: Slot) -> set[str]:
    themes = {value for name, value in slot.pairs if name == "theme"}
    known = themes & set(SHIPPED["theme"].labels)
    return {f"theme:{slug}" for slug in known} if themes and themes == known else {slot.kind}
