"""The words of the drawings in the reader's language."""

from wiki.cases.drawing.flows import FlowWords
from wiki.cases.drawing.timeline import TimelineWords
from wiki.cases.drawing.world_map import MapWords
from wiki.cases.drawing.years import YearWords
from wiki.web.i18n import gettext as _
from wiki.web.i18n import ngettext


def flow_words() -> FlowWords:
    """Of the map of money and decisions, in the language of the request."""
    return FlowWords(
        name=_("Who gave what to whom, who could stop it, who decided"),
        description=_("The same is said in words below the drawing."),
        flow=_("%(giver)s to %(receiver)s: %(instrument)s"),
        given=_("To %(receiver)s: %(instrument)s"),
        form_unknown=_("form not known"),
        stops=_("%(names)s can stop it"),
        changed=_("changed midway"),
        unpaid=_("nobody was paid for it"),
        could_stop=_("could stop money"),
        decided=_("%(level)s: %(areas)s"),
        no_flow=_("no flow of money is recorded"),
        alone=_("No flow of money is recorded for:"),
        too_many=_("A drawing of %(count)s partners could not be read; here it is in words."),
    )


def map_words() -> MapWords:
    """Of the map of the world, in the language of the request."""
    return MapWords(
        name=_("Where the cases took place"),
        description=_("The same is said in words below the drawing."),
        grouped=_("Figures of parts of the world; the list below names the countries."),
        place=_("%(place)s: %(cases)s"),
        region=_("%(place)s, somewhere in this region: %(cases)s"),
        cases=number_of_cases,
    )


def number_of_cases(number: int) -> str:
    """One case, two cases, …"""
    return ngettext("%(num)s case", "%(num)s cases", number)


def timeline_words() -> TimelineWords:
    """Of the timeline, in the language of the request."""
    return TimelineWords(
        years=YearWords(
            about=_("about %(year)s"),
            between=_("between %(first)s and %(last)s"),
            span=_("%(start)s – %(end)s"),
            since=_("since %(start)s, not ended"),
            end_unknown=_("from %(start)s, end not known"),
            until=_("until %(end)s, beginning not known"),
            ongoing=_("not ended, beginning not known"),
            unknown=_("time not known"),
        ),
        began=_("Cases by the year they began"),
        unknown=_("Beginning not known"),
    )
