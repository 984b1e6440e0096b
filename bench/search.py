"""Search over generated pages: this wiki's answer with extracts against a raw Whoosh query.

    python -m bench.search [--pages 10000] [--engine whoosh|postgres] [--queries 200]

The raw query is Whoosh's own searcher over the same files: the same words, OR, BM25F, 20 hits,
without extracts, counts or checks. Both are asked in turn in the same run.
"""

import argparse
import itertools
import random
import statistics
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial

from wiki.search.commands import temporary_wiki
from wiki.search.protocol import Document, SearchIndex
from wiki.search.query import parse
from wiki.search.whoosh_index import WhooshIndex, stem

SEED = 20_260_310
WORDS_A_PAGE = 613
VOCABULARY = 30_000
SYLLABLES = [a + b for a in "bdfghklmnprstvwz" for b in "aeiou"]
FREQUENT, RARE = 60, 6_000  # ranks of the words that are asked for


@dataclass(frozen=True)
class Figures:
    """Milliseconds, but for `pages_a_second`; `ratio` is ours over raw at p50, lower is better."""

    pages: int
    p50: float
    p95: float
    phrase_p50: float
    raw_p50: float
    raw_p95: float
    ratio: float
    update_p50: float
    pages_a_second: float


class Language:
    """Words whose frequency falls as in real text (Zipf)."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)
        words = dict.fromkeys(self._word() for _ in range(2 * VOCABULARY))
        self.words = list(words)[:VOCABULARY]
        self.weights = list(itertools.accumulate(1 / r for r in range(1, len(self.words) + 1)))

    def _word(self) -> str:
        return "".join(self.random.choices(SYLLABLES, k=self.random.randint(2, 4)))

    def text(self, length: int) -> str:
        """Sentences of this many words in all."""
        words = self.random.choices(self.words, cum_weights=self.weights, k=length)
        for at in range(0, length, 14):
            words[at] = words[at].capitalize()
            words[at - 1] += "."
        return " ".join(words)

    def query(self) -> str:
        """One to three words, frequent and rare."""
        return " ".join(self.random.sample(self.words[FREQUENT:RARE], self.random.randint(1, 3)))


def documents(language: Language, pages: int) -> Iterator[Document]:
    """Generated pages, 613 words each."""
    for number in range(1, pages + 1):
        title = language.text(4).rstrip(".").capitalize()
        text = language.text(WORDS_A_PAGE)
        yield Document(page_id=number, slug=f"p-{number}", title=title, text=text)


def timed(ask: Callable[[], object]) -> float:
    """Milliseconds of one call."""
    started = time.perf_counter()
    ask()
    return (time.perf_counter() - started) * 1000


def p95(times: Sequence[float]) -> float:
    """The time that one in twenty exceeds."""
    return statistics.quantiles(times, n=20)[-1]


def raw_whoosh(index: WhooshIndex) -> tuple[Callable[[str], object], Callable[[], None]]:
    """Ask Whoosh's own searcher over the files of this index; and what closes it."""
    from whoosh import index as files
    from whoosh.query import Or, Term
    from whoosh.scoring import BM25F

    folder = index._generations.current()
    searcher = files.open_dir(str(folder)).searcher(weighting=BM25F(B=0.75, K1=1.2))

    def ask(typed: str) -> object:
        words = [Term("body", stem(word)) for word in parse(typed).words]
        return [hit["shown"] for hit in searcher.search(Or(words), limit=20)]

    return ask, searcher.close


def measure(pages: int = 10_000, queries: int = 200, engine: str = "whoosh") -> Figures:
    """Index, ask and update; with PostgreSQL there is no raw query and its figures are 0."""
    language = Language(SEED)
    with temporary_wiki(engine) as (_, index):
        seconds = timed(lambda: index.rebuild(documents(language, pages))) / 1000
        typed = [language.query() for _ in range(queries)]
        ours, raw = _questions(index, typed)
        phrases = [_timed_search(index, _phrase(index, text)) for text in typed[:20]]
        updates = [_timed_update(index, language) for _ in range(20)]
    raw_p50 = statistics.median(raw) if raw else 0.0
    return Figures(
        pages=pages,
        p50=statistics.median(ours),
        p95=p95(ours),
        phrase_p50=statistics.median(phrases),
        raw_p50=raw_p50,
        raw_p95=p95(raw) if raw else 0.0,
        ratio=statistics.median(ours) / raw_p50 if raw_p50 else 0.0,
        update_p50=statistics.median(updates),
        pages_a_second=pages / seconds,
    )


def _timed_search(index: SearchIndex, text: str) -> float:
    return timed(lambda: index.search(parse(text)))


def _timed_update(index: SearchIndex, language: Language) -> float:
    changed = list(documents(language, 1))
    return timed(lambda: index.add(changed))


def _questions(index: SearchIndex, typed: Sequence[str]) -> tuple[list[float], list[float]]:
    ask, close = raw_whoosh(index) if isinstance(index, WhooshIndex) else (None, None)
    ours, raw = [], []
    for text in typed:
        if ask is not None:
            raw.append(timed(partial(ask, text)))
        ours.append(_timed_search(index, text))
    if close is not None:
        close()
    return ours, raw


def _phrase(index: SearchIndex, typed: str) -> str:
    """Three words that stand together in a page that this query finds."""
    hits = index.search(parse(typed), limit=1).hits
    words = "".join(piece.text for piece in hits[0].snippet).split() if hits else ["none"] * 4
    return '"' + " ".join(words[2:5]) + '"'


def main() -> None:
    """Print the figures, one a line."""
    asked = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    asked.add_argument("--pages", type=int, default=10_000)
    asked.add_argument("--queries", type=int, default=200)
    asked.add_argument("--engine", choices=("whoosh", "postgres"), default="whoosh")
    said = asked.parse_args()
    figures = measure(said.pages, said.queries, said.engine)
    print(
        f"search of {figures.pages} pages with extracts ({said.engine}), p50 / p95 ms:"
        f" {figures.p50:.1f} / {figures.p95:.1f}"
    )
    if figures.raw_p50:
        print(
            f"raw Whoosh query in the same run, p50 / p95 ms:"
            f" {figures.raw_p50:.1f} / {figures.raw_p95:.1f}"
        )
        print(f"ratio ours / raw at p50: {figures.ratio:.2f}")
    print(f"phrase of three words, p50 ms: {figures.phrase_p50:.1f}")
    print(f"one page updated and committed, p50 ms: {figures.update_p50:.1f}")
    print(f"whole index, pages a second: {figures.pages_a_second:.0f}")


if __name__ == "__main__":
    sys.exit(main())
