"""The wheel works where the checkout is not: build, install, start, read a page and a style sheet.

The new environment gets the wheel and the runtime dependencies it declares, each copied from the
environment of the lock, and nothing else: no network, and a forgotten dependency is found out.
"""

import os
import re
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import venv
from collections.abc import Sequence
from importlib import metadata
from importlib.util import find_spec
from pathlib import Path
from urllib.error import URLError
from urllib.request import ProxyHandler, build_opener

from packaging.requirements import Requirement

ROOT = Path(__file__).resolve().parent.parent
SECONDS = 40  # for the server to answer
STYLESHEET = re.compile(rb'<link[^>]+href="([^"]+\.css[^"]*)"')
web = build_opener(ProxyHandler({}))


def main() -> None:
    """Do it all in a temporary folder; exit 1 with a sentence if something does not work."""
    with tempfile.TemporaryDirectory(prefix="wiki-wheel-") as folder:
        place = Path(folder)
        wheel = build(place)
        wiki = install(place, wheel)
        print(f"{wheel.name}: {check(place, wiki)}")


def build(place: Path) -> Path:
    """Build the wheel with the locked build backend."""
    run([sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", place], cwd=ROOT)
    return next(place.glob("*.whl"))


def install(place: Path, wheel: Path) -> Path:
    """The `wiki` command of a new environment with the wheel and what it needs."""
    home = place / "environment"
    venv.create(home, symlinks=True)
    python = home / "bin" / "python"
    if find_spec("pip"):
        pip = [sys.executable, "-m", "pip", "--disable-pip-version-check", "--python", python]
        run([*pip, "install", "--quiet", "--no-index", "--no-deps", wheel])
    else:  # an environment made by uv
        run(["uv", "pip", "install", "--offline", "--no-deps", "--python", python, wheel])
    packages = next(home.glob("lib/python*/site-packages"))
    installed = next(packages.glob("polyphony_wiki-*.dist-info"))
    needed = metadata.Distribution.at(installed).requires or []
    for name in closure(needed):
        copy(name, packages)
    return home / "bin" / "wiki"


def closure(requirements: list[str]) -> set[str]:
    """Names of all distributions that the requirements bring, extras asked for included."""
    names: set[str] = set()
    waiting = [(Requirement(words), frozenset({""})) for words in requirements]
    while waiting:
        wanted, extras = waiting.pop()
        marker = wanted.marker
        if marker and not any(marker.evaluate({"extra": extra}) for extra in extras):
            continue
        names.add(wanted.name)
        own = frozenset({"", *wanted.extras})
        inner = [Requirement(words) for words in metadata.requires(wanted.name) or []]
        waiting += [(need, own) for need in inner if need.name not in names]
    return names


def copy(name: str, packages: Path) -> None:
    """One distribution's modules, from this environment to `packages`."""
    for file in metadata.distribution(name).files or []:
        if ".." not in file.parts and "__pycache__" not in file.parts:
            target = packages / file
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(file.locate(), target)


def check(place: Path, wiki: Path) -> str:
    """Start the wiki from a folder of its own and fetch the home page and its style sheet."""
    elsewhere = place / "elsewhere"
    elsewhere.mkdir()
    env = {"PATH": os.environ["PATH"], "WIKI_DATA": str(elsewhere / "data")}
    run([wiki, "init", "--admin", "ada", "--password", "correct horse battery"], elsewhere, env)
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    address = f"http://127.0.0.1:{port}"
    words = [str(wiki), "serve", "--host", "127.0.0.1", "--port", str(port)]
    server = subprocess.Popen(words, cwd=elsewhere, env=env)
    try:
        home = patiently(server, f"{address}/")
        link = STYLESHEET.search(home)
        if link is None:
            sys.exit("The home page of the installed wheel names no style sheet.")
        style = fetch(address + link[1].decode().replace("&amp;", "&"))
    finally:
        server.terminate()
        server.wait(SECONDS)
    return f"/ answered {len(home)} bytes, {link[1].decode()} {len(style)} bytes"


def patiently(server: subprocess.Popen[bytes], url: str) -> bytes:
    """Fetch `url` from a server that is still starting."""
    deadline = time.monotonic() + SECONDS
    while server.poll() is None and time.monotonic() < deadline:
        try:
            return fetch(url)
        except ConnectionError:
            time.sleep(0.05)
    sys.exit(f"The installed wheel did not serve {url}; exit code {server.poll()}.")


def fetch(url: str) -> bytes:
    """The body of a 200 answer; ConnectionError if nobody listens yet."""
    try:
        with web.open(url, timeout=SECONDS) as answer:
            body = answer.read()
    except URLError as problem:
        if isinstance(problem.reason, ConnectionError):
            raise problem.reason from problem
        sys.exit(f"{url} of the installed wheel: {problem}")
    if not body:
        sys.exit(f"{url} of the installed wheel is empty.")
    return bytes(body)


def run(
    words: Sequence[object], cwd: Path | None = None, env: dict[str, str] | None = None
) -> None:
    """Run a command; show what it said and exit 1 if it failed."""
    done = subprocess.run(
        [str(word) for word in words], cwd=cwd, env=env, capture_output=True, text=True
    )
    if done.returncode:
        sys.exit(f"{' '.join(map(str, words))} failed:\n{done.stdout}{done.stderr}")


if __name__ == "__main__":
    main()
