"""A closed loop of HTTP requests over a few kept-alive connections: one thread, plain sockets.

A client that costs as little as it can: on a machine with two cores it takes its CPU time from
the server it measures.
"""

import selectors
import socket
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import cycle

HOST = "127.0.0.1"
PATIENCE = 20.0  # seconds for one answer
READ = 262_144  # bytes at once


class Unexpected(Exception):
    """An answer that is not what is being measured."""


@dataclass
class Load:
    """What came back. `latencies` in seconds, in order of arrival; `bytes` with headers."""

    seconds: float = 0.0
    bytes: int = 0
    latencies: list[float] = field(default_factory=list)

    @property
    def answers(self) -> int:
        """How many requests were answered."""
        return len(self.latencies)

    @property
    def per_second(self) -> float:
        """Answers a second over all connections."""
        return self.answers / self.seconds if self.seconds else 0.0


def request(path: str, headers: Mapping[str, str] | None = None, encoding: str = "gzip") -> bytes:
    """A GET as a browser that takes this encoding would send it."""
    lines = [f"GET {path} HTTP/1.1", f"Host: {HOST}", f"Accept-Encoding: {encoding}"]
    lines += [f"{name}: {value}" for name, value in (headers or {}).items()]
    return ("\r\n".join(lines) + "\r\n\r\n").encode()


class _Connection:
    """One connection that asks, reads the whole answer, and asks again."""

    def __init__(self, port: int, waiting: selectors.BaseSelector) -> None:
        self._port, self._waiting = port, waiting
        self._read = bytearray()
        self._length = 0  # of the whole answer; 0 until its headers are there
        self._closing = True  # the server ends this connection after its answer
        self._socket: socket.socket | None = None
        self.asked = 0.0

    def ask(self, message: bytes) -> None:
        self.asked = time.perf_counter()
        if self._closing or self._socket is None:  # connecting anew is part of the answer's time
            self.close()
            self._socket = socket.create_connection((HOST, self._port), timeout=PATIENCE)
            self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            self._waiting.register(self._socket, selectors.EVENT_READ, self)
        self._read.clear()
        self._length = 0
        self._socket.sendall(message)

    def close(self) -> None:
        if self._socket is not None:
            self._waiting.unregister(self._socket)
            self._socket.close()
            self._socket = None

    def arrived(self, status: int) -> int:
        """Read what is there; the length of the answer once it is whole, else 0."""
        data = self._socket.recv(READ) if self._socket is not None else b""
        if not data:
            raise Unexpected("the server closed a connection")
        self._read += data
        if not self._length:
            end = self._read.find(b"\r\n\r\n")
            if end < 0:
                return 0
            head = bytes(self._read[:end])
            self._length = end + 4 + _body_length(head, status)
            self._closing = b"\r\nconnection: close" in head.lower()
        return self._length if len(self._read) >= self._length else 0


def _body_length(head: bytes, status: int) -> int:
    first, *lines = head.split(b"\r\n")
    if int(first.split()[1]) != status:
        raise Unexpected(f"{first.decode()}; {status} was expected")
    if status in (204, 304):
        return 0
    for line in lines:
        name, _, value = line.partition(b":")
        if name.lower() == b"content-length":
            return int(value)
    raise Unexpected("an answer without a length")


def drive(
    port: int,
    requests: Sequence[bytes],
    *,
    connections: int = 1,
    seconds: float = 2.0,
    at_most: int = 1_000_000,
    status: int = 200,
) -> Load:
    """Send the requests in turn, each connection the next one as soon as its last is answered.

    Ends after `seconds` or `at_most` answers, whichever is first. Unexpected if an answer has
    another status; TimeoutError if none comes for 20 s.
    """
    wanted = cycle(requests)
    done = Load()
    with selectors.DefaultSelector() as waiting:
        opened = [_Connection(port, waiting) for _ in range(connections)]
        try:
            _loop(waiting, opened, wanted, done, seconds, at_most, status)
        finally:
            for connection in opened:
                connection.close()
    return done


def _loop(
    waiting: selectors.BaseSelector,
    opened: Sequence[_Connection],
    wanted: Iterator[bytes],
    done: Load,
    seconds: float,
    at_most: int,
    status: int,
) -> None:
    began = time.perf_counter()
    for connection in opened:
        connection.ask(next(wanted))
    running = True
    while running:
        ready = waiting.select(PATIENCE)
        if not ready:
            raise TimeoutError("the server does not answer")
        for key, _ in ready:
            connection = key.data
            length = connection.arrived(status)
            if not length:
                continue
            arrived = time.perf_counter()
            done.latencies.append(arrived - connection.asked)
            done.bytes += length
            done.seconds = arrived - began
            running = running and done.seconds < seconds and done.answers < at_most
            if running:
                connection.ask(next(wanted))
