"""Memory under load, the time until the first answer, and the bytes of a first view."""

import re
import time
from html import unescape

from bench.browser import Browser
from bench.figures import Figure, median
from bench.load import drive, request
from bench.processes import watched
from bench.saving import together
from bench.serving import Server, cost, hello, running
from bench.site import Site, command, serving, signed_in
from bench.texts import Writer
from bench.workshop import Workshop

STORY = 1_500  # words of the page whose bytes are counted
SHEET = re.compile(r'<link\b(?=[^>]*\brel="stylesheet")[^>]*\bhref="([^"]+)"')
OTHER = re.compile(
    r'<(?:script|img)\b[^>]*\bsrc="([^"]+)"|<link\b(?=[^>]*\brel="icon")[^>]*\bhref="([^"]+)"'
)


def measure(workshop: Workshop) -> list[Figure]:
    """Of the wiki with generated pages; the memory counts shared pages once for each process."""
    site = workshop.site
    seconds = workshop.choose(2, 5)
    with hello(site.settings.threads, site.env) as bare:
        began = _until_answer(bare)
        cost(bare, [request("/")], seconds=1)
        least = bare.memory()
    with serving(site) as wiki:
        rest = wiki.memory()
        weight = _weight(wiki, site)
        with watched(wiki.pid) as peak:
            cost(wiki, [request(f"/w/{slug}") for slug in site.slugs[:100]], seconds=seconds)
            together(wiki, site, seconds=seconds)
            wiki.settle()
    cold = _cold_start(site, times=int(workshop.choose(2, 4)))
    against = "bare Flask"
    return [
        Figure("memory at rest, all processes", rest, "MB", "memory_rest", against, least),
        Figure("memory under load, all processes", peak.together, "MB", "memory", against, least),
        Figure("cold start until the first answer", cold, "s", "cold_start", against, began),
        *weight,
    ]


def _until_answer(server: Server) -> float:
    """Seconds from the start of the process until `/` was answered, asked as soon as it could."""
    drive(server.port, [request("/")], at_most=1)
    return time.perf_counter() - server.started


def _cold_start(site: Site, *, times: int) -> float:
    taken = []
    for _ in range(times):
        with running(command("serve", "--port", "0"), site.env) as wiki:
            taken.append(_until_answer(wiki))
    return median(taken)


def _weight(wiki: Server, site: Site) -> list[Figure]:
    """Bytes on the wire, headers included, of a page of 1,500 words for somebody new."""
    slug = site.slugs[-1]
    with signed_in(wiki) as browser:
        site.texts[slug] = Writer(8).page(STORY, site.slugs[:3])
        browser.edit(slug, site.texts[slug])
    reader = Browser(wiki.port)
    page = reader.get(f"/w/{slug}").text
    reader.close()
    sheets = {unescape(link) for link in SHEET.findall(page)}
    others = {unescape(one or two) for one, two in OTHER.findall(page)} - sheets
    html = _bytes(wiki, f"/w/{slug}")
    first = html + sum(_bytes(wiki, sheet) for sheet in sheets)
    whole = first + sum(_bytes(wiki, other) for other in others)
    return [
        Figure("first view: HTML, headers, styles", first / 1000, "kB", "first_view"),
        Figure("  of these HTML and its headers", html / 1000, "kB"),
        Figure("whole page in a browser", whole / 1000, "kB", "page_weight"),
        Figure("requests of it", 1 + len(sheets) + len(others), "requests", "page_requests"),
    ]


def _bytes(wiki: Server, path: str) -> int:
    """The length of one answer with its headers, as a browser of today gets it."""
    return drive(wiki.port, [request(path, encoding="gzip, br")], at_most=1).bytes
