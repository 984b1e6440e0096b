"""People with browsers, for tests that look at voices from outside."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from jinja2 import FileSystemBytecodeCache

from tests.journeys.browser import Person
from tests.voices.worlds import NewApp
from wiki.app import create_app
from wiki.rendering.worker import InlineRenderer
from wiki.settings import Settings


@pytest.fixture
def ada(app: Flask) -> Person:
    return Person(app, "Ada Quill")


@pytest.fixture
def bo(app: Flask) -> Person:
    return Person(app, "Bogna Reed")


@pytest.fixture
def cyr(app: Flask) -> Person:
    return Person(app, "Cyr Vane")


@pytest.fixture
def reader(app: Flask) -> Person:
    return Person(app)


@pytest.fixture
def new_app(
    database: str,
    tmp_path: Path,
    request: pytest.FixtureRequest,
    compiled_templates: FileSystemBytecodeCache,
) -> Iterator[NewApp]:
    """Makes wikis without any row, one after the other: each ends the one before."""
    made: list[Flask] = []

    def make() -> Flask:
        end()
        folder = tmp_path / f"world-{len(made)}"
        folder.mkdir(mode=0o700)
        address = ""
        if database == "sqlite":
            template = request.getfixturevalue("sqlite_template")
            shutil.copyfile(template, folder / "wiki.db")
        else:
            address = request.getfixturevalue("postgres_half").emptied()
        app = create_app(Settings(data=folder, database_url=address))
        app.extensions["renderer"].close()
        app.extensions["renderer"] = InlineRenderer()
        app.jinja_env.bytecode_cache = compiled_templates
        made.append(app)
        return app

    def end() -> None:
        if made:
            made[-1].extensions["search"].close()
            made[-1].extensions["sessions"].kw["bind"].dispose()

    yield make
    end()
