"""What a step of the guided form draws: for each field its question, its box and what is in it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from wiki.cases.forms import (
    AREAS,
    ROWS_WITH_IDS,
    Values,
    count_rows,
    has_fixed_rows,
    is_ranked,
)
from wiki.cases.rules import breadth
from wiki.cases.schema import Field
from wiki.cases.vocabulary import Lists
from wiki.web.i18n import gettext as _
from wiki.web.i18n import places

Choice = tuple[str, str, str]  # value, label, definition
FEW = 9  # choices that are shown all at once, with their meaning
LETTERS = 42  # in a line of a box, about
MANY = 4  # questions about each partner that are asked partner by partner
TALLEST = 18  # lines
WORTH_SAYING = 80  # a limit of fewer characters is not reached by chance
LONG = 200  # characters from which on a line gets a box of several lines


@dataclass(frozen=True, kw_only=True)
class Control:
    """One control, or a group of them. `draw` names the macro that draws it."""

    name: str
    draw: str  # text, textarea, radios, select, checks, ranked, several, group, rows, grid
    label: str
    hint: str = ""
    values: tuple[str, ...] = ()
    choices: tuple[Choice, ...] = ()
    error: str = ""
    suggest: str = ""  # id of a list of suggestions
    only_one: bool = False
    inside: tuple["Control", ...] = ()
    meanings: tuple[tuple[str, tuple[Choice, ...]], ...] = ()  # of words that stand in selects
    can_add: bool = False
    is_row: bool = False
    removable: bool = False
    removed: bool = False

    @property
    def value(self) -> str:
        """The only value."""
        return self.values[0] if self.values else ""

    @property
    def has_meanings(self) -> bool:
        """Whether its choices say what they mean."""
        return any(meaning for _value, _label, meaning in self.choices)

    @property
    def rows(self) -> int:
        """Lines of a box that shows most of what is in it."""
        lines = self.value.count("\n") + len(self.value) // LETTERS + 1
        return min(max(lines, 3), TALLEST)

    @property
    def count(self) -> int:
        """Of a grid: how many rows it asks about."""
        return max((len(line.inside) for line in self.inside), default=0)

    @property
    def options(self) -> list[Choice]:
        """The choices after an empty one."""
        return [("", _("I don't know, or skip"), ""), *self.choices]

    @property
    def pairs(self) -> list[tuple[str, str]]:
        """The options without their meanings."""
        return [(value, label) for value, label, _meaning in self.options]


@dataclass(frozen=True)
class Drawing:
    """What controls are drawn from: values, lists, the partners of the page, errors."""

    values: Values
    fields: Mapping[str, Any]
    lists: Lists
    partners: Sequence[tuple[str, str]]  # id, name
    errors: Mapping[str, str] = field(default_factory=dict)

    def controls(self, asked: Sequence[Field]) -> tuple[Control, ...]:
        """The controls of these fields, in order."""
        return tuple(self._control(known, known.name) for known in asked)

    def _control(self, known: Field, name: str, label: str = "") -> Control:
        drawn = Control(
            name=name,
            draw="text",
            label=label or _(known.ask or known.label),
            hint=_hint(known),
            values=tuple(self.values.get(name, ())),
            error=self.errors.get(name, ""),
        )
        if known.kind == "rows":
            return self._rows(known, drawn)
        if known.kind == "group":
            inside = tuple(self._control(f, f"{name}.{f.name}") for f in known.inside)
            return replace(drawn, draw="group", inside=inside)
        return replace(drawn, **self._leaf(known, name, drawn))

    def _leaf(self, known: Field, name: str, drawn: Control) -> dict[str, Any]:
        in_row = any(part.isdigit() for part in name.split("."))
        if known.kind in ("code", "codes"):
            choices = self._choices(known, drawn.values, meaning=not in_row)
            return {"choices": choices, "draw": _code_box(known, len(choices), in_row)}
        if known.kind in ("partner", "partners"):
            held = dict.fromkeys(v for v in drawn.values if v)
            known_ids = {key for key, _name in self.partners}
            extra = [(key, key, "") for key in held if key not in known_ids]
            choices = (*((key, said, "") for key, said in self.partners if key), *extra)
            return {"choices": choices, "draw": "select" if known.kind == "partner" else "checks"}
        if known.kind in ("places", "keys"):
            return {"draw": "several", "suggest": _suggested(known, name)}
        if known.kind == "key" and (pages := _suggested(known, name)):
            return {"draw": "several", "suggest": pages, "only_one": True}
        if known.kind == "country":
            return {"draw": "several", "suggest": "countries", "only_one": True}
        many = known.kind in ("text", "lines") or known.most >= LONG
        return {"draw": "textarea" if many else "text"}

    def _choices(
        self, known: Field, held: Sequence[str], *, meaning: bool = True
    ) -> tuple[Choice, ...]:
        words = self.lists[known.words]
        said = words.definitions if meaning else {}
        listed = [
            (value, _(label), _(said[value]) if said.get(value) else "")
            for value, label in words.labels.items()
            if not self._is_withheld(known, value, held)
        ]
        listed += [
            (value, value, "") for value in dict.fromkeys(held) if value and value not in words
        ]
        return tuple(listed)

    def _is_withheld(self, known: Field, value: str, held: Sequence[str]) -> bool:
        """“high” is not offered while one kind of evidence holds the lesson up."""
        high = known.name == "confidence" and value == "high"
        return high and value not in held and breadth(self.fields) < 2

    def _rows(self, known: Field, drawn: Control) -> Control:
        if has_fixed_rows(known) and len(known.inside) >= MANY:
            boxes = tuple(self._row(known, place, 0) for place in range(len(self.partners)))
            return replace(
                drawn, draw="rows", inside=boxes, label=_("About each partner"), hint=""
            )
        if has_fixed_rows(known):
            columns = tuple(self._column(inner) for inner in known.inside)
            return replace(
                drawn, draw="grid", inside=columns, label=_("About each partner"), hint=""
            )
        held = count_rows(known, self.values)
        least = 2 if known.name == "partners" else 1
        rows = tuple(self._row(known, place, held) for place in range(max(held + 1, least)))
        meanings = tuple((_(f.label), self._choices(f, ())) for f in known.inside if f.words)
        return replace(drawn, draw="rows", inside=rows, meanings=meanings, can_add=True)

    def _row(self, known: Field, place: int, held: int) -> Control:
        name = f"{known.name}.{place}"
        hidden = "id" if known.name in ROWS_WITH_IDS else ""
        shown = tuple(f for f in known.inside if f.name != hidden)
        fixed = self.partners[place][1] if has_fixed_rows(known) else ""
        label = fixed or _("%(label)s: %(number)s", label=_(known.label), number=place + 1)
        return Control(
            name=name,
            draw="group",
            label=label,
            inside=tuple(self._control(f, f"{name}.{f.name}") for f in shown),
            is_row=True,
            removable=place < held,
            removed=bool(self.values.get(f"{name}.remove")),
            error=self.errors.get(name, ""),
        )

    def _column(self, known: Field) -> Control:
        """One question about each partner; of the matrix, one for each area."""
        if known.kind == "matrix":
            areas = self.lists[AREAS]
            inner = Field(name="", kind="code", label="", words="decision_level")
            asked = tuple(
                self._line(
                    inner, f"{known.name}.{area}", _(label), areas.definitions.get(area, "")
                )
                for area, label in areas.labels.items()
            )
            levels = ((_("What the words mean"), self._choices(inner, ())),)
            return Control(
                name=f"partners.{known.name}",
                draw="matrix",
                label=_(known.label),
                inside=asked,
                meanings=levels,
            )
        return self._line(known, known.name, _(known.ask or known.label), known.hint)

    def _line(self, known: Field, ending: str, label: str, hint: str) -> Control:
        inside = tuple(
            replace(self._control(known, f"partners.{place}.{ending}", name or key), hint="")
            for place, (key, name) in enumerate(self.partners)
        )
        return Control(
            name=f"partners.{ending}",
            draw="line",
            label=label,
            hint=_(hint) if hint else "",
            inside=inside,
        )


def _suggested(known: Field, name: str) -> str:
    """The id of the list of suggestions for a control."""
    if known.kind in ("places", "country"):
        return "countries"
    path = [part for part in name.split(".") if not part.isdigit()]
    pages = path[0] in ("lessons", "from", "related") or path[-1] in ("case", "lesson")
    return "pages" if pages else ""


def _hint(known: Field) -> str:
    said = [_(known.hint)] if known.hint else []
    if known.most >= WORTH_SAYING and known.kind in ("line", "text"):
        said.append(_("Up to %(most)s characters.", most=known.most))
    if known.kind == "lines":
        said.append(_("One on each line."))
    return " ".join(said)


def _code_box(known: Field, choices: int, in_row: bool) -> str:
    if is_ranked(known):
        return "ranked"
    if known.kind == "codes":
        return "checks"
    return "radios" if choices <= FEW and not in_row else "select"


def country_names() -> list[str]:
    """Suggestions for a place."""
    return list(places().values())
