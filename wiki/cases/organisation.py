"""What one organisation is said to be and to have done in a case; pure.

Only rows whose name may be shown count: a name that is generalised or withheld belongs to nobody.
"""

from dataclasses import dataclass

from wiki.cases.facets import organisation_slug, rows, texts
from wiki.cases.labels import Labels
from wiki.cases.queries import Entry
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
            sort=", ".join(labels.of("org_type", v) for v in texts(row.get("org_type"))),
            country=", ".join(map(labels.place, texts(row.get("country")))),
            roles=[labels.of("partner_role", role) for role in texts(row.get("roles"))],
            said=[
                Saying(labels.facet(outcome), labels.value(outcome, value), basis)
                for said in rows(entry.fields.get("outcome_said_by"))
                if said.get("partner") == row.get("id") and row.get("id")
                for basis in [" ".join(texts(said.get("basis")))]
                for outcome in ("partnership_outcome", "purpose_outcome")
                for value in texts(said.get(outcome))
            ],
        )
    return None
