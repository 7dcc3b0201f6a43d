"""When an event is, as its form holds it: days as people say them, and back. Pure: no widgets.

People say the last day; the records keep the exclusive end (RFC 5545). Only this module turns the one into the other.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta, tzinfo

from scplanner.domain.temporal import ONE_DAY, TimeSpan, VagueDate, find_zone, zone_name

# The zone of events and deadlines that count wherever on earth it is still that day.
ANYWHERE_ON_EARTH = "Etc/GMT+12"
WORKING_DAY = (time(9), time(17))


@dataclass(frozen=True, slots=True)
class DateForm:
    """What the inline date editor shows. `zone` empty: the same hour everywhere (floating).

    With `is_vague` only the vague fields count, else only the others. `last` is inclusive.
    """

    is_vague: bool = False
    is_all_day: bool = True
    first: date = date.min
    last: date = date.min
    start_time: time = WORKING_DAY[0]
    end_time: time = WORKING_DAY[1]
    zone: str = ""
    vague_text: str = ""
    earliest: date | None = None
    latest: date | None = None


def form_of(span: TimeSpan | None, vague: VagueDate | None, today: date, zone: str) -> DateForm:
    """The form of an event's time. What the event does not know is filled with something sensible.

    `zone` is the one a timed event here would most likely have: that of its city, else the user's.
    """
    if span is None:
        known = vague or VagueDate("")
        day = known.earliest or today
        return DateForm(
            True, True, day, day, zone=zone, vague_text=known.text, earliest=known.earliest, latest=known.latest
        )
    start, end = span.start, span.effective_end
    if not isinstance(start, datetime):
        return DateForm(False, True, span.first_day, span.last_day, zone=zone)
    assert isinstance(end, datetime)
    if start.tzinfo is not None:
        end = end.astimezone(start.tzinfo)
    own_zone = zone_name(start.tzinfo) if start.tzinfo is not None else ""
    return DateForm(False, False, start.date(), end.date(), start.time(), end.time(), own_zone)


def span_of(form: DateForm, before: TimeSpan | None = None) -> TimeSpan | None:
    """The span a form says, None if it is vague. `before` lends a zone that only this event's file knows.

    An end before the start is pulled to the start, never silently swapped.
    """
    if form.is_vague:
        return None
    if form.is_all_day:
        return TimeSpan(form.first, max(form.last, form.first) + ONE_DAY)
    zone = _zone(form.zone, before)
    start = datetime.combine(form.first, form.start_time, tzinfo=zone)
    end = datetime.combine(form.last, form.end_time, tzinfo=zone)
    if end < start:
        end = start
    had_no_end = before is not None and before.end is None and not before.is_all_day
    return TimeSpan(start, None if had_no_end and end == start else end)


def vague_of(form: DateForm) -> VagueDate | None:
    """What a form knows about the date without naming a day; None if it names one."""
    if not form.is_vague:
        return None
    earliest, latest = form.earliest, form.latest
    if earliest is not None and latest is not None and latest < earliest:
        earliest, latest = latest, earliest
    return VagueDate(form.vague_text.strip(), earliest, latest)


def moved_start(form: DateForm, first: date) -> DateForm:
    """The form with another first day; the event keeps its length."""
    length = form.last - form.first
    return replace(form, first=first, last=first + max(length, timedelta()))


def _zone(name: str, before: TimeSpan | None) -> tzinfo | None:
    if not name:
        return None
    if before is not None and isinstance(before.start, datetime) and before.start.tzinfo is not None:
        own = before.start.tzinfo
        if zone_name(own) == name:
            return own
    return find_zone(name)
