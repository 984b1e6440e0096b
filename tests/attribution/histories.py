"""Histories written down as lists of texts, and who owns each word of the last one."""

from collections.abc import Iterator, Sequence

from wiki.attribution.archive import Archive
from wiki.attribution.rules import State, advance, blank_state
from wiki.text.tokens import is_word, tokens


def states(texts: Sequence[str]) -> Iterator[State]:
    """The state after each of the texts, which are revisions 1, 2, 3, …"""
    archive = Archive()
    state = blank_state(archive)
    for number, text in enumerate(texts, 1):
        after = state.number
        state = advance(state, text, number, archive.find(text))
        if state.number == number:
            archive.add(number, text, state.runs(), after=after, kin=state.kin)
        yield state


def origins(*texts: str) -> list[int]:
    """The origin of each token of the last text."""
    return list(states(texts))[-1].head.origins


def owners(*texts: str) -> str:
    """The words of the last text, each followed by its owner: "Kites:1 fly:2"."""
    found = zip(tokens(texts[-1]), origins(*texts), strict=True)
    return " ".join(f"{token}:{origin}" for token, origin in found if is_word(token))


def owned_by(number: int, *texts: str) -> str:
    """The words of the last text that belong to revision `number`."""
    found = zip(tokens(texts[-1]), origins(*texts), strict=True)
    return " ".join(token for token, origin in found if origin == number and is_word(token))
