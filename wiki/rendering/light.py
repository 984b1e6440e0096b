"""Processes that are spawned without the program that spawns them."""

import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from multiprocessing.context import SpawnContext, SpawnProcess
from types import ModuleType
from typing import Any

_spawning = threading.Lock()


class LightProcess(SpawnProcess):
    """A spawned process that does not import the program that spawned it.

    The standard one runs the parent's main module again (`wiki`, gunicorn), which would give
    every worker Flask and SQLAlchemy: 60 MB and half a second for nothing.
    """

    @staticmethod
    def _Popen(process_obj: Any) -> Any:
        with _spawning, _no_main_module():
            return SpawnProcess._Popen(process_obj)


class LightContext(SpawnContext):
    """Starts light processes."""

    Process = LightProcess


@contextmanager
def _no_main_module() -> Iterator[None]:
    main = sys.modules["__main__"]
    sys.modules["__main__"] = ModuleType("__main__")
    try:
        yield
    finally:
        sys.modules["__main__"] = main
