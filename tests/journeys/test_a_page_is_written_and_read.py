"""The first whole journey: sign in, write, somebody else changes it, a reader reads it."""

from flask import Flask

from tests.journeys.browser import Person

STORY = "We met in March.\n\nThe funder chose the tool. Nobody asked the [[teachers]].\n"


def test_a_saved_page_can_be_read_by_anybody(ada: Person, reader: Person) -> None:
    saved = ada.write("the-tool", STORY, title="The tool")

    assert saved.status_code == 303
    page = reader.open("/w/the-tool")
    assert page.status_code == 200
    assert "The funder chose the tool." in page.text
    assert "Written by one person" in page.text


def test_the_reading_view_with_voices_names_each_author_in_text(
    ada: Person, bo: Person, reader: Person
) -> None:
    ada.write("the-tool", STORY, title="The tool")
    bo.write("the-tool", STORY + "\nThe teachers had asked for books instead.\n")

    page = reader.open("/w/the-tool?voices=1")

    before_ada, before_bo = page.text.split("had asked for books")[0].rsplit("voice-name", 2)[-2:]
    assert "Ada" in page.text.split("We met in March")[0].rsplit("voice-name", 1)[1]
    assert "Bogna" in before_bo
    assert before_ada


def test_history_names_who_changed_what_and_any_two_revisions_can_be_compared(
    ada: Person, bo: Person, reader: Person
) -> None:
    ada.write("the-tool", STORY, title="The tool", summary="first words")
    bo.write("the-tool", STORY.replace("Nobody", "No one"), summary="plainer")

    history = reader.open("/w/the-tool/history")
    changed = reader.open("/w/the-tool/compare?old=1&new=2")

    assert "first words" in history.text and "plainer" in history.text
    assert "<del>Nobody</del>" in changed.text
    assert "<ins>No one</ins>" in changed.text


def test_the_raw_text_is_what_was_typed(ada: Person, reader: Person) -> None:
    ada.write("the-tool", STORY, title="The tool")

    raw = reader.open("/w/the-tool/raw")

    assert raw.text == STORY
    assert raw.mimetype == "text/markdown"


def test_an_old_revision_says_that_it_is_not_the_newest(ada: Person, reader: Person) -> None:
    ada.write("the-tool", STORY, title="The tool")
    ada.write("the-tool", STORY + "\nMore.\n")

    old = reader.open("/w/the-tool@1")

    assert "More." not in old.text
    assert "/w/the-tool/diff/1/2" in old.text


def test_a_link_to_a_page_that_is_not_there_is_marked_until_it_is(
    ada: Person, reader: Person
) -> None:
    ada.write("the-tool", STORY, title="The tool")
    before = reader.open("/w/the-tool").text
    ada.write("teachers", "We teach.", title="Teachers")
    after = reader.open("/w/the-tool").text

    assert 'class="wiki-link missing"' in before
    assert 'class="wiki-link missing"' not in after


def test_a_missing_page_invites_to_write_it_and_lists_who_points_at_it(
    ada: Person, reader: Person
) -> None:
    ada.write("the-tool", STORY, title="The tool")

    missing = reader.open("/w/teachers")

    assert missing.status_code == 404
    assert "/w/the-tool" in missing.text


def test_a_stale_save_overwrites_nothing_and_loses_nothing(ada: Person, bo: Person) -> None:
    ada.write("the-tool", STORY, title="The tool")
    seen_by_bo = bo.form("/w/the-tool/edit", "text")
    ada.write("the-tool", STORY.replace("March", "April"))

    answer = bo.send(seen_by_bo, text=STORY.replace("March", "June"), action="save")

    assert answer.status_code == 409
    assert "We met in April." in answer.text
    assert "We met in June." in answer.text
    assert "April" in bo.open("/w/the-tool/raw").text


def test_a_preview_saves_nothing_and_keeps_what_was_typed(ada: Person, reader: Person) -> None:
    form = ada.form("/w/the-tool/edit", "text")

    shown = ada.send(form, text="Some **bold** words.", title="The tool", action="preview")

    assert "<strong>bold</strong>" in shown.text
    assert "Some **bold** words." in shown.text
    assert reader.open("/w/the-tool").status_code == 404


def test_saving_the_same_text_again_makes_no_revision(ada: Person, reader: Person) -> None:
    ada.write("the-tool", STORY, title="The tool")

    again = ada.write("the-tool", STORY)

    assert again.location.endswith("done=unchanged")
    assert "/w/the-tool@2" not in reader.open("/w/the-tool/history").text


def test_a_revert_gives_every_word_back_to_its_first_author(
    ada: Person, bo: Person, reader: Person
) -> None:
    ada.write("the-tool", STORY, title="The tool")
    bo.write("the-tool", "Everything was fine.")
    bo.fill("/w/the-tool/revert?revision=1", "revision", reason="too short a story")

    voices = reader.open("/w/the-tool/voices")

    assert reader.open("/w/the-tool/raw").text == STORY
    assert "Ada" in voices.text
    assert "Bogna" not in voices.text


def test_a_renamed_page_is_found_at_its_old_address(ada: Person, reader: Person) -> None:
    ada.write("the-tool", STORY, title="The tool")

    ada.fill("/w/the-tool/rename", "new_title", new_title="The tablet")

    assert "The funder chose" in reader.open("/w/the-tool").text
    assert reader.open("/w/the-tablet").request.path == "/w/the-tablet"


def test_a_private_draft_is_seen_by_its_author_only(
    app: Flask, ada: Person, bo: Person, reader: Person
) -> None:
    admin = Person(app, "Root", role="admin")
    ada.write("the-tool", STORY, title="The tool", draft="1")

    assert ada.open("/w/the-tool").status_code == 200
    for other in (bo, reader, admin):
        for address in ("", "/history", "/raw", "/voices", "@1", "/diff/1/1"):
            assert other.open(f"/w/the-tool{address}").status_code == 404
        assert "The tool" not in other.open("/pages").text + other.open("/recent").text


def test_what_was_written_before_publication_stays_with_its_members(
    ada: Person, reader: Person
) -> None:
    ada.write("the-tool", "A name that must not be seen.", title="The tool", draft="1")
    ada.write("the-tool", "A story without the name.")
    ada.press("/w/the-tool/publish")

    assert "without the name" in reader.open("/w/the-tool").text
    assert "must not be seen" not in reader.open("/w/the-tool/history").text
    assert reader.open("/w/the-tool@1").status_code == 404
    assert "must not be seen" not in reader.open("/w/the-tool/diff/1/2").text
    assert reader.open("/w/the-tool/raw?revision=1").status_code == 404
    assert ada.open("/w/the-tool@1").status_code == 200


def test_a_deleted_page_says_when_and_why_and_can_come_back(app: Flask, reader: Person) -> None:
    moderator = Person(app, "Mo", role="moderator")
    moderator.write("the-tool", STORY, title="The tool")
    moderator.fill("/w/the-tool/delete", "reason", reason="written twice")

    gone = reader.open("/w/the-tool")
    moderator.fill("/w/the-tool/restore", "reason", reason="the other one was wrong")

    assert gone.status_code == 410
    assert "written twice" in gone.text
    assert "The funder chose" not in gone.text
    assert "The funder chose" in reader.open("/w/the-tool").text
    assert "the other one was wrong" in reader.open("/decisions").text


def test_an_editor_may_not_delete_a_public_page(ada: Person) -> None:
    ada.write("the-tool", STORY, title="The tool")

    assert ada.open("/w/the-tool/delete").status_code == 403


def test_a_preview_still_says_which_page_it_is_of(ada: Person) -> None:
    ada.write("the-tool", STORY, title="The tool")

    shown = ada.fill("/w/the-tool/edit", "text", text="Two people sat.", action="preview").text

    assert '<a href="/w/the-tool" dir="auto">The tool</a>' in shown
    assert "<title>Edit The tool" in shown
