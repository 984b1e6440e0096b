"""Jobs: written with the change, handed out once, retried, never lost."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from tests.clock import HOUR, NOON
from wiki.db import writing
from wiki.outbox.models import Job
from wiki.outbox.service import LEASE, back_off, done, enqueue, failed, take, waiting

SECOND = timedelta(seconds=1)
KINDS = ("index",)


@pytest.fixture
def ask(sessions):
    """Enqueues jobs for these subjects, a second after each other."""

    def make(*subjects, kind="index"):
        with writing(sessions) as session:
            for number, subject in enumerate(subjects):
                enqueue(session, kind, subject, NOON + number * SECOND)

    return make


def taken(sessions, now, **more):
    with writing(sessions) as session:
        return take(session, KINDS, now, **more)


def test_many_jobs_of_one_subject_are_one_piece_of_work(sessions, ask):
    ask(*[7] * 10, 8)
    work = taken(sessions, NOON + HOUR)

    assert [(w.subject, len(w.jobs)) for w in work] == [(7, 10), (8, 1)]


def test_work_that_is_rolled_back_was_never_asked_for(session):
    enqueue(session, "index", 1, NOON)
    session.rollback()

    assert not waiting(session, KINDS, NOON + HOUR)


def test_work_is_handed_out_once_until_the_lease_is_over(sessions, ask):
    ask(7)
    assert len(taken(sessions, NOON)) == 1
    assert taken(sessions, NOON + LEASE - SECOND) == []

    assert [w.subject for w in taken(sessions, NOON + LEASE)] == [7]


def test_done_work_is_gone_and_what_was_asked_meanwhile_stays(sessions, session, ask):
    ask(7)
    work = taken(sessions, NOON)
    ask(7)
    with writing(sessions) as writer:
        done(writer, work)

    assert len(session.scalars(select(Job)).all()) == 1
    assert [w.subject for w in taken(sessions, NOON)] == [7]


def test_a_subject_somebody_works_on_is_left_alone(sessions, ask):
    ask(7)
    taken(sessions, NOON)
    ask(7, 8)

    assert [w.subject for w in taken(sessions, NOON + SECOND)] == [8]


def test_the_oldest_comes_first_and_no_more_than_asked_for(sessions, ask):
    ask(3, 1, 2, 1)

    assert [w.subject for w in taken(sessions, NOON + HOUR, limit=2)] == [3, 1]
    assert [w.subject for w in taken(sessions, NOON + HOUR, limit=2)] == [2]


def test_other_kinds_and_later_work_are_not_taken(sessions, session, ask):
    ask(1, kind="mail")
    ask(2)

    assert [w.subject for w in taken(sessions, NOON)] == [2]
    assert taken(sessions, NOON - SECOND) == []
    assert waiting(session, ("mail",), NOON)
    assert not waiting(session, ("mail",), NOON - SECOND)


def test_failed_work_keeps_its_problem_and_waits_longer_each_time(sessions, session, ask):
    ask(7, 7)
    now, waits = NOON + HOUR, []
    for tries in range(4):
        [work] = taken(sessions, now)
        assert work.tries == tries
        with writing(sessions) as writer:
            failed(writer, [work], "no\0room " * 100, now)
        [due] = set(session.scalars(select(Job.due_at)))
        session.rollback()
        assert taken(sessions, due - SECOND / 2) == []
        waits.append((due - now).total_seconds())
        now = due

    assert waits == [1, 2, 4, 8]
    assert {len(problem) for problem in session.scalars(select(Job.problem))} == {300}


def test_the_wait_is_never_longer_than_an_hour():
    assert back_off(200) == HOUR
