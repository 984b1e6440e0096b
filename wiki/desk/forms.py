"""What a moderator sent, as typed values."""

from datetime import UTC, datetime, timedelta

from wiki.errors import InvalidInput

SPANS = {"hour": timedelta(hours=1), "day": timedelta(days=1), "week": timedelta(days=7)}


def moment_of(typed: str) -> datetime | None:
    """The beginning of the day typed as 2026-04-01, UTC; None for none. InvalidInput("until")."""
    typed = typed.strip()
    if not typed:
        return None
    try:
        return datetime.strptime(typed, "%Y-%m-%d").replace(tzinfo=UTC)
    except ValueError as problem:
        raise InvalidInput(
            "until", "Please write the day as year-month-day, for example 2026-04-01."
        ) from problem


def since_of(sent: str, now: datetime) -> datetime | None:
    """When a run may begin: "hour", "day", "week" before now, or a moment as `isoformat` says it.

    None, no limit, for anything else.
    """
    if sent in SPANS:
        return now - SPANS[sent]
    try:
        moment = datetime.fromisoformat(sent)
    except ValueError:
        return None
    return moment if moment.tzinfo is not None else None


def number_of(sent: str) -> int | None:
    """A whole number that a database can hold (nine digits at most); None for anything else."""
    sent = sent.strip()
    return int(sent) if sent.isascii() and sent.isdigit() and len(sent) < 10 else None
