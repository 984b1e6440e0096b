"""What the parts of one run share: how thorough to be, a folder that goes at the end, a wiki."""

import os
import tempfile
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from bench.site import Site, build

BESIDE = Path(__file__).resolve().parent.parent.parent / "shared"


@dataclass
class Workshop:
    """One run of the benches. Use it in a `with` block: its folder is removed at the end."""

    quick: bool = False
    _folder: "tempfile.TemporaryDirectory[str]" = field(
        default_factory=lambda: tempfile.TemporaryDirectory(prefix="wiki-bench-")
    )

    def __enter__(self) -> "Workshop":
        return self

    def __exit__(self, *error: object) -> None:
        self._folder.cleanup()

    @property
    def pages(self) -> int:
        """How many pages the wiki has."""
        return 60 if self.quick else 1_000

    def choose(self, quick: float, thorough: float) -> float:
        """One of the two, as this run is."""
        return quick if self.quick else thorough

    def place(self, name: str) -> Path:
        """A new empty folder."""
        folder = Path(self._folder.name) / name
        folder.mkdir(mode=0o700)
        return folder

    @cached_property
    def site(self) -> Site:
        """The wiki with generated pages of 5 to 30 kB, built when it is first asked for."""
        return build(self.place("site"), self.pages)

    @property
    def material(self) -> Path | None:
        """The folder of shared test material, if it is here."""
        named = os.environ.get("WIKI_MATERIAL")
        folder = Path(named) if named else BESIDE
        return folder if (folder / "histories").is_dir() else None
