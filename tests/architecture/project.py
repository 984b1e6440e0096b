"""The project's own files, for tests that read them."""

from collections.abc import Callable, Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
VENDOR = "vendor"  # written by others, kept as they wrote it
TEXTS = {".py", ".html", ".css", ".js", ".md", ".toml", ".lock", ".yaml", ".yml", ".txt", ".svg"}


def files(*folders: str, suffix: str) -> list[Path]:
    """Files of ours under `folders` that end in `suffix`, in order, vendored ones left out."""
    found: list[Path] = []
    for folder in folders:
        found += (ROOT / folder).rglob(f"*{suffix}")
    return sorted(
        path
        for path in found
        if path.is_file() and VENDOR not in path.parts and "__pycache__" not in path.parts
    )


def texts() -> Iterator[Path]:
    """Every text file of the project that a person wrote."""
    top = [path for path in ROOT.iterdir() if path.is_file() and path.name != ".git"]
    for path in top + files(
        *("wiki", "tests", "bench", "docs", "templates", "static", "content", ".ci"), suffix=""
    ):
        if path.suffix in TEXTS or path.name in ("Makefile", "run", ".gitignore", "LICENSE"):
            yield path


def name(path: Path) -> str:
    """The path as a message shows it."""
    return path.relative_to(ROOT).as_posix()


def breaches(rule: Callable[[str], list[int]], paths: list[Path]) -> list[str]:
    """`file:line` of each place where `rule`, which maps a text to line numbers, objects."""
    return [
        f"{name(path)}:{line}" for path in paths for line in rule(path.read_text(encoding="utf-8"))
    ]
