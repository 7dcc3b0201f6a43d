"""Which rows and columns the agenda has, as plain Python: months as headings, and what has room."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, time
from enum import IntEnum
from typing import TypeAlias

from scplanner.domain.events import Occurrence
from scplanner.domain.temporal import sort_key


class Column(IntEnum):
    """The columns, in their order."""

    DATES = 0
    EVENT = 1
    PLACE = 2
    DECISION = 3
    REGISTRATION = 4
    DEADLINE = 5


# What goes first when the window gets narrow.
_GIVEN_UP = (Column.REGISTRATION, Column.DEADLINE, Column.PLACE, Column.DECISION)


@dataclass(frozen=True, slots=True)
class Section:
    """The heading of a month; None heads what nobody has announced a date for.

    `is_open`: of what is known to be by the end of that month, but not in which month.
    """

    month: date | None
    is_open: bool = False


Row: TypeAlias = Section | Occurrence


def month_of(occurrence: Occurrence) -> date | None:
    """The month it is listed under: of its first day, or for a vague date the last month it may be in."""
    if occurrence.is_vague:
        return (
            None if occurrence.first_day == date.max or occurrence.last_day == date.max else _first(occurrence.last_day)
        )
    return _first(occurrence.first_day)


def section_of(occurrence: Occurrence) -> Section:
    """The heading it stands under."""
    month = month_of(occurrence)
    is_open = month is not None and occurrence.is_vague and _first(occurrence.first_day) != month
    return Section(month, is_open)


def rows_of(occurrences: Iterable[Occurrence]) -> list[Row]:
    """Rows by month: its events by date, then the vague ones, then those of no certain month up to it; at the very end
    what is to be announced.
    """

    def order(occurrence: Occurrence) -> tuple[date, bool, bool, date, int, tuple[date, int, time] | tuple[()], str]:
        section = section_of(occurrence)
        length = occurrence.first_day.toordinal() - occurrence.last_day.toordinal()
        hour = sort_key(occurrence.start) if occurrence.start is not None else ()
        is_vague = occurrence.is_vague
        return (
            section.month or date.max,
            section.is_open,
            is_vague,
            occurrence.first_day,
            length,
            hour,
            occurrence.summary,
        )

    rows: list[Row] = []
    current: Section | None = None
    for occurrence in sorted(occurrences, key=order):
        section = section_of(occurrence)
        if section != current:
            current = section
            rows.append(section)
        rows.append(occurrence)
    return rows


def column_widths(
    width: int, natural: Mapping[Column, int], chosen: frozenset[Column], event_at_least: int
) -> dict[Column, int]:
    """The columns that have room and how wide they are; the event's takes what the others leave."""
    shown = [column for column in Column if column in chosen or column in (Column.DATES, Column.EVENT)]
    for column in (*_GIVEN_UP, None):
        others = sum(natural[each] for each in shown if each is not Column.EVENT)
        if others + event_at_least <= width or column is None:
            break
        if column in shown:
            shown.remove(column)
    rest = width - sum(natural[each] for each in shown if each is not Column.EVENT)
    return {each: max(rest, 80) if each is Column.EVENT else natural[each] for each in shown}


def _first(day: date) -> date:
    return day.replace(day=1)
