"""`wiki attribute`: the engine on any history, without a wiki."""

import json
import lzma
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TextIO

import click

from wiki.attribution.archive import Engine
from wiki.attribution.credit import Credit, fixer_of, origin_of
from wiki.errors import WikiError
from wiki.text.tokens import tokens

_TOLD_EVERY = 500  # revisions between two signs of life


@click.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--last", is_flag=True, help="Write only the last revision.")
def attribute(file: Path, last: bool) -> None:
    """Find who wrote each word of a history; needs no data folder.

    FILE (.jsonl or .jsonl.xz) holds one JSON object a line, oldest first, with "rev" and "text".
    For each, one JSON line is written to standard output: "doc", "rev", the tokens ("strs"),
    the revision that each comes from ("origins"), and for mended words their place and the
    revision that mended them ("fixers").
    """
    doc = file.name.removesuffix(".xz").removesuffix(".jsonl").removesuffix(".revs")
    found = None
    done = 0
    for done, found in enumerate(predictions(_lines(file)), 1):
        if not last:
            click.echo(_line(doc, found))
        if done % _TOLD_EVERY == 0:
            click.echo(f"{done} revisions", err=True)
    if last and found is not None:
        click.echo(_line(doc, found))
    click.echo(f"{done} revisions done", err=True)


@dataclass(frozen=True)
class Prediction:
    """Whose words a revision is made of; `revs` names the numbers in its credits."""

    rev: Any
    text: str
    credits: list[Credit]
    revs: list[Any]

    def origins(self) -> list[Any]:
        """The rev that each token comes from."""
        return [self.revs[origin_of(credit)] for credit in self.credits]

    def fixers(self) -> list[tuple[int, Any]]:
        """The tokens whose spelling was mended, by place, and the rev that mended them."""
        return [
            (place, self.revs[fixer])
            for place, credit in enumerate(self.credits)
            if (fixer := fixer_of(credit))
        ]


def predictions(lines: Iterator[dict[str, Any]]) -> Iterator[Prediction]:
    """For each revision the origin of each of its tokens."""
    engine = Engine()
    revs: list[Any] = [None]
    for line in lines:
        revs.append(line["rev"])
        state = engine.save(line["text"])
        yield Prediction(line["rev"], line["text"], list(state.head.credits), revs)


def _line(doc: str, found: Prediction) -> str:
    answer = {
        "doc": doc,
        "rev": found.rev,
        "strs": tokens(found.text),
        "origins": found.origins(),
        "fixers": found.fixers(),
    }
    return json.dumps(answer, ensure_ascii=False, separators=(",", ":"))


def _lines(file: Path) -> Iterator[dict[str, Any]]:
    """The revisions in a file. WikiError, with the number of the line, for one that is none."""
    number = 0
    try:
        with _open(file) as source:
            for number, raw in enumerate(source, 1):
                if raw.strip():
                    yield _revision(raw, number)
    except (lzma.LZMAError, EOFError, UnicodeDecodeError) as damage:
        raise WikiError(
            "The file cannot be read after line %(line)s.", {"line": number}
        ) from damage


def _open(file: Path) -> TextIO:
    if file.suffix == ".xz":
        return lzma.open(file, "rt", encoding="utf-8")
    return file.open(encoding="utf-8")


def _revision(raw: str, number: int) -> dict[str, Any]:
    try:
        line = json.loads(raw)
    except ValueError:
        line = None
    if not isinstance(line, dict) or "rev" not in line or not isinstance(line.get("text"), str):
        raise WikiError(
            'Line %(line)s is not a revision: a JSON object with "rev" and "text" is needed.',
            {"line": number},
        )
    return line
