"""Histories whose every word's owner is known, because this program makes each edit itself.

`python -m bench.made_histories FOLDER [--pages N] [--seed S]` writes pages as the scorer of the
shared material reads them; `python -m bench.attribution --synthetic FOLDER` measures engines on
them. The conventions are those of that material (C1 to C8): tests of the engine against itself.
"""

import argparse
import json
import lzma
from collections.abc import Iterable, Sequence
from itertools import groupby
from pathlib import Path

from bench.made_pages import Block, Token, make
from wiki.text.tokens import tokens


def rendered(blocks: Sequence[Block]) -> tuple[str, list[Token]]:
    """The text of a page and its tokens."""
    lines, said = [], []
    for block in blocks:
        words: list[str] = []
        for token in [*block.mark, *(token for each in block.sentences for token in each)]:
            said.append(token)
            if token.text in ",.?!" and words:
                words[-1] += token.text
            else:
                words.append(token.text)
        width = block.width or len(words) + 1
        cut = [" ".join(words[at : at + width]) for at in range(0, len(words), width)]
        lines.append("\n".join(cut))
    text = "\n\n".join(lines) + "\n"
    assert tokens(text) == [token.text for token in said], "the page is not what it was made of"
    return text, said


def write(folder: Path, name: str, seed: int, revisions: int) -> None:
    """One page as the scorer reads it: its texts, and the owners of their tokens."""
    folder.mkdir(parents=True, exist_ok=True)
    with (
        lzma.open(folder / f"{name}.revs.jsonl.xz", "wt", encoding="utf-8") as texts,
        lzma.open(folder / f"{name}.truth.jsonl.xz", "wt", encoding="utf-8") as truth,
    ):
        for rev, (kind, blocks) in enumerate(make(seed, revisions), 1):
            text, said = rendered(blocks)
            row = {"rev": rev, "author": f"author{rev % 23}", "timestamp": rev, "type": kind}
            texts.write(json.dumps({**row, "text": text}) + "\n")
            touched = [[at, at + 1] for at, token in enumerate(said) if token.origin == rev]
            owners = {
                "origin": _runs(token.origin for token in said),
                "alt": _runs(token.alt for token in said),
                "kinds": _runs(token.kind for token in said),
            }
            row |= {"doc": name, "n": len(said), "affected": touched, **owners}
            truth.write(json.dumps(row) + "\n")


def _runs(values: Iterable[object]) -> list[list[object]]:
    return [[value, len(list(run))] for value, run in groupby(values)]


def main() -> None:
    """Write the pages."""
    asked = argparse.ArgumentParser(prog="bench.made_histories", description=__doc__)
    asked.add_argument("folder", type=Path)
    asked.add_argument("--pages", type=int, default=6)
    asked.add_argument("--revisions", type=int, default=200)
    asked.add_argument("--seed", type=int, default=1)
    said = asked.parse_args()
    for page in range(said.pages):
        write(said.folder, f"made-{page}", said.seed * 1000 + page, said.revisions)


if __name__ == "__main__":
    main()
