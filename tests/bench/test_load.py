"""The client that drives a load: what it counts, and what it refuses."""

import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from bench.load import Load, Unexpected, drive, request


class Server(ThreadingHTTPServer):
    """Remembers the addresses it was asked for, in order."""

    def __init__(self):
        super().__init__(("127.0.0.1", 0), Answering)
        self.asked = []


class Answering(BaseHTTPRequestHandler):
    """Answers with as many bytes as the address says; 304 to those who have a copy."""

    protocol_version = "HTTP/1.1"
    server: Server

    def do_GET(self):
        self.server.asked.append(self.path)
        if self.path == "/last":
            self.send_response_only(200)
            self.send_header("Connection", "close")
            self.send_header("Content-Length", "0")
            self.end_headers()
            return
        if self.headers.get("If-None-Match"):
            self.send_response_only(304)
            self.send_header("Content-Length", "700")  # of what it would have been
            self.end_headers()
            return
        size = int(self.path.strip("/"))
        self.send_response_only(200)
        self.send_header("content-length", str(size))
        self.end_headers()
        self.wfile.write(b"x" * size)

    def log_message(self, *said):
        """Not on the terminal."""


@pytest.fixture
def server():
    with Server() as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield server
        server.shutdown()
        thread.join()


def test_every_answer_is_counted_once_with_its_bytes(server):
    load = drive(server.server_port, [request("/10")], at_most=5, seconds=60)

    head = len(b"HTTP/1.1 200 OK\r\ncontent-length: 10\r\n\r\n")
    assert load.answers == 5
    assert load.bytes == 5 * (head + 10)
    assert load.seconds >= max(load.latencies)


def test_requests_are_sent_in_turn(server):
    drive(server.server_port, [request("/1"), request("/2")], at_most=4, seconds=60)

    assert server.asked == ["/1", "/2", "/1", "/2"]


def test_an_answer_in_many_pieces_is_read_to_its_end(server):
    load = drive(server.server_port, [request("/3000000")], at_most=2, seconds=60)

    assert load.bytes > 6_000_000


def test_several_connections_ask_at_once(server):
    load = drive(server.server_port, [request("/5")], connections=4, at_most=20, seconds=60)

    assert load.answers >= 20


def test_an_answer_without_a_body_is_whole_after_its_headers(server):
    asked = [request("/7", {"If-None-Match": "x"})]
    load = drive(server.server_port, asked, at_most=3, seconds=60, status=304)

    assert load.answers == 3


def test_a_connection_that_the_server_ends_is_made_anew(server):
    load = drive(server.server_port, [request("/last"), request("/1")], at_most=6, seconds=60)

    assert load.answers == 6


def test_another_status_ends_the_measurement(server):
    with pytest.raises(Unexpected, match="304 was expected"):
        drive(server.server_port, [request("/7")], at_most=3, seconds=60, status=304)


def test_a_rate_is_answers_over_seconds():
    assert Load(seconds=2.0, latencies=[0.1] * 10).per_second == 5.0
    assert Load().per_second == 0.0
