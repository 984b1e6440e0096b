"""History pages and newest differences of pages with few and with very many revisions."""

import json
import sqlite3
import subprocess
import time
from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from bench.browser import Browser
from bench.figures import Figure, median
from bench.load import drive, request
from bench.processes import Peak, watched
from bench.serving import Server
from bench.site import Site, command, empty, serving
from bench.texts import Writer
from bench.workshop import Workshop

FEW, MANY = 20, 1_000  # revisions of the generated pages
WORDS = 2_500
REAL = "wp-anarchism-{}.jsonl.xz"
ASKED = 60  # times each address
START = datetime(2020, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Import:
    """One history that was brought in by `wiki import-history`."""

    revisions: int
    seconds: float
    peak: Peak
    stored: int  # bytes over all tables
    whole: bool = True  # False: it was ended because it took too long


def measure(workshop: Workshop) -> list[Figure]:
    """Import three histories, then ask for the history and the newest difference of each."""
    place = workshop.place("history")
    site = empty(place / "data")
    seconds = workshop.choose(45, 240)
    brought = {}
    for slug, revisions in (("few", FEW), ("many", MANY)):
        generated(place / f"{slug}.jsonl", revisions)
        brought[slug] = _import(site, slug, place / f"{slug}.jsonl", seconds)
    real = _real(workshop)
    if real is not None:
        brought["real"] = _import(site, "real", real, seconds)
    else:
        print("The real history is not here: set WIKI_MATERIAL to the folder of shared material.")
    with serving(site) as wiki:
        figures = _reading(wiki, brought)
    if "real" in brought:
        figures += _importing(brought["real"])
    return figures


def generated(path: Path, revisions: int) -> None:
    """A history file of a page of 2,500 words: one small edit an hour, by twenty authors."""
    writer = Writer(6)
    text = writer.page(WORDS, [])
    with path.open("w", encoding="utf-8") as file:
        for number in range(revisions):
            saved = START + timedelta(hours=number)
            row = {"author": f"Writer {number % 20}", "timestamp": saved.isoformat()}
            file.write(json.dumps(row | {"text": text, "summary": "a small edit"}) + "\n")
            text = writer.changed(text)


def _real(workshop: Workshop) -> Path | None:
    if workshop.material is None:
        return None
    name = REAL.format("2000" if workshop.quick else "full")
    path = workshop.material / "histories" / "real" / name
    return path if path.is_file() else None


def _import(site: Site, slug: str, path: Path, seconds: float) -> Import:
    """Ended after so many seconds. RuntimeError if it fails."""
    before, counted = stored_bytes(site.folder), revisions_in(site.folder)
    words = command("import-history", str(path), "--slug", slug)
    words += ["--licence", "CC-BY-SA-3.0", "--source", "a measurement"]
    began = time.perf_counter()
    whole = True
    with subprocess.Popen(
        words, env=site.env, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True
    ) as process:
        try:
            with watched(process.pid) as peak:
                _, said = process.communicate(timeout=seconds)
        except subprocess.TimeoutExpired:
            print(f"The import of {slug} was ended after {seconds:.0f} s; its page stays unread.")
            process.kill()
            whole, said = False, ""
    if whole and process.returncode:
        raise RuntimeError(f"the import of {slug} failed: {said[-1000:]}")
    return Import(
        revisions_in(site.folder) - counted,
        time.perf_counter() - began,
        peak,
        stored_bytes(site.folder) - before,
        whole,
    )


def stored_bytes(folder: Path) -> int:
    """Bytes of all tables and their keys in the database; the search index lies beside it."""
    with closing(sqlite3.connect(folder / "wiki.db")) as database:
        pages, free, size = (
            database.execute(f"PRAGMA {name}").fetchone()[0]
            for name in ("page_count", "freelist_count", "page_size")
        )
    return int((pages - free) * size)


def revisions_in(folder: Path) -> int:
    """How many revisions all pages have."""
    with closing(sqlite3.connect(folder / "wiki.db")) as database:
        return int(database.execute("SELECT count(*) FROM revision").fetchone()[0])


def _reading(wiki: Server, brought: Mapping[str, Import]) -> list[Figure]:
    times = {
        slug: (
            _p50(wiki, f"/w/{slug}/history"),
            _p50(wiki, f"/w/{slug}/diff/{each.revisions - 1}/{each.revisions}"),
        )
        for slug, each in brought.items()
        if each.whole
    }
    against = f"page of {FEW}"
    figures = []
    for slug in times:
        each = brought[slug]
        number = f"{each.revisions:,}"
        for name, at in (("history of", 0), ("newest diff of", 1)):
            key = f"{name.split()[-2]}_{slug}"
            what = f"{name} {number} revisions, p50"
            base = times["few"][at]
            figures.append(Figure(what, times[slug][at], "ms", key, against, base))
    return figures


def _p50(wiki: Server, path: str) -> float:
    """Milliseconds of an anonymous request, one at a time."""
    browser = Browser(wiki.port)
    browser.get(path)
    browser.close()
    load = drive(wiki.port, [request(path)], at_most=ASKED, seconds=10)
    return 1000 * median(load.latencies)


def _importing(real: Import) -> list[Figure]:
    return [
        Figure(f"import of {real.revisions:,} revisions", real.seconds, "s", "import_seconds"),
        Figure("  revisions a second", real.revisions / real.seconds, "1/s", "import_rate"),
        Figure("  peak memory of the importer", real.peak.first, "MB", "import_memory"),
        Figure("  peak memory with its render worker", real.peak.together, "MB"),
        Figure("  stored over all tables", real.stored / real.revisions, "bytes/rev", "stored"),
    ]
