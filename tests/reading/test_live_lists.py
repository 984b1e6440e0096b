"""Lists that no one writes: on the pages of themes, and where a page asks for one."""

import re

from tests.journeys.browser import Person
from tests.reading.people import Writer
from tests.reading.test_browsing import titles

THEME = "---\ntype: theme\ntitle: Technology\n---\nWho chose the tool?\n"


def write(writer: Writer, slug: str, text: str) -> None:
    assert writer.write(slug, text, title=slug.title()).status_code == 303


def test_a_theme_lists_its_cases_and_lessons_and_leads_to_all(
    writer: Writer, reader: Person
) -> None:
    write(writer, "technology", THEME)
    empty = reader.open("/w/technology").text
    writer.case("kites", "Kites", themes=["technology"])
    writer.case("boats", "Boats", themes=["whose-rules"])
    writer.lesson("ask", "Ask first", themes=["technology"])
    page = reader.open("/w/technology").text

    assert "No case of this theme has been written yet." in empty
    assert titles(page) == ["Kites", "Ask first"]
    assert page.index("Who chose the tool?") < page.index("Kites")
    assert 'href="/cases?theme=technology"' in page
    assert 'href="/lessons?theme=technology"' in page


def test_a_theme_names_its_first_twelve_and_counts_all(writer: Writer, reader: Person) -> None:
    write(writer, "technology", THEME)
    for number in range(13):
        writer.lesson(f"l{number}", f"Lesson {number}", from_=[f"c-{number}"])
    page = reader.open("/w/technology").text

    assert len(titles(page)) == 12
    assert "All 13 lessons" in page


def test_the_stored_page_of_a_theme_follows_every_change(writer: Writer, reader: Person) -> None:
    write(writer, "technology", THEME)
    writer.case("kites", "Kites")
    assert "Kites" in reader.open("/w/technology").text

    writer.fill("/w/kites/rename", "new_title", new_title="Paper kites")
    assert titles(reader.open("/w/technology").text) == ["Paper kites"]
    writer.fill("/w/paper-kites/delete", "reason", reason="Written twice.")
    assert titles(reader.open("/w/technology").text) == []


def test_a_theme_that_got_another_address_lists_on(writer: Writer, reader: Person) -> None:
    write(writer, "technology", THEME)
    writer.case("kites", "Kites")
    writer.fill("/w/technology/rename", "new_title", new_title="Tools and their owners")
    renamed = titles(reader.open("/w/tools-and-their-owners").text)
    write(writer, "tools-and-their-owners", THEME + "And who could not?\n")
    writer.case("boats", "Boats")

    assert renamed == ["Kites"]
    assert sorted(titles(reader.open("/w/tools-and-their-owners").text)) == ["Boats", "Kites"]


def test_an_old_revision_of_a_theme_lists_nothing(writer: Writer, reader: Person) -> None:
    write(writer, "technology", THEME)
    write(writer, "technology", THEME + "And who could not?\n")
    writer.case("kites", "Kites")

    assert titles(reader.open("/w/technology@1").text) == []
    assert titles(reader.open("/w/technology@2").text) == ["Kites"]


SYNTHESIS = """What we know about tools.

::: {.lessons theme=technology root-cause=design_flaw}
Lessons about design:
:::

::: {.cases country=KE}
:::
"""


def test_a_page_holds_the_lists_that_it_asks_for_and_follows_them(
    writer: Writer, reader: Person
) -> None:
    write(writer, "synthesis", SYNTHESIS)
    before = reader.open("/w/synthesis").text
    writer.lesson("ask", "Ask first", root_causes=["design_flaw"])
    writer.lesson("wait", "Wait")
    writer.case("kites", "Kites", places=["KE"])
    page = reader.open("/w/synthesis").text

    assert before.count("Nothing fits this list yet.") == 2
    assert "Lessons about design:" in before
    assert titles(page) == ["Ask first", "Kites"]
    assert 'href="/lessons?theme=technology&amp;root_cause=design_flaw"' in page
    assert "data-list" not in page
    print(reader.open("/w/ask").status_code, writer.open("/w/ask-first/delete").text)
    writer.fill("/w/ask-first/delete", "reason", reason="Written twice.")
    assert titles(reader.open("/w/synthesis").text) == ["Kites"]


def test_what_a_list_asks_in_vain_is_said_politely(writer: Writer, reader: Person) -> None:
    writer.lesson("ask", "Ask first")
    write(writer, "synthesis", '::: {.lessons colour="<b>red" theme=technology}\n:::\n')
    page = reader.open("/w/synthesis").text

    assert titles(page) == ["Ask first"]
    assert "colour=&lt;b&gt;red" in page


def test_a_list_changes_no_ones_share_of_the_words(writer: Writer, reader: Person) -> None:
    write(writer, "synthesis", SYNTHESIS)
    writer.lesson("ask", "Ask first", root_causes=["design_flaw"])
    page = reader.open("/w/synthesis?voices=1").text

    assert "Ask first" in page
    assert not re.search(r"data-voice[^>]*>[^<]*Ask first", page)
    assert "Ask first" not in reader.open("/w/synthesis/raw").text


def test_a_title_in_a_list_is_escaped(writer: Writer, reader: Person) -> None:
    write(writer, "synthesis", "::: {.cases}\n:::\n")
    writer.case("kites", "Kites & <i>boats</i>")

    assert "Kites &amp; &lt;i&gt;boats&lt;/i&gt;" in reader.open("/w/synthesis").text


def test_a_preview_shows_the_list_that_the_page_will_have(writer: Writer) -> None:
    writer.lesson("ask", "Ask first", root_causes=["design_flaw"])
    form = writer.form("/w/synthesis/edit", "text")
    page = writer.send(form, text=SYNTHESIS, title="Synthesis", action="preview").text

    assert titles(page) == ["Ask first"]
