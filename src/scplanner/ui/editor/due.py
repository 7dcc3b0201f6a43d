"""How a deadline stands today: done, far, near, today, missed. Pure: no widgets."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, tzinfo
from enum import StrEnum

from scplanner.domain.temporal import ONE_DAY, When, day_of, in_zone, instant

SOON_DAYS = 7


class DueState(StrEnum):
    """What the colour says."""

    DONE = "done"
    OVERDUE = "overdue"
    PASSED = "passed"
    SOON = "soon"
    LATER = "later"


@dataclass(frozen=True, slots=True)
class Due:
    """A deadline as it stands. `days` from today (negative: ago), counted on the user's own calendar."""

    state: DueState
    days: int


def due_moment(due: When, home: tzinfo) -> datetime:
    """The instant at which it is too late: the end of the day where only a day is named."""
    if isinstance(due, datetime):
        return instant(due, home)
    return datetime.combine(due + ONE_DAY, time(), tzinfo=home).astimezone(UTC)


def due_day(due: When, home: tzinfo) -> date:
    """The user's own day on which it falls due."""
    return day_of(in_zone(due, home))


def stand_of(due: When, *, is_done: bool, matters: bool, now: datetime, today: date, home: tzinfo) -> Due:
    """How it stands. `matters` is whether the user takes part in something still to come: else it is just passed."""
    days = (due_day(due, home) - today).days
    if is_done:
        return Due(DueState.DONE, days)
    # `today` decides whole days (it can be set for tests and pictures), the clock decides within today.
    is_late = days < 0 or (days == 0 and isinstance(due, datetime) and due_moment(due, home) < now)
    if is_late:
        return Due(DueState.OVERDUE if matters else DueState.PASSED, days)
    return Due(DueState.SOON if days <= SOON_DAYS and matters else DueState.LATER, days)
