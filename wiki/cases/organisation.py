"""What one organisation is said to be and to have done in a case; pure.

Only rows whose name may be shown count: a name that is generalised or withheld belongs to nobody.
"""

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from typing import Any

from wiki.cases.facets import OUTCOMES, organisation_slug, rows, texts
from wiki.cases.heard import heard_of
from wiki.cases.labels import Labels
from wiki.cases.queries import Entry
from wiki.cases.schema import N_
from wiki.cases.shown import Line, line


@dataclass(frozen=True)
class Saying:
    """What a partner says about an outcome: of what, how it went, and how that is known."""

    what: str
    how: str
    basis: str


@dataclass(frozen=True)
class Appearance:
    """One organisation in one case."""

    line: Line
    name: str  # as the case writes it
    sort: str  # the kind of organisation
    country: str
    roles: list[str]
    said: list[Saying]


def appearance(entry: Entry, slug: str, labels: Labels) -> Appearance | None:
    """The organisation in this case; None if no shown name of it has this slug. Linear."""
    for row in rows(entry.fields.get("partners")):
        name = row.get("name")
        shown = row.get("name_visibility") in (None, "", "named")
        if not (shown and isinstance(name, str) and organisation_slug(name) == slug):
            continue
        return Appearance(
            line=line(entry, labels),
            name=name,
            sort=", ".join(labels.word("org_type", v) for v in texts(row.get("org_type"))),
            country=", ".join(map(labels.place, texts(row.get("country")))),
            roles=[labels.word("partner_role", role) for role in texts(row.get("roles"))],
            said=[
                Saying(labels.facet(outcome), labels.value(outcome, value), basis)
                for partner in texts(row.get("id"))[:1]
                for rating, basis in _ratings(entry, partner, labels)
                for outcome in OUTCOMES
                for value in texts(rating.get(outcome))
            ],
        )
    return None


def _ratings(
    entry: Entry, partner: str, labels: Labels
) -> Iterator[tuple[Mapping[str, Any], str]]:
    """Each rating of a partner, and how it is known: its own, else as the writers tell it."""
    own = [each for each in heard_of(entry.computed).ratings if each.partner == partner]
    for each in own:
        alone = N_("one person of it, in an answer of their own")
        yield (
            asdict(each),
            labels.translate(alone if each.for_oneself else N_("in its own answer")),
        )
    for said in rows(entry.fields.get("outcome_said_by")):
        if said.get("partner") == partner and not own:
            yield said, " ".join(texts(said.get("basis")))
