"""All that anybody may take from the wiki about a page, for tests that play the attacker."""

import re
from difflib import unified_diff
from io import BytesIO
from zipfile import ZipFile

from tests.journeys.browser import Person

ADDRESSES = (
    "/w/{slug}",
    "/w/{slug}?voices=1",
    "/w/{slug}/raw",
    "/w/{slug}/history",
    "/w/{slug}/voices",
    "/w/{slug}/links",
    "/w/{slug}@{number}",
    "/w/{slug}@{before}",
    "/w/{slug}@{number}/voices/1",
    "/w/{slug}@{number}/words/0-40",
    "/w/{slug}/diff/{before}/{number}",
    "/api/v1/pages/{slug}/attribution",
    "/recent",
    "/recent?untimed=1",
    "/decisions",
    "/cases.csv",
    "/cases.jsonl",
    "/partners.csv",
    "/search?q={slug}",
)
OF_EVERY_ANSWER = ("Date", "ETag", "Content-Length")  # an ETag is a hash of what is compared
CLOCK = re.compile(r"T\d\d:\d\d|\b\d\d?:\d\d\b")
DATE = re.compile(r"\d{4}-\d\d-\d\d|<time[^>]*>[^<]*</time>")


def outputs(reader: Person, slug: str, number: int) -> dict[str, str]:
    """What every address answers about the page and its revision `number`, ZIP files unpacked."""
    told = {}
    for shape in ADDRESSES:
        address = shape.format(slug=slug, number=number, before=max(1, number - 1))
        answer = reader.open(address)
        assert answer.status_code == 200, address
        said = [f"{n}: {v}" for n, v in answer.headers if n not in OF_EVERY_ANSWER]
        told[shape] = "\n".join([answer.text, *said])
    for name, text in unpacked(reader.open(f"/w/{slug}/export").data).items():
        told[f"export {name.replace(slug, 'SLUG')}"] = text
    return told


def unpacked(data: bytes) -> dict[str, str]:
    """The files of a ZIP by name."""
    with ZipFile(BytesIO(data)) as packed:
        return {name: packed.read(name).decode() for name in packed.namelist()}


def alike(told: dict[str, str], slug: str) -> dict[str, str]:
    """The outputs without what differs from page to page: its address and the day."""
    lists = ("/recent", "/decisions", "/cases", "/partners", "/search")
    return {
        shape: DATE.sub("DAY", text.replace(slug, "SLUG"))
        for shape, text in told.items()
        if not shape.startswith(lists)
    }


def differing(one: dict[str, str], other: dict[str, str]) -> list[str]:
    """The lines in which two sets of outputs differ, each with its address."""
    found = []
    for shape in sorted({*one, *other}):
        here, there = (told.get(shape, "").splitlines() for told in (one, other))
        found += [f"{shape} {line}" for line in unified_diff(here, there, n=0) if line[:1] in "-+"]
    return found
