"""The guided form as data: in which steps the fields of a case or a lesson are asked; pure.

The first steps of a case are the quick form: enough to be understood, written in ten minutes.
The others may be left out, each alone; their questions are those of the nine themes.
"""

from dataclasses import dataclass, replace

from wiki.cases.case_fields import CASE
from wiki.cases.lesson_fields import LESSON
from wiki.cases.schema import N_, Field, Schema


@dataclass(frozen=True, kw_only=True)
class Step:
    """One page of the form.

    `asks`: its fields; `partners.name` asks one column only. `prompt`: what to think of.
    `story`: it asks for the sections of the text instead.
    """

    name: str
    title: str
    prompt: str = ""
    asks: tuple[str, ...] = ()
    quick: bool = False
    story: bool = False


@dataclass(frozen=True)
class Heading:
    """A section that the form offers for the text."""

    title: str
    hint: str


_CASE_STEPS = (
    Step(
        name="start",
        title=N_("What it is"),
        prompt=N_("A title is enough to begin; everything else can wait."),
        asks=("title", "summary", "account_basis"),
        quick=True,
    ),
    Step(
        name="kind",
        title=N_("Kind of partnership"),
        asks=("partnership_type", "themes", "education.area"),
        quick=True,
    ),
    Step(name="when", title=N_("When and where"), asks=("when", "places"), quick=True),
    Step(
        name="outcome",
        title=N_("How it went"),
        prompt=N_("Two questions, kept apart: the people, and the purpose."),
        asks=("stage", "partnership_outcome", "purpose_outcome", "end_reason"),
        quick=True,
    ),
    Step(
        name="partners",
        title=N_("Partners"),
        asks=(
            "partners.name",
            "partners.name_visibility",
            "partners.org_type",
            "partners.roles",
        ),
        quick=True,
    ),
    Step(
        name="story",
        title=N_("The story"),
        prompt=N_("Every heading is optional, and “we do not know” is a good answer."),
        story=True,
    ),
    Step(
        name="worth",
        title=N_("What it was worth"),
        prompt=N_("Who decided what counted as success?"),
        asks=("value", "outcome_said_by"),
    ),
    Step(
        name="skills",
        title=N_("Skills"),
        prompt=N_("What could people do afterwards that they could not do before?"),
        asks=("capacities",),
    ),
    Step(
        name="technology",
        title=N_("Technology"),
        prompt=N_("A spreadsheet counts, and so does a telephone."),
        asks=("technology",),
    ),
    Step(
        name="power",
        title=N_("Power and voice"),
        prompt=N_("Who could say no?"),
        asks=("partners.decisions", "partners.can_leave_without_loss", "power"),
    ),
    Step(
        name="money",
        title=N_("Money and work"),
        prompt=N_("Bands are enough; nobody needs exact sums."),
        asks=("money", "partners.money_position", "partners.share_band"),
    ),
    Step(
        name="wrong",
        title=N_("When it goes wrong"),
        prompt=N_("Who saw it first, and were they heard?"),
        asks=("lessons",),
    ),
    Step(
        name="rules",
        title=N_("Whose rules"),
        prompt=N_("Contracts count, and so do customs that nobody wrote down."),
        asks=("rules", "labels"),
    ),
    Step(
        name="more-partners",
        title=N_("More about the partners"),
        asks=(
            "partners.country",
            "partners.works_in",
            "partners.describes_itself_as",
            "partners.ids",
            "partners.joined",
            "partners.left",
            "partners.left_why",
        ),
    ),
    Step(
        name="sources",
        title=N_("Sources and care"),
        prompt=N_("Where a reader can check this, and what they should know before reading."),
        asks=("sources", "content_note", "related"),
    ),
    Step(
        name="reach",
        title=N_("Reach and language"),
        asks=(
            "scope", "education.isced", "education.mode", "sdg", "language", "translation_of",
            "translated_by", "review_by",
        ),
    ),
)  # fmt: skip

_LESSON_STEPS = (
    Step(
        name="start",
        title=N_("The lesson"),
        prompt=N_("One sentence is enough to begin. Not knowing is welcome too."),
        asks=("claim", "title", "kind", "from", "themes"),
        quick=True,
    ),
    Step(
        name="happened",
        title=N_("What happened"),
        prompt=N_("Conditions, never persons."),
        asks=(
            "context", "expected", "happened", "root_causes", "tried", "instead",
            "first_noticed_by", "noticed_when", "was_it_heard", "borne_by",
        ),
        quick=True,
    ),
    Step(
        name="proof",
        title=N_("How you know"),
        prompt=N_("What holds it up, and how sure are you?"),
        asks=("evidence", "confidence", "confidence_why", "sources"),
        quick=True,
    ),
    Step(
        name="travels",
        title=N_("Where it travels"),
        asks=(
            "travels", "stage", "links", "positions", "related", "content_note", "language",
            "translation_of", "translated_by", "review_by",
        ),
    ),
    Step(
        name="story",
        title=N_("The text"),
        prompt=N_("Every heading is optional; what you said before need not be said again."),
        story=True,
    ),
)  # fmt: skip

STEPS: dict[str, tuple[Step, ...]] = {"case": _CASE_STEPS, "lesson": _LESSON_STEPS}
_SCHEMAS: dict[str, Schema] = {"case": CASE, "lesson": LESSON}

HEADINGS: dict[str, tuple[Heading, ...]] = {
    "case": (
        Heading(
            N_("What was meant to happen"),
            N_("What each partner hoped for at the start. Hopes may differ."),
        ),
        Heading(
            N_("What happened"),
            N_("Facts first, in the order of time. If sources disagree, keep both."),
        ),
        Heading(
            N_("Who decided"),
            N_("Who decided, who could stop it, who was only told?"),
        ),
        Heading(
            N_("Who paid, who did the work"),
            N_("Money and its conditions. Count unpaid work too."),
        ),
        Heading(
            N_("What went wrong or right, and why"),
            N_("Conditions, not persons. What could this partnership never fix from inside?"),
        ),
        Heading(
            N_("What each partner says"),
            N_("In their own words if they agree. Say who has not been asked."),
        ),
        Heading(
            N_("What we take from it"),
            N_("One lesson, or one question. What could only happen because of this form?"),
        ),
        Heading(
            N_("Who is missing here"),
            N_("Partners and people without words on this page, and whether they were asked."),
        ),
    ),
    "lesson": (
        Heading(
            N_("What was expected"),
            N_("What people thought would happen, and why that was reasonable."),
        ),
        Heading(N_("What happened"), N_("The facts, in a few sentences. Link the case.")),
        Heading(N_("Why"), N_("Conditions, never persons.")),
        Heading(N_("What was tried"), N_("Also what did not help.")),
        Heading(N_("What to do instead"), N_("Something that others can do next week, in steps.")),
        Heading(N_("Who bore the cost"), N_("By role. Say if this is reasoning.")),
        Heading(
            N_("Where it may not fit"),
            N_("Conditions under which you would not trust this lesson."),
        ),
    ),
}


def step_named(kind: str, name: str) -> Step | None:
    """The step `name` of this kind of page."""
    return next((step for step in STEPS[kind] if step.name == name), None)


def next_step(kind: str, name: str) -> Step | None:
    """The step after this one; None after the last."""
    steps = STEPS[kind]
    places = [place for place, step in enumerate(steps) if step.name == name]
    following = steps[places[0] + 1 :] if places else ()
    return following[0] if following else None


def step_of(kind: str, field: str, column: str = "") -> Step | None:
    """The step that asks for a field, or for one column of it."""
    for step in STEPS[kind]:
        if field in step.asks or f"{field}.{column}" in step.asks:
            return step
    return next((s for s in STEPS[kind] if any(a.split(".")[0] == field for a in s.asks)), None)


def asked(kind: str, step: Step) -> tuple[Field, ...]:
    """The fields of a step, each with the columns that it asks for."""
    columns: dict[str, list[str]] = {}
    for path in step.asks:
        name, _dot, column = path.partition(".")
        columns.setdefault(name, []).extend([column] if column else [])
    return tuple(_with(_SCHEMAS[kind][name], wanted) for name, wanted in columns.items())


def _with(field: Field, columns: list[str]) -> Field:
    if not columns:
        return field
    return replace(field, inside=tuple(f for f in field.inside if f.name in columns))
