"""`wiki user …`: accounts from the command line."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

import click
from sqlalchemy.orm import Session

from wiki.accounts import codes, service
from wiki.accounts.models import User
from wiki.accounts.queries import accounts, find_user
from wiki.accounts.rules import is_blocked
from wiki.db import writing
from wiki.errors import WikiError
from wiki.policy import ROLES
from wiki.settings import load
from wiki.setup import opened

_ROLE = click.Choice(ROLES)


@click.group()
def user() -> None:
    """Accounts: add, list, change a role, help somebody who is locked out.

    Roles, each with all that the one before may do: reader (reads, has a profile), editor
    (writes), moderator (protects, hides, blocks, deletes, invites), admin (moderates admins too).
    """


@user.command()
@click.argument("name")
@click.option("--role", type=_ROLE, default="editor", show_default=True)
@click.option("--password", metavar="PASSWORD", help="Asked for if left out; - reads one line.")
def add(name: str, role: str, password: str | None) -> None:
    """Make an account called NAME; quote a name of several words.

    NAME has 2 to 40 characters of any script, the password at least 10.
    """
    secret = read_password(password)  # before the transaction: typing takes its time
    with _session() as session:
        service.create_account(session, name=name, password=secret, role=role, now=_now())
    click.echo(f"{name} may sign in now, as {role}.")


def read_password(given: str | None) -> str:
    """The password as given, from standard input for "-", or asked for on the terminal."""
    if given is None:
        asked: str = click.prompt("Password", hide_input=True, confirmation_prompt=True)
        return asked
    return sys.stdin.readline().rstrip("\n") if given == "-" else given


@user.command()
@click.argument("name")
@click.argument("to", type=_ROLE, metavar="ROLE")
@click.pass_obj
def role(changed: Callable[[Session, int], None], name: str, to: str) -> None:
    """Give NAME the role reader, editor, moderator or admin, from their next page on."""
    with _session() as session:
        account = _found(find_user(session, name), name)
        service.set_role(session, account, to)
        changed(session, account.id)
    click.echo(f"{name} is {to} now.")


@user.command()
@click.argument("name")
def reset(name: str) -> None:
    """Print a one-time code with which NAME sets a new password.

    Hand it over yourself: whoever has it has the account. NAME types it on the page /recover of
    the wiki. The old password works until then; the codes NAME was given stay good.
    """
    with _session() as session:
        code = codes.one_code(session, _found(find_user(session, name), name), now=_now())
    click.echo(code)


@user.command(name="list")
def list_accounts() -> None:
    """Print every account: name, role, and whether it is blocked."""
    with _session() as session:
        for found in accounts(session):
            blocked = is_blocked(found.blocked_at, found.blocked_until, _now())
            click.echo(f"{found.name}\t{found.role}\t{'blocked' if blocked else ''}")


@contextmanager
def _session() -> Iterator[Session]:
    """A session on the wiki's database: committed at the end, connections closed."""
    with opened(load()) as factory, writing(factory) as session:
        yield session


def _found(found: User | None, name: str) -> User:
    if found is None:
        raise WikiError("There is no account called %(name)s.", {"name": name})
    return found


def _now() -> datetime:
    return datetime.now(UTC)
