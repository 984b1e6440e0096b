from hypothesis import given
from hypothesis import strategies as st

from wiki.cases.drawing.case_flows import case_flows
from wiki.cases.drawing.flows import MoneyEdge, PartnerNode

FIELDS = {
    "partners": [
        {
            "id": "p-fund",
            "name": "A fund",
            "org_type": "foundation",
            "decisions": {"budget": "decided_alone", "ending": "unknown"},
        },
        {"id": "p-group", "name": "", "org_type": "community_group"},
    ],
    "money": [
        {
            "from": "p-fund",
            "to": "p-group",
            "instrument": "project_grant",
            "amount_band": "10k-100k",
            "currency": "KES",
            "who_can_stop": ["p-fund", "p-elsewhere"],
            "changed_midway": "yes",
        },
        {
            "from": "p-group",
            "to": "p-fund",
            "instrument": "unpaid_labour",
            "amount_band": "unknown",
        },
    ],
}
KEYS = ["id", "name", "org_type", "decisions", "from", "to", "instrument", "who_can_stop"]
ANYTHING = st.recursive(
    st.text() | st.none(), lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner)
)


def test_a_case_tells_its_partners_in_the_words_of_the_lists():
    assert case_flows(FIELDS)[0] == [
        PartnerNode("p-fund", "A fund", "Foundation", (("Budget", "Decided alone"),), True),
        PartnerNode("p-group", "Community group"),
    ]


def test_a_case_tells_who_gave_what_and_who_could_stop_it():
    assert case_flows(FIELDS)[1] == [
        MoneyEdge(
            "p-fund",
            "p-group",
            "Project grant",
            "10,000 to 100,000 KES",
            ("A fund", "p-elsewhere"),
            changed_midway=True,
        ),
        MoneyEdge("p-group", "p-fund", "Unpaid work", unpaid=True),
    ]


@given(
    st.dictionaries(
        st.sampled_from(["partners", "money"]),
        ANYTHING | st.lists(st.dictionaries(st.sampled_from(KEYS), ANYTHING)),
    )
)
def test_whatever_the_fields_hold_something_is_told(fields):
    case_flows(fields)
