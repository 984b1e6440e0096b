"""Moments that tests pass as `now=`: plain values, nothing is patched and no clock is read."""

from datetime import UTC, datetime, timedelta

NOON = datetime(2026, 3, 10, 12, 0, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)
LATER = NOON + HOUR
TOMORROW = NOON + DAY
