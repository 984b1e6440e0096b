"""All lists of words, and a form that adds one to a list."""

from flask import current_app, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from wiki.cases.vocabulary import SHIPPED, Lists, list_names
from wiki.desk.blueprint import bp, ruling
from wiki.desk.shapes import ListOfWords, WordsView
from wiki.errors import InvalidInput
from wiki.saving.wording import add_word, is_open
from wiki.web.database import db_session
from wiki.web.i18n import gettext as _
from wiki.web.i18n import translate_error


@bp.get("/words")
def words() -> str:
    """Every list with its words, and the form."""
    return render_template("desk/words.html", view=_view())


@bp.post("/words", endpoint="add_word")
def add() -> ResponseReturnValue:
    """Add the word for good."""
    session, typed = db_session(), request.form
    try:
        add_word(
            session,
            typed.get("list", ""),
            typed.get("label", ""),
            typed.get("definition", ""),
            ruling(typed.get("reason", "")),
        )
        session.commit()
    except InvalidInput as problem:
        session.rollback()
        view = _view({problem.field: translate_error(problem)})
        return render_template("desk/words.html", view=view), 422
    address = url_for("desk.words", done="word-added", _anchor=f"list-{typed['list']}")
    return redirect(address, code=303)


def _view(errors: dict[str, str] | None = None) -> WordsView:
    lists: Lists = current_app.extensions["board"].lists(db_session())
    shown = [_list(lists, name) for name in list_names()]
    typed = request.form
    return WordsView(
        lists=shown,
        choices=[("", _("Choose a list")), *((x.name, x.label) for x in shown if x.is_open)],
        list=typed.get("list", ""),
        label=typed.get("label", ""),
        definition=typed.get("definition", ""),
        reason=typed.get("reason", ""),
        errors=errors or {},
    )


def _list(lists: Lists, name: str) -> ListOfWords:
    held, shipped = lists[name], SHIPPED[name]
    return ListOfWords(
        name=name,
        label=_(held.label),
        is_open=is_open(name),
        words=[
            (value, _(label), _(said) if (said := held.definitions.get(value, "")) else "",
             value not in shipped)
            for value, label in held.labels.items()
        ],
    )  # fmt: skip
