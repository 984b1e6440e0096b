"""Reading a page: stored bytes, 304, signed in, with voices; against a bare Flask application."""

from collections.abc import Mapping, Sequence

from bench.browser import Browser
from bench.figures import Figure, median
from bench.load import drive, request
from bench.serving import Cost, Server, cost, hello
from bench.site import environment, serving, signed_in
from bench.workshop import Workshop

BASELINE = "bare Flask"
READ = 100  # pages that are asked for in turn


def measure(workshop: Workshop) -> list[Figure]:
    """Requests a second over 8 connections and CPU of a request, each in rounds in turn."""
    site = workshop.site
    paths = [f"/w/{slug}" for slug in site.slugs[:READ]]
    rounds = int(workshop.choose(2, 3))
    seconds = workshop.choose(1.0, 2.5)
    with (
        serving(site) as wiki,
        hello(site.settings.threads, environment(site.folder)) as bare,
        signed_in(wiki) as browser,
    ):
        asked = {
            "anonymous": _requests(wiki, paths),
            "voices": _requests(wiki, [f"{path}?voices=1" for path in paths]),
            "signed in": _requests(wiki, paths, browser.headers),
            "signed in, voices": _requests(
                wiki, [f"{path}?voices=1" for path in paths], browser.headers
            ),
        }
        unchanged = [_conditional(wiki, path) for path in paths]
        found: dict[str, list[Cost]] = {name: [] for name in (BASELINE, "304", *asked)}
        for _ in range(rounds):
            found[BASELINE].append(cost(bare, [request("/")], seconds=seconds))
            found["304"].append(cost(wiki, unchanged, seconds=seconds, status=304))
            for name, requests in asked.items():
                found[name].append(cost(wiki, requests, seconds=seconds))
    return _figures(found)


def _requests(
    wiki: Server, paths: Sequence[str], headers: Mapping[str, str] | None = None
) -> list[bytes]:
    """Requests for pages that have been asked for once: what a first view keeps is there."""
    requests = [request(path, headers) for path in paths]
    drive(wiki.port, requests, at_most=len(requests), seconds=60)
    return requests


def _conditional(wiki: Server, path: str) -> bytes:
    """A request for a page that the reader has already."""
    browser = Browser(wiki.port)
    tag = browser.get(path, gzip=True).headers.get("ETag", "")
    browser.close()
    return request(path, {"If-None-Match": tag})


def _figures(found: Mapping[str, Sequence[Cost]]) -> list[Figure]:
    names = {
        "anonymous": ("anonymous page", "anonymous"),
        "304": ("page the reader has (304)", "unchanged"),
        "voices": ("anonymous page with voices", "voices"),
        "signed in": ("signed-in page", "signed_in"),
        "signed in, voices": ("signed-in page with voices", "signed_in_voices"),
    }
    rate = median([each.load.per_second for each in found[BASELINE]])
    cpu = median([each.cpu_ms for each in found[BASELINE]])
    figures = []
    for name, (what, key) in names.items():
        ours = [each.load.per_second for each in found[name]]
        spent = [each.cpu_ms for each in found[name]]
        figures += [
            Figure(what, median(ours), "requests/s", f"{key}_rate", BASELINE, rate),
            Figure(f"{what}, CPU", median(spent), "ms", f"{key}_cpu", BASELINE, cpu),
        ]
    return figures
