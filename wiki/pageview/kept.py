"""What was made for a page, kept in memory under everything that it depends on."""

from collections import OrderedDict
from collections.abc import Hashable
from threading import Lock
from typing import Generic, TypeVar

Made = TypeVar("Made")


class Kept(Generic[Made]):
    """Immutable things by key, bounded by what they weigh. Thread safe.

    A key names all that the thing depends on, the page's stamp among it: what is old is never
    found again, and leaves when room is needed.
    """

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._weight = 0
        self._held: OrderedDict[Hashable, tuple[Made, int]] = OrderedDict()
        self._lock = Lock()

    def get(self, key: Hashable) -> Made | None:
        """What is kept under this key, if anything."""
        with self._lock:
            found = self._held.get(key)
            if found is None:
                return None
            self._held.move_to_end(key)
            return found[0]

    def put(self, key: Hashable, made: Made, weight: int) -> None:
        """Keep it unless it takes an eighth of all room; what was asked for longest ago leaves."""
        if weight > self._limit // 8:
            return
        with self._lock:
            before = self._held.pop(key, None)
            self._weight -= before[1] if before else 0
            self._held[key] = (made, weight)
            self._weight += weight
            while self._weight > self._limit:
                _, (_, gone) = self._held.popitem(last=False)
                self._weight -= gone
