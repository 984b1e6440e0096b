"""What lists and pages of this request's wiki are made with."""

from flask import current_app

from wiki.cases.board import Board
from wiki.cases.index import CaseIndex
from wiki.pageview.phrases import page_words
from wiki.pageview.told import Means
from wiki.web.database import db_session


def the_board() -> Board:
    """Kept up to date by whoever asks it."""
    board: Board = current_app.extensions["board"]
    return board


def the_index() -> CaseIndex:
    """The index as of now. One small SELECT, and one for what changed."""
    return the_board().index(db_session())


def page_means() -> Means:
    """What a page is made with, in the reader's language."""
    return Means(page_words(the_board().lists), current_app.extensions["renderer"], the_board())
