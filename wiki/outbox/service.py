"""Writing and taking jobs. A job is a row of the transaction that needs it: both or neither.

A job is never changed by the one who writes it: ten saves are ten rows, and `take` hands all rows
of one subject over as one piece of work. (Finding an earlier row and leaving it would lose a
change: a worker may have read the page just before the change was committed.)
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import and_, bindparam, delete, exists, func, or_, select, update
from sqlalchemy.orm import Session, aliased

from wiki.db import MomentType, insert_new
from wiki.outbox.models import Job

LEASE = timedelta(seconds=20)  # then a worker is taken for dead; work done twice does no harm
LAST_RETRY = timedelta(hours=1)
PROBLEM_LENGTH = 300  # characters
TAKING = 7_201_001  # names the advisory lock under which PostgreSQL hands out jobs


@dataclass(frozen=True)
class Work:
    """All waiting jobs of one kind and subject: one thing to do. `tries` counts failures."""

    kind: str
    subject: int
    jobs: tuple[int, ...]
    tries: int = 0


def enqueue(
    session: Session, kind: str, subject: int, now: datetime, *, due: datetime | None = None
) -> None:
    """Ask for work on `subject` once this transaction is committed, or from `due` on. One
    INSERT."""
    job = {"kind": kind, "subject": subject, "created_at": now, "due_at": due or now}
    insert_new(session, Job, job)


# Built once: the worker asks the first several times a second.
_NOW = bindparam("now", type_=MomentType())
_WAITING = and_(
    Job.kind.in_(bindparam("kinds", expanding=True)),
    Job.due_at <= _NOW,
    or_(Job.leased_until.is_(None), Job.leased_until <= _NOW),
)
_ANY = select(Job.id).where(_WAITING).limit(1)
_OTHER = aliased(Job)
_ELSEWHERE = exists().where(
    _OTHER.kind == Job.kind, _OTHER.subject == Job.subject, _OTHER.leased_until > _NOW
)
_OLDEST = (
    select(Job.kind, Job.subject)
    .where(_WAITING, ~_ELSEWHERE)
    .group_by(Job.kind, Job.subject)
    .order_by(func.min(Job.due_at), func.min(Job.id))
    .limit(bindparam("limit"))
)
_JOBS = (
    select(Job.id, Job.kind, Job.subject, Job.tries)
    .where(_WAITING, Job.subject.in_(bindparam("subjects", expanding=True)))
    .order_by(Job.id)
    .with_for_update(skip_locked=True)
)


def waiting(session: Session, kinds: Collection[str], now: datetime) -> bool:
    """Whether there is anything to take. One small SELECT, no lock: for asking often."""
    asked = {"kinds": list(kinds), "now": now}
    return session.connection().execute(_ANY, asked).first() is not None


def take(
    session: Session,
    kinds: Collection[str],
    now: datetime,
    limit: int = 50,
    lease: timedelta = LEASE,
) -> list[Work]:
    """Lease up to `limit` subjects, oldest first, each with all its waiting jobs.

    The session must be a writing one; commit at once, so that others see the lease. A subject
    that somebody else works on is left alone, so that two workers never do one page at a time.
    Cost: two SELECTs and an UPDATE.
    """
    if session.get_bind().dialect.name == "postgresql":
        session.execute(select(func.pg_advisory_xact_lock(TAKING)))
    asked: dict[str, Any] = {"kinds": list(kinds), "now": now}
    chosen = session.execute(_OLDEST, {**asked, "limit": limit}).all()
    found: dict[tuple[str, int], list[tuple[int, int]]] = {
        (kind, subject): [] for kind, subject in chosen
    }
    rows = session.execute(_JOBS, {**asked, "subjects": [subject for _, subject in found]}).all()
    for job, kind, subject, tries in rows:
        if (kind, subject) in found:
            found[kind, subject].append((job, tries))
    work = [
        Work(kind, subject, tuple(j for j, _ in jobs), max(t for _, t in jobs))
        for (kind, subject), jobs in found.items()
        if jobs
    ]
    leased = [job for piece in work for job in piece.jobs]
    session.execute(update(Job).where(Job.id.in_(leased)).values(leased_until=now + lease))
    return work


def done(session: Session, work: Sequence[Work]) -> None:
    """Forget finished work. Jobs written meanwhile for the same subject stay. One DELETE."""
    session.execute(delete(Job).where(Job.id.in_([j for piece in work for j in piece.jobs])))


def failed(session: Session, work: Sequence[Work], problem: str, now: datetime) -> None:
    """Give work back, to be tried again after 1, 2, 4, … seconds, hourly at last; never lost."""
    for piece in work:
        session.execute(
            update(Job)
            .where(Job.id.in_(piece.jobs))
            .values(
                leased_until=None,
                tries=piece.tries + 1,
                due_at=now + back_off(piece.tries),
                problem=problem.replace("\0", "")[:PROBLEM_LENGTH],
            )
        )


def back_off(tries: int) -> timedelta:
    """How long to wait after the failure number `tries` + 1."""
    return min(timedelta(seconds=2 ** min(tries, 20)), LAST_RETRY)
