"""WikiWho on one history, run by the Python of an environment that has it: nothing of ours here.

usage: attribution_wikiwho.py HISTORY OUT all|last   writes predictions to OUT, prints CPU seconds
"""

import json
import lzma
import sys
import time
from contextlib import suppress
from typing import TextIO

from WikiWho.utils import iter_rev_tokens
from WikiWho.wikiwho import Wikiwho


def main(path: str, out: str, which: str) -> None:
    """One line of predictions a revision; none for a revision it skips as vandalism."""
    engine = Wikiwho(path)
    spent = []
    with lzma.open(path, "rt", encoding="utf-8") as lines, open(out, "w") as written:
        for line in lines:
            row = json.loads(line)
            revision = {
                "revid": row["rev"],
                "*": row["text"],
                "timestamp": row["timestamp"],
                "user": row["author"],
                "userid": row["author"],
            }
            began = time.process_time()
            with suppress(Exception):  # a revision it cannot do is one without an answer
                engine.analyse_article([revision])
            spent.append(time.process_time() - began)
            if which == "all" and row["rev"] in engine.revisions:
                _write(written, engine, row["rev"])
        if which == "last" and row["rev"] in engine.revisions:
            _write(written, engine, row["rev"])
    print(json.dumps(spent))


def _write(written: TextIO, engine: Wikiwho, rev: int) -> None:
    found = list(iter_rev_tokens(engine.revisions[rev]))
    strs = [word.value for word in found]
    origins = [word.origin_rev_id for word in found]
    answer = {"doc": "", "rev": rev, "strs": strs, "origins": origins}
    written.write(json.dumps(answer) + "\n")


if __name__ == "__main__":
    main(*sys.argv[1:])
