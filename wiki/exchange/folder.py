"""Importing a folder of Markdown files with front matter: one file, one page, one revision."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from zipfile import BadZipFile, ZipFile, is_zipfile

from sqlalchemy import select
from sqlalchemy.orm import Session

from wiki.cases.service import require_free_key
from wiki.cases.vocabulary import SHIPPED, Lists
from wiki.errors import WikiError
from wiki.pages.models import Page, Revision, TextRow
from wiki.pages.queries import find_page
from wiki.pages.service import text_of
from wiki.pages.storage import digest
from wiki.saving.checks import (
    check_complete,
    check_licence,
    check_text,
    check_title,
    clean_source,
)
from wiki.saving.service import Actor, Edit, Means, NewPage, create, save
from wiki.text.slugs import title_from_slug
from wiki.voices.arriving import Arriving, read_voices
from wiki.voices.returning import returned

MOST = 1_000  # files of a ZIP


@dataclass(frozen=True)
class Outcome:
    """What happened to one file, or would: made, changed, same, or failed (`problem` says why)."""

    name: str  # the file's path in the folder
    kind: str
    slug: str = ""
    problem: str = ""


@dataclass(frozen=True)
class _Found:
    """A file that can be imported, and the page that is at its address now."""

    slug: str
    title: str
    source: str
    page: Page | None
    kind: str  # made, changed, same
    voices: Sequence[Arriving] = ()


@dataclass
class Folder:
    """The files of one folder, looked at and brought in one by one."""

    root: Path
    files: list[Path]
    max_bytes: int
    lists: Lists = SHIPPED  # the words that fields of cases and lessons may take
    _names: dict[str, str] = field(default_factory=dict)  # address: the file that has it

    def look(self, session: Session) -> Iterator[Outcome]:
        """What would happen to each file; nothing is written."""
        for path in self.files:
            try:
                found = self._found(session, path)
                yield Outcome(self._name(path), found.kind, found.slug)
            except WikiError as problem:
                yield Outcome(self._name(path), "failed", problem=str(problem))

    def bring_in(
        self, session: Session, *, by: Actor, means: Means, now: datetime
    ) -> Iterator[Outcome]:
        """Make or change a page for each file; the caller commits at each yield.

        A page that had the file's text from an import already is left alone, whatever people wrote
        since, so a second run doubles nothing. A file that cannot be imported is reported and the
        others go on.
        """
        for path in self.files:
            try:
                found = self._found(session, path)
                _write(session, found, by=by, means=means, now=now)
                yield Outcome(self._name(path), found.kind, found.slug)
            except WikiError as problem:
                session.rollback()
                yield Outcome(self._name(path), "failed", problem=str(problem))

    def _name(self, path: Path) -> str:
        return str(path.relative_to(self.root))

    def _found(self, session: Session, path: Path) -> _Found:
        source = clean_source(_read(path, self.max_bytes))
        checked = check_text(source, max_bytes=self.max_bytes, lists=self.lists)
        _, slug = check_title(path.stem)
        other = self._names.setdefault(slug, self._name(path))
        if other != self._name(path):
            raise WikiError(
                "The file %(other)s has the same address, “%(slug)s”. Rename one of them.",
                {"other": other, "slug": slug},
            )
        title, _ = check_title(checked.title or title_from_slug(slug))
        check_licence(checked.licence)
        page = find_page(session, slug)
        if page is None:
            check_complete(checked.document.fields)
        else:
            source = returned(source, text_of(session, page, page.head_number))
        require_free_key(session, page.id if page else None, checked.document.fields)
        kind = _kind(session, page, source)
        return _Found(slug, title, source, page, kind, self._voices(path))

    def _voices(self, path: Path) -> list[Arriving]:
        """Those of `NAME.voices.jsonl`, or of the `voices.jsonl` beside the only file."""
        own, shared = path.with_suffix(".voices.jsonl"), path.with_name("voices.jsonl")
        alone = sum(1 for other in self.files if other.parent == path.parent) == 1
        for place in (own, shared) if alone else (own,):
            if place.is_file():
                return read_voices(_read(place, self.max_bytes))
        return []


@contextmanager
def unpacked(source: Path, max_bytes: int) -> Iterator[Path]:
    """The folder itself, or the pages and voices of a ZIP file in a folder that goes afterwards.

    WikiError for a ZIP that is broken, or holds more or larger files than an export has.
    """
    if source.is_dir() or not is_zipfile(source):
        yield source
        return
    with TemporaryDirectory(prefix="wiki-import-") as held:
        try:
            with ZipFile(source) as packed:
                wanted = [i for i in packed.infolist() if i.filename.endswith((".md", ".jsonl"))]
                if len(wanted) > MOST or any(i.file_size > 4 * max_bytes for i in wanted):
                    raise WikiError("%(path)s holds too much.", {"path": source.name})
                packed.extractall(held, wanted)
        except (BadZipFile, OSError, RuntimeError) as problem:
            raise WikiError("%(path)s cannot be unpacked.", {"path": source.name}) from problem
        yield Path(held)


def open_folder(root: Path, *, max_bytes: int, lists: Lists = SHIPPED) -> Folder:
    """The Markdown files below the folder, by name; README.md of the folder itself is left out.

    WikiError if it is no folder or holds none.
    """
    if not root.is_dir():
        raise WikiError("%(path)s is not a folder.", {"path": root})
    found = sorted(p for p in root.rglob("*.md") if p != root / "README.md")
    if not found:
        raise WikiError("There is no Markdown file (*.md) in %(path)s.", {"path": root})
    return Folder(root, found, max_bytes, lists)


def _kind(session: Session, page: Page | None, source: str) -> str:
    if page is None:
        return "made"
    if text_of(session, page, page.head_number) == source:
        return "same"
    number, sha256 = _imported_last(session, page)
    if sha256 == digest(source):
        return "same"
    if number != page.head_number:
        raise WikiError(
            "The page “%(slug)s” was written or edited here; an import does not replace that. "
            "Edit the page, or give the file another name.",
            {"slug": page.slug},
        )
    return "changed"


def _imported_last(session: Session, page: Page) -> tuple[int, bytes | None]:
    """Number and hash of the newest revision of a page that an import brought; (0, None)."""
    row = session.execute(
        select(Revision.number, TextRow.sha256)
        .join(TextRow, TextRow.id == Revision.text_id)
        .where(Revision.page_id == page.id, Revision.via == "import")
        .order_by(Revision.number.desc())
        .limit(1)
    ).first()
    return (row[0], row[1]) if row else (0, None)


def _write(session: Session, found: _Found, *, by: Actor, means: Means, now: datetime) -> None:
    if found.kind == "same":
        return
    if found.page is None:
        new = NewPage(
            title=found.title,
            source=found.source,
            slug=found.slug,
            via="import",
            voices=found.voices,
        )
        create(session, new, by=by, means=means, now=now)
    else:
        base = found.page.head_number
        edit = Edit(
            slug=found.slug,
            base_number=base,
            source=found.source,
            via="import",
            voices=found.voices,
        )
        save(session, edit, by=by, means=means, now=now)


def _read(path: Path, max_bytes: int) -> str:
    try:
        with path.open("rb") as file:
            return file.read(4 * max_bytes).decode("utf-8-sig")  # more is refused all the same
    except OSError as problem:
        raise WikiError(
            "The file cannot be read: %(problem)s.", {"problem": problem.strerror or problem}
        ) from problem
    except UnicodeDecodeError as problem:
        raise WikiError("The file is not UTF-8 text.") from problem
