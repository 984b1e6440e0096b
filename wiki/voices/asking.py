"""Asking partners: the four questions, for how long a link holds, when answers open; pure.

The questions are those of an after-action review. Partners answer alone, so that nobody's answer
is shaped by another's.
"""

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime, timedelta

from wiki.cases.schema import N_
from wiki.errors import InvalidInput

QUESTIONS: Mapping[str, str] = {
    "meant": N_("What was meant to happen?"),
    "happened": N_("What happened?"),
    "why": N_("Why did it go that way?"),
    "again": N_("What would you do again, and what differently?"),
}
INVITED_FOR = timedelta(days=30)  # a link or code can be used so long
LONGEST_ROUND = timedelta(days=365)
APART = 21  # days between two times of asking before silence may be called "no reply"
FEWEST_COUNTED = 3  # partners of a round; a count of fewer would say who answered
NO_REPLY = "no_reply_by_date"
WITHOUT_WORDS = frozenset({"not_offered", "offered", "deferred_for_safety", NO_REPLY})
ANSWERS = ("agrees", "agrees_with_changes", "dissents", "replied_no_position")
FOR_ONESELF = "for_myself"


def asked_twice(asked: Sequence[tuple[str, str]], apart: int = APART) -> bool:
    """Whether somebody was asked by two routes, at least `apart` days from each other.

    `asked`: day (2026-03-01) and route of each time; a day that cannot be read counts for nothing.
    """
    times = [(day, " ".join(how.casefold().split())) for at, how in asked if (day := _day(at))]
    return any(
        one != other and abs((later - first).days) >= apart
        for place, (first, one) in enumerate(times)
        for later, other in times[place + 1 :]
    )


def _day(written: str) -> date | None:
    try:
        return date.fromisoformat(written)
    except ValueError:
        return None


def count_told(answered: int, invited: int) -> tuple[int, int] | None:
    """How many of how many are in, as everybody may know it; None: no figure may be told.

    Each of two partners would learn from a figure what the other one did.
    """
    return (answered, invited) if invited >= FEWEST_COUNTED else None


def all_in(invited: Collection[str], answered: Collection[str]) -> bool:
    """Whether every invited partner has answered."""
    return set(invited) <= set(answered)


def opens_now(opens_at: datetime, now: datetime) -> bool:
    """Whether the answers of a round are open to everybody."""
    return opens_at <= now


def first_moment(day: str) -> datetime:
    """The first moment (UTC) of a day typed as 2026-03-01. InvalidInput("opens_on")."""
    try:
        return datetime.fromisoformat(f"{day}T00:00:00+00:00")
    except ValueError as problem:
        raise InvalidInput("opens_on", "Please write the day as 2026-03-01.") from problem


def usual_day(now: datetime) -> str:
    """The day on which a round opens if nobody says otherwise."""
    return (now + INVITED_FOR + timedelta(days=1)).date().isoformat()
