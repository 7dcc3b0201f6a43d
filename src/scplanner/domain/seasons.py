"""Conference seasons: a named range of days, by default September to June."""

from __future__ import annotations

import calendar
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import MAXYEAR, MINYEAR, date
from enum import StrEnum

from scplanner.domain.temporal import DayRange

FIRST_MONTH = 9
LAST_MONTH = 6
ENOUGH_EVENTS = 8
"""A season with fewer dated events is not worth opening on."""


@dataclass(frozen=True, slots=True)
class Season:
    """A range of days with a name: "2023–24"."""

    range: DayRange
    title: str


class OpeningReason(StrEnum):
    """Why a season is the one to open on."""

    CURRENT = "current"
    LATEST = "latest"
    EMPTY = "empty"


@dataclass(frozen=True, slots=True)
class SeasonChoice:
    """The season to open on, why, and how many dated events it holds."""

    season: Season
    reason: OpeningReason
    events: int


def season_of(day: date, *, first_month: int = FIRST_MONTH, last_month: int = LAST_MONTH) -> Season:
    """The season of a day; between two seasons, the one to come."""
    year = day.year if day.month > last_month or first_month <= last_month else day.year - 1
    if first_month <= last_month < day.month:
        year += 1
    return season_from(year, first_month=first_month, last_month=last_month)


def season_from(year: int, *, first_month: int = FIRST_MONTH, last_month: int = LAST_MONTH) -> Season:
    """The season that begins in that year, or in the nearest that the calendar holds whole."""
    year = min(max(year, MINYEAR), MAXYEAR - 1)
    last_year = year if first_month <= last_month else year + 1
    last_day = calendar.monthrange(last_year, last_month)[1]
    title = str(year) if last_year == year else f"{year}–{last_year % 100:02}"
    return Season(DayRange(date(year, first_month, 1), date(last_year, last_month, last_day)), title)


def choose_opening(dated_days: Iterable[date], today: date) -> SeasonChoice:
    """Which season to open on: the current one if enough events begin in it, else the latest that has enough."""
    counts: dict[int, int] = {}
    for day in dated_days:
        season = season_of(day)
        if day in season.range:
            counts[season.range.first.year] = counts.get(season.range.first.year, 0) + 1
    current = season_of(today)
    year = current.range.first.year
    if counts.get(year, 0) >= ENOUGH_EVENTS:
        return SeasonChoice(current, OpeningReason.CURRENT, counts[year])
    full = [year for year, count in counts.items() if count >= ENOUGH_EVENTS]
    if full:
        return SeasonChoice(season_from(max(full)), OpeningReason.LATEST, counts[max(full)])
    return SeasonChoice(current, OpeningReason.EMPTY, counts.get(year, 0))
