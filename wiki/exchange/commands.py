"""Commands that bring pages in: `wiki import`, `wiki import-history`."""

import sys
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path

import click
from click._termui_impl import ProgressBar
from sqlalchemy import select
from sqlalchemy.orm import Session, sessionmaker

from wiki.accounts.models import User
from wiki.accounts.names import clean_name
from wiki.accounts.service import imported_contributor
from wiki.cases.board import Board
from wiki.db import begin_writing
from wiki.errors import InvalidInput, WikiError
from wiki.exchange import folder, history
from wiki.policy import Viewer
from wiki.rendering.worker import Renderer
from wiki.saving.bulk import Target
from wiki.saving.checks import check_language, check_licence, check_title
from wiki.saving.service import Actor, Means
from wiki.settings import Settings, load
from wiki.setup import opened

Sessions = sessionmaker[Session]

EDITORS = "Polyphony editors"  # who is credited with files that name no author
IMPORTER = "Account that answers for the import; the first admin if left out."
PROBLEMS_SHOWN = 20
ORIGIN_LENGTH = 400  # characters

_SOURCE = click.Path(path_type=Path)


@click.command(name="import")
@click.argument("source", metavar="FOLDER|ZIP", type=_SOURCE)
@click.option("--as", "author", default=EDITORS, show_default=True, help="Who wrote the files.")
@click.option("--importer", help=IMPORTER)
@click.option("--dry-run", is_flag=True, help="Say what would happen and write nothing.")
def import_folder(source: Path, author: str, importer: str | None, dry_run: bool) -> None:
    """Bring in a folder of Markdown files with front matter, one page a file; or the ZIP file in
    which a page was taken away from a wiki.

    The file's name is the page's address. A page that has the file's text already is left alone,
    so an interrupted import is simply run again; a page that people have edited here since is
    never replaced. Voices of a page come from `NAME.voices.jsonl`, or from the `voices.jsonl`
    beside the only file: without their names, and as not confirmed here. Exits with 1 if a file
    could not be brought in.
    """
    settings = load()
    with opened(settings) as factory, folder.unpacked(source, settings.max_page_bytes) as source:
        if dry_run:
            done = look_at_folder(factory, settings, source)
        else:
            done = bring_in_folder(factory, settings, source, author=author, importer=importer)
    if not done:
        sys.exit(1)


def look_at_folder(factory: Sessions, settings: Settings, source: Path) -> bool:
    """Say for each file what an import would do; False if one would fail. Writes nothing."""
    counts: Counter[str] = Counter()
    with factory() as session:
        lists = Board().lists(session)
        files = folder.open_folder(source, max_bytes=settings.max_page_bytes, lists=lists)
        for outcome in files.look(session):
            counts[outcome.kind] += 1
            place = outcome.problem or f"/w/{outcome.slug}"
            click.echo(f"{outcome.kind:<8} {outcome.name}: {place}")
    click.echo(f"Would be: {_said(counts)}")
    return not counts["failed"]


def bring_in_folder(
    factory: Sessions,
    settings: Settings,
    source: Path,
    *,
    author: str = EDITORS,
    importer: str | None = None,
) -> bool:
    """Import the folder with a progress bar; False if a file failed (each is named)."""
    with factory() as session:
        lists = Board().lists(session)
    files = folder.open_folder(source, max_bytes=settings.max_page_bytes, lists=lists)
    renderer = Renderer(workers=settings.render_workers, seconds=settings.render_seconds)
    counts: Counter[str] = Counter()
    failed: list[folder.Outcome] = []
    try:
        with factory() as session, _bar(len(files.files), "Importing pages") as bar:
            by = folder_actor(session, author, importer)
            means = Means(renderer, settings.max_page_bytes, lists)
            for outcome in files.bring_in(session, by=by, means=means, now=datetime.now(UTC)):
                session.commit()
                counts[outcome.kind] += 1
                failed += [outcome] if outcome.kind == "failed" else []
                bar.update(1)
    finally:
        renderer.close()
    for outcome in failed:
        click.echo(f"{outcome.name}: {outcome.problem}", err=True)
    click.echo(f"Pages: {_said(counts)}")
    return not failed


def _said(counts: Counter[str]) -> str:
    return ", ".join(f"{counts[kind]} {kind}" for kind in ("made", "changed", "same", "failed"))


def folder_actor(session: Session, author: str, importer: str | None) -> Actor:
    """Who is credited with files that name no author, and who answers for them. Commits."""
    begin_writing(session)
    responsible = _importer(session, importer)
    user = imported_contributor(session, name=clean_name(author), source="", now=datetime.now(UTC))
    session.commit()
    return Actor(user, Viewer(user.id, "moderator", user.name), importer=responsible)


@click.command(name="import-history")
@click.argument("source", metavar="FILE", type=_SOURCE)
@click.option("--slug", required=True, help="Address of the page.")
@click.option("--title", help="Title of the page; the address in words if left out.")
@click.option("--licence", required=True, help="For example CC-BY-SA-3.0.")
@click.option("--source", "origin", required=True, help="Where it comes from, shown on the page.")
@click.option("--language", default="en", show_default=True)
@click.option("--importer", help=IMPORTER)
@click.option(
    "--dry-run", is_flag=True, help="Check every line, say what is wrong, write nothing."
)
def import_history(
    source: Path,
    slug: str,
    title: str | None,
    licence: str,
    origin: str,
    language: str,
    importer: str | None,
    dry_run: bool,
) -> None:
    """Bring in the whole history of one page: FILE.jsonl or FILE.jsonl.xz, one revision a line.

    Each line is {"author", "timestamp", "text"}, oldest first. Authors become imported
    contributors who cannot sign in; times are kept. Interrupted, it goes on where it stopped.
    """
    target = _target(slug, title, licence, origin, language)
    report = _examined(source)
    click.echo(
        f"{report.revisions} revisions by {len(report.authors)} authors, "
        f"{report.characters:,} characters, {len(report.problems)} problems"
    )
    for problem in report.problems[:PROBLEMS_SHOWN]:
        click.echo(problem, err=True)
    if not report.sound:
        click.echo("Nothing was imported: please mend these lines first.", err=True)
        sys.exit(1)
    if not dry_run:
        settings = load()
        with opened(settings) as factory:
            bring_in_history(
                factory, settings, source, target, importer=importer, revisions=report.revisions
            )


def _target(slug: str, title: str | None, licence: str, origin: str, language: str) -> Target:
    """What the options say, checked: nothing that a page could not hold reaches the database."""
    _, slug = check_title(slug)
    shown, _ = check_title(title or slug.replace("-", " ").capitalize())
    if not licence:
        raise InvalidInput("licence", "Please name the licence of the history: --licence L")
    origin = " ".join(origin.split())
    if not 1 <= len(origin) <= ORIGIN_LENGTH or not origin.isprintable():
        raise InvalidInput(
            "source",
            "Please say in 1 to %(limit)s characters where the history comes from: --source S",
            {"limit": ORIGIN_LENGTH},
        )
    return Target(
        slug=slug,
        title=shown,
        licence=check_licence(licence),
        source=origin,
        language=check_language(language),
    )


def bring_in_history(
    factory: Sessions,
    settings: Settings,
    source: Path,
    target: Target,
    *,
    revisions: int,
    importer: str | None = None,
) -> None:
    """Import the file with a progress bar, a commit a batch, and publish its head at the end."""
    renderer = Renderer(workers=1, seconds=settings.render_seconds)
    try:
        with factory() as session, _bar(revisions, "Importing") as bar:
            begin_writing(session)
            brought = history.bring_in(
                session,
                source,
                target,
                importer=_importer(session, importer),
                now=datetime.now(UTC),
            )
            shown = 0
            for done, page_history in brought:
                if done == revisions and page_history.unpublished:
                    page_history.finish(renderer)
                session.commit()
                session.expunge_all()
                begin_writing(session)
                bar.update(done - shown)
                shown = done
            session.commit()
    finally:
        renderer.close()
    click.echo(f"The page /w/{target.slug} has {revisions} revisions.")


def _examined(source: Path) -> history.Report:
    """A look at every line before anything is written, counted as it goes."""
    last = history.Report()
    for last in history.examine(source):
        if last.revisions % 500 == 0:
            click.echo(f"\rChecking lines: {last.revisions}", nl=False, err=True)
    click.echo(f"\rChecking lines: {last.revisions}", err=True)
    return last


def _importer(session: Session, name: str | None) -> User:
    query = select(User).where(User.imported.is_(False), User.deleted_at.is_(None))
    query = query.where(User.name == name) if name else query.where(User.role == "admin")
    user = session.scalars(query.order_by(User.id).limit(1)).first()
    if user is None:
        raise WikiError(
            "There is no account %(name)s to answer for the import.", {"name": name or "(admin)"}
        )
    return user


def _bar(length: int, label: str) -> ProgressBar[int]:
    return click.progressbar(length=length, label=label, file=sys.stderr)
