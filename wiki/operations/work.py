"""The worker process: takes jobs from the outbox and does them. The only writer of the index."""

from wiki.db import make_engine, session_factory
from wiki.outbox.worker import run
from wiki.search.upkeep import handlers, open_index, watch
from wiki.settings import Settings


def run_worker(settings: Settings, *, stop_with_parent: bool = True) -> None:
    """Do jobs until SIGTERM, or until the process that started it ends."""
    factory = session_factory(make_engine(settings.url))
    index = open_index(settings, factory)
    run(factory, handlers(index), stop_with_parent=stop_with_parent, idle=watch(index))
