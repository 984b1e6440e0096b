"""Search: through HTTP over the generated pages, and the engine alone over 10,000 of them."""

import random
import re
from collections.abc import Sequence
from urllib.parse import quote_plus

from bench import search
from bench.figures import Figure, median, percentile
from bench.load import drive, request
from bench.site import Site, serving
from bench.workshop import Workshop

WORD = re.compile(r"[a-z]{5,}")
QUERIES = 60


def measure(workshop: Workshop) -> list[Figure]:
    """Queries of one to three words that stand in one page, some frequent and some rare."""
    site = workshop.site
    asked = queries(site, QUERIES)
    with serving(site) as wiki:
        requests = [request(f"/search?q={quote_plus(each)}") for each in asked]
        drive(wiki.port, requests[:10], at_most=10, seconds=20)
        before = wiki.cpu()
        load = drive(wiki.port, requests, at_most=3 * QUERIES, seconds=workshop.choose(4, 12))
        cpu = 1000 * (wiki.cpu() - before) / load.answers
    times = [1000 * each for each in load.latencies]
    what = f"page of results, {len(site.slugs):,} pages"
    return [
        Figure(f"{what}, p50", median(times), "ms", "search_p50"),
        Figure(f"{what}, p95", percentile(times, 95), "ms", "search_p95"),
        Figure(f"{what}, CPU", cpu, "ms", "search_cpu"),
        *_engine(workshop),
    ]


def queries(site: Site, number: int) -> Sequence[str]:
    """So many queries, the same in every run."""
    chance = random.Random(7)
    found = []
    for _ in range(number):
        words = WORD.findall(site.texts[chance.choice(site.slugs)])
        found.append(" ".join(chance.sample(words, chance.randint(1, 3))))
    return found


def _engine(workshop: Workshop) -> list[Figure]:
    """The search service without HTTP against a query to Whoosh itself."""
    pages = int(workshop.choose(300, 10_000))
    found = search.measure(pages=pages, queries=int(workshop.choose(60, 200)))
    what = f"engine alone, {pages:,} pages"
    against = "raw Whoosh"
    return [
        Figure(f"{what}, p50", found.p50, "ms", "engine_p50", against, found.raw_p50),
        Figure(f"{what}, p95", found.p95, "ms", "engine_p95", against, found.raw_p95),
        Figure(f"{what}, phrase, p50", found.phrase_p50, "ms"),
        Figure(f"{what}, one page updated, p50", found.update_p50, "ms"),
        Figure(f"{what}, made anew", found.pages_a_second, "pages/s"),
    ]
