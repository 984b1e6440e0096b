"""The factory: lists the parts. Each package owns its blueprint."""

from typing import Any

from flask import Flask

from wiki.accounts.views import ask_to_sign_in, load_user
from wiki.accounts.views import bp as accounts
from wiki.api.v1.views import bp as api
from wiki.cases.board import Board
from wiki.db import make_engine, session_factory
from wiki.desk.views import bp as desk
from wiki.editing.views import bp as editing
from wiki.exchange.views import bp as exchange
from wiki.pages.licences import licence_of
from wiki.pages.service import bump_pages_of
from wiki.paths import resource
from wiki.reading.views import bp as reading
from wiki.rendering.worker import Renderer
from wiki.search.upkeep import open_index
from wiki.search.views import bp as search
from wiki.settings import Settings, load
from wiki.setup import secret_key
from wiki.web import (
    addresses,
    assets,
    compression,
    csrf,
    database,
    errors,
    headers,
    i18n,
    login,
    notices,
    proxies,
)


def create_app(settings: Settings | None = None, **parts: Any) -> Flask:
    """The wiki as a WSGI application. `parts` replace extensions: tests pass their renderer."""
    settings = settings or load()
    app = Flask("wiki", template_folder=str(resource("templates")), static_folder=None)
    app.secret_key = secret_key(settings)
    app.config["MAX_CONTENT_LENGTH"] = 4 * settings.max_page_bytes
    app.config["MAX_FORM_MEMORY_SIZE"] = 4 * settings.max_page_bytes
    app.url_map.merge_slashes = False  # its redirects would name the host that the client names
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    factory = session_factory(make_engine(settings.url))
    app.extensions["settings"] = settings
    app.extensions["sessions"] = factory
    app.extensions["name_changed"] = bump_pages_of
    app.extensions["search"] = parts.get("search") or open_index(settings, factory)
    app.extensions["board"] = Board()
    app.extensions["renderer"] = parts.get("renderer") or Renderer(
        workers=settings.render_workers, seconds=settings.render_seconds
    )
    app.jinja_env.globals["site"] = {
        "name": settings.site_name,
        "tagline": "What happened between partners, failure included, and whose voice says it.",
        "licence": licence_of(settings.licence).name,
    }
    _install(app, settings)
    for blueprint in (reading, editing, search, accounts, desk, exchange, api):
        app.register_blueprint(blueprint)
    return app


def _install(app: Flask, settings: Settings) -> None:
    """The glue. What comes first sees an answer last: it is compressed when it is complete."""
    proxies.install(app, settings.proxies)
    compression.install(app)
    headers.install(app, https=settings.encrypted)
    addresses.install(app)
    database.install(app)
    i18n.install(app)
    assets.install(app)
    errors.install(app)
    csrf.install(app)
    notices.install(app)
    login.install(app, load_user=load_user, ask=ask_to_sign_in, encrypted=settings.encrypted)
