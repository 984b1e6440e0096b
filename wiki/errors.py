"""The wiki's own words for what can go wrong.

Each error carries a `message` with %(name)s places and the `values` to fill them, so that business
code speaks plainly without knowing a language and the edge translates. `str(error)` is English.
"""

from collections.abc import Mapping


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
    """Somebody else saved first. Nothing was overwritten and nothing typed is lost."""

    message = "Somebody saved this page while you were writing."

    def __init__(self, base_number: int, head_number: int) -> None:
        super().__init__()
        self.base_number = base_number
        self.head_number = head_number


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
