"""Texts that look like pages: words as frequent as in a language, headings, lists, links.

Drawn from a seed: the same in every run and on every machine.
"""

import random
from collections.abc import Iterator
from itertools import accumulate

VOCABULARY = 20_000
SYLLABLES = [c + v for c in "bdfgklmnprstvz" for v in ("a", "e", "i", "o", "u", "ai", "or", "en")]


class Writer:
    """Writes texts; two writers with the same seed write the same."""

    def __init__(self, seed: int) -> None:
        self._chance = random.Random(seed)
        named = random.Random(0)
        self._words = [
            "".join(named.choices(SYLLABLES, k=named.choice((1, 2, 2, 3, 3, 4))))
            for _ in range(VOCABULARY)
        ]
        # the n-th word is n times rarer than the first (Zipf)
        self._weights = list(accumulate(1 / rank for rank in range(1, VOCABULARY + 1)))

    def words(self, number: int) -> list[str]:
        """So many words."""
        return self._chance.choices(self._words, cum_weights=self._weights, k=number)

    def rare_word(self) -> str:
        """A word that no text holds yet."""
        return f"zyx{self._chance.getrandbits(60):015x}"

    def paragraph(self, number: int, links: list[str]) -> str:
        """So many words in sentences, now and then one in bold or a link."""
        words = self.words(number)
        for at in range(0, number, 14):
            words[at] = words[at].capitalize()
            words[min(at + 13, number - 1)] += "."
        if links and self._chance.random() < 0.4:
            words[number // 2] = f"[[{self._chance.choice(links)}]]"
        if self._chance.random() < 0.3:
            words[number // 3] = f"**{words[number // 3]}**"
        return " ".join(words)

    def page(self, words: int, links: list[str]) -> str:
        """Markdown of about so many words: sections of paragraphs, one list in five."""
        parts: list[str] = []
        written = 0
        while written < words:
            if len(parts) % 6 == 0:
                parts.append(f"## {' '.join(self.words(3)).capitalize()}")
            elif self._chance.random() < 0.2:
                parts.append("\n".join(f"- {self.paragraph(12, links)}" for _ in range(4)))
                written += 48
            else:
                length = min(self._chance.randint(40, 110), max(words - written, 14))
                parts.append(self.paragraph(length, links))
                written += length
        return "\n\n".join(parts) + "\n"

    def changed(self, text: str) -> str:
        """The text with three new words in one of its paragraphs: a small edit."""
        paragraphs = text.split("\n\n")
        prose = [at for at, each in enumerate(paragraphs) if each and each[0].isalpha()]
        at = self._chance.choice(prose)
        words = paragraphs[at].split(" ")
        place = self._chance.randrange(1, len(words) + 1)
        paragraphs[at] = " ".join(words[:place] + self.words(3) + words[place:])
        return "\n\n".join(paragraphs)


def titles(number: int) -> list[str]:
    """So many titles, all different."""
    return [f"Bench page {at}" for at in range(number)]


def pages(number: int, *, seed: int, words: tuple[int, int]) -> Iterator[tuple[str, str]]:
    """(title, text) of so many pages, each with a number of words between the two given."""
    writer = Writer(seed)
    sizes = random.Random(seed)
    named = titles(number)
    for title in named:
        yield title, writer.page(sizes.randint(*words), named)
