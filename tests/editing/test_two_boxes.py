"""A page's facts and its story stand in two boxes and come back as one source."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.journeys.browser import Person
from wiki.cases.case_telling import tell_case
from wiki.cases.facts import account_line
from wiki.cases.telling import Teller
from wiki.cases.vocabulary import SHIPPED
from wiki.editing.forms import apart, joined, parse
from wiki.editing.starters import guide, starter_text
from wiki.saving.checks import check_text
from wiki.text import front_matter

FACTS = "---\ntype: case\nstage: ended\n---\n"


def test_facts_and_story_stand_in_a_box_each():
    assert apart(FACTS + "## What happened\n") == (FACTS, "## What happened\n")


def test_a_page_without_facts_has_one_box():
    assert apart("## What happened\n") == ("", "## What happened\n")


def test_a_story_that_begins_like_facts_stays_with_them_in_one_box():
    source = FACTS + "---\nmood: low\n---\nText\n"

    assert apart(source) == ("", source)


def test_the_form_is_read_as_one_source():
    assert parse({"facts": FACTS.rstrip("\n"), "text": "Story\n"}).text == FACTS + "Story\n"


def test_an_emptied_box_of_facts_leaves_the_story():
    assert parse({"facts": "\r\n", "text": "Story\n"}).text == "Story\n"


def test_a_text_that_brings_its_own_facts_is_taken_whole():
    whole = "---\ntype: lesson\n---\nStory\n"

    assert parse({"facts": FACTS, "text": whole}).text == whole


@given(st.lists(st.sampled_from(["---", "type: case", "a: [", "Text", "", "...", " "])))
def test_what_was_put_apart_comes_together_as_it_was(lines):
    source = "\n".join(lines)

    assert joined(*apart(source)) == source


@pytest.mark.parametrize("kind", ["case", "lesson"])
@pytest.mark.parametrize("whole", [False, True])
def test_a_starter_can_be_saved_and_leaves_title_and_licence_to_the_form(kind, whole):
    checked = check_text(starter_text(kind, whole=whole), max_bytes=200_000)

    assert (checked.kind, checked.title, checked.licence) == (kind, "", "")


@pytest.mark.parametrize("whole", [False, True])
def test_a_starter_states_nothing_about_a_partnership(whole):
    fields = front_matter.read(starter_text("case", whole=whole)).fields
    told = tell_case(fields, Teller(SHIPPED))

    assert account_line(fields) == fields["summary"] == ""
    assert (told.relationship.text, told.purpose.text) == ("", "")


def test_the_quick_starter_is_short_and_explains_no_field_it_does_not_have():
    quick = starter_text("case")

    assert quick.index("## What was meant to happen") < 1_000
    assert "Fields at the top: hints" not in quick
    assert "Fields at the top: hints" in starter_text("case", whole=True)


@pytest.mark.parametrize("kind", ["case", "lesson"])
def test_the_guide_explains_fields_that_stand_in_the_starter(kind):
    starter = starter_text(kind)

    assert [field for field, _, words in guide(kind) if f"{field}:" not in starter] == []
    assert all(words for _, _, words in guide(kind))


def test_a_plain_page_starts_empty():
    assert starter_text("") == starter_text("theme") == ""
    assert guide("") == []


@pytest.mark.parametrize(
    ("facts", "story", "box"),
    [
        (FACTS.replace("case", "saga"), "A story.\n", "facts"),
        (FACTS, "A \x07 story.\n", "text"),
        ("", "---\ntype: saga\n---\nA story.\n", "facts"),
        ("", "A \x07 story.\n", "text"),
    ],
)
def test_what_is_wrong_is_said_beside_the_box_that_holds_it(app, facts, story, box):
    answer = Person(app, "Ada").fill(
        "/new", "text", title="A story", facts=facts, text=story, action="save"
    )

    assert answer.status_code == 422
    assert f'id="f-{box}-error"' in answer.text
    assert f'href="#f-{box}"' in answer.text
    assert "story." in answer.text
