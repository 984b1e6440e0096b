"""WikiWho on one history, run by the Python of an environment that has it: nothing of ours here.

usage: attribution_wikiwho.py HISTORY OUT all|last   writes predictions to OUT, prints CPU seconds
"""

import json
import lzma
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from typing import Any, TextIO

from WikiWho.utils import iter_rev_tokens
from WikiWho.wikiwho import Wikiwho


def main(path: str, out: str, which: str) -> None:
    """One line of predictions a revision; none for a revision it skips as vandalism.

    Twice: for the time with nothing between two saves, and for the answers.
    """
    spent = []
    engine = Wikiwho(path)
    for revision in _revisions(path):
        began = time.process_time()
        _save(engine, revision)
        spent.append(time.process_time() - began)
    engine = Wikiwho(path)
    with open(out, "w") as written:
        for revision in _revisions(path):
            _save(engine, revision)
            if which == "all" and revision["revid"] in engine.revisions:
                _write(written, engine, revision["revid"])
        if which == "last" and revision["revid"] in engine.revisions:
            _write(written, engine, revision["revid"])
    print(json.dumps(spent))


def _save(engine: Wikiwho, revision: dict[str, Any]) -> None:
    with suppress(Exception):  # a revision it cannot do is one without an answer
        engine.analyse_article([revision])


def _revisions(path: str) -> Iterator[dict[str, Any]]:
    with lzma.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            yield {
                "revid": row["rev"],
                "*": row["text"],
                "timestamp": row["timestamp"],
                "user": row["author"],
                "userid": row["author"],
            }


def _write(written: TextIO, engine: Wikiwho, rev: int) -> None:
    found = list(iter_rev_tokens(engine.revisions[rev]))
    strs = [word.value for word in found]
    origins = [word.origin_rev_id for word in found]
    answer = {"doc": "", "rev": rev, "strs": strs, "origins": origins}
    written.write(json.dumps(answer) + "\n")


if __name__ == "__main__":
    main(*sys.argv[1:])
