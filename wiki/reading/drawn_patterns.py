"""The drawings of the page of patterns, with made-up values."""

from dataclasses import dataclass

from markupsafe import Markup

from wiki.cases.drawing.bars import Bar, bars
from wiki.cases.drawing.flows import MoneyEdge, PartnerNode
from wiki.cases.drawing.money_map import MoneyMap, money_map
from wiki.cases.drawing.territories import places_of
from wiki.cases.drawing.timeline import Timeline, Took, timeline
from wiki.cases.drawing.world_map import WorldMap, world_map
from wiki.cases.drawing.years import years
from wiki.pageview.drawing_phrases import flow_words, map_words, timeline_words
from wiki.web.i18n import current_language
from wiki.web.i18n import gettext as _

HERE = "#main"
YEAR = 2026  # in which the open ends of the example end


@dataclass(frozen=True)
class Patterns:
    """Every drawing once."""

    money: MoneyMap
    world: WorldMap
    crowded: WorldMap
    timeline: Timeline
    bars: Markup


def drawn_patterns() -> Patterns:
    """In the language of the request."""
    language = current_language()
    few = {"KE": 3, "014": 2, "PE": 1, "GB": 2, "IN-KA": 4, "NZ": 1, "LR": 1, "419": 1}
    many = dict.fromkeys(("US", "CO", "PE", "GB", "FR", "NG", "KE", "ZA", "EG", "TR", "IN"), 4)
    many |= dict.fromkeys(("CN", "ID", "AU", "FJ", "BR", "TZ", "UG", "MW", "DE", "JM"), 7)
    few_places, many_places = (
        places_of(counts, language, lambda _code: HERE) for counts in (few, many)
    )
    return Patterns(
        money=_money(),
        world=world_map(few_places, map_words(), language=language, ident="few"),
        crowded=world_map(many_places, map_words(), language=language, ident="many"),
        timeline=_timeline(),
        bars=bars(
            [
                Bar(_("Changing systems, structures and the flow of money"), 12, HERE),
                Bar(_("What breakdown teaches"), 7, HERE),
                Bar(_("Whose rules and norms govern"), 1, HERE),
                Bar(_("Where technology helps, and where it harms"), 0),
            ]
        ),
    )


def _money() -> MoneyMap:
    alone, together, not_told = _("Decided alone"), _("Decided together"), _("Was not told")
    budget, ending = _("Budget"), _("Ending")
    foundation, schools = _("A foundation"), _("Schools of the district")
    partners = [
        PartnerNode("f", foundation, _("Foundation"), ((budget, alone), (ending, alone)), True),
        PartnerNode("n", _("An international NGO"), _("International NGO"), ((budget, together),)),
        PartnerNode("m", _("The ministry of education"), _("National government")),
        PartnerNode(
            "s", schools, _("School or college"), ((budget, together), (ending, not_told))
        ),
        PartnerNode("v", _("Parents of the village"), _("Community group"), ((ending, not_told),)),
        PartnerNode("u", _("A teachers’ union"), _("Teachers’ union")),
    ]
    flows = [
        MoneyEdge("f", "n", _("Project grant"), "", (foundation,), changed_midway=True),
        MoneyEdge("n", "s", _("Sub-grant"), _("up to 5,000 a school")),
        MoneyEdge("m", "s", _("In kind")),
        MoneyEdge("v", "s", _("Unpaid work"), unpaid=True),
        MoneyEdge("s", "n", _("Fee")),
    ]
    return money_map(partners, flows, flow_words())


def _timeline() -> Timeline:
    cases = [
        Took(_("When the money was cut midway"), years("2019~", "2021"), HERE),
        Took(_("A network that grew from south to south"), years("2005", ".."), HERE),
        Took(_("A platform that closed after a year"), years("2013", "2014"), HERE),
        Took(_("A laptop for every child"), years("200X", "2012?"), HERE),
        Took(_("A code written by those who were studied"), years("2014", ""), HERE),
        Took(_("A story without a date"), years("", "")),
    ]
    return timeline(cases, timeline_words(), this_year=YEAR)
