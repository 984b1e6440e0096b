"""Every address there is that somebody can open, for tests that play the attacker.

A new route is among them by itself, unless its address holds a part that VALUES does not know:
then `addresses` fails until somebody says what stands there.
"""

from collections.abc import Iterable, Mapping, Sequence
from itertools import product
from urllib.parse import urlencode

from flask import Flask

Values = Mapping[str, Sequence[object]]

WITHOUT_SECRETS = ("static", "favicon", "robots")  # files of the program, the same in every wiki
VALUES: Values = {
    "partner": ["hill-school", "nobody"],
    "key": ["p-school", "p-firm"],
    "place": [1, 2, 3],
    "first": [0],
    "last": [400],
    "table": ["cases", "lessons", "partners", "money"],
    "form": ["csv", "jsonl"],
    "kind": ["case", "page"],
    "step": ["start"],
    "code": ["abcdefgh"],
    "public_id": ["x"],
}
QUERIES: Mapping[str, Sequence[Mapping[str, object]]] = {
    "reading.page": [{}, {"voices": 1}],
    "reading.history": [{}, {"before": 3}],
    "reading.recent": [{}, {"untimed": 1}, {"kind": "case"}, {"untimed": 1, "kind": "case"}],
    "reading.all_pages": [{}, {"kind": "case"}],
    "reading.cases": [{}, {"order": "title"}, {"order": "year"}],
    "reading.begin": [{}, {"partnership_type": "donor_funded"}],
    "search.results": [{"q": "nobody"}, {"q": "case"}, {"q": "told"}],
}
OF_EVERY_REVISION = ("reading.raw", "api.attribution", "exchange.export")  # ?revision=


def addresses(
    app: Flask, slugs: Mapping[str, int], names: Sequence[str], *, under: str = "/"
) -> list[str]:
    """All addresses of these people and of these pages (with the number of their newest revision):
    of the first, the newest and the one before, which were the newest once themselves.

    KeyError if a route has a part that nobody has a value for.
    """
    found: list[str] = []
    for rule in app.url_map.iter_rules():
        if "GET" not in (rule.methods or ()) or rule.endpoint in WITHOUT_SECRETS:
            continue
        if str(rule).startswith(under):
            found += _of(app, rule.endpoint, sorted(rule.arguments), slugs, names)
    return sorted(set(found))


def _of(
    app: Flask, endpoint: str, parts: Sequence[str], slugs: Mapping[str, int], names: Sequence[str]
) -> Iterable[str]:
    routes = app.url_map.bind("localhost")
    for slug, newest in slugs.items() if "slug" in parts else [("", 0)]:
        numbers = [n for n in (1, newest - 1, newest) if n > 0]
        values = {**VALUES, "slug": [slug], "name": names}
        values |= {"number": numbers, "old": numbers, "new": numbers}
        for chosen in product(*(values[part] for part in parts)):
            filled = dict(zip(parts, chosen, strict=True))
            if "old" in parts and filled["old"] == filled["new"]:
                continue
            address = routes.build(endpoint, filled)
            for query in _queries(endpoint, slug, numbers):
                yield f"{address}?{urlencode(query)}" if query else address


def _queries(endpoint: str, slug: str, numbers: Sequence[int]) -> Sequence[Mapping[str, object]]:
    if endpoint in OF_EVERY_REVISION:
        return [{}, *({"revision": number} for number in numbers)]
    return QUERIES.get(endpoint, [{}])
