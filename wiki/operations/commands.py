"""Commands of the operator."""

import sys
from datetime import UTC, datetime

import click

from wiki.accounts.service import create_account
from wiki.db import session_factory, writing
from wiki.settings import load
from wiki.setup import prepare, require_ready


@click.command()
@click.option("--admin", "name", required=True, metavar="NAME", help="Name of the first account.")
@click.option("--password", metavar="PASSWORD", help="Asked for if left out; - reads one line.")
def init(name: str, password: str | None) -> None:
    """Make the data folder, the database and the first account (an administrator).

    Running it again changes nothing that is there.
    """
    settings = load()
    engine = prepare(settings)
    if password is None:
        password = click.prompt("Password", hide_input=True, confirmation_prompt=True)
    elif password == "-":  # noqa: S105  # the usual sign for standard input
        password = sys.stdin.readline().rstrip("\n")
    with writing(session_factory(engine)) as session:
        create_account(session, name=name, password=password, role="admin", now=datetime.now(UTC))
    click.echo(f"The wiki in {settings.data} is ready. Start it with: wiki serve")


@click.group()
def db() -> None:
    """The database's schema."""


@db.command()
def upgrade() -> None:
    """Bring the database to the schema of this version. Make a backup first."""
    prepare(load()).dispose()
    click.echo("The database has the newest schema.")


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option("--port", default=8000, show_default=True, type=click.IntRange(0, 65535))
def serve(host: str, port: int) -> None:
    """Serve the wiki until Ctrl-C, with its worker for search."""
    from wiki.operations.serving import serve as run

    sys.exit(run(load(), host=host, port=port))


@click.command()
def worker() -> None:
    """Do the jobs (search index) in a process of its own, for use beside gunicorn."""
    from wiki.operations.work import run_worker

    settings = load()
    require_ready(settings).dispose()
    run_worker(settings)
