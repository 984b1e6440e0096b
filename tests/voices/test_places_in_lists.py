"""Where something stands in a list, and how the list goes on, tells no time that is kept back."""

from sqlalchemy.orm import Session

from tests.clock import DAY, HOUR, MINUTE, NOON
from tests.moderation.people import begin, go_on, person, ruling
from wiki.accounts.models import User
from wiki.moderation.decisions import decide
from wiki.moderation.protection import protect
from wiki.moderation.queries import decisions
from wiki.pages.models import Page
from wiki.pages.revisions import recent_changes, revision_row, untimed_changes
from wiki.policy import ANYBODY
from wiki.voices.discretion import start_of_day
from wiki.voices.models import Voice


def unnamed(session: Session, page: Page) -> None:
    """Somebody speaks on the page by their role; another person took it down."""
    about = {"position": "evaluator", "capacity": "for_myself", "language": "en"}
    session.add(Voice(page_id=page.id, key="v1", display_kind="role", made_at=NOON, **about))
    session.commit()


def acts(session: Session, mo: User, *, early: bool) -> None:
    """Three acts of a moderator, and among them somebody takes back words: early or late."""
    for place in range(3):
        at = NOON + place * HOUR
        decide(session, "block", actor=mo, reason=f"Reason {place}.", now=at)
        if place == (0 if early else 1):
            decide(session, "withdraw", actor=mo, reason="Taken back.", now=start_of_day(at))


def test_the_log_does_not_say_between_which_acts_words_were_taken_back(session: Session) -> None:
    mo = person(session, "Mo", "moderator")
    acts(session, mo, early=True)
    first = [line.reason for line in decisions(session, ANYBODY)]
    session.rollback()
    acts(session, mo, early=False)

    assert [line.reason for line in decisions(session, ANYBODY)] == first
    assert first[-1] == "Taken back."


def test_what_moderators_decide_about_a_page_with_an_unnamed_voice_is_told_to_the_day(
    session: Session,
) -> None:
    ada, mo = person(session, "Ada"), person(session, "Mo", "moderator")
    secret, other = (begin(session, ada, title, "A text.\n") for title in ("Secret", "Other"))
    unnamed(session, secret)
    for page in (secret, other):
        protect(session, page.slug, "moderator", None, ruling(mo, now=NOON + HOUR))
    told = {line.slug: (line.at, line.by_day) for line in decisions(session, ANYBODY)}

    assert told["secret"] == (start_of_day(NOON), True)
    assert told["other"] == (NOON + HOUR, False)


def test_the_log_goes_on_from_a_line_and_repeats_none(session: Session) -> None:
    acts(session, person(session, "Mo", "moderator"), early=True)
    lines = decisions(session, ANYBODY)

    for place, line in enumerate(lines, 1):
        assert decisions(session, ANYBODY, before=line.public_id) == lines[place:]
    assert decisions(session, ANYBODY, before="12") == lines


def test_recent_changes_go_on_from_a_change_that_has_a_time_and_from_no_number(
    session: Session,
) -> None:
    ada = person(session, "Ada")
    for place in range(3):
        begin(session, ada, f"Page {place}", "A text.\n")
    secret = begin(session, ada, "Secret", "A text.\n")
    unnamed(session, secret)
    go_on(session, ada, secret, "Another text.\n", now=NOON + MINUTE)
    changes = recent_changes(session, ANYBODY)

    slugs = [change.slug for change in changes]
    assert slugs == ["page-2", "page-1", "page-0"]
    for place, change in enumerate(changes, 1):
        name = change.revision.public_id
        assert recent_changes(session, ANYBODY, before=name) == changes[place:]
    of_the_secret = revision_row(session, secret.id, 2)
    for probe in (of_the_secret.public_id, str(of_the_secret.id)):
        assert recent_changes(session, ANYBODY, before=probe) == []


def test_the_shortened_list_of_changes_told_to_the_day_says_nothing_of_their_order(
    session: Session,
) -> None:
    ada = person(session, "Ada")
    pages = [begin(session, ada, title, "A text.\n") for title in ("Boats", "Ants", "Cats")]
    for page in pages:
        unnamed(session, page)
        go_on(session, ada, page, "Another text.\n", now=NOON + DAY)
    listed = [c.slug for c in untimed_changes(session, ANYBODY, limit=2)]

    assert listed == ["ants", "boats"]


def test_of_a_page_where_somebody_is_unnamed_no_finer_time_than_the_day_is_even_stored(
    session: Session,
) -> None:
    ada = person(session, "Ada")
    page = begin(session, ada, "Kites", "A text.\n", now=NOON)
    unnamed(session, page)
    go_on(session, ada, page, "Another text.\n", now=NOON + HOUR)
    session.refresh(page)

    times = {revision_row(session, page.id, number).saved_at for number in (1, 2)}
    assert times | {page.created_at, page.changed_at} == {start_of_day(NOON)}
