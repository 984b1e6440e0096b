"""The words of cases and lessons in the reader's language."""

from collections.abc import Mapping
from functools import partial

from wiki.cases.drawing.territories import territory_name
from wiki.cases.labels import Labels
from wiki.cases.vocabulary import Lists
from wiki.web.i18n import current_language, gettext, language_name


def labels_of(lists: Lists, partners: Mapping[str, str] | None = None) -> Labels:
    """`Labels` in the language of this request. `partners`: names of organisations by slug."""
    place = partial(territory_name, language=current_language())
    return Labels(lists, gettext, place, language_name, partners or {})
