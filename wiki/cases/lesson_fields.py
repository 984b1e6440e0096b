"""The fields of a lesson: one claim, what holds it up, and how far it travels; pure data."""

from dataclasses import replace

from wiki.cases.case_fields import SHARED
from wiki.cases.schema import N_, Field, Schema

_CLAIM = (
    Field(
        name="claim",
        kind="text",
        label=N_("The lesson in one sentence"),
        ask=N_("What did you learn?"),
        hint=N_("If …, then …, because …. A question is welcome too."),
        most=280,
        need="publish",
    ),
    Field(
        name="kind",
        kind="code",
        label=N_("Kind of lesson"),
        ask=N_("What kind of lesson is it?"),
        words="lesson_kind",
        need="publish",
    ),
)
_STORY = (
    Field(
        name="context",
        kind="text",
        label=N_("Where it held"),
        ask=N_("Under which conditions did it hold?"),
        need="publish",
        missed=N_("under which conditions it held"),
    ),
    Field(
        name="expected",
        kind="text",
        label=N_("What was expected"),
        ask=N_("What did people think would happen?"),
        need="publish",
        missed=N_("what was expected"),
    ),
    Field(
        name="happened",
        kind="text",
        label=N_("What happened"),
        ask=N_("What happened instead?"),
        need="publish",
        missed=N_("what happened"),
    ),
    Field(
        name="root_causes",
        kind="codes",
        label=N_("Root causes"),
        ask=N_("What made it likely?"),
        hint=N_("Conditions, never persons. Up to three, the strongest first."),
        words="root_cause",
        most=3,
        need="avoid",
        missed=N_("what made it likely"),
    ),
    Field(
        name="first_noticed_by",
        kind="codes",
        label=N_("Who noticed first"),
        ask=N_("Who saw it first?"),
        words="partner_role",
        missed=N_("who saw it first, and whether they were heard"),
    ),
    Field(name="noticed_when", kind="code", label=N_("At which stage"), words="stage"),
    Field(name="was_it_heard", kind="code", label=N_("Were they heard?"), words="answer"),
    Field(
        name="tried",
        kind="lines",
        label=N_("What was tried"),
        ask=N_("What did people try, also in vain?"),
    ),
    Field(
        name="instead",
        kind="text",
        label=N_("What to do instead"),
        ask=N_("What should the next people do?"),
        need="avoid",
        missed=N_("what to do instead"),
    ),
    Field(
        name="borne_by",
        kind="codes",
        label=N_("Who bore the cost"),
        ask=N_("Who paid for this lesson?"),
        words="partner_role",
        missed=N_("who bore the cost"),
    ),
)
_PROOF = (
    Field(
        name="evidence",
        kind="rows",
        label=N_("What holds it up"),
        ask=N_("How do you know?"),
        hint=N_("Two different kinds make it more than a first idea."),
        need="publish",
        missed=N_("what holds it up"),
        inside=(
            Field(name="type", kind="code", label=N_("Kind"), words="evidence_type"),
            Field(name="case", kind="key", label=N_("Case")),
            Field(name="source", kind="key", label=N_("Source of that case")),
            Field(name="passage", kind="line", label=N_("Passage"), most=500),
            Field(name="says", kind="line", label=N_("What it says"), most=400),
        ),
    ),
    Field(
        name="confidence",
        kind="code",
        label=N_("Confidence"),
        ask=N_("How sure are you?"),
        hint=N_("High is not offered while there is only one kind of evidence."),
        words="confidence",
        need="publish",
    ),
    Field(
        name="confidence_why",
        kind="text",
        label=N_("Why"),
        hint=N_("Its limits, whether the pieces fit, how many there are, how near they are."),
        need="publish",
        missed=N_("why we are that sure"),
    ),
    Field(
        name="travels",
        kind="group",
        label=N_("How far it travels"),
        ask=N_("Where would it hold, and where not?"),
        inside=(
            Field(name="needs", kind="lines", label=N_("It needs")),
            Field(
                name="may_not_fit",
                kind="lines",
                label=N_("It may not fit"),
                missed=N_("where it may not fit"),
            ),
            Field(name="basis", kind="code", label=N_("How we know"), words="travel_basis"),
        ),
    ),
    Field(
        name="positions",
        kind="rows",
        label=N_("What partners say to it"),
        inside=(
            Field(name="partner", kind="line", label=N_("Partner")),
            Field(name="position", kind="code", label=N_("Position"), words="lesson_position"),
            Field(name="words", kind="text", label=N_("In their words")),
        ),
    ),
)
_WHERE = (
    Field(
        name="themes",
        kind="codes",
        label=N_("Themes"),
        ask=N_("Where should people meet it?"),
        hint=N_("Up to three, the most fitting first."),
        words="theme",
        most=3,
        need="publish",
    ),
    Field(
        name="stage",
        kind="codes",
        label=N_("Stages"),
        ask=N_("At which stages does it help?"),
        words="stage",
    ),
    Field(
        name="from",
        kind="keys",
        label=N_("Cases"),
        ask=N_("Which case does it come from?"),
        hint=N_("Title, address or short name (c-…) of its page."),
        need="publish",
        missed=N_("which case it comes from"),
    ),
    Field(
        name="links",
        kind="rows",
        label=N_("Other lessons"),
        ask=N_("Which other lessons does it touch?"),
        inside=(
            Field(name="relation", kind="code", label=N_("It"), words="lesson_link"),
            Field(name="lesson", kind="key", label=N_("Lesson")),
            Field(name="why", kind="line", label=N_("Why")),
        ),
    ),
    Field(
        name="reuse",
        kind="rows",
        label=N_("We tried this"),
        inside=(
            Field(name="who", kind="line", label=N_("Who")),
            Field(name="where", kind="line", label=N_("Where")),
            Field(name="when", kind="date", label=N_("When")),
            Field(name="result", kind="code", label=N_("Result"), words="reuse_result"),
            Field(name="note", kind="text", label=N_("What happened")),
        ),
    ),
)

_FIRST = ("type", "id", "title")
_NEXT = ("language", "translation_of", "translated_by")
_LAST = ("related", "content_note", "labels", "licence", "review_by")


def _shared(*names: str) -> tuple[Field, ...]:
    return tuple(SHARED[name] for name in names)


LESSON = Schema(
    "lesson",
    (
        *_shared(*_FIRST[:-1]),
        replace(
            SHARED["title"],
            ask=N_("What would you call it, in a few words?"),
            hint=N_("Left empty, it is made from the sentence."),
        ),
        replace(SHARED["summary"], need="", missed=""),
        *_CLAIM,
        *_shared(*_NEXT),
        *_STORY,
        *_PROOF,
        *_WHERE,
        replace(SHARED["sources"], missed=""),
        *_shared(*_LAST),
    ),
)
