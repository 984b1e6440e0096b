"""The words of cases and lessons in the reader's language."""

from collections.abc import Mapping

from wiki.cases.labels import Labels
from wiki.cases.vocabulary import Lists
from wiki.web.i18n import gettext, language_name, place_name


def labels_of(lists: Lists, partners: Mapping[str, str] | None = None) -> Labels:
    """`Labels` in the language of this request. `partners`: names of organisations by slug."""
    return Labels(lists, gettext, place_name, language_name, partners or {})
