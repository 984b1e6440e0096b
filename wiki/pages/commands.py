"""`wiki member …`: who belongs to a page, from the command line."""

import click

from wiki.accounts.queries import find_user
from wiki.db import writing
from wiki.errors import PageNotFound, WikiError
from wiki.pages.queries import find_page
from wiki.pages.service import add_member
from wiki.settings import load
from wiki.setup import opened


@click.command()
@click.argument("slug")
@click.argument("name")
def member(slug: str, name: str) -> None:
    """Make the account NAME a member of the page at the address SLUG.

    A member sees the page's draft, and reads what speakers let only partners read. Whoever makes a
    page is its member; a page that came with an import has none who can sign in. Make sure first
    who they are: nobody is asked, and nothing says it in public.
    """
    with opened(load()) as factory, writing(factory) as session:
        page, user = find_page(session, slug), find_user(session, name)
        if page is None:
            raise PageNotFound(slug)
        if user is None:
            raise WikiError("There is no account called %(name)s.", {"name": name})
        add_member(session, page, user)
    click.echo(f"{name} is a member of {slug} now.")
