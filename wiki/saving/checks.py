"""What every save is asked before it is accepted, in order; each answers in a sentence."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from wiki.cases import rules
from wiki.cases.schema import N_
from wiki.cases.vocabulary import SHIPPED, Lists
from wiki.errors import InvalidFields, InvalidInput, WrongField
from wiki.pages.licences import LICENCES
from wiki.pages.rules import SUMMARY_LENGTH
from wiki.text.front_matter import Document, FrontMatterError, line_of, read
from wiki.text.slugs import TitleError, clean_title, slugify

KINDS = ("page", "case", "lesson", "theme")
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8}){0,3}")
_CONTROL = re.compile(r"[\x01-\x08\x0b\x0c\x0e-\x1f\x7f]")


@dataclass(frozen=True)
class Checked:
    """A text that may be saved, with what its front matter says about the page."""

    source: str
    document: Document
    title: str  # "" if the front matter has none
    kind: str
    language: str  # "" if it names none
    licence: str  # "" if it names none


def clean_source(raw: str) -> str:
    """Line ends as \\n, one at the end; nothing else is touched."""
    text = raw.replace("\r\n", "\n").replace("\r", "\n")
    return text if text.endswith("\n") or not text else text + "\n"


def check_text(source: str, *, max_bytes: int, lists: Lists = SHIPPED) -> Checked:
    """The text and its front matter, or InvalidInput("source", …) naming what to change.

    `lists`: the words that fields of cases and lessons may take.
    """
    checked = _readable(source, max_bytes)
    wrong = rules.check(checked.document.fields, lists)
    if wrong:
        raise InvalidFields([replace(w, line=line_of(source, w.path)) for w in wrong])
    return checked


def check_complete(fields: Mapping[str, Any], before: Mapping[str, Any] | None = None) -> None:
    """InvalidFields if a case or lesson lacks what everybody must be able to read.

    `before`: the fields of a page that is public already; what it never had is not asked for.
    """
    lacked = {field.name for field in rules.missing(before)} if before is not None else set()
    wanting = [field for field in rules.missing(fields) if field.name not in lacked]
    if wanting:
        raise InvalidFields(
            [WrongField((field.name,), N_("needed before publication.")) for field in wanting]
        )


def _readable(source: str, max_bytes: int) -> Checked:
    size = len(source.encode("utf-8", "surrogatepass"))
    if size > max_bytes:
        raise InvalidInput(
            "source",
            "This text is %(size)s kB long; a page may have %(limit)s kB. Please split it.",
            {"size": size // 1000, "limit": max_bytes // 1000},
        )
    if "\x00" in source or _CONTROL.search(source) or _has_surrogates(source):
        raise InvalidInput(
            "source", "This text holds characters that cannot be shown (control characters)."
        )
    try:
        document = read(source)
    except FrontMatterError as problem:
        raise InvalidInput("source", problem.message, problem.values) from problem
    fields = document.fields
    return Checked(
        source=source,
        document=document,
        title=_title(fields.get("title")),
        kind=_one_of(fields.get("type"), KINDS, "page", "type"),
        language=check_language(fields.get("language")),
        licence=_one_of(fields.get("licence"), tuple(LICENCES), "", "licence"),
    )


def accepted_text(source: str) -> Checked:
    """A text that this wiki holds already, whatever its checks would say to it today.

    An imported text may be longer or stranger than what may be typed; its front matter counts
    where it can be read.
    """
    try:
        return _readable(source, len(source.encode()))
    except InvalidInput:
        return Checked(source, Document({}, source, 1), "", "page", "", "")


def check_title(raw: str) -> tuple[str, str]:
    """(title, slug) of what was typed, or InvalidInput("title", …)."""
    try:
        title = clean_title(raw)
        return title, slugify(title)
    except TitleError as problem:
        raise InvalidInput("title", problem.message, problem.values) from problem


def check_summary(raw: str) -> str:
    """The edit summary on one line, or InvalidInput("summary", …)."""
    summary = " ".join(raw.split())
    if "\x00" in summary or _CONTROL.search(summary) or _has_surrogates(summary):
        raise InvalidInput("summary", "The edit summary holds characters that cannot be shown.")
    if len(summary) > SUMMARY_LENGTH:
        raise InvalidInput(
            "summary",
            "Please keep the edit summary under %(limit)s characters.",
            {"limit": SUMMARY_LENGTH},
        )
    return summary


def check_licence(raw: str) -> str:
    """A licence this wiki knows, or InvalidInput("licence", …)."""
    return _one_of(raw or None, tuple(LICENCES), next(iter(LICENCES)), "licence")


def _has_surrogates(text: str) -> bool:
    return any("\ud800" <= c <= "\udfff" for c in text) if not text.isascii() else False


def _title(value: object) -> str:
    if value is None:
        return ""
    if not isinstance(value, str):
        raise InvalidInput("source", "The front matter's “title” must be one line of text.")
    return check_front_title(value)


def check_front_title(value: str) -> str:
    """The title named in a front matter, or InvalidInput("source", …)."""
    try:
        return clean_title(value)
    except TitleError as problem:
        raise InvalidInput("source", problem.message, problem.values) from problem


def _one_of(value: object, allowed: tuple[str, ...], default: str, name: str) -> str:
    if value is None:
        return default
    if value not in allowed:
        raise InvalidInput(
            "source" if name != "licence" else "licence",
            "“%(value)s” is not a %(name)s this wiki knows; it may be: %(allowed)s.",
            {"value": value, "name": name, "allowed": ", ".join(allowed)},
        )
    return str(value)


def check_language(value: object) -> str:
    """A language tag, "" for None, or InvalidInput("source", …)."""
    if value is None:
        return ""
    if not isinstance(value, str) or not _LANGUAGE.fullmatch(value):
        raise InvalidInput(
            "source", "“%(value)s” is not a language tag such as en or pt-BR.", {"value": value}
        )
    return value
