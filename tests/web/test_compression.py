"""Which encoding a reader gets: the one it likes best (RFC 9110, 12.5.3), and the right bytes."""

import gzip

import brotli
import pytest
from flask import Flask

from tests.journeys.browser import Person
from wiki.web.compression import choose, deflated, gzipped


@pytest.mark.parametrize(
    ("accepted", "chosen"),
    [
        ("", ""),
        ("gzip", "gzip"),
        ("gzip, deflate, br, zstd", "br"),
        ("br;q=0.5, gzip", "gzip"),
        ("BR ; q=1.0 , gzip;q=0.8", "br"),
        ("br;q=0, gzip;q=0", ""),
        ("*", "br"),
        ("*;q=0.1, br;q=0", "gzip"),
        ("*;q=0", ""),
        ("identity", ""),
        ("identity, gzip;q=0.5", ""),
        ("gzip;q=high", ""),
        ("gzip;level=9", "gzip"),
        ("brotli, gzipped", ""),
    ],
)
def test_a_reader_gets_the_encoding_it_likes_best(accepted: str, chosen: str) -> None:
    assert choose(accepted, ("br", "gzip")) == chosen


def plain(encoding: str | None, data: bytes) -> bytes:
    unpack = {"br": brotli.decompress, "gzip": gzip.decompress}.get(encoding or "", bytes)
    return bytes(unpack(data))


@pytest.mark.parametrize("address", ["/w/kites", "/static/css/read.css"])
def test_every_encoding_holds_the_same_and_has_an_etag_of_its_own(
    app: Flask, address: str
) -> None:
    Person(app, "Ada").write("kites", "Kites fly. " * 200, title="Kites")
    client = app.test_client()
    for _ in range(2):  # made, then found
        answers = [
            client.get(address, headers={"Accept-Encoding": said} if said else {})
            for said in ("br, gzip", "gzip", "")
        ]
        texts = {plain(each.headers.get("Content-Encoding"), each.data) for each in answers}

        assert [each.headers.get("Content-Encoding") for each in answers] == ["br", "gzip", None]
        assert len(texts) == 1
        assert len({each.headers["ETag"] for each in answers}) == 3
        assert all("Accept-Encoding" in each.headers["Vary"] for each in answers)
        assert len(answers[0].data) < len(answers[1].data)


def test_a_reader_that_has_the_page_in_one_encoding_has_it_in_all(app: Flask) -> None:
    Person(app, "Ada").write("kites", "Kites fly.", title="Kites")
    client = app.test_client()
    tag = client.get("/w/kites", headers={"Accept-Encoding": "br"}).headers["ETag"]

    again = client.get("/w/kites", headers={"Accept-Encoding": "gzip", "If-None-Match": tag})

    assert (again.status_code, again.data) == (304, b"")


@pytest.mark.parametrize("part", [b"", b"a", b"story " * 5_000, bytes(range(256)) * 300])
@pytest.mark.parametrize(("before", "after"), [(b"", b""), (b"<main>", b"</main>" * 900)])
def test_a_part_that_was_packed_before_makes_no_difference_to_who_unpacks(
    before: bytes, part: bytes, after: bytes
) -> None:
    whole = before + part + after

    assert gzip.decompress(gzipped(whole, (part, deflated(part)))) == whole
    assert gzip.decompress(gzipped(whole, (b"not in it", deflated(b"not in it")))) == whole


def test_a_signed_in_reader_gets_the_page_whole_in_every_encoding(app: Flask) -> None:
    ada = Person(app, "Ada")
    ada.write("kites", "Kites fly. " * 200, title="Kites")
    packed, open_ = (
        ada.client.get("/w/kites", headers={"Accept-Encoding": said}) for said in ("gzip", "")
    )

    assert packed.headers["Content-Encoding"] == "gzip"
    assert b"Kites fly. Kites fly." in gzip.decompress(packed.data)
    assert len(gzip.decompress(packed.data)) == len(open_.data)
