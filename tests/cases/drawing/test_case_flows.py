from hypothesis import given
from hypothesis import strategies as st

from tests.cases.drawing.graphs import WORDS
from tests.cases.drawing.markup import words
from wiki.cases.drawing.case_flows import case_flows
from wiki.cases.drawing.flows import MoneyEdge, PartnerNode
from wiki.cases.drawing.money_map import money_map
from wiki.cases.telling import Teller, shown_partners
from wiki.cases.vocabulary import SHIPPED

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


def withheld_fields():
    hidden = {
        "id": "p-x",
        "name": "A school that must not be named",
        "name_visibility": "withheld",
    }
    flow = {"from": "p-x", "to": "p-x", "who_can_stop": ["p-x"]}
    return {"partners": [{**hidden, "org_type": "school_or_college"}], "money": [flow]}


def test_a_name_that_is_withheld_is_nowhere_in_the_drawing():
    fields = withheld_fields()
    teller = Teller(SHIPPED, partners=shown_partners(fields, "a partner"))
    for partners, edges in (case_flows(fields), case_flows(fields, teller)):
        found = money_map(partners, edges, WORDS)

        assert "must not be named" not in found.html + " ".join(found.sentences)
    assert case_flows(fields, teller)[0][0].name == "a partner"
    assert case_flows(fields)[0][0].name == "School or college"


def test_a_flow_whose_form_nobody_knows_says_so_and_names_no_form():
    edge = case_flows({"money": [{"from": "a", "to": "b", "instrument": "unknown"}]})[1][0]
    found = money_map([PartnerNode("a", "A"), PartnerNode("b", "B")], [edge], WORDS)

    assert edge.instrument == ""
    assert found.sentences[0] == f"A to B: {WORDS.form_unknown}"
    assert " ".join(words(found.html)).count(WORDS.form_unknown) == 2  # in columns, in the list
