"""One section of a page is edited alone, without scripts."""

from tests.cases.examples import case_text
from tests.journeys.browser import Form, Person, forms_of

STORY = """Before all.

# How it began

We met in March.

## The money

It came late.

# How it ended

The school closed.
"""


def opened(person: Person, section: str) -> Form:
    return person.form(f"/w/the-tool/edit?section={section}", "text")


def raw(person: Person) -> str:
    return person.open("/w/the-tool/raw").text


def test_the_box_holds_only_the_section_and_the_rest_stays_byte_for_byte(ada: Person) -> None:
    ada.write("the-tool", case_text(STORY, title="The tool"), title="The tool")
    before = raw(ada)
    form = opened(ada, "h-the-money")

    assert form.fields["text"] == "## The money\n\nIt came late.\n"
    assert "facts" not in form.fields
    saved = ada.send(form, text="## The money\r\n\r\nIt never came.", action="save")

    assert saved.status_code == 303
    assert saved.location.endswith("?done=saved#h-the-money")
    assert raw(ada) == before.replace("It came late.", "It never came.")


def test_the_contents_lead_to_the_form_of_each_section_for_those_who_may_edit(
    ada: Person, reader: Person
) -> None:
    ada.write("the-tool", STORY, title="The tool")

    assert "/w/the-tool/edit?section=h-how-it-began" in ada.open("/w/the-tool").text
    assert "section=" not in reader.open("/w/the-tool").text
    ada.write("the-tool", STORY + "\nMore.\n")
    assert "section=" not in ada.open("/w/the-tool@1").text


def test_what_somebody_saved_meanwhile_in_another_section_stays(ada: Person, bo: Person) -> None:
    ada.write("the-tool", STORY, title="The tool")
    form = opened(bo, "h-the-money")
    ada.write("the-tool", STORY.replace("March", "April").replace("# How it ended", "# The end"))

    saved = bo.send(form, text="## The money\n\nIt never came.", action="save")

    assert saved.location.endswith("?done=joined#h-the-money")
    assert raw(bo) == STORY.replace("March", "April").replace(
        "# How it ended", "# The end"
    ).replace("It came late.", "It never came.")


def test_the_same_section_changed_by_two_is_decided_and_the_rest_stays(
    ada: Person, bo: Person
) -> None:
    ada.write("the-tool", STORY, title="The tool")
    form = opened(bo, "h-the-money")
    ada.write("the-tool", STORY.replace("came late", "was lost"))

    asked = bo.send(form, text="## The money\n\nIt never came.", action="save")

    assert asked.status_code == 409
    assert "Place 1 of 1" in asked.text
    assert "The money" in asked.text


def test_a_preview_shows_the_section_and_saving_after_it_saves_the_page(ada: Person) -> None:
    ada.write("the-tool", STORY, title="The tool")
    shown = ada.send(
        opened(ada, "h-the-money"), text="## The money\n\nIt **never** came.", action="preview"
    )
    form = next(f for f in forms_of(shown.text) if "text" in f.fields)
    ada.send(form, action="save")

    assert "<strong>never</strong>" in shown.text
    assert "We met in March." not in shown.text
    assert raw(ada) == STORY.replace("It came late.", "It **never** came.")


def test_an_emptied_section_goes_and_what_cannot_be_saved_keeps_the_typed_words(
    ada: Person,
) -> None:
    ada.write("the-tool", STORY, title="The tool")
    form = opened(ada, "h-the-money")

    refused = ada.send(form, text="Too \x01 strange", action="save")
    lost = Form(form.action, {**form.fields, "section": "h-nowhere"})
    gone = ada.send(lost, text="My words.", action="save")
    emptied = ada.send(form, text="", action="save")

    assert refused.status_code == 422
    assert "strange" in refused.text
    assert gone.status_code == 422
    assert "My words." in gone.text
    assert emptied.status_code == 303
    assert raw(ada) == STORY.replace("## The money\n\nIt came late.\n\n", "")


def test_a_section_that_is_not_there_opens_the_whole_page(ada: Person) -> None:
    ada.write("the-tool", STORY, title="The tool")

    assert opened(ada, "h-nowhere").fields["text"] == STORY
