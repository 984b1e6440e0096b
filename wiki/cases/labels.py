"""Values of facets in words; pure. What only the edge knows comes in as functions."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from wiki.cases.facets import BY_NAME, COUNTRY, LANGUAGE, PARTNER
from wiki.cases.vocabulary import SHIPPED, Lists


def _as_it_is(text: str) -> str:
    return text


@dataclass(frozen=True)
class Labels:
    """The words of one wiki in one language. `partners`: slug to name, where it is known."""

    lists: Lists = SHIPPED
    say: Callable[[str], str] = _as_it_is  # a sentence of ours in the reader's language
    place: Callable[[str], str] = _as_it_is  # ISO 3166-1 or UN M49
    language: Callable[[str], str] = _as_it_is  # BCP 47
    partners: Mapping[str, str] = field(default_factory=dict)

    def facet(self, name: str) -> str:
        """What a facet is called. KeyError if there is none."""
        return self.say(BY_NAME[name].label)

    def value(self, facet: str, value: str) -> str:
        """A value of a facet in words; an unknown one as it stands. KeyError for the facet."""
        words = BY_NAME[facet].words
        if words:
            return self.say(self.lists[words].label_of(value))
        if facet == COUNTRY:
            return self.place(value)
        if facet == LANGUAGE:
            return self.language(value)
        return self.partners.get(value, value) if facet == PARTNER else value

    def of(self, words: str, value: str) -> str:
        """A value of a list of words."""
        return self.say(self.lists[words].label_of(value))
