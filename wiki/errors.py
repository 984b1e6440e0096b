"""The wiki's own words for what can go wrong.

Each error carries a `message` with %(name)s places and the `values` to fill them, so that business
code speaks plainly without knowing a language and the edge translates. `str(error)` is English.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field


class WikiError(Exception):
    """Something a person can be told in a sentence."""

    message = "Something went wrong."

    def __init__(
        self, message: str | None = None, values: Mapping[str, object] | None = None
    ) -> None:
        self.message = message or type(self).message
        self.values = dict(values or {})
        super().__init__(self.message % self.values if self.values else self.message)


class InvalidInput(WikiError):
    """What was sent cannot be used; `field` names the form field that must change."""

    def __init__(
        self, field: str, message: str, values: Mapping[str, object] | None = None
    ) -> None:
        super().__init__(message, values)
        self.field = field


@dataclass(frozen=True)
class WrongField:
    """One field of a front matter that cannot be kept, and why.

    `path`: names and places (from 0) that lead to it; `message` has %(name)s places that `values`
    fill; `line`: of the source, from 1; 0: not known.
    """

    path: tuple[str | int, ...]
    message: str
    values: Mapping[str, object] = field(default_factory=dict)
    line: int = 0

    @property
    def where(self) -> str:
        """Its name as it stands in the text: “partners 2 roles”."""
        return " ".join(str(step + 1 if isinstance(step, int) else step) for step in self.path)


class InvalidFields(InvalidInput):
    """Fields of a front matter that cannot be kept; each is named in `wrong`."""

    message = "These facts need another look:"
    shown = 12  # a longer list helps nobody

    def __init__(self, wrong: Sequence[WrongField]) -> None:
        super().__init__("source", type(self).message)
        self.wrong = tuple(wrong)
        self.args = (" ".join([self.message, *map(_english, wrong[: self.shown])]),)


def _english(wrong: WrongField) -> str:
    place = f"line {wrong.line}, {wrong.where}" if wrong.line else wrong.where
    return f"{place}: {wrong.message % dict(wrong.values) if wrong.values else wrong.message}"


class PageNotFound(WikiError):
    """There is no such page, or none that this viewer may know of."""

    message = "There is no page with this address."

    def __init__(self, slug: str = "") -> None:
        super().__init__()
        self.slug = slug


class RevisionNotFound(WikiError):
    """The page has no revision of this number that this viewer may see."""

    message = "This page has no such revision."


class PageGone(WikiError):
    """The page was deleted; it is in the recycle bin."""

    message = "This page was deleted."

    def __init__(self, slug: str) -> None:
        super().__init__()
        self.slug = slug


class PermissionDenied(WikiError):
    """The viewer may not do this; the message says why and what would help."""

    message = "You may not do this."


class EditConflict(WikiError):
    """Somebody else saved first, and the two do not go together. Nothing was overwritten and
    nothing typed is lost.
    """

    message = "Somebody saved this page while you were writing."

    def __init__(self, base_number: int, head_number: int) -> None:
        super().__init__()
        self.base_number = base_number
        self.head_number = head_number


class HeadMoved(EditConflict):
    """Somebody saved in the moment between joining two texts and writing: the same once more may
    well succeed."""


class SlugTaken(WikiError):
    """Another page has this title already."""

    message = "There is already a page with this title."


class TooManyTries(WikiError):
    """The throttle closed; `retry_after` is in whole seconds."""

    message = "Too many tries. Please wait a little and try again."

    def __init__(self, retry_after: int) -> None:
        super().__init__()
        self.retry_after = retry_after


class SetupError(WikiError):
    """The machine is not ready: a folder, a database or a port. Commands print it and exit 2."""
