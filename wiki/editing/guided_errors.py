"""What is wrong with a step, as sentences beside its controls."""

from wiki.cases.forms import control_of
from wiki.cases.rules import SCHEMAS
from wiki.cases.steps import Step, asked
from wiki.editing.filling import Filled
from wiki.errors import InvalidFields, InvalidInput, SlugTaken, WrongField
from wiki.web.i18n import gettext as _
from wiki.web.i18n import translate_error, translate_wrong


def said_of(
    problem: InvalidInput | SlugTaken, step: Step, filled: Filled
) -> list[tuple[str, str]]:
    """(control, sentence) of each thing that must change; ("", …) for what this step cannot."""
    if isinstance(problem, InvalidFields):
        return [_placed(wrong, step, filled) for wrong in problem.wrong]
    here = isinstance(problem, SlugTaken) or problem.field == "title"
    return [("title" if here else "", translate_error(problem))]


def _placed(wrong: WrongField, step: Step, filled: Filled) -> tuple[str, str]:
    kind = filled.shown.kind
    control = control_of(asked(kind, step), wrong.path, filled.rows) if not step.story else ""
    said = translate_wrong(wrong)
    if control:
        return control, said
    known = next((f for f in SCHEMAS[kind].fields if f.name == wrong.path[0]), None)
    label = _(known.label) if known else wrong.where
    return "", _("%(label)s: %(said)s", label=label, said=said)
