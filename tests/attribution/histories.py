"""Histories written down as lists of texts, and who owns each word of the last one."""

from collections.abc import Iterator, Sequence

from wiki.attribution.archive import Engine
from wiki.attribution.credit import fixer_of, origin_of
from wiki.attribution.fields import leaves
from wiki.attribution.rules import State
from wiki.text.tokens import is_word, tokens


def states(texts: Sequence[str]) -> Iterator[State]:
    """The state after each of the texts, which are revisions 1, 2, 3, …"""
    engine = Engine()
    for text in texts:
        yield engine.save(text)


def origins(*texts: str) -> list[int]:
    """The origin of each token of the last text."""
    return list(map(origin_of, list(states(texts))[-1].head.credits))


def fixers(*texts: str) -> str:
    """The mended words of the last text, each followed by who mended it."""
    found = zip(tokens(texts[-1]), list(states(texts))[-1].head.credits, strict=True)
    return " ".join(f"{token}:{fixer}" for token, credit in found if (fixer := fixer_of(credit)))


def setters(*texts: str) -> dict[str, int]:
    """The revision that set each field of the last text; an item of a list is `path=value`."""
    found = zip(leaves(texts[-1]), list(states(texts))[-1].head.setters, strict=True)
    return {
        f"{leaf.shown}={leaf.value}" if leaf.shown.endswith("[]") else leaf.shown: setter
        for leaf, setter in found
    }


def owners(*texts: str) -> str:
    """The words of the last text, each followed by its owner: "Kites:1 fly:2"."""
    found = zip(tokens(texts[-1]), origins(*texts), strict=True)
    return " ".join(f"{token}:{origin}" for token, origin in found if is_word(token))


def owned_by(number: int, *texts: str) -> str:
    """The words of the last text that belong to revision `number`."""
    found = zip(tokens(texts[-1]), origins(*texts), strict=True)
    return " ".join(token for token, origin in found if origin == number and is_word(token))
