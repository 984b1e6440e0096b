"""`wiki serve` starts once, ends in order, and leaves nothing behind however it ends."""

import os
import signal
import socket
import time
from pathlib import Path
from urllib.parse import urlencode

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from tests.commands import PASSWORD, Commands, new_wiki
from tests.operations.running import gone, offspring, running, said
from tests.operations.visitor import Visitor
from wiki.operations.serving import Worker
from wiki.pages.models import Revision
from wiki.settings import load

ADDRESS = r"http://127\.0\.0\.1:(\d+)/"


def signed_in(port: int) -> Visitor:
    ada = Visitor(port)
    assert ada.fill("/sign-in", "password", name="Ada", password=PASSWORD)[0] == 303
    return ada


def half_sent(ada: Visitor, path: str, **typed: str) -> tuple[socket.socket, bytes]:
    """A form on its way: the server has its head, the body is still to be sent."""
    form = ada.form(path, "text")
    body = urlencode({**form.fields, **typed}).encode()
    line = socket.create_connection(("127.0.0.1", ada.port), timeout=30)
    head = [
        f"POST {form.action} HTTP/1.1",
        f"Host: 127.0.0.1:{ada.port}",
        f"Cookie: {ada.cookie}",
        "Content-Type: application/x-www-form-urlencoded",
        f"Content-Length: {len(body)}",
        "Connection: close",
        "Expect: 100-continue",
    ]
    line.sendall("\r\n".join([*head, "", ""]).encode())
    assert line.recv(100).startswith(b"HTTP/1.1 100")
    return line, body


def refuses(port: int) -> bool:
    try:
        socket.create_connection(("127.0.0.1", port), timeout=5).close()
    except ConnectionError:
        return True
    return False


def test_a_save_under_way_is_finished_after_sigterm_and_nothing_is_left(
    wiki: Commands, session: Session
) -> None:
    with running(wiki, "wiki", "serve", "--port", "0") as server:
        port = int(said(server, ADDRESS))
        ada = signed_in(port)
        assert ada.fill("/w/kites/edit", "text", text="Kites sink.", action="save")[0] == 303
        line, body = half_sent(ada, "/w/kites/edit", text="Kites rise.", action="save")
        started = offspring(server.pid)
        assert len(started) >= 2

        asked = time.monotonic()
        server.send_signal(signal.SIGTERM)
        while not refuses(port):
            assert server.poll() is None
        with line:
            line.sendall(body)
            answer = line.recv(10_000)

        assert answer.startswith(b"HTTP/1.1 303 ")
        assert server.wait(10) == 0
        assert time.monotonic() - asked < 10
        assert gone(started, 30)
    assert session.scalar(select(func.count()).select_from(Revision)) == 2


@pytest.fixture
def small(tmp_path: Path) -> Commands:
    """A wiki on SQLite, where the database does not matter."""
    return new_wiki(tmp_path / "small", "sqlite:")


def test_what_a_server_started_ends_with_it_even_if_it_is_killed(small: Commands) -> None:
    with running(small, "wiki", "serve", "--port", "0") as server:
        ada = signed_in(int(said(server, ADDRESS)))
        assert ada.fill("/w/kites/edit", "text", text="Kites sink.", action="save")[0] == 303
        started = offspring(server.pid)
        assert len(started) >= 2

        server.kill()

        assert gone(started, 10)


def test_a_taken_port_is_said_in_a_sentence(small: Commands) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]

        assert f"Port {port} is taken" in small.refused("serve", "--port", port)


@pytest.mark.parametrize("host", ["256.0.0.1", "192.0.2.1", "a" * 70, "::2"])
def test_an_address_that_is_not_this_machines_is_said_in_a_sentence(
    small: Commands, host: str
) -> None:
    assert "cannot be used" in small.refused("serve", "--host", host, "--port", "0")


def test_a_worker_that_ends_by_itself_is_started_again(small: Commands) -> None:
    worker = Worker(load(small.environment), pause=0)
    first = worker.pid
    try:
        worker.look_after()
        assert worker.pid == first

        os.kill(first, signal.SIGKILL)
        assert gone({first}, 10)
        worker.look_after()

        second = worker.pid
        assert second != first
    finally:
        worker.end()
    assert gone({second}, 0)
