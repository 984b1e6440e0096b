"""Values in words for one reader; pure. What only the edge knows comes in as functions."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from wiki.cases.facets import BY_NAME, COUNTRY, LANGUAGE, PARTNER
from wiki.cases.vocabulary import SHIPPED, Lists, Vocabulary


@dataclass(frozen=True)
class Labels:
    """The words of one wiki in one language. `partners`: the names that are shown, by the key of a
    partner on its page, or by the slug of an organisation."""

    lists: Lists = SHIPPED
    translate: Callable[[str], str] = str  # a sentence of ours in the reader's language
    place: Callable[[str], str] = str  # a code of ISO 3166 or UN M49 to its name
    language: Callable[[str], str] = str  # a tag of BCP 47 to its name
    partners: Mapping[str, str] = field(default_factory=dict)

    def word(self, name: str, value: object) -> str:
        """The label of a value of a list; what no list knows as it stands; "" for no text."""
        if not isinstance(value, str) or not value:
            return ""
        return self.translate(self.lists[name].label_of(value))

    def words(self, name: str) -> Vocabulary:
        """The list itself."""
        return self.lists[name]

    def partner(self, key: object) -> str:
        """The name of a partner; a key that is not known as it stands."""
        return self.partners.get(key, key) if isinstance(key, str) else ""

    def facet(self, name: str) -> str:
        """What a facet is called. KeyError if there is none."""
        return self.translate(BY_NAME[name].label)

    def value(self, facet: str, value: str) -> str:
        """A value of a facet in words; an unknown one as it stands. KeyError for the facet."""
        words = BY_NAME[facet].words
        if words:
            return self.word(words, value)
        if facet == COUNTRY:
            return self.place(value)
        if facet == LANGUAGE:
            return self.language(value)
        return self.partner(value) if facet == PARTNER else value
