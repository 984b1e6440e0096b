"""`wiki …`: the commands, thin as views. Each says in `--help` what it is for."""

import sys
from typing import Any

import click
from sqlalchemy.exc import DBAPIError

from wiki.accounts.commands import user
from wiki.attribution.commands import attribute
from wiki.errors import WikiError
from wiki.exchange.commands import import_folder, import_history
from wiki.operations.commands import backup, db, demo, init, rebuild, restore, serve, worker
from wiki.pages.commands import member
from wiki.pages.service import bump_pages_of
from wiki.search.commands import eval_search


class Sentences(click.Group):
    """A group whose commands end with a sentence and exit code 2 where they cannot go on."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command; WikiError and what a database says become a line of standard error."""
        try:
            return super().invoke(ctx)
        except WikiError as problem:
            click.echo(f"wiki: {problem}", err=True)
        except DBAPIError as problem:
            said = (str(problem.orig).strip().splitlines() or ["no reason given"])[0]
            click.echo(f"wiki: The database failed: {said}", err=True)
        sys.exit(2)


@click.group(cls=Sentences, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="polyphony-wiki")
@click.pass_context
def main(ctx: click.Context) -> None:
    """Polyphony: a wiki for partnerships that shows whose voice is represented.

    Start with `wiki demo` to look around, or `wiki init --admin NAME` and `wiki serve` for a wiki
    of your own. The data folder is ./data unless WIKI_DATA names another; WIKI_DATABASE_URL puts
    everything on PostgreSQL.
    """
    ctx.obj = bump_pages_of  # what pages say of an account changes with its role


for command in (
    init,
    serve,
    worker,
    demo,
    db,
    user,
    member,
    import_folder,
    import_history,
    rebuild,
    backup,
    restore,
    attribute,
    eval_search,
):
    main.add_command(command)
