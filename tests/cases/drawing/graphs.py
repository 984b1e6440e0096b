"""Maps of money to draw: random ones, those of the starter cases, and their words."""

from hypothesis import strategies as st

from tests.content.starter import of_type
from wiki.cases.drawing.case_flows import case_flows
from wiki.cases.drawing.flows import FlowWords, MoneyEdge, PartnerNode

WORDS = FlowWords(
    name="Money and decisions",
    description="The same in words below.",
    flow="%(giver)s to %(receiver)s: %(instrument)s",
    given="To %(receiver)s: %(instrument)s",
    form_unknown="form not known",
    stops="%(names)s can stop it",
    changed="changed midway",
    unpaid="nobody was paid for it",
    could_stop="could stop money",
    decided="%(level)s: %(areas)s",
    no_flow="no flow is recorded",
    alone="No flow is recorded for:",
    too_many="%(count)s partners are too many for a drawing.",
)
NAMES = st.text(
    alphabet=st.sampled_from("abc MW-/ iil教育عرבا‌ไก่é\u0301🏫"), min_size=1, max_size=90
) | st.text(min_size=1, max_size=40)


@st.composite
def maps(draw):
    """Up to twelve partners and twenty-four flows between any of them, loops included."""
    count = draw(st.integers(1, 12))
    labels = st.tuples(
        st.sampled_from(["Budget", "Ending"]), st.sampled_from(["alone", "jointly"])
    )
    partners = [
        PartnerNode(
            f"p{at}",
            draw(NAMES),
            kind=draw(st.sampled_from(["", "University or research body"])),
            decisions=tuple(draw(st.lists(labels, max_size=4))),
            can_stop=draw(st.booleans()),
        )
        for at in range(count)
    ]
    keys = st.sampled_from([partner.key for partner in partners])
    edges = draw(
        st.lists(
            st.builds(
                MoneyEdge,
                keys,
                keys,
                st.sampled_from(["Project grant", "Unpaid work", ""]),
                st.sampled_from(["", "120 million pounds"]),
                st.sampled_from([(), ("A funder",), ("A funder", "The ministry of education")]),
                st.booleans(),
                st.booleans(),
            ),
            max_size=24,
        )
    )
    return partners, edges


def starter_maps():
    """Slug and map of every starter case."""
    return [(page.slug, case_flows(page.fields)) for page in of_type("case")]
