"""Commands of the operator."""

import sys
from contextlib import ExitStack
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import click
from click._termui_impl import ProgressBar

from wiki.accounts.commands import read_password
from wiki.accounts.names import clean_name
from wiki.accounts.queries import accounts, find_user
from wiki.accounts.rules import check_password
from wiki.accounts.service import create_account
from wiki.db import session_factory, writing
from wiki.errors import SetupError
from wiki.operations.schema import require_whole
from wiki.postgres import TemporaryPostgres
from wiki.settings import Settings, load
from wiki.setup import bring_up_to_date, is_there, opened, prepare


@click.command()
@click.option("--admin", "name", required=True, metavar="NAME", help="Name of the first account.")
@click.option("--password", metavar="PASSWORD", help="Asked for if left out; - reads one line.")
def init(name: str, password: str | None) -> None:
    """Make the data folder, the database and the first account (an administrator).

    Running it again changes nothing that is there.
    """
    settings = load()
    if is_there(settings) and _has_accounts(settings, name):
        return
    shown = clean_name(name)
    password = check_password(read_password(password), shown)  # before anything is made
    engine = prepare(settings)
    with writing(session_factory(engine)) as session:
        now = datetime.now(UTC)
        create_account(session, name=shown, password=password, role="admin", now=now)
    engine.dispose()
    click.echo(f"The wiki in {settings.data} is ready. Start it with: wiki serve")


def _has_accounts(settings: Settings, name: str) -> bool:
    """Whether the first account is made. SetupError if it is there and has another name."""
    with opened(settings) as factory, factory() as session:
        if find_user(session, name) is not None:
            click.echo(f"{name} has an account already; nothing was changed.")
            return True
        if not accounts(session):
            return False
    raise SetupError(
        "The wiki in %(path)s has accounts already. Add one with: "
        "wiki user add %(name)s --role admin",
        {"path": settings.data, "name": name},
    )


@click.group()
def db() -> None:
    """The database's schema."""


@db.command()
def upgrade() -> None:
    """Bring the database to the schema of this version. Make a backup first."""
    bring_up_to_date(load())
    click.echo("The database has the newest schema.")


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option("--port", default=8000, show_default=True, type=click.IntRange(0, 65535))
def serve(host: str, port: int) -> None:
    """Serve the wiki until Ctrl-C, with its worker for search."""
    sys.exit(_serve(load(), host, port))


@click.command()
def worker() -> None:
    """Do the jobs (search index) in a process of its own, for use beside gunicorn."""
    from wiki.operations.work import run_worker

    settings = load()
    require_whole(settings).dispose()
    run_worker(settings, stop_with_parent=False)


@click.command()
@click.option("--check", is_flag=True, help="Build it, ask it for everything, say what failed.")
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", default=8000, show_default=True, type=click.IntRange(0, 65535))
@click.option(
    "--db",
    type=click.Choice(["sqlite", "postgres"]),
    default="sqlite",
    show_default=True,
    help="postgres: on a server that the demo starts and stops itself.",
)
def demo(check: bool, host: str, port: int, db: str) -> None:
    """Show a wiki with real pages and an account of each role.

    Fills the data folder with the starter pages and one real history of 381 revisions, prints the
    accounts, serves. Run again, it goes on with what is there.
    """
    from wiki.operations import demo as shown

    settings = load()
    with ExitStack() as running:
        if db == "postgres":
            settings = replace(settings, database_url="")
        shown.refuse_real_wiki(settings)
        if db == "postgres":
            settings.data.mkdir(parents=True, exist_ok=True, mode=0o700)
            server = running.enter_context(TemporaryPostgres(settings.data / "postgres"))
            settings = replace(settings, database_url=server.address())
        people = shown.build(settings)
        if check:
            failed = shown.check(settings)
            for line in failed:
                click.echo(f"failed: {line}", err=True)
            sys.exit(1 if failed else 0)
        click.echo("Sign in as one of these:")
        for name, password in people:
            click.echo(f"  {name:<16} {password}")
        sys.exit(_serve(settings, host, port))


def _serve(settings: Settings, host: str, port: int) -> int:
    from wiki.operations.serving import serve as run

    return run(settings, host=host, port=port)


@click.command()
@click.argument("name", type=click.Choice(["all", "search", "rendered", "attribution", "cases"]))
def rebuild(name: str) -> None:
    """Make copies again from the revisions: search, rendered, attribution, cases, or all.

    What is there stays in force until its replacement is whole; interrupted, run it again.
    """
    from wiki.operations import rebuilding

    settings = load()
    engine = require_whole(settings)
    factory = session_factory(engine)
    for part in ("attribution", "rendered", "cases", "search") if name == "all" else (name,):
        with click.progressbar(length=1, label=f"Rebuilding {part}", file=sys.stderr) as bar:

            def show(done: int, total: int, bar: ProgressBar[int] = bar) -> None:
                bar.length = total
                bar.update(done - bar.pos)

            rebuilding.PARTS[part](factory, settings, show)
    engine.dispose()
    click.echo("Done.")


@click.command()
@click.argument("target", metavar="FILE", type=click.Path(path_type=Path))
def backup(target: Path) -> None:
    """Write everything that cannot be made again into FILE (a zip). The wiki may be running.

    The same file restores into SQLite or PostgreSQL. It holds password hashes and private drafts:
    keep it as safe as the wiki itself.
    """
    from wiki.operations.backup import write_backup

    engine = require_whole(load())
    rows: dict[str, int] = {}
    for table, count in write_backup(engine, target):
        rows[table] = count
    engine.dispose()
    click.echo(f"{target}: {sum(rows.values())} rows of {len(rows)} tables.")


@click.command()
@click.argument("source", metavar="FILE", type=click.Path(path_type=Path))
def restore(source: Path) -> None:
    """Fill an empty wiki from a backup FILE, then make the search index again.

    The data folder (WIKI_DATA) or the database (WIKI_DATABASE_URL) must be new.
    """
    from wiki.operations import rebuilding
    from wiki.operations.backup import read_manifest, restore_backup

    settings = load()
    read_manifest(source)
    engine = prepare(settings)
    rows: dict[str, int] = {}
    for table, count in restore_backup(engine, source):
        rows[table] = count
    rebuilding.PARTS["search"](session_factory(engine), settings, lambda done, total: None)
    engine.dispose()
    click.echo(f"{sum(rows.values())} rows of {len(rows)} tables are back. Start with: wiki serve")
