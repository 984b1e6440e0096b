"""Writing: the form and the save, several people at once, and how soon search finds it."""

import threading
import time
from dataclasses import dataclass, field

from bench.browser import Browser, Saved
from bench.figures import Figure, median, percentile
from bench.load import Unexpected
from bench.serving import Server
from bench.site import ADMIN, PASSWORD, Site, serving, signed_in
from bench.texts import Writer
from bench.workshop import Workshop

CLIENTS = 4
PACE = 0.1  # seconds between two saves while search is watched: ten a second
PATIENCE = 20.0  # seconds until search must have found a word
POLL = 0.02


def measure(workshop: Workshop) -> list[Figure]:
    """Small edits of pages of 5 to 30 kB, through HTTP."""
    site = workshop.site
    count = int(workshop.choose(40, 150))
    with serving(site) as wiki, signed_in(wiki) as browser:
        _edit(browser, site, count=8, seed=2)  # the first saves start what later ones use
        wiki.settle()
        before = wiki.cpu()
        saved = _edit(browser, site, count=count, seed=3)
        wiki.settle()
        cpu = wiki.cpu() - before
        many = together(wiki, site, seconds=workshop.choose(3, 8))
        wiki.settle()
        found = _found(wiki, browser, site, seconds=workshop.choose(2, 5))
    saves = [1000 * each.save for each in saved]
    return [
        Figure("open the form and save, CPU with indexing", 1000 * cpu / count, "ms", "save_cpu"),
        Figure("open the form, p50", median([1000 * s.form for s in saved]), "ms", "form_p50"),
        Figure("save, p50", median(saves), "ms", "save_p50"),
        Figure("save, p95", percentile(saves, 95), "ms", "save_p95"),
        Figure(f"edits a second, {CLIENTS} clients", many, "edits/s", "edits_rate"),
        Figure("until search finds it at 10 saves/s, p50", median(found), "s", "found_p50"),
        Figure("until search finds it at 10 saves/s, longest", max(found), "s", "found_max"),
    ]


def _edit(browser: Browser, site: Site, *, count: int, seed: int) -> list[Saved]:
    """So many small edits, each of the next page."""
    writer = Writer(seed)
    saved = []
    for at in range(count):
        slug = site.slugs[at % len(site.slugs)]
        site.texts[slug] = writer.changed(site.texts[slug])
        saved.append(browser.edit(slug, site.texts[slug]))
    return saved


@dataclass
class _Client:
    """Somebody who edits pages of their own until the time is over."""

    port: int
    site: Site
    slugs: list[str]
    seed: int
    edits: int = 0
    problems: list[Exception] = field(default_factory=list)

    def work(self, start: threading.Barrier, seconds: float) -> None:
        """Sign in, wait for the others, edit."""
        browser = Browser(self.port)
        writer = Writer(self.seed)
        try:
            browser.sign_in(ADMIN, PASSWORD)
            start.wait(PATIENCE)
            deadline = time.perf_counter() + seconds
            while time.perf_counter() < deadline:
                slug = self.slugs[self.edits % len(self.slugs)]
                self.site.texts[slug] = writer.changed(self.site.texts[slug])
                browser.edit(slug, self.site.texts[slug])
                self.edits += 1
        except (OSError, Unexpected) as problem:
            start.abort()
            self.problems.append(problem)
        finally:
            browser.close()


def together(wiki: Server, site: Site, *, seconds: float) -> float:
    """Edits a second of four clients, each on other pages. Unexpected if one is refused."""
    clients = [_Client(wiki.port, site, site.slugs[at::CLIENTS], 10 + at) for at in range(CLIENTS)]
    start = threading.Barrier(CLIENTS)
    threads = [
        threading.Thread(target=each.work, args=(start, seconds), daemon=True) for each in clients
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    for client in clients:
        for problem in client.problems:
            raise problem
    return sum(client.edits for client in clients) / seconds


def _found(wiki: Server, browser: Browser, site: Site, *, seconds: float) -> list[float]:
    """Seconds from a save until its new word is found, while ten are saved a second."""
    waiting: dict[str, float] = {}
    done = threading.Event()
    problems: list[Exception] = []

    def save() -> None:
        writer = Writer(4)
        try:
            for at in range(int(seconds / PACE)):
                began = time.perf_counter()
                slug = site.slugs[at % len(site.slugs)]
                word = writer.rare_word()
                site.texts[slug] += f"\n{word}\n"
                browser.edit(slug, site.texts[slug])
                waiting[word] = time.perf_counter()
                time.sleep(max(0.0, PACE - (time.perf_counter() - began)))
        except (OSError, Unexpected) as problem:
            problems.append(problem)
        finally:
            done.set()

    saver = threading.Thread(target=save, daemon=True)
    saver.start()
    try:
        found = _watch(wiki, waiting, done)
    finally:
        saver.join()
    for problem in problems:
        raise problem
    return found


def _watch(wiki: Server, waiting: dict[str, float], done: threading.Event) -> list[float]:
    """Seconds of one saved word after another, each time the newest: asking costs time itself."""
    reader = Browser(wiki.port)
    found: list[float] = []
    try:
        while not (done.is_set() and found):
            known = list(waiting)
            if not known:
                time.sleep(POLL)
                continue
            word = known[-1]
            while f"<mark>{word}" not in reader.get(f"/search?q={word}").text:
                if time.perf_counter() - waiting[word] > PATIENCE:
                    raise Unexpected(f"search has not found a saved word for {PATIENCE} s")
                time.sleep(POLL)
            found.append(time.perf_counter() - waiting[word])
            for old in known:
                del waiting[old]
    finally:
        reader.close()
    return found
