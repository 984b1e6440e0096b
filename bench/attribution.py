"""`make bench-attribution`: whose words, engines side by side in one run.

Words right on histories whose truth is known, words credited too late on real ones, CPU a save
in memory, and what attribution adds to a real save. The histories and the scorers are those of the
shared material (WIKI_MATERIAL); the scorers know nothing of this project. WikiWho takes part if
`make wikiwho` has installed it in an environment of its own.
"""

import argparse
import json
import subprocess
import sys
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path

from bench import attribution_saves
from bench.attribution_engines import Run, blame, difflib, document, ours, wikiwho
from bench.figures import percentile, shown, table
from bench.workshop import Workshop

ENGINES: dict[str, Callable[[Path, Path, bool], Run | None]] = {
    "ours": ours,
    "WikiWho": wikiwho,
    "difflib": difflib,
    "blame": blame,
}
LONG = "wp-anarchism-full"  # a gigabyte of text: only when asked for
LEAST = 1_000  # tokens of a page on which speed is compared by itself
Spent = dict[str, dict[str, Run]]  # by history, by engine


def main() -> int:
    """Exit code 1 if the material is not here."""
    asked = argparse.ArgumentParser(prog="bench.attribution", description=__doc__.split("\n")[0])
    asked.add_argument("--full", action="store_true", help=f"with {LONG}: half an hour more")
    asked.add_argument("--only", choices=["memory", "saves"], help="one half of the figures")
    asked.add_argument("--synthetic", type=Path, help="a folder of histories with known truth")
    said = asked.parse_args()
    with Workshop() as workshop:
        if workshop.material is None:
            print("Set WIKI_MATERIAL to the folder of shared material.")
            return 1
        histories = workshop.material / "histories"
        if said.only != "saves":
            _in_memory(histories, said.synthetic or histories / "synthetic", full=said.full)
        if said.only != "memory":
            attribution_saves.measure(histories / "real", workshop.place("saves"))
    return 0


def _in_memory(histories: Path, synthetic: Path, *, full: bool) -> None:
    scoring = histories / "scoring"
    spent: Spent = {}
    with tempfile.TemporaryDirectory(prefix="wiki-bench-") as place:
        predictions = Path(place)
        known = sorted(synthetic.glob("*.revs.jsonl.xz"))
        systems = _predict(known, predictions, list(ENGINES), spent)
        if "WikiWho" not in systems:
            print("WikiWho: not installed. `make wikiwho` puts it into an environment of its own.")
        print(f"\n== words right on {len(known)} histories with known truth")
        docs = ",".join(map(document, known))
        _scorer(scoring, "score.py", str(synthetic), str(predictions), ",".join(systems), docs)
        real = [
            path
            for path in sorted((histories / "real").glob("*.jsonl.xz"))
            if full or document(path) != LONG
        ]
        print("\n== real histories: words credited to a revision although they stood there before")
        _late(scoring, real, predictions, spent)
    _speed(spent)


def _predict(
    histories: Sequence[Path],
    folder: Path,
    names: Sequence[str],
    spent: Spent,
    every: bool = True,
) -> list[str]:
    """Run engines on histories, for every revision or the last; those engines that are there."""
    there = []
    for name in names:
        (folder / name).mkdir(exist_ok=True)
        for history in histories:
            run = ENGINES[name](history, folder / name / f"{document(history)}.jsonl", every)
            if run is None:
                break
            spent.setdefault(document(history), {})[name] = run
        else:
            there.append(name)
    return there


def _scorer(scoring: Path, name: str, *words: str) -> str:
    done = subprocess.run(
        [sys.executable, "-B", name, *words], cwd=scoring, capture_output=True, text=True
    )
    if name == "score.py" or done.returncode:
        print(done.stdout + done.stderr)
        sys.stdout.flush()
    return done.stdout


def _late(scoring: Path, real: Sequence[Path], predictions: Path, spent: Spent) -> None:
    cells = []
    pooled: dict[str, list[float]] = {}
    for history in real:
        systems = _predict([history], predictions, ["ours", "WikiWho"], spent, every=False)
        doc = document(history)
        said = _scorer(scoring, "real_check.py", str(predictions), doc, str(history), *systems)
        found = json.loads(said)
        late: dict[str, float] = {}
        for system in systems:
            answer = found.get(system)
            if isinstance(answer, dict):
                late[system] = answer["late%"]
                sums = pooled.setdefault(system, [0.0, 0.0])
                sums[0] += answer["late%"] * answer["words"]
                sums[1] += answer["words"]
        cells.append(
            [
                doc,
                *(_cell(late.get(name)) for name in ("ours", "WikiWho")),
                _alike(spent[doc]["ours"]),
            ]
        )
    ends = {name: late / words for name, (late, words) in pooled.items()}
    cells.append(["pooled by words", *(_cell(ends.get(name)) for name in ("ours", "WikiWho")), ""])
    print(table(("late words, %", "ours", "WikiWho", "reverted texts alike (ours)"), cells))


def _alike(run: Run) -> str:
    return f"{run.alike} of {run.again}"


def _cell(value: float | None) -> str:
    return "–" if value is None else f"{value:.2f}"


def _speed(spent: Spent) -> None:
    """CPU a save, in memory: means and 99th percentiles, and WikiWho's over ours."""
    lines = []
    total = {"ours": [0.0, 0], "WikiWho": [0.0, 0]}
    for doc, runs in spent.items():
        mine, theirs = runs["ours"].spent, runs["WikiWho"].spent if "WikiWho" in runs else []
        for name, values in (("ours", mine), ("WikiWho", theirs)):
            total[name][0] += sum(values)
            total[name][1] += len(values)
        lines.append([doc, str(runs["ours"].tokens), *_compared(mine, theirs)])
    print("\n== CPU a save, both in memory (pages under 1,000 tokens are too short to compare)")
    head = (
        "history",
        "tokens",
        "ours, ms",
        "WikiWho",
        "times",
        "ours p99",
        "WikiWho p99",
        "times",
    )
    print(table(head, lines))
    means = [1000 * seconds / max(saves, 1) for seconds, saves in total.values()]
    ratio = means[1] / means[0] if total["WikiWho"][1] else None
    cells = [shown(mean) for mean in means]
    print(f"pooled mean: ours {cells[0]} ms, WikiWho {cells[1]} ms, {shown(ratio)} times")


def _compared(mine: Sequence[float], theirs: Sequence[float]) -> list[str]:
    cells = []
    for of in (lambda values: sum(values) / len(values), lambda values: percentile(values, 99)):
        one = 1000 * of(mine)
        two = 1000 * of(theirs) if theirs else None
        cells += [shown(one), shown(two), shown(two / one if two is not None else None)]
    return cells


if __name__ == "__main__":
    sys.exit(main())
