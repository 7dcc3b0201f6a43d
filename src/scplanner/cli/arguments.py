"""Arguments that several commands share, and what they mean: days, filters, names of events."""

from __future__ import annotations

import argparse
import re
from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime, timedelta

from scplanner.domain.events import Decision, Event, OccurrenceKey
from scplanner.domain.folding import fold
from scplanner.domain.query import EventFilter
from scplanner.domain.temporal import DayRange, When, day_of, from_text, to_text
from scplanner.errors import NothingToDo, PlannerError
from scplanner.services import queries, recurrence
from scplanner.services.workspace import Workspace

ONE_YEAR = timedelta(days=366)
UNDECIDED = "none"
_MOST_DIGITS = 12
_BASIC = re.compile(r"(\d{4})(\d\d)(\d\d)(?:T(\d\d)(\d\d)(\d\d)?(Z?))?$")


def day(text: str) -> date:
    """A day as `2023-10-18`."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"“{text}” is no day; write it as 2023-10-18") from None


def whole_number(text: str) -> int:
    """A number from 0 up to what a database can count."""
    if not text.isdecimal() or len(text) > _MOST_DIGITS:
        raise argparse.ArgumentTypeError(f"“{text}” is no whole number")
    return int(text)


def number_of_days(text: str) -> int:
    """A whole number of days, 0 or more."""
    if not text.isdecimal() or int(text) > 365:
        raise argparse.ArgumentTypeError(f"“{text}” is no number of days")
    return int(text)


def decisions(text: str) -> frozenset[Decision | None]:
    """Decisions separated by commas; `none` is the undecided."""
    return frozenset(decision(word.strip()) for word in text.split(","))


def decision(text: str) -> Decision | None:
    """One decision, or `none`."""
    if text == UNDECIDED:
        return None
    try:
        return Decision(text)
    except ValueError:
        known = ", ".join((*Decision, UNDECIDED))
        raise argparse.ArgumentTypeError(f"“{text}” is no decision; choose of: {known}") from None


def add_range(parser: argparse.ArgumentParser) -> None:
    """`--from` and `--to`, both inclusive."""
    parser.add_argument("--from", dest="first", type=day, metavar="DAY", help="first day, inclusive")
    parser.add_argument("--to", dest="last", type=day, metavar="DAY", help="last day, inclusive")


def add_filter(parser: argparse.ArgumentParser) -> None:
    """The filter options of `events` and `export`."""
    add_range(parser)
    parser.add_argument("--query", default="", metavar="TEXT", help="words in title, place, description or note")
    parser.add_argument("--topic", action="append", default=[], metavar="TOPIC")
    parser.add_argument("--country", action="append", default=[], metavar="CC", help="ISO 3166 code of two letters")
    parser.add_argument("--city", action="append", default=[], metavar="CITY")
    parser.add_argument(
        "--decision",
        type=decisions,
        default=frozenset(),
        metavar="D,…",
        help="going, considering, watching, declined, none",
    )
    parser.add_argument("--calendar", action="append", default=[], metavar="NAME")


def has_filter(options: argparse.Namespace) -> bool:
    """Whether any option of the filter was given."""
    names = ("first", "last", "query", "topic", "country", "city", "decision", "calendar")
    return any(getattr(options, name) for name in names)


def range_of(options: argparse.Namespace) -> DayRange | None:
    """The days asked for; with one bound, a year from it; None without any."""
    first, last = options.first, options.last
    if first is None and last is None:
        return None
    if first is None:
        first = max(last - ONE_YEAR, date.min) if last - date.min > ONE_YEAR else date.min
    if last is None:
        last = first + ONE_YEAR if date.max - first > ONE_YEAR else date.max
    if last < first:
        raise PlannerError(f"{last} is before {first}.", "Swap --from and --to.")
    return DayRange(first, last)


def filter_of(ws: Workspace, options: argparse.Namespace) -> EventFilter:
    """The filter the options ask for. Words are compared without regard to case and accents."""
    calendars = []
    for name in options.calendar:
        found = queries.find_calendar(ws, name)
        if found is None:
            raise PlannerError(f"There is no calendar “{name}”.", "List them: scplanner calendars list")
        calendars.append(found.id)
    cities, topics = frozenset(options.city), frozenset(options.topic)
    if cities or topics:
        everything = queries.agenda(ws, EventFilter(show_declined=True, calendars=frozenset(calendars)))
        cities = _as_written(cities, (occurrence.city for occurrence in everything))
        topics = _as_written(topics, (topic for occurrence in everything for topic in occurrence.topics))
    return EventFilter(
        range=range_of(options),
        calendars=frozenset(calendars),
        topics=topics,
        countries=frozenset(code.upper() for code in options.country),
        cities=cities,
        decisions=options.decision,
        text=options.query,
    )


def find_keys(ws: Workspace, name: str, calendar: str | None = None) -> list[OccurrenceKey]:
    """The events that a UID, or UID/RECURRENCE-ID, names: several where a calendar holds one UID several times.

    Raises NothingToDo if there is none, PlannerError if it stands in several calendars and none is named.
    """
    found = queries.find_events(ws, name, calendar)
    recurrence_id = ""
    if not found and "/" in name:
        uid, _, recurrence_id = name.rpartition("/")
        found = queries.find_events(ws, uid, calendar)
    if not found:
        raise NothingToDo(f"There is no event {name}.", "Find it: scplanner search TEXT")
    if len({event.calendar_id for event in found}) > 1:
        names = [each.name for each in queries.calendars(ws) if each.id in {event.calendar_id for event in found}]
        raise PlannerError(f"{name} stands in several calendars: {', '.join(names)}.", "Say which one with --calendar.")
    if not recurrence_id:
        return [OccurrenceKey(event.id) for event in found]
    return [_occurrence(ws, event, recurrence_id) for event in found]


def _occurrence(ws: Workspace, master: Event, text: str) -> OccurrenceKey:
    """The occurrence of a series that a RECURRENCE-ID in any spelling names."""
    wanted = _when(text)
    if wanted is not None and master.start is not None:
        wanted = _in_kind_of(wanted, master.start)
        recurrence.cover(ws, DayRange(day_of(wanted), day_of(wanted)).widened(31))
        key = OccurrenceKey(master.id, to_text(wanted))
        if queries.details(ws, key) is not None:
            return key
    raise NothingToDo(
        f"“{master.summary}” has no occurrence {text}.", "List them: scplanner events --from DAY --to DAY --json"
    )


def _when(text: str) -> When | None:
    """A date or time as our own JSON, our canonical text or RFC 5545 writes it."""
    basic = _BASIC.match(text)
    if basic:
        year, month, of_month, hour, minute, second, utc = basic.groups()
        text = f"{year}-{month}-{of_month}"
        if hour:
            text += f"T{hour}:{minute}:{second or '00'}{'+00:00' if utc else ''}"
    try:
        return from_text(text) if "[" in text or len(text) == 10 else datetime.fromisoformat(text)
    except ValueError:
        return None


def _in_kind_of(wanted: When, start: When) -> When:
    """The value as the series writes its own: its zone, or none, or a date."""
    if not isinstance(start, datetime):
        return day_of(wanted)
    if not isinstance(wanted, datetime):
        return datetime.combine(wanted, start.timetz())
    if start.tzinfo is None:
        return wanted.replace(tzinfo=None)
    return wanted.astimezone(start.tzinfo) if wanted.tzinfo is not None else wanted.replace(tzinfo=start.tzinfo)


def _as_written(wanted: Iterable[str], known: Iterable[str]) -> frozenset[str]:
    """The words as the events have them; one that no event has stays, and finds nothing."""
    by_folded: dict[str, set[str]] = {}
    for word in known:
        by_folded.setdefault(fold(word), set()).add(word)
    return frozenset(each for word in wanted for each in by_folded.get(fold(word), {word}))


def whole_list(event_filter: EventFilter) -> EventFilter:
    """The filter of a list for scripts: the declined too, each record says what it is."""
    return replace(event_filter, show_declined=True)
