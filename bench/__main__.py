"""`python -m bench [PART …] [--quick]`: measure, and print a table for each part.

Runs the wiki as it is served, on 127.0.0.1 and in temporary folders that are removed at the end.
Nothing here passes or fails: a speed is a figure, and a busy machine makes every figure worse.
Compare ratios, which hold a baseline of the same run.
"""

import argparse
import os
import sys
import time
import traceback
from collections.abc import Callable

from bench import cases, finding, history, long_page, memory, page_view, panel, saving
from bench.figures import Figure, table_of
from bench.goals import table_of_goals
from bench.workshop import Workshop

PARTS: dict[str, Callable[[Workshop], list[Figure]]] = {
    "view": page_view.measure,
    "panel": panel.measure,
    "save": saving.measure,
    "long": long_page.measure,
    "history": history.measure,
    "search": finding.measure,
    "cases": cases.measure,
    "memory": memory.measure,
}


def main() -> int:
    """Exit code 1 if a part could not be measured."""
    asked = argparse.ArgumentParser(prog="bench", description=__doc__.partition("\n")[0])
    asked.add_argument("parts", nargs="*", metavar="PART", help=", ".join(PARTS))
    asked.add_argument("--quick", action="store_true", help="fewer pages, shorter rounds")
    said = asked.parse_args()
    unknown = set(said.parts) - set(PARTS)
    if unknown:
        asked.error(f"no such part: {', '.join(sorted(unknown))}")
    figures: list[Figure] = []
    failed = 0
    with Workshop(quick=said.quick) as workshop:
        print(
            f"{os.cpu_count()} processors, {workshop.pages} pages, load {os.getloadavg()[0]:.1f}"
        )
        for name in said.parts or PARTS:
            began = time.perf_counter()
            try:
                measured = PARTS[name](workshop)
            except Exception:
                traceback.print_exc()
                failed = 1
                continue
            figures += measured
            print(f"\n== {name}, {time.perf_counter() - began:.0f} s\n{table_of(measured)}")
            sys.stdout.flush()
    print(f"\n== goals and other wikis\n{table_of_goals(figures)}")
    return failed


if __name__ == "__main__":
    sys.exit(main())
