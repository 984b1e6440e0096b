"""Commands of search: `wiki eval-search`, and what `wiki rebuild search` does."""

import sys
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import click
from sqlalchemy.orm import Session, sessionmaker

from wiki.db import Base, make_engine, session_factory
from wiki.postgres import TemporaryPostgres
from wiki.search import models
from wiki.search.documents import versions
from wiki.search.evaluation import DEPTH, Entry, entries, write_run
from wiki.search.protocol import Document, SearchIndex
from wiki.search.upkeep import open_index
from wiki.search.upkeep import rebuild as rebuild_index
from wiki.settings import Settings, load

ENGINES = ("whoosh", "postgres")


@click.command(name="eval-search")
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--engine", type=click.Choice(ENGINES), default="whoosh", show_default=True)
def eval_search(folder: Path, engine: str) -> None:
    """Measure the search on FOLDER/docs.jsonl and FOLDER/queries.jsonl.

    The documents are put into a temporary index, the queries asked; the run goes to standard
    output, `qid docid rank score` a line, 100 deep. Nothing of this wiki is touched.
    """
    with temporary_index(engine) as index:
        names: dict[int, str] = {}
        done = index.rebuild(_documents(entries(folder / "docs.jsonl"), names))
        click.echo(f"{done} documents in the index", err=True)
        asked = write_run(index, entries(folder / "queries.jsonl"), names, sys.stdout, sys.stderr)
        click.echo(f"{asked} queries asked, {DEPTH} deep", err=True)


def _documents(lines: Iterator[Entry], names: dict[int, str]) -> Iterator[Document]:
    for number, entry in enumerate(lines, 1):
        names[number] = entry.id
        yield Document(
            page_id=number, slug=f"d-{number}", title=entry.title or entry.id, text=entry.text
        )


@contextmanager
def temporary_index(engine: str) -> Iterator[SearchIndex]:
    """An empty index of this engine in a folder or server of its own, gone afterwards."""
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="wiki-search-")))
        address = ""
        if engine == "postgres":
            address = stack.enter_context(TemporaryPostgres()).address()
        settings = Settings(data=folder, database_url=address, search_engine=engine)
        database = make_engine(settings.url)
        stack.callback(database.dispose)
        tables = (models.SearchGeneration, models.SearchDocument, models.SearchTerm)
        Base.metadata.create_all(database, tables=[t.__table__ for t in tables])  # type: ignore[misc]  # they are Tables
        index = open_index(settings, session_factory(database))
        stack.callback(index.close)
        yield index


def rebuild_search(factory: sessionmaker[Session], settings: Settings | None = None) -> int:
    """What `wiki rebuild search` does, with a progress bar: the number of pages."""
    index = open_index(settings or load(), factory)
    try:
        with click.progressbar(
            length=expected(factory), label="search", file=sys.stderr, show_pos=True
        ) as bar:
            return rebuild_index(factory, index, lambda done: bar.update(done - bar.pos))
    finally:
        index.close()


def expected(factory: sessionmaker[Session]) -> int:
    """How many pages the whole index will hold."""
    with factory() as session:
        return len(versions(session))
