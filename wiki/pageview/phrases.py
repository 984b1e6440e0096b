"""The sentences of a page in the reader's language."""

from wiki.pageview.panel import PanelWords
from wiki.pageview.told import Words
from wiki.web.i18n import gettext as _


def page_words() -> Words:
    """In the language of the request."""
    return Words(
        panel=PanelWords(
            former=_("a former contributor"),
            hidden=_("name hidden"),
            protected=_("Shares are not shown here, to protect somebody on this page."),
        ),
        missing_link=_("This page is not written yet"),
        nobody=_("Nobody from this partnership has written here yet."),
    )
