"""Folders of an index: one in force, at most one being made, swapped by replacing one small file.

Only the owner may read or write them (mode 0700): index files are pickles. Never restore them from
elsewhere; make them again.
"""

import fcntl
import os
import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from wiki.search.protocol import RebuildRunning

CURRENT = "current"


class Generations:
    """The index folders below `folder`, which is made when it is first written to."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def current(self) -> Path | None:
        """The folder in force, or None. One small read."""
        try:
            name = (self.folder / CURRENT).read_text(encoding="ascii").strip()
        except (OSError, UnicodeDecodeError):
            return None
        if not name.startswith("g-") or os.sep in name:
            return None
        return self.folder / name

    @contextmanager
    def writing(self) -> Iterator[None]:
        """Hold off other writers and swaps, in all processes; ends with the process at latest."""
        with self._locked("write.lock", fcntl.LOCK_EX):
            yield

    @contextmanager
    def making(self) -> Iterator[Path]:
        """A new empty folder for a whole index, gone again unless `swap` takes it.

        RebuildRunning if somebody else is making one.
        """
        try:
            lock = self._locked("rebuild.lock", fcntl.LOCK_EX | fcntl.LOCK_NB)
            with lock:
                self._remove_others()
                made = self.folder / f"g-{secrets.token_hex(8)}"
                made.mkdir(mode=0o700)
                try:
                    yield made
                finally:
                    if self.current() != made:
                        shutil.rmtree(made, ignore_errors=True)
                    else:
                        self._remove_others()
        except BlockingIOError as problem:
            raise RebuildRunning from problem

    def swap(self, made: Path) -> None:
        """Put `made` in force; on disk first, so that a power cut leaves the one or the other."""
        for path in (*made.iterdir(), made):
            _to_disk(path)
        note = self.folder / f"{CURRENT}.new"
        note.write_text(made.name, encoding="ascii")
        _to_disk(note)
        with self.writing():
            note.replace(self.folder / CURRENT)
        _to_disk(self.folder)

    @contextmanager
    def _locked(self, name: str, how: int) -> Iterator[None]:
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        self.folder.chmod(0o700)
        descriptor = os.open(self.folder / name, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            fcntl.flock(descriptor, how)
            yield
        finally:
            os.close(descriptor)

    def _remove_others(self) -> None:
        current = self.current()
        for path in self.folder.glob("g-*"):
            if path != current:
                with suppress(OSError):
                    shutil.rmtree(path)


def _to_disk(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
