"""The ways from a page to the moderators' desk."""

from wiki.policy import Viewer, may_moderate
from wiki.web.i18n import gettext as _


def desk_links(slug: str, number: int, state: str, viewer: Viewer) -> list[tuple[str, str]]:
    """(label, address) of what a moderator can do about this revision; nothing for others."""
    if state != "public" or not may_moderate(viewer).allowed:
        return []
    return [
        (_("Protect …"), f"/desk/protect/{slug}"),
        (_("Hide parts of this revision …"), f"/desk/hide/{slug}/{number}"),
        (_("Decisions about this page"), f"/decisions?page={slug}"),
    ]
