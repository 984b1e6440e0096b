"""Settings: one frozen value, read once from `wiki.toml` and the WIKI_* variables."""

import os
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any

from wiki.errors import SetupError

CHOICES = {
    "registration": ("open", "invitation", "closed"),
    "search_engine": ("", "whoosh", "postgres"),
}


@dataclass(frozen=True, kw_only=True)
class Settings:
    """Every setting with its unit and default; `docs/operations.md` has a line for each."""

    data: Path = field(default_factory=lambda: Path("data"))  # folder of database, index, keys
    database_url: str = ""  # empty: SQLite in the data folder
    site_name: str = "Polyphony"
    language: str = "en"  # BCP 47, of the interface where the reader asks for none
    licence: str = "CC-BY-4.0"  # of a page that names no other
    registration: str = "open"  # open | invitation | closed
    https: bool = False  # behind a proxy that ends TLS: Secure and __Host- cookies
    proxies: int = 0  # trusted proxies in front; each adds X-Forwarded-For, -Proto and -Host
    session_days: int = 30  # days: a sign-in ends at the latest
    session_idle_days: int = 14  # days without a visit that end a sign-in
    signin_tries: int = 8  # wrong passwords per account and window before the throttle closes
    signin_window: int = 900  # seconds
    max_page_bytes: int = 1_000_000  # bytes of UTF-8 in one saved page
    render_workers: int = 2  # processes
    render_seconds: float = 1.5  # seconds of one rendering
    threads: int = 8  # threads of `wiki serve`
    search_engine: str = ""  # whoosh | postgres; empty: postgres on PostgreSQL, else whoosh

    @property
    def url(self) -> str:
        """The SQLAlchemy address of the database."""
        if not self.database_url:
            return f"sqlite:///{(self.data / 'wiki.db').absolute()}"
        scheme, _, rest = self.database_url.partition("://")
        return (
            f"postgresql+psycopg://{rest}"
            if scheme in ("postgres", "postgresql")
            else (self.database_url)
        )

    @property
    def encrypted(self) -> bool:
        """Whether browsers reach the wiki over TLS, so that cookies may insist on it."""
        return self.https or self.proxies > 0

    @property
    def engine_of_search(self) -> str:
        """The search engine in use: "whoosh" or "postgres"."""
        if self.search_engine:
            return self.search_engine
        return "postgres" if self.url.startswith("postgresql") else "whoosh"


def load(environ: Mapping[str, str] | None = None, **given: Any) -> Settings:
    """Settings from `given`, then WIKI_* variables, then `wiki.toml`; the first that speaks wins.

    SetupError names the file or variable that cannot be read.
    """
    env = os.environ if environ is None else environ
    data = Path(given.pop("data", None) or env.get("WIKI_DATA", "data"))
    values: dict[str, Any] = {"data": data}
    known = {f.name: f.type for f in fields(Settings)}
    raw = {**_from_toml(data / "wiki.toml"), **_from_environment(env, known)}
    for name, value in raw.items():
        if name not in known:
            raise SetupError("Unknown setting “%(name)s”.", {"name": name})
        values.setdefault(name, _typed(name, known[name], value))
    values.update({k: v for k, v in given.items() if v is not None})
    for name, allowed in CHOICES.items():
        if values.get(name, allowed[0]) not in allowed:
            raise SetupError(
                "The setting “%(name)s” may be: %(allowed)s.",
                {"name": name, "allowed": ", ".join(value for value in allowed if value)},
            )
    return Settings(**values)


def _from_toml(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8")) if path.is_file() else {}
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as problem:
        raise SetupError(
            "The settings in %(path)s cannot be read: %(problem)s",
            {"path": path, "problem": problem},
        ) from problem


def _from_environment(env: Mapping[str, str], known: Mapping[str, Any]) -> dict[str, str]:
    return {
        name: env[f"WIKI_{name.upper()}"]
        for name in known
        if name != "data" and env.get(f"WIKI_{name.upper()}")
    }


def _typed(name: str, kind: Any, value: Any) -> Any:
    try:
        if kind is bool:
            return value if isinstance(value, bool) else _yes_or_no(str(value))
        return kind(value)
    except ValueError as problem:
        raise SetupError(
            "The setting “%(name)s” cannot be %(value)s.",
            {"name": name, "value": repr(value)},
        ) from problem


def _yes_or_no(text: str) -> bool:
    if text.lower() in ("1", "true", "yes", "on"):
        return True
    if text.lower() in ("0", "false", "no", "off"):
        return False
    raise ValueError(text)
