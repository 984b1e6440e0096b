"""What is wrong with a step, as sentences beside its controls."""

from wiki.cases.forms import control_of
from wiki.cases.rules import SCHEMAS
from wiki.cases.steps import Step, asked, step_of
from wiki.editing.filling import Filled
from wiki.errors import InvalidFields, SlugTaken, WikiError, WrongField
from wiki.web.i18n import gettext as _
from wiki.web.i18n import translate_error, translate_wrong


def said_of(problem: WikiError, step: Step, filled: Filled) -> list[tuple[str, str]]:
    """(control, sentence) of each thing that must change; ("", …) for what this step cannot."""
    if isinstance(problem, InvalidFields):
        return [_placed(wrong, step, filled) for wrong in problem.wrong]
    here = isinstance(problem, SlugTaken) or getattr(problem, "field", "") == "title"
    return [("title" if here else "", translate_error(problem))]


def _placed(wrong: WrongField, step: Step, filled: Filled) -> tuple[str, str]:
    kind = filled.shown.kind
    control = control_of(asked(kind, step), wrong.path, filled.rows) if not step.story else ""
    said = translate_wrong(wrong)
    if control:
        return control, said
    column = str(wrong.path[2]) if len(wrong.path) > 2 else ""
    there = step_of(kind, str(wrong.path[0]), column)
    if there is not None and there != step:
        return "", _("In the step “%(step)s”: %(said)s", step=_(there.title), said=said)
    known = next((f for f in SCHEMAS[kind].fields if f.name == wrong.path[0]), None)
    label = _(known.label) if known else wrong.where
    return "", _("%(label)s: %(said)s", label=label, said=said)
