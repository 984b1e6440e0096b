"""Who may change a page, until when, and why."""

import pytest

from tests.clock import DAY, NOON, TOMORROW
from tests.moderation.people import begin, go_on, page_at, person, ruling
from wiki.errors import InvalidInput, PageNotFound, PermissionDenied
from wiki.moderation.protection import lift, protect
from wiki.moderation.queries import decisions, protected_pages, protection_of
from wiki.pages.models import StoredPage
from wiki.policy import ANYBODY


@pytest.fixture
def page(session, editor):
    return begin(session, editor, "Kites", "Kites fly.\n")


def log(session):
    return list(decisions(session, ANYBODY))


def test_an_editor_cannot_change_a_page_that_is_protected_for_moderators(
    session, page, editor, moderator
):
    protect(session, "kites", "moderator", None, ruling(moderator, "An edit war."))
    session.commit()

    with pytest.raises(PermissionDenied):
        go_on(session, editor, page, "Kites sink.\n")
    go_on(session, moderator, page, "Kites glide.\n")

    assert page_at(session, "kites").head_number == 2


def test_a_protection_ends_by_itself_when_its_time_is_over(session, page, editor, moderator):
    protect(session, "kites", "moderator", TOMORROW, ruling(moderator))
    session.commit()

    assert protection_of(session, page.id, NOON) is not None
    assert protection_of(session, page.id, TOMORROW) is None
    go_on(session, editor, page, "Kites sink.\n", now=TOMORROW)
    assert protected_pages(session, ANYBODY, TOMORROW) == []


def test_the_log_says_who_protected_what_how_long_and_why(session, page, moderator):
    protect(session, "kites", "admin", None, ruling(person(session, "Ro", "admin"), "Two."))
    session.rollback()
    protect(session, "kites", "moderator", TOMORROW, ruling(moderator, "An edit war."))
    session.commit()

    (line,) = log(session)

    assert (line.act, line.actor, line.slug, line.reason) == (
        "protect",
        "Mo",
        "kites",
        "An edit war.",
    )
    assert line.details == {"level": "moderator", "until": TOMORROW.date().isoformat()}
    assert line.at == NOON


def test_nothing_is_protected_without_a_reason(session, page, moderator):
    with pytest.raises(InvalidInput) as problem:
        protect(session, "kites", "moderator", None, ruling(moderator, "  "))
    session.rollback()

    assert problem.value.field == "reason"
    assert protection_of(session, page.id, NOON) is None


@pytest.mark.parametrize(
    ("level", "until", "field"),
    [("owner", None, "level"), ("moderator", NOON, "until"), ("moderator", NOON - DAY, "until")],
)
def test_a_level_nobody_has_and_a_day_gone_by_are_refused(
    session, page, moderator, level, until, field
):
    with pytest.raises(InvalidInput) as problem:
        protect(session, "kites", level, until, ruling(moderator))

    assert problem.value.field == field


def test_protecting_alike_twice_is_refused_and_otherwise_replaces(session, page, moderator):
    protect(session, "kites", "moderator", None, ruling(moderator))
    session.commit()
    with pytest.raises(InvalidInput):
        protect(session, "kites", "moderator", None, ruling(moderator))
    session.rollback()

    protect(session, "kites", "editor", TOMORROW, ruling(moderator, "Calmer now."))
    session.commit()

    (found,) = protected_pages(session, ANYBODY, NOON)
    assert (found.level, found.until, found.reason) == ("editor", TOMORROW, "Calmer now.")


def test_a_protection_that_was_lifted_is_gone_and_both_acts_are_in_the_log(
    session, page, editor, moderator
):
    protect(session, "kites", "moderator", None, ruling(moderator))
    session.commit()
    lift(session, "kites", ruling(moderator, "They talk again."))
    session.commit()

    go_on(session, editor, page, "Kites sink.\n")

    assert [line.act for line in log(session)] == ["unprotect", "protect"]
    with pytest.raises(InvalidInput):
        lift(session, "kites", ruling(moderator))


def test_a_moderator_neither_sets_nor_lifts_what_only_administrators_may(
    session, page, moderator, admin
):
    with pytest.raises(PermissionDenied):
        protect(session, "kites", "admin", None, ruling(moderator))
    protect(session, "kites", "admin", None, ruling(admin))
    session.commit()

    for act in (
        lambda: lift(session, "kites", ruling(moderator)),
        lambda: protect(session, "kites", "editor", None, ruling(moderator)),
    ):
        with pytest.raises(PermissionDenied):
            act()
        session.rollback()


def test_an_editor_protects_nothing_and_a_draft_is_not_a_moderators(
    session, page, editor, moderator
):
    begin(session, moderator, "Plans", "Secret.\n", draft=True)

    with pytest.raises(PermissionDenied):
        protect(session, "kites", "editor", None, ruling(editor))
    with pytest.raises(PageNotFound):
        protect(session, "plans", "moderator", None, ruling(moderator))


def test_what_an_anonymous_reader_is_sent_is_made_anew(session, page, moderator):
    stamp = page.public_stamp
    session.add(
        StoredPage(page_id=page.id, variant="en", stamp="1", etag="e", body=b"old", body_br=b"old")
    )
    session.commit()

    protect(session, "kites", "moderator", None, ruling(moderator))
    session.commit()

    assert page_at(session, "kites").public_stamp > stamp
    assert session.get(StoredPage, (page.id, "en")) is None
