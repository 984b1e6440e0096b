"""Importing a folder of Markdown files with front matter: one file, one page, one revision."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy.orm import Session

from wiki.errors import WikiError
from wiki.pages.queries import find_page
from wiki.pages.service import text_of
from wiki.saving.checks import check_licence, check_text, check_title, clean_source
from wiki.saving.service import Actor, Edit, Means, NewPage, create, save
from wiki.text.slugs import slugify, title_from_slug


@dataclass(frozen=True)
class Outcome:
    """What happened to one file: made, changed, same or failed (then `problem` says why)."""

    name: str
    kind: str
    slug: str = ""
    problem: str = ""


def files_of(folder: Path) -> list[Path]:
    """The Markdown files below the folder, by name; README.md of the folder itself is left out.

    WikiError if it is no folder or holds none.
    """
    if not folder.is_dir():
        raise WikiError("%(path)s is not a folder.", {"path": folder})
    found = sorted(p for p in folder.rglob("*.md") if p != folder / "README.md")
    if not found:
        raise WikiError("There is no Markdown file (*.md) in %(path)s.", {"path": folder})
    return found


def bring_in(
    session: Session,
    files: list[Path],
    *,
    by: Actor,
    means: Means,
    now: datetime,
    dry_run: bool = False,
) -> Iterator[Outcome]:
    """Make or change a page for each file; the caller commits at each yield.

    A file whose text the page has already is left alone, so a second run doubles nothing. A file
    that cannot be imported is reported and the others go on.
    """
    for path in files:
        try:
            yield _one(session, path, by=by, means=means, now=now, dry_run=dry_run)
        except WikiError as problem:
            session.rollback()
            yield Outcome(path.name, "failed", problem=str(problem))


def _one(
    session: Session, path: Path, *, by: Actor, means: Means, now: datetime, dry_run: bool
) -> Outcome:
    source = clean_source(_read(path))
    checked = check_text(source, max_bytes=means.max_bytes)
    slug = slugify(path.stem)
    title = checked.title or title_from_slug(slug)
    check_title(title)
    check_licence(checked.licence)
    page = find_page(session, slug)
    if page is None:
        kind = "made"
    elif page.head_number and text_of(session, page, page.head_number) == source:
        kind = "same"
    else:
        kind = "changed"
    if dry_run or kind == "same":
        return Outcome(path.name, kind, slug)
    if page is None:
        new = NewPage(title=title, source=source, slug=slug, via="import")
        create(session, new, by=by, means=means, now=now)
    else:
        edit = Edit(slug=slug, base_number=page.head_number, source=source, via="import")
        save(session, edit, by=by, means=means, now=now)
    return Outcome(path.name, kind, slug)


def _read(path: Path) -> str:
    try:
        return path.read_bytes().decode("utf-8-sig")
    except OSError as problem:
        raise WikiError(
            "The file cannot be read: %(problem)s.", {"problem": problem.strerror or problem}
        ) from problem
    except UnicodeDecodeError as problem:
        raise WikiError("The file is not UTF-8 text.") from problem
