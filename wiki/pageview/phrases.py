"""The sentences of a page in the reader's language."""

from collections.abc import Callable

from sqlalchemy.orm import Session

from wiki.cases.vocabulary import Lists
from wiki.pageview.case_page import CaseWords
from wiki.pageview.panel import PanelWords
from wiki.pageview.told import Words
from wiki.web.i18n import current_language, language_name
from wiki.web.i18n import gettext as _


def page_words(lists: Callable[[Session], Lists]) -> Words:
    """In the language of the request; `lists`: the wiki's vocabularies as they are now."""
    return Words(
        panel=PanelWords(
            former=_("a former contributor"),
            hidden=_("name hidden"),
            protected=_("Shares are not shown here, to protect somebody on this page."),
        ),
        missing_link=_("This page is not written yet"),
        nobody=_("Nobody from this partnership has written here yet."),
        cases=CaseWords(
            language=current_language(),
            translate=_,
            lists=lists,
            withheld=_("a partner whose name is withheld"),
            language_name=language_name,
        ),
    )
