"""Acts on the desk through HTTP: what was typed stays, what is done is said and can be read."""

from datetime import UTC, datetime, timedelta

import pytest

from tests.desk.visitors import visitor
from tests.moderation.people import begin, go_on, page_at, person
from wiki.accounts.models import User
from wiki.moderation.models import Protection
from wiki.moderation.queries import decisions
from wiki.pages.revisions import revision_row
from wiki.pages.service import text_of
from wiki.policy import ANYBODY

SPAM = "Buy kites.\n"


@pytest.fixture
def reader(app, session):
    return visitor(app, session)


def acts(session):
    session.rollback()
    session.expire_all()
    return [line.act for line in decisions(session, ANYBODY)]


def next_week():
    return (datetime.now(UTC) + timedelta(days=7)).date().isoformat()


def test_a_page_is_protected_and_readers_are_told_why(mo, reader, kites, session):
    until = next_week()
    answer = mo.send("/desk/protect/kites", level="moderator", until=until, reason="An edit war.")

    assert (answer.status_code, answer.location) == (303, "/w/kites?done=protected")
    assert session.get_one(Protection, kites.id).level == "moderator"
    assert "An edit war." in reader.get("/w/kites").text
    assert "An edit war." in reader.get("/decisions").text
    assert "An edit war." in mo.get("/desk").text


def test_a_protection_is_lifted_with_the_second_button(mo, kites, session):
    mo.send("/desk/protect/kites", level="moderator", until="", reason="An edit war.")
    mo.send("/desk/protect/kites", action="lift", reason="They talk again.")

    assert acts(session) == ["unprotect", "protect"]
    assert session.get(Protection, kites.id) is None


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"level": "moderator", "until": "soon", "reason": "War & peace"}, "until"),
        ({"level": "moderator", "until": "2001-01-01", "reason": "War & peace"}, "until"),
        ({"level": "owner", "until": "", "reason": "War & peace"}, "level"),
        ({"level": "moderator", "until": "2999-01-01", "reason": " "}, "reason"),
        ({"level": "moderator", "until": "", "reason": "x" * 501}, "reason"),
        ({"level": "admin", "until": "", "reason": "War \x00"}, ""),
    ],
)
def test_what_is_wrong_stands_beside_its_field_and_what_was_typed_is_still_there(
    mo, kites, session, fields, field
):
    answer = mo.send("/desk/protect/kites", **fields)

    assert answer.status_code in ((422,) if field else (400, 403, 422))
    assert acts(session) == []
    if field:
        assert f'href="#f-{field}"' in answer.text
        assert f'value="{fields["until"]}"' in answer.text
        assert fields["reason"].replace("&", "&amp;") in answer.text


def test_a_revision_is_hidden_and_shown_again(mo, reader, kites, session):
    answer = mo.send("/desk/hide/kites/2", text="1", name="1", everywhere="1", reason="Slander.")

    assert answer.location == "/desk/hide/kites/2?done=hidden"
    row = revision_row(session, page_at(session, "kites").id, 2)
    assert (row.hide_text, row.hide_summary, row.hide_name) == (True, False, True)
    assert "about Bea" in reader.get("/w/kites/history").text
    mo.send("/desk/hide/kites/2", everywhere="1", reason="It was true.")
    assert acts(session) == ["unhide", "hide"]
    assert "Bea took" in reader.get("/w/kites@2").text


def test_the_form_that_hides_tells_which_other_revisions_hold_the_same_text(mo, kites, session):
    begin(session, session.get_one(User, 1), "Gossip", "Bea took the money.\n")

    form = mo.get("/desk/hide/kites/2").text

    assert 'href="/desk/hide/gossip/1"' in form
    assert "readers see it now" in form
    refused = mo.send("/desk/hide/kites/2", text="1", everywhere="1", reason="Slander.")
    assert refused.status_code == 422
    assert "First save a revision" in refused.text and "Slander." in refused.text
    alone = mo.send("/desk/hide/kites/2", text="1", reason="Slander.")
    assert alone.status_code == 303


@pytest.mark.parametrize("through", ["1", "99", "two", "-3", "9" * 30])
def test_a_last_revision_that_cannot_be_is_refused_beside_its_field(mo, kites, session, through):
    answer = mo.send("/desk/hide/kites/2", summary="1", through=through, reason="Slander.")

    assert answer.status_code == 422
    assert 'href="#f-through"' in answer.text
    assert f'value="{through}"' in answer.text


def test_a_blocked_account_is_signed_out_and_the_log_names_it(app, mo, kites, session, editor):
    hers = visitor(app, session, editor)
    assert hers.get("/w/kites/edit").status_code == 200

    answer = mo.send("/desk/block/ada", until=next_week(), reason="Three warnings.")

    assert answer.status_code == 303
    assert hers.get("/w/kites/edit").status_code == 303
    assert "Three warnings." in hers.get("/decisions").text
    assert "/desk/block/Ada" in mo.get("/desk").text
    mo.send("/desk/block/Ada", action="lift", reason="A misunderstanding.")
    assert acts(session) == ["unblock", "block"]


def test_a_moderator_is_told_who_cannot_be_blocked(app, mo, session, kites):
    person(session, "Root", "admin")

    for name in ("Root", "Mo"):
        page = mo.get(f"/desk/block/{name}")
        assert "cannot block" in page.text
        assert 'name="until"' not in page.text
        sent = mo.send("/desk", **{})
        assert sent.status_code == 405  # the only form on the page is the one that signs out


def test_an_account_is_found_by_its_name_however_it_is_spelled(mo, kites):
    assert mo.get("/desk/account?name=ADA").location == "/desk/block/Ada"
    missing = mo.get("/desk/account?name=Nobody")
    assert missing.status_code == 404
    assert "no account with this name" in missing.text


def test_a_roll_back_shows_page_by_page_what_it_would_do_and_then_does_it(
    mo, kites, session, moderator
):
    spammer = person(session, "Spam")
    go_on(session, spammer, kites, SPAM)
    begin(session, spammer, "Cheap kites", SPAM)
    mixed = begin(session, spammer, "Mixed", SPAM)
    go_on(session, moderator, mixed, SPAM + "And a note.\n")

    plan = mo.get("/desk/take-back/Spam").text

    assert 'value="kites"' in plan and "Revision 3 comes back." in plan
    assert 'value="cheap-kites"' in plan and "recycle bin" in plan
    assert 'value="mixed"' not in plan and "somebody else edited after" in plan
    assert page_at(session, "kites").head_number == 4
    done = mo.send("/desk/take-back/Spam", page=["kites", "cheap-kites"], reason="Advertising.")
    assert (done.status_code, done.location) == (303, "/desk/take-back/Spam?done=rolled-back")
    page = page_at(session, "kites")
    assert text_of(session, page, 5) == text_of(session, page, 3)
    assert page_at(session, "cheap-kites").state == "deleted"
    assert "Cheap kites" in mo.get("/desk/bin").text
    assert "/w/cheap-kites/restore" in mo.get("/desk/bin").text


def test_only_the_ticked_pages_are_rolled_back(mo, kites, session):
    spammer = person(session, "Spam")
    go_on(session, spammer, kites, SPAM)
    begin(session, spammer, "Cheap kites", SPAM)

    mo.send("/desk/take-back/Spam", page=["kites"], reason="Advertising.")

    assert page_at(session, "kites").head_number == 5
    assert page_at(session, "cheap-kites").state == "public"


@pytest.mark.parametrize(
    ("fields", "said"),
    [({"page": ["kites"], "reason": ""}, "say why"), ({"reason": "Spam."}, "at least one page")],
)
def test_a_roll_back_without_a_reason_or_a_page_does_nothing(mo, kites, session, fields, said):
    go_on(session, person(session, "Spam"), kites, SPAM)

    answer = mo.send("/desk/take-back/Spam", **fields)

    assert answer.status_code == 422
    assert said in answer.text
    assert page_at(session, "kites").head_number == 4


def test_the_time_chosen_for_a_roll_back_is_the_one_that_was_shown(mo, kites, session):
    """Pages of this test are months old: nothing of them is of the last hour."""
    go_on(session, person(session, "Spam"), kites, SPAM)

    assert 'value="kites"' not in mo.get("/desk/take-back/Spam?since=hour").text
    sent = mo.send(
        "/desk/take-back/Spam", page=["kites"], reason="x", since="2026-03-01T00:00:00+00:00"
    )

    assert sent.status_code == 303
    assert page_at(session, "kites").head_number == 5


def test_no_spelling_of_an_address_breaks_the_desk(mo, kites):
    for address, status in (
        ("/desk/protect/KITES", 200),
        ("/desk/hide/kites/0", 404),
        ("/desk/hide/kites/99999999999999999999", 404),
        ("/desk/take-back/Ada?page=!&since=never", 200),
        ("/desk?before=-1", 200),
        ("/desk?before=x", 200),
        ("/desk?before=99999999999999999999", 200),
        ("/desk/take-back/Ada?page=nothing", 200),
    ):
        assert mo.get(address).status_code == status, address
