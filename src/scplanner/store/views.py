"""Reading what the calendar views paint: occurrences of a range, one row per event for lists, counts and search."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, tzinfo
from enum import StrEnum
from functools import lru_cache
from typing import Any, TypeVar

from sqlalchemy import Connection

from scplanner.domain.events import (
    AttendanceMode,
    Calendar,
    Confidence,
    DaysBy,
    Decision,
    EventStatus,
    Occurrence,
    OccurrenceKey,
    Registration,
)
from scplanner.domain.folding import fold, has_unspaced_script
from scplanner.domain.problems import CUT_OFF
from scplanner.domain.temporal import DayRange, TimeSpan, When, from_text, to_text
from scplanner.store.database import Database
from scplanner.store.rows import decode_strings
from scplanner.store.schema import LONG_DAYS

_COLUMNS = """
    o.event_id, o.recurrence_id, o.first_day, o.last_day, o.start, o."end",
    e.calendar_id, e.uid, e.summary, e.date_text, e.city, e.country, e.topics, e.status, e.attendance_mode, e.transp,
    e.series, e.parent_uid, e.confidence, e.rrule <> '' OR e.rdates <> '[]' OR e.recurrence_id <> '',
    iif(p.id IS NULL, l.decision, p.decision), iif(p.id IS NULL, l.registration, p.registration),
    coalesce(p.is_hidden, 0) OR coalesce(l.is_hidden, 0),
    iif(p.id IS NULL, l.travel_before, p.travel_before), iif(p.id IS NULL, l.travel_after, p.travel_after)
"""
# An occurrence with a layer of its own shows that, as it is; the others show the layer of their series.
_LAYERS = """
    LEFT JOIN layers l ON l.event_id = o.event_id AND l.recurrence_id = '' AND l.deleted_by_step IS NULL
    LEFT JOIN layers p ON p.event_id = iif(o.recurrence_id = '', NULL, o.event_id)
        AND p.recurrence_id = o.recurrence_id AND p.deleted_by_step IS NULL
"""
_JOINS = f"JOIN events e ON e.id = o.shown_id AND e.deleted_by_step IS NULL {_LAYERS}"
# Short events by their first day, the few long ones by their last: each half reads only what it returns.
_IN_RANGE = f"""
    SELECT {_COLUMNS} FROM occurrences o INDEXED BY occurrences_by_day {_JOINS}
    WHERE o.first_day BETWEEN ? - {LONG_DAYS} AND ? AND o.last_day >= ? AND o.last_day - o.first_day <= {LONG_DAYS}
    UNION ALL
    SELECT {_COLUMNS} FROM occurrences o INDEXED BY occurrences_long {_JOINS}
    WHERE o.last_day - o.first_day > {LONG_DAYS} AND o.last_day >= ? AND o.first_day <= ?
"""
# One row per event: a series stands once, at its start. Almost in the order they are wanted in: Python holds its other
# threads up while it sorts, and what is nearly sorted is sorted quickly.
_ALL = f"""
    SELECT {_COLUMNS} FROM
        (SELECT event_id, recurrence_id, shown_id, first_day, last_day, start, "end" FROM occurrences
            WHERE event_id NOT IN (SELECT event_id FROM expansions)
         UNION ALL
         SELECT id, '', id, NULL, NULL, start, "end" FROM events
            WHERE (rrule <> '' OR rdates <> '[]') AND recurrence_id = '' AND start <> '') o
    {_JOINS}
    ORDER BY iif(o.start = '', o.last_day, o.first_day), o.first_day - o.last_day, e.summary
"""
# Everything decided like that, and all occurrences of a series of which one is.
_DECIDED = f"""
    SELECT {_COLUMNS} FROM
        (SELECT DISTINCT event_id FROM layers
            WHERE decision <> '' AND decision IN (SELECT value FROM json_each(?)) AND deleted_by_step IS NULL) d
    JOIN occurrences o ON o.event_id = d.event_id
    {_JOINS}
"""
_CANDIDATES = 200
_TRIGRAM = 3
_Choice = TypeVar("_Choice", bound=StrEnum)


@dataclass(frozen=True, slots=True)
class Counts:
    """How many events there are: in all, decided going or considering, and by calendar id, topic and country."""

    events: int = 0
    in_plan: int = 0
    calendars: dict[int, int] = field(default_factory=dict)
    topics: dict[str, int] = field(default_factory=dict)
    countries: dict[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class SearchHit:
    """One event found. `snippet` is where the words stand; a lower `score` is a better hit."""

    key: OccurrenceKey
    kind: str
    uid: str
    title: str
    snippet: str
    day: date | None
    place: str
    score: float


@lru_cache(maxsize=4096)
def _topics(text: str) -> tuple[str, ...]:
    return decode_strings(text)


class ViewReads:
    """Rows for views. `zone` is the user's own; it moves timed events of calendars whose days go by it."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def occurrences(self, days: DayRange, calendars: Iterable[Calendar], zone: tzinfo) -> list[Occurrence]:
        """What stands on these days in these calendars, vague events included by their bounds.

        Sorted by first day, longer first, then title. Series count only as far as they have been expanded.
        """
        # One day more to either side, for events that stand elsewhere in the user's zone.
        first, last = days.first.toordinal() - 1, days.last.toordinal() + 1
        found = []
        with self._database.read() as connection:
            result = connection.exec_driver_sql(_IN_RANGE, (first, last, first, first, last))
            # Plain tuples, as the driver has them: they are made and compared in a third of the time.
            assert result.cursor is not None
            rows = result.cursor.fetchall()
            result.close()
        by_mine = {calendar.id: calendar.days_by is DaysBy.MINE for calendar in calendars}
        for row in rows:
            is_mine = by_mine.get(row[6])
            if is_mine is not None:
                occurrence = _kept_occurrence(row, is_mine, zone)
                if occurrence.first_day <= days.last and occurrence.last_day >= days.first:
                    found.append(occurrence)
        found.sort(key=_order)
        return found

    def all(self, calendars: Iterable[Calendar], zone: tzinfo) -> list[Occurrence]:
        """One row per event of these calendars, series unexpanded, vague events last in their month."""
        return self._select(_ALL, (), calendars, zone)

    def decided(self, decisions: Iterable[Decision], calendars: Iterable[Calendar], zone: tzinfo) -> list[Occurrence]:
        """What is decided like that, and every occurrence worked out of a series of which one is."""
        return self._select(_DECIDED, (json.dumps([str(decision) for decision in decisions]),), calendars, zone)

    def _select(
        self, query: str, values: tuple[str, ...], calendars: Iterable[Calendar], zone: tzinfo
    ) -> list[Occurrence]:
        with self._database.read() as connection:
            rows = connection.exec_driver_sql(query, values).all()
        by_mine = {calendar.id: calendar.days_by is DaysBy.MINE for calendar in calendars}
        found = [_occurrence(row, by_mine[row[6]], zone) for row in rows if row[6] in by_mine]
        found.sort(key=_order)
        return found

    def dated_days(self, calendars: Iterable[Calendar]) -> list[date]:
        """The first days of all dated events of these calendars, sorted."""
        wanted = {calendar.id for calendar in calendars}
        with self._database.read() as connection:
            rows = connection.exec_driver_sql(
                "SELECT o.first_day, e.calendar_id FROM occurrences o JOIN events e ON e.id = o.shown_id "
                "WHERE e.deleted_by_step IS NULL AND o.start <> '' ORDER BY o.first_day"
            ).all()
        return [date.fromordinal(day) for day, calendar_id in rows if calendar_id in wanted]

    def uncovered_series(self, days: DayRange) -> list[int]:
        """The series whose occurrences in these days have not been worked out yet."""
        with self._database.read() as connection:
            rows = connection.exec_driver_sql(
                "SELECT e.id FROM events e INDEXED BY events_recurring LEFT JOIN expansions x ON x.event_id = e.id "
                "WHERE (e.rrule <> '' OR e.rdates <> '[]') AND e.recurrence_id = '' AND e.start <> '' "
                "AND e.deleted_by_step IS NULL "
                "AND (x.event_id IS NULL OR x.first_day > :first OR x.last_day < :last "
                "OR (instr(x.problem, :cut_off) AND (x.first_day, x.last_day) <> (:first, :last)))",
                {"first": days.first.toordinal(), "last": days.last.toordinal(), "cut_off": CUT_OFF},
            )
            return list(rows.scalars())

    def covered_range(self, event_id: int) -> DayRange | None:
        """The days for which a series has been worked out whole."""
        with self._database.read() as connection:
            row = connection.exec_driver_sql(
                "SELECT first_day, last_day FROM expansions WHERE event_id = ? AND NOT instr(problem, ?)",
                (event_id, CUT_OFF),
            ).fetchone()
        return None if row is None else DayRange(date.fromordinal(row[0]), date.fromordinal(row[1]))

    def find_instance(self, series_id: int, recurrence_id: When) -> tuple[int, TimeSpan] | None:
        """The event that says what an occurrence is like (the series or an override), and when it really is.

        None if the series has none of that name, as far as it has been worked out.
        """
        with self._database.read() as connection:
            row = connection.exec_driver_sql(
                'SELECT shown_id, start, "end" FROM occurrences WHERE event_id = ? AND recurrence_id = ?',
                (series_id, to_text(recurrence_id)),
            ).first()
        return None if row is None else (row[0], TimeSpan(from_text(row[1]), from_text(row[2]) if row[2] else None))

    def counts(self) -> Counts:
        """Counts over everything that is not in the trash; overrides are not counted."""
        alive = "e.deleted_by_step IS NULL AND e.recurrence_id = ''"
        with self._database.read() as connection:
            calendars = connection.exec_driver_sql(
                f"SELECT e.calendar_id, count(*) FROM events e WHERE {alive} GROUP BY 1"
            ).all()
            topics = connection.exec_driver_sql(
                f"SELECT t.value, count(*) FROM events e, json_each(e.topics) t WHERE {alive} AND e.topics <> '[]' "
                "GROUP BY 1 ORDER BY 2 DESC, 1"
            ).all()
            countries = connection.exec_driver_sql(
                f"SELECT e.country, count(*) FROM events e WHERE {alive} AND e.country <> '' GROUP BY 1 ORDER BY 2 DESC"
            ).all()
            in_plan = connection.exec_driver_sql(
                "SELECT count(DISTINCT l.event_id) FROM layers l JOIN events e ON e.id = l.event_id "
                f"WHERE l.deleted_by_step IS NULL AND l.decision IN ('going', 'considering') AND {alive}"
            ).scalar_one()
        by_calendar = {row[0]: row[1] for row in calendars}
        return Counts(
            sum(by_calendar.values()),
            in_plan,
            by_calendar,
            {row[0]: row[1] for row in topics},
            {row[0]: row[1] for row in countries},
        )

    def search_ids(self, text: str, limit: int = 50, near: date | None = None) -> list[tuple[int, float]]:
        """Ids of events in which every typed word begins some word, best first, with a score (lower is better).

        What is found in the title comes before what is found in the place, and that before the rest; among equals what
        is to come after `near` (a day), soonest first, then what is past, latest first. In scripts written without
        spaces a word may stand anywhere.
        """
        words = _words(text)
        if not words:
            return []
        with self._database.read() as connection:
            if has_unspaced_script(text):
                found = _find_unspaced(connection, words, limit)
            else:
                found = _find_in_tiers(connection, _prefixes(words), limit, near)
        return [(event_id, position / limit) for position, event_id in enumerate(found)]

    def matching_ids(self, text: str) -> set[int]:
        """Ids of all events in which every typed word begins some word; events in the trash may be among them."""
        words = _words(text)
        if not words:
            return set()
        with self._database.read() as connection:
            if has_unspaced_script(text):
                return set(_find_unspaced(connection, words, -1))
            query = "SELECT rowid FROM search_index WHERE search_index MATCH ?"
            return set(connection.exec_driver_sql(query, (_prefixes(words),)).scalars())


def _words(text: str) -> list[str]:
    return "".join(char if char.isalnum() else " " for char in fold(text)).split()


def _prefixes(words: Iterable[str]) -> str:
    return " ".join(f'"{word}"*' for word in words)


def _find_in_tiers(connection: Connection, query: str, limit: int, near: date | None) -> list[int]:
    found: dict[int, None] = {}
    for tier in (f"title : ({query})", f"{{title place}} : ({query})", query):
        if len(found) >= limit:
            break
        found.update(dict.fromkeys(_find(connection, tier, limit, near)))
    return list(found)[:limit]


def _find(connection: Connection, query: str, limit: int, near: date | None) -> list[int]:
    # Sorting all matches of a common word would take long; of its newest there are enough, and they come at once.
    rows = connection.exec_driver_sql(
        "SELECT i.rowid, e.start, e.latest FROM search_index i "
        "JOIN events e ON e.id = i.rowid AND e.deleted_by_step IS NULL "
        "WHERE search_index MATCH ? ORDER BY i.rowid DESC LIMIT ?",
        (query, max(limit, _CANDIDATES)),
    ).all()
    if near is not None:
        rows = sorted(rows, key=lambda row: _distance(row[1] or row[2], near))
    return [row[0] for row in rows]


def _distance(start: str, near: date) -> tuple[int, int]:
    """Sorts what is to come, soonest first, before what is past, latest first, and the undated."""
    if not start:
        return 2, 0
    days = (date.fromisoformat(start[:10]) - near).days
    return (0, days) if days >= 0 else (1, -days)


def _find_unspaced(connection: Connection, words: Sequence[str], limit: int) -> list[int]:
    # Trigrams find words from three letters on; shorter ones, common in Chinese, are looked for in the rows themselves.
    long = [word for word in words if len(word) >= _TRIGRAM]
    short = [word for word in words if len(word) < _TRIGRAM]
    within = "instr(s.title || ' ' || s.place || ' ' || s.body || ' ' || s.note, ?)"
    conditions = ["s.is_unspaced", *[within] * len(short)]
    values: list[str | int] = [*short]
    if long:
        conditions.append("s.id IN (SELECT rowid FROM search_trigrams WHERE search_trigrams MATCH ?)")
        values.append(" ".join(f'"{word}"' for word in long))
    rows = connection.exec_driver_sql(
        "SELECT s.id FROM search_rows s JOIN events e ON e.id = s.id AND e.deleted_by_step IS NULL "
        f"WHERE {' AND '.join(conditions)} ORDER BY s.id DESC LIMIT ?",
        (*values, limit),
    )
    return list(rows.scalars())


def _by_text(kind: type[_Choice]) -> dict[str | None, _Choice | None]:
    return {None: None, "": None} | {str(choice): choice for choice in kind}


# Looked up thousands of times a second: an enumeration's own lookup takes longer than all the rest of a row.
_STATUS = _by_text(EventStatus)
_MODE = _by_text(AttendanceMode)
_DECISION = _by_text(Decision)
_REGISTRATION = _by_text(Registration)
_LOW = str(Confidence.LOW)
_ONLINE = str(AttendanceMode.ONLINE)


@lru_cache(maxsize=8192)
def _when(text: str) -> When | None:
    return from_text(text) if text else None


def _occurrence(row: Any, by_mine: bool, zone: tzinfo) -> Occurrence:
    # Taken apart at once: a row asked for one column after the other takes as long again.
    # fmt: off
    (event_id, recurrence_id, first, last, start_text, end_text, calendar_id, uid, summary, date_text, city, country,
     topics, status, mode, transp, series, parent_uid, confidence, is_recurring, decision, registration, is_hidden,
     travel_before, travel_after) = row
    # fmt: on
    start, end = _when(start_text), _when(end_text)
    is_mine = by_mine or mode == _ONLINE
    if start is not None and ((is_mine and len(start_text) > 10) or first is None):
        first_day, last_day = TimeSpan(start, end).days_in(zone if is_mine else None)
    else:
        first_day, last_day = date.fromordinal(first), date.fromordinal(last)
    return Occurrence(
        OccurrenceKey(event_id, recurrence_id),
        calendar_id,
        uid,
        summary,
        start,
        end,
        first_day,
        last_day,
        date_text,
        city,
        country,
        _topics(topics),
        _STATUS[status],
        _MODE[mode],
        _DECISION[decision],
        _REGISTRATION[registration],
        transp,
        series,
        parent_uid,
        bool(is_recurring),
        bool(is_hidden),
        confidence == _LOW,
        travel_before or 0,
        travel_after or 0,
    )


# Views read the same weeks again after every change: what stands as it stood is not made again.
_kept_occurrence = lru_cache(maxsize=4096)(_occurrence)


def _order(occurrence: Occurrence) -> tuple[bool, int, int, str]:
    first = occurrence.first_day.toordinal()
    # A vague event sorts after what is known of its month.
    day = occurrence.last_day.toordinal() if occurrence.is_vague else first
    return (
        occurrence.is_vague and occurrence.first_day == date.max,
        day,
        first - occurrence.last_day.toordinal(),
        occurrence.summary,
    )
