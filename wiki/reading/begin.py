"""Before you begin: say what partnership it will be, and get lessons as questions to ask."""

from dataclasses import dataclass

from flask import render_template, request, url_for

from wiki.cases.briefing import ASKED, Advice, briefing
from wiki.cases.browsing import MOST_IGNORED, read
from wiki.cases.facets import BY_NAME
from wiki.cases.labels import Labels
from wiki.pageview.wording import labels_of
from wiki.reading.blueprint import bp
from wiki.reading.board import the_board
from wiki.web.database import db_session
from wiki.web.login import current_viewer


@dataclass(frozen=True)
class Question:
    """One question of the form; several: more than one answer may be right."""

    name: str
    label: str
    choices: list[tuple[str, str]]
    chosen: tuple[str, ...]
    several: bool


@dataclass(frozen=True)
class Begin:
    """The form with what was answered, and the briefing."""

    questions: list[Question]
    said: list[tuple[str, str]]  # what was answered, in words
    advice: list[Advice]
    ignored: list[str]
    address: str  # to share


@bp.get("/begin")
def begin() -> str:
    """Ten lessons that fit a partnership which is about to begin, for two printed pages."""
    session = db_session()
    index, lists = the_board().both(session)
    pairs = list(request.args.items(multi=True))
    wanted = read("lesson", [pair for pair in pairs if pair[0] in ASKED], lists)
    unknown = [f"{n}={v}"[:60] for n, v in pairs if v and n not in (*ASKED, "lang", "done")]
    labels = labels_of(lists)
    view = Begin(
        questions=[_question(name, wanted.chosen.get(name, ()), labels) for name in ASKED],
        said=[
            (labels.facet(name), labels.value(name, value))
            for name in ASKED
            for value in wanted.chosen.get(name, ())
        ],
        advice=briefing(session, index, wanted.chosen, labels, current_viewer()),
        ignored=[*wanted.ignored, *unknown[:MOST_IGNORED]],
        address=wanted.address(url_for("reading.begin")),
    )
    return render_template("reading/begin.html", view=view)


def _question(name: str, chosen: tuple[str, ...], labels: Labels) -> Question:
    words = labels.lists[BY_NAME[name].words]
    return Question(
        name=name,
        label=labels.facet(name),
        choices=list(words.labels.items()),
        chosen=chosen,
        several=name == "org_type",
    )
