"""Commands of search: `wiki eval-search`."""

import sys
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime
from pathlib import Path

import click
from sqlalchemy.orm import Session, sessionmaker

from wiki.db import make_engine, session_factory
from wiki.migrations import upgrade
from wiki.postgres import TemporaryPostgres
from wiki.search.evaluation import DEPTH, entries, load, write_run
from wiki.search.protocol import SearchIndex
from wiki.search.upkeep import open_index, rebuild
from wiki.settings import Settings

ENGINES = ("whoosh", "postgres")


@click.command(name="eval-search")
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--engine", type=click.Choice(ENGINES), default="whoosh", show_default=True)
def eval_search(folder: Path, engine: str) -> None:
    """Measure the search on FOLDER/docs.jsonl and FOLDER/queries.jsonl.

    The documents become pages of a temporary wiki, the queries are asked there; the run goes to
    standard output, `qid docid rank score` a line, 100 deep. Nothing of this wiki is touched.
    """
    with temporary_wiki(engine) as (factory, index):
        names = load(factory, entries(folder / "docs.jsonl"), now=datetime.now(UTC))
        click.echo(f"{len(names)} pages", err=True)
        done = rebuild(factory, index)
        click.echo(f"{done} pages in the index", err=True)
        asked = write_run(index, entries(folder / "queries.jsonl"), names, sys.stdout, sys.stderr)
        click.echo(f"{asked} queries asked, {DEPTH} deep", err=True)


@contextmanager
def temporary_wiki(engine: str) -> Iterator[tuple[sessionmaker[Session], SearchIndex]]:
    """An empty wiki with this search engine in a folder or server of its own, gone afterwards.

    The index is not made yet.
    """
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="wiki-search-")))
        address = ""
        if engine == "postgres":
            address = stack.enter_context(TemporaryPostgres()).address()
        settings = Settings(data=folder, database_url=address, search_engine=engine)
        database = make_engine(settings.url)
        stack.callback(database.dispose)
        upgrade(database)
        factory = session_factory(database)
        index = open_index(settings, factory)
        stack.callback(index.close)
        yield factory, index
