"""Dates and times as RFC 5545 tells them apart, with exclusive ends.

A `When` is one of three things, told apart by its Python type alone:

* DATE: `datetime.date`;
* floating DATE-TIME: a naive `datetime.datetime`;
* zoned DATE-TIME: an aware `datetime`, its zone a `ZoneInfo` (UTC is `ZoneInfo("UTC")`). A custom VTIMEZONE that
  is no IANA zone is a fixed-offset `datetime.timezone` that carries the TZID as its name.

An all-day event never becomes a midnight instant: whatever turns a DATE into an instant has to be given a zone.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo
from functools import lru_cache
from typing import TypeAlias
from zoneinfo import ZoneInfo

When: TypeAlias = date | datetime

ONE_DAY = timedelta(days=1)
FIRST_YEAR, LAST_YEAR = 2, 9998
"""The years an event may be in: a year within Python's, so that every zone can tell its days."""


@lru_cache(maxsize=1024)
def find_zone(tzid: str) -> ZoneInfo | None:
    """The IANA zone of that name, or None if there is none (RFC 5545 TZIDs may be anything)."""
    try:
        return ZoneInfo(tzid)
    except (ValueError, OSError, LookupError):
        return None


def is_date(when: When) -> bool:
    """True for a DATE value (a `datetime` is also a `date` to Python, but not here)."""
    return not isinstance(when, datetime)


def day_of(when: When) -> date:
    """The calendar day written in the value, in its own zone."""
    return when.date() if isinstance(when, datetime) else when


def tzid_of(when: When | None) -> str | None:
    """The TZID of a zoned value; None for dates and floating times."""
    if not isinstance(when, datetime) or when.tzinfo is None:
        return None
    return zone_name(when.tzinfo)


def zone_name(zone: tzinfo) -> str:
    """The name a zone is written with: its IANA key, or the TZID a fixed-offset zone carries."""
    if isinstance(zone, ZoneInfo):
        return zone.key
    if zone is UTC:
        return "UTC"
    return zone.tzname(None) or str(zone)


def instant(when: When, zone: tzinfo) -> datetime:
    """The instant in UTC at which `when` begins for somebody in `zone`; dates begin at midnight there."""
    if not isinstance(when, datetime):
        when = datetime.combine(when, time())
    if when.tzinfo is None:
        when = when.replace(tzinfo=zone)
    return when.astimezone(UTC)


def in_zone(when: When, zone: tzinfo) -> When:
    """The same moment told in `zone`; dates and floating times are the same everywhere."""
    if isinstance(when, datetime) and when.tzinfo is not None:
        return when.astimezone(zone)
    return when


def sort_key(when: When) -> tuple[date, int, time]:
    """Orders any mix of dates and times by the day they are written with, dates first."""
    if isinstance(when, datetime):
        return (when.date(), 1, when.time())
    return (when, 0, time())


def to_text(when: When) -> str:
    """The canonical text of a value; `from_text` reads it back equal.

    `2023-10-18` · `2023-10-18T09:00:00` (floating) · `2023-10-18T09:00:00+02:00[Europe/Paris]` (zoned).
    """
    if not isinstance(when, datetime):
        return when.isoformat()
    if when.tzinfo is None:
        return when.isoformat(timespec="seconds")
    return f"{when.isoformat(timespec='seconds')}[{zone_name(when.tzinfo)}]"


def from_text(text: str) -> When:
    """Read what `to_text` wrote. Raises ValueError for anything else."""
    if len(text) == 10:
        return date.fromisoformat(text)
    body, _, name = text.partition("[")
    moment = datetime.fromisoformat(body)
    if moment.tzinfo is None:
        return moment
    name = name.removesuffix("]")
    zone, offset = find_zone(name), moment.utcoffset()
    assert offset is not None
    if zone is None:
        return moment.replace(tzinfo=timezone(offset, name or "UTC"))
    # By the clock, not through UTC: an hour that a change of the clocks skips stays what was written.
    told = moment.replace(tzinfo=zone)
    if told.utcoffset() == offset or (told := told.replace(fold=1)).utcoffset() == offset:
        return told
    # A file's own zone under an IANA name, or zone data that has changed since: clock and instant stay as written.
    return moment.replace(tzinfo=timezone(offset, name))


@dataclass(frozen=True, slots=True)
class TimeSpan:
    """When something is, RFC 5545 §3.6.1: `end` is exclusive and may be missing.

    Without an end a DATE lasts that one day and a DATE-TIME takes no time at all.
    """

    start: When
    end: When | None = None

    @property
    def is_all_day(self) -> bool:
        """It is a matter of days, not of hours."""
        return is_date(self.start)

    @property
    def effective_end(self) -> When:
        """The exclusive end, derived when none is written. Never before the start."""
        start, end = self.start, self.end
        if is_date(start):
            if end is None or not is_date(end) or end <= start:
                return start + ONE_DAY
            return end
        if end is None or is_date(end):
            return start
        assert isinstance(start, datetime) and isinstance(end, datetime)
        if (start.tzinfo is None) != (end.tzinfo is None):
            end = end.replace(tzinfo=start.tzinfo)
        return max(start, end)

    @property
    def first_day(self) -> date:
        """The day on which it begins, in its own zone."""
        return day_of(self.start)

    @property
    def last_day(self) -> date:
        """The last day it touches, in the zone of its start: one that ends at 00:00 ends on the day before."""
        return self.days_in(None)[1]

    def days_in(self, zone: tzinfo | None) -> tuple[date, date]:
        """First and last day, told in `zone` (None: the event's own). Dates and floating times do not move."""
        start, end = self.start, self.effective_end
        if not isinstance(start, datetime):
            return start, day_of(end) - ONE_DAY
        assert isinstance(end, datetime)
        if start.tzinfo is not None:
            target = zone or start.tzinfo
            # At either end of the calendar there may be no such day elsewhere: the days that are written stand.
            with suppress(OverflowError):
                start, end = start.astimezone(target), end.astimezone(target)
        first, last = start.date(), max(start.date(), end.date())
        if end.time() == time() and last > first:
            last -= ONE_DAY
        return first, last

    @property
    def duration_days(self) -> int:
        """How many days it touches, in its own zone."""
        return (self.last_day - self.first_day).days + 1

    def moved(self, days: int) -> TimeSpan:
        """The same span that many days later, at the same hours on the clock."""
        shift = timedelta(days=days)
        return TimeSpan(self.start + shift, None if self.end is None else self.end + shift)


@dataclass(frozen=True, slots=True)
class DayRange:
    """A range of days, both ends inclusive: what a view shows and what a bound on the command line means."""

    first: date
    last: date

    def __contains__(self, day: date) -> bool:
        return self.first <= day <= self.last

    def overlaps(self, first: date, last: date) -> bool:
        """Whether any of the days from `first` to `last` is in it."""
        return first <= self.last and last >= self.first

    def widened(self, days: int) -> DayRange:
        """The range with that many days more on either side, as far as the calendar goes."""
        return DayRange(
            date.fromordinal(max(self.first.toordinal() - days, date.min.toordinal())),
            date.fromordinal(min(self.last.toordinal() + days, date.max.toordinal())),
        )

    def covers(self, other: DayRange) -> bool:
        """Whether all days of the other are in it."""
        return self.first <= other.first and other.last <= self.last


@dataclass(frozen=True, slots=True)
class VagueDate:
    """A date that is only partly known: "September 2027", "autumn 2027", "to be announced".

    `text` is what is shown. `earliest` and `latest` bound it, inclusive, and only sort it: it is never given a day.
    """

    text: str
    earliest: date | None = None
    latest: date | None = None

    @property
    def sort_day(self) -> date:
        """Where it sorts: after everything that may come before it; the unknown at the very end."""
        return self.latest or self.earliest or date.max
