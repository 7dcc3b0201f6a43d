"""Dates, times and durations as iCalendar writes them (RFC 5545 §3.3), to and from the records' values."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Protocol
from zoneinfo import ZoneInfo

from scplanner.domain.temporal import FIRST_YEAR, LAST_YEAR, When, is_date, tzid_of

UTC_ZONE = ZoneInfo("UTC")

_LOOSE = re.compile(
    r"(\d{4})-?(\d\d)-?(\d\d)(?:[T ](\d\d):?(\d\d)(?::?(\d\d))?(?:\.\d+)?(Z?))?", re.ASCII | re.IGNORECASE
)
_DURATION = re.compile(
    r"([+-]?)P(?:(\d+)W)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?", re.ASCII | re.IGNORECASE
)


class ZoneSource(Protocol):
    """What gives a time on the clock its zone."""

    def localize(self, wall: datetime, tzid: str) -> datetime:
        """The time in the zone of that name; unchanged if the name means nothing."""


def read_when(value: str, tzid: str, zones: ZoneSource) -> When:
    """Read a DATE or DATE-TIME. A TZID that means nothing leaves a floating time. Raises ValueError, with the reason.

    A value decides by its form: eight digits are a DATE whatever the parameters say, and a Z is UTC despite a TZID.
    """
    value = value.strip()
    try:
        if len(value) == 8 and value.isdigit():
            day = date.fromisoformat(value)
            return day if FIRST_YEAR <= day.year <= LAST_YEAR else _refuse_year(day.year)
        if len(value) in (15, 16) and value[8] == "T" and value[:8].isdigit():
            moment = datetime.fromisoformat(value[:15])
            is_utc = value[15:] in ("Z", "z")
            if len(value) == 15 or is_utc:
                return _place(moment, is_utc, tzid, zones)
    except ValueError:
        pass  # unusual: 60 seconds, 24 hours, or nonsense
    return _read_loosely(value, tzid, zones)


def _read_loosely(value: str, tzid: str, zones: ZoneSource) -> When:
    """RFC 2445's times without seconds, ISO 8601 with dashes, leap seconds, 24:00."""
    found = _LOOSE.fullmatch(value)
    if found is None:
        raise ValueError(f"“{value[:40]}” is no date or time")
    year, month, day = int(found[1]), int(found[2]), int(found[3])
    try:
        start = date(year, month, day)
    except ValueError:
        raise ValueError(f"there is no day {found[1]}-{found[2]}-{found[3]}") from None
    if not FIRST_YEAR <= year <= LAST_YEAR:
        _refuse_year(year)
    if found[4] is None:
        return start
    hours, minutes, seconds = int(found[4]), int(found[5]), int(found[6] or 0)
    if hours > 24 or minutes > 59 or seconds > 60:
        raise ValueError(f"“{value[:40]}” is no time of day")
    moment = datetime.combine(start, time()) + timedelta(hours=hours, minutes=minutes, seconds=min(seconds, 59))
    return _place(moment, bool(found[7]), tzid, zones)


def _place(wall: datetime, is_utc: bool, tzid: str, zones: ZoneSource) -> datetime:
    if not FIRST_YEAR <= wall.year <= LAST_YEAR:
        _refuse_year(wall.year)
    if is_utc:
        return wall.replace(tzinfo=UTC_ZONE)
    return zones.localize(wall, tzid) if tzid else wall


def _refuse_year(year: int) -> date:
    raise ValueError(f"the year {year} is out of range")


def wall_text(when: When) -> str:
    """The value alone: `20231018`, `20231018T090000`, `20231018T090000Z`."""
    text = f"{when.year:04}{when.month:02}{when.day:02}"
    if not isinstance(when, datetime):
        return text
    return f"{text}T{when.hour:02}{when.minute:02}{when.second:02}{'Z' if tzid_of(when) == 'UTC' else ''}"


def write_when(when: When, tzid: str | None = None) -> str:
    """Parameters, colon and value: `;VALUE=DATE:20231018`, `;TZID=Europe/Paris:20231018T090000`, `:20231018T090000Z`.

    `tzid` is the name to write for its zone where a file has its own.
    """
    if is_date(when):
        return f";VALUE=DATE:{wall_text(when)}"
    name = tzid or tzid_of(when)
    if name is None or name == "UTC":
        return f":{wall_text(when)}"
    return f";TZID={quote_tzid(name)}:{wall_text(when)}"


def quote_tzid(name: str) -> str:
    """A zone's name as a parameter value, in quotes only where it needs them."""
    name = name.replace('"', "'")
    return f'"{name}"' if any(char in name for char in ":;,") else name


@dataclass(frozen=True, slots=True)
class Duration:
    """A DURATION: weeks and days are days on the calendar, the rest is exact time (RFC 5545 §3.8.2.5)."""

    days: int
    exact: timedelta

    def after(self, start: When) -> When:
        """The end it gives to a start. Raises ValueError if it leaves the calendar."""
        try:
            if not isinstance(start, datetime):
                return start + timedelta(days=self.days) + timedelta(days=self.exact // timedelta(days=1))
            end = start + timedelta(days=self.days)
            if not self.exact:
                return end
            if end.tzinfo is None:
                return end + self.exact
            return (end.astimezone(UTC) + self.exact).astimezone(end.tzinfo)
        except OverflowError:
            raise ValueError("the duration leaves the calendar") from None


def read_duration(value: str) -> Duration:
    """Read a DURATION. Raises ValueError, with the reason."""
    value = value.strip()
    found = _DURATION.fullmatch(value)
    if found is None or len(value) > 40 or not any(found.groups()[1:]):
        raise ValueError(f"“{value[:40]}” is no duration")
    weeks, days, hours, minutes, seconds = (int(number or 0) for number in found.groups()[1:])
    sign = -1 if found[1] == "-" else 1
    try:
        exact = timedelta(hours=hours, minutes=minutes, seconds=seconds)
        timedelta(days=7 * weeks + days)
    except OverflowError:
        raise ValueError("the duration leaves the calendar") from None
    return Duration(sign * (7 * weeks + days), sign * exact)


def write_duration(start: When, end: When) -> str | None:
    """The DURATION from a start to an end; None where none says it (an end before the start, or of another kind)."""
    if not isinstance(start, datetime) or not isinstance(end, datetime):
        if isinstance(start, datetime) or isinstance(end, datetime) or end < start:
            return None
        return f"P{(end - start).days}D"
    if (start.tzinfo is None) != (end.tzinfo is None):
        return None
    if start.tzinfo is not None:
        start, end = start.astimezone(UTC), end.astimezone(UTC)
    seconds = round((end - start).total_seconds())
    if seconds < 0:
        return None
    hours, rest = divmod(seconds, 3600)
    minutes, seconds = divmod(rest, 60)
    parts = [f"{number}{unit}" for number, unit in ((hours, "H"), (minutes, "M"), (seconds, "S")) if number]
    return f"PT{''.join(parts) or '0S'}"
