"""Text, summary and name are hidden each on its own, and nothing that shows them is forgotten."""

import pytest
from sqlalchemy import func, select

from tests.clock import NOON
from tests.moderation.people import MEANS, acting, begin, go_on, page_at, ruling, viewer_of
from wiki.errors import InvalidInput, PageNotFound, PermissionDenied, RevisionNotFound
from wiki.moderation.hiding import Hidden, Wanted, hide, spans
from wiki.moderation.queries import decisions, same_text
from wiki.outbox.models import Job
from wiki.pages.models import Rendered, Revision, StoredPage
from wiki.pages.revisions import history, revision_row, revision_view
from wiki.policy import ANYBODY
from wiki.saving.curation import delete, publish_draft, revert

SLANDER = "Everybody knows that Bea took the money.\n"
CLEAN = "The money was not accounted for.\n"


@pytest.fixture
def page(session, editor, other):
    """Revision 2 says what should not be there; 3 does not say it any more."""
    page = begin(session, editor, "Kites", "Kites fly.\n")
    go_on(session, other, page, SLANDER, "about Bea")
    go_on(session, editor, page, CLEAN, "without names")
    return page


def want(text=False, summary=False, name=False, *, slug="kites", number=2, **more):
    return Wanted(slug=slug, number=number, hidden=Hidden(text, summary, name), **more)


def shown(session, page, number, viewer=ANYBODY, **more):
    view = revision_view(session, page, number, viewer, **more)
    return view.shows.text, view.summary, view.byline.kind


def jobs(session):
    return session.scalar(select(func.count()).select_from(Job))


@pytest.mark.parametrize(
    ("hidden", "seen"),
    [
        (Hidden(text=True), (False, "about Bea", "account")),
        (Hidden(summary=True), (True, "", "account")),
        (Hidden(name=True), (True, "about Bea", "hidden")),
        (Hidden(True, True, True), (False, "", "hidden")),
    ],
)
def test_each_part_is_hidden_on_its_own(session, page, moderator, hidden, seen):
    hide(session, Wanted(slug="kites", number=2, hidden=hidden), ruling(moderator))
    session.commit()

    assert shown(session, page, 2) == seen
    assert shown(session, page, 1) == (True, "", "account")


def test_a_moderator_sees_hidden_parts_on_the_desk_and_nowhere_else(
    session, page, moderator, editor
):
    hide(session, want(True, True, True), ruling(moderator))
    session.commit()

    open_to_all = (True, "about Bea", "account")
    assert shown(session, page, 2, viewer_of(moderator)) == (False, "", "hidden")
    assert shown(session, page, 2, viewer_of(moderator), on_desk=True) == open_to_all
    assert shown(session, page, 2, viewer_of(editor), on_desk=True) == (False, "", "hidden")


def test_what_was_hidden_can_be_shown_again_and_both_are_in_the_log(session, page, moderator):
    hide(session, want(True, name=True), ruling(moderator))
    session.commit()
    hide(session, want(name=True), ruling(moderator, "It was in the newspaper."))
    session.commit()

    assert shown(session, page, 2) == (True, "about Bea", "hidden")
    lines = list(decisions(session, ANYBODY))
    assert [(x.act, x.revision_number, x.details) for x in lines] == [
        ("unhide", 2, {"text": "2"}),
        ("hide", 2, {"text": "2", "name": "2"}),
    ]


def test_the_log_never_repeats_what_was_hidden(session, page, moderator):
    hide(session, want(True, True, True), ruling(moderator))
    session.commit()

    (line,) = decisions(session, ANYBODY)

    assert "Bea" not in repr(line)
    assert line.subject == ""


def test_the_text_that_readers_see_now_needs_a_clean_successor_first(session, page, moderator):
    with pytest.raises(InvalidInput) as problem:
        hide(session, want(True, number=3), ruling(moderator))
    session.rollback()
    hide(session, want(summary=True, name=True, number=3), ruling(moderator))
    session.commit()

    assert problem.value.field == "text"
    assert "First save a revision" in str(problem.value)
    assert shown(session, page, 3) == (True, "", "hidden")


def test_hiding_a_text_hides_it_where_a_revert_or_a_copy_brought_it_too(
    session, page, moderator, other
):
    revert(
        session,
        "kites",
        2,
        base_number=3,
        reason="but true",
        by=acting(other),
        means=MEANS,
        now=NOON,
    )
    session.commit()
    go_on(session, moderator, page, CLEAN)
    copy = begin(session, other, "Gossip", SLANDER)
    go_on(session, moderator, copy, "Nothing here.\n")

    assert [(c.slug, c.number, c.read) for c in same_text(session, page, 2, 2)] == [
        ("gossip", 1, False),
        ("kites", 4, False),
    ]
    changed = hide(session, want(True), ruling(moderator))
    session.commit()

    assert changed == 3
    assert [shown(session, page, n)[0] for n in (2, 3, 4, 5)] == [False, True, False, True]
    assert shown(session, copy, 1)[0] is False
    lines = {line.slug: line.details for line in decisions(session, ANYBODY)}
    assert lines == {"kites": {"text": "2, 4"}, "gossip": {"text": "1"}}


def test_a_text_that_another_page_shows_to_readers_is_refused_unless_that_page_is_left_out(
    session, page, moderator, other
):
    begin(session, other, "Gossip", SLANDER)

    with pytest.raises(InvalidInput) as problem:
        hide(session, want(True), ruling(moderator))
    session.rollback()
    assert "Gossip" in str(problem.value)
    assert shown(session, page, 2)[0] is True

    hide(session, want(True, everywhere=False), ruling(moderator))
    session.commit()
    assert shown(session, page, 2)[0] is False


def test_a_copy_in_the_recycle_bin_is_hidden_and_a_copy_in_a_draft_is_not_told(
    session, page, moderator, other
):
    binned = begin(session, other, "Gossip", SLANDER)
    delete(session, "gossip", reason="Gossip.", by=acting(moderator), now=NOON)
    session.commit()
    draft = begin(session, other, "Plans", SLANDER, draft=True)

    assert [c.slug for c in same_text(session, page, 2, 2)] == ["gossip"]
    hide(session, want(True), ruling(moderator))
    session.commit()

    assert revision_row(session, binned.id, 1).hide_text is True
    assert revision_row(session, draft.id, 1).hide_text is False


def test_blank_revisions_are_not_copies_of_each_other(session, page, moderator, editor):
    for _ in range(2):
        go_on(session, editor, page, "")
        go_on(session, editor, page, CLEAN)

    assert same_text(session, page, 4, 4) == []


def test_a_row_of_revisions_is_hidden_in_one_act_and_keeps_what_was_hidden(
    session, page, moderator, editor
):
    go_on(session, editor, page, SLANDER * 2, "more")
    go_on(session, editor, page, "Kites fly again.\n")
    hide(session, want(name=True, number=4), ruling(moderator))
    session.commit()

    hide(session, want(True, through=4), ruling(moderator))
    session.commit()

    assert [shown(session, page, n)[0] for n in (1, 2, 3, 4)] == [True, False, False, False]
    assert shown(session, page, 4) == (False, "more", "hidden")
    for through in (1, 9):
        with pytest.raises(InvalidInput) as problem:
            hide(session, want(True, through=through), ruling(moderator))
        assert problem.value.field == "through"


def test_an_act_that_would_change_nothing_is_not_written_into_the_log(session, page, moderator):
    with pytest.raises(InvalidInput):
        hide(session, want(), ruling(moderator))
    session.rollback()

    assert decisions(session, ANYBODY) == []


def test_rendered_copies_stored_pages_and_the_index_follow(session, page, moderator):
    text_id = revision_row(session, page.id, 2).text_id
    session.add(
        StoredPage(page_id=page.id, variant="en", stamp="1", etag="e", body=b"old", body_br=b"old")
    )
    session.commit()
    stamp, queued = page.public_stamp, jobs(session)

    hide(session, want(True), ruling(moderator))
    session.commit()

    copies = select(func.count()).select_from(Rendered).where(Rendered.text_id == text_id)
    assert session.scalar(copies) == 0
    assert session.get(StoredPage, (page.id, "en")) is None
    assert page_at(session, "kites").public_stamp > stamp
    assert jobs(session) == queued + 1


def test_a_rendered_copy_stays_while_another_revision_may_still_show_it(
    session, page, moderator, other
):
    begin(session, other, "Gossip", SLANDER)
    text_id = revision_row(session, page.id, 2).text_id

    hide(session, want(True, everywhere=False), ruling(moderator))
    session.commit()

    copies = select(func.count()).select_from(Rendered).where(Rendered.text_id == text_id)
    assert session.scalar(copies) == 1


def test_nobody_brings_a_hidden_text_back(session, page, moderator, editor):
    hide(session, want(True), ruling(moderator))
    session.commit()

    for who in (editor, moderator):
        with pytest.raises(RevisionNotFound):
            revert(
                session,
                "kites",
                2,
                base_number=3,
                reason="",
                by=acting(who),
                means=MEANS,
                now=NOON,
            )


def test_editors_hide_nothing_and_learn_nothing_of_the_page(session, page, editor):
    for number in (2, 99):
        with pytest.raises(PermissionDenied):
            hide(session, want(True, number=number), ruling(editor))

    assert session.scalar(select(func.count()).where(Revision.hide_text.is_(True))) == 0


def test_drafts_and_what_came_before_a_publication_are_not_a_moderators_to_hide(
    session, moderator, editor
):
    draft = begin(session, editor, "Plans", "Our first words.\n", draft=True)
    with pytest.raises(PageNotFound):
        hide(session, want(True, slug="plans", number=1), ruling(moderator))
    session.rollback()
    go_on(session, editor, draft, "Our last words.\n")
    publish_draft(session, "plans", by=acting(editor), means=MEANS, now=NOON)
    session.commit()

    with pytest.raises(RevisionNotFound):
        hide(session, want(True, slug="plans", number=1), ruling(moderator))
    assert [r.number for r in history(session, page_at(session, "plans"), ANYBODY)] == [2]


def test_an_account_whose_name_was_hidden_on_a_page_is_not_named_by_the_log_either(
    session, page, moderator, other
):
    from wiki.moderation.decisions import decide

    decide(
        session, "roll_back", actor=moderator, reason="Why.", now=NOON, page=page, subject=other
    )
    session.commit()
    (named,) = decisions(session, ANYBODY)

    hide(session, want(name=True), ruling(moderator))
    session.commit()

    unnamed = decisions(session, ANYBODY)[1]
    assert (named.subject, unnamed.subject) == ("Bea", "")


def test_numbers_are_said_as_people_say_them():
    assert spans([9, 3, 5, 4]) == "3–5, 9"
    assert spans([2]) == "2"
