"""Where everything of a month lies, as plain Python: weeks, columns and lanes, no pixels and no Qt.

A `Piece` has exactly one place. An event over several weeks has one segment a week; what does not fit is
counted in a "+n more" of every day it touches, so that nothing is ever silently missing.
"""

from __future__ import annotations

from bisect import insort
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum

from scplanner.domain.events import Occurrence
from scplanner.domain.temporal import DayRange, is_date, sort_key

DAYS = 7
BESIDE_NUMBER = -1  # the lane of a day and of its "+n more", which takes no lane from the events


class PieceKind(Enum):
    """What a piece is."""

    DAY = "day"
    BAR = "bar"
    ITEM = "item"
    MORE = "more"


@dataclass(frozen=True, slots=True)
class Piece:
    """One rectangle of the month: a day, a segment of a bar, a timed item or a "+n more".

    `week` counts rows from the top, `first` and `last` are columns (inclusive) and `day` is the day of the first one.
    `part` of `parts` tells the segments of one event apart, counted over the whole event, shown or not. `hidden` is
    what a "+n more" stands for; a day bears how many events touch it in `count`.
    """

    kind: PieceKind
    week: int
    lane: int
    first: int
    last: int
    day: date
    occurrence: Occurrence | None = None
    part: int = 1
    parts: int = 1
    hidden: int = 0
    count: int = 0

    @property
    def starts_here(self) -> bool:
        """The segment holds the event's first day."""
        return self.occurrence is None or self.day == self.occurrence.first_day

    @property
    def ends_here(self) -> bool:
        """The segment holds the event's last day."""
        return self.occurrence is None or self.last_day == self.occurrence.last_day

    @property
    def last_day(self) -> date:
        """The day of its last column."""
        return self.day + timedelta(days=self.last - self.first)


def week_start(day: date, first_weekday: int) -> date:
    """The first day of its week; weekdays count from Monday = 0."""
    return day - timedelta(days=(day.weekday() - first_weekday) % DAYS)


def month_weeks(day: date, first_weekday: int) -> DayRange:
    """The whole weeks that the month of this day touches."""
    first = day.replace(day=1)
    last = (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)
    return weeks_of(DayRange(first, last), first_weekday)


def weeks_of(days: DayRange, first_weekday: int) -> DayRange:
    """The range widened to whole weeks."""
    return DayRange(
        week_start(days.first, first_weekday), week_start(days.last, first_weekday) + timedelta(days=DAYS - 1)
    )


def week_count(weeks: DayRange) -> int:
    """How many rows a range of whole weeks has."""
    return ((weeks.last - weeks.first).days + 1) // DAYS


def main_month(weeks: DayRange) -> date:
    """The first day of the month that owns most of the weeks shown; the earlier one of two equals."""
    counts: dict[date, int] = {}
    for offset in range((weeks.last - weeks.first).days + 1):
        month = (weeks.first + timedelta(days=offset)).replace(day=1)
        counts[month] = counts.get(month, 0) + 1
    return max(sorted(counts), key=lambda month: counts[month])


def is_item(occurrence: Occurrence) -> bool:
    """A timed event of one day: shown as dot and time instead of a bar."""
    start = occurrence.start
    return start is not None and not is_date(start) and occurrence.first_day == occurrence.last_day


def day_order(occurrence: Occurrence) -> tuple[object, ...]:
    """The order within a day: bars as they are packed, then timed items by their time."""
    if is_item(occurrence):
        assert occurrence.start is not None
        return (1, occurrence.first_day, sort_key(occurrence.start)[2], occurrence.summary, occurrence.key.event_id)
    length = (occurrence.last_day - occurrence.first_day).days
    return (0, occurrence.first_day, -length, occurrence.summary, occurrence.key.event_id, occurrence.key.recurrence_id)


def on_day(occurrences: Iterable[Occurrence], day: date) -> list[Occurrence]:
    """What stands on a day, in the order it is shown in; vague events stand on none."""
    return sorted(
        (each for each in occurrences if not each.is_vague and each.first_day <= day <= each.last_day), key=day_order
    )


def layout(
    occurrences: Iterable[Occurrence], weeks: DayRange, first_weekday: int, lanes: int | Sequence[int]
) -> list[Piece]:
    """Place the occurrences in the weeks: one list of pieces, in reading order (a day, then what begins on it).

    `lanes` is how many lanes fit below the day number, for all rows or for each. Bars are packed first-fit by first
    day, longer first, then title; timed items take what is left of their day, by time. Where a day has more than fits, it
    says so beside its number; a bar that has no room on some of its days is shown on the others. Vague events are left out: they
    stand on no day.
    """
    weeks = weeks_of(weeks, first_weekday)
    rows = week_count(weeks)
    fits = [lanes] * rows if isinstance(lanes, int) else list(lanes)
    by_week: list[list[Occurrence]] = [[] for _ in range(rows)]
    for occurrence in occurrences:
        if occurrence.is_vague or occurrence.last_day < weeks.first or occurrence.first_day > weeks.last:
            continue
        first_row = max(0, (occurrence.first_day - weeks.first).days // DAYS)
        last_row = min(rows - 1, (occurrence.last_day - weeks.first).days // DAYS)
        for row in range(first_row, last_row + 1):
            by_week[row].append(occurrence)
    pieces: list[Piece] = []
    for row, members in enumerate(by_week):
        monday = weeks.first + timedelta(days=row * DAYS)
        pieces.extend(_lay_out_week(row, monday, members, fits[row] if row < len(fits) else 0))
    return pieces


def _lay_out_week(row: int, start: date, members: list[Occurrence], fit: int) -> list[Piece]:
    placed: list[_Place] = []
    left_over: list[_Place] = []
    taken = [0] * max(fit, 0)  # a bit for each column, by lane
    counts = [0] * DAYS
    hidden = [0] * DAYS
    for occurrence in sorted(members, key=day_order):
        first = max(0, (occurrence.first_day - start).days)
        last = min(DAYS - 1, (occurrence.last_day - start).days)
        mask = ((1 << (last - first + 1)) - 1) << first
        for column in range(first, last + 1):
            counts[column] += 1
        for lane, used in enumerate(taken):
            if not used & mask:
                taken[lane] = used | mask
                placed.append(_Place(first, lane, last, occurrence))
                break
        else:
            left_over.append(_Place(first, BESIDE_NUMBER, last, occurrence))
            for column in range(first, last + 1):
                hidden[column] += 1
    if left_over:
        placed += _show_in_part(left_over, hidden, taken)
    columns: list[list[tuple[int, Piece]]] = [[] for _ in range(DAYS)]
    for place in placed:
        piece = _segment(row, place.lane, place.first, place.last, start, place.occurrence)
        insort(columns[place.first], (place.lane, piece), key=lambda entry: entry[0])
    pieces: list[Piece] = []
    for column in range(DAYS):
        day = start + timedelta(days=column)
        pieces.append(Piece(PieceKind.DAY, row, BESIDE_NUMBER, column, column, day, count=counts[column]))
        pieces.extend(piece for _, piece in columns[column])
        if hidden[column]:
            pieces.append(Piece(PieceKind.MORE, row, BESIDE_NUMBER, column, column, day, hidden=hidden[column]))
    return pieces


@dataclass(frozen=True, slots=True)
class _Place:
    """Columns and lane of an occurrence within a week."""

    first: int
    lane: int
    last: int
    occurrence: Occurrence

    @property
    def columns(self) -> range:
        return range(self.first, self.last + 1)


def _show_in_part(left_over: list[_Place], hidden: list[int], taken: list[int]) -> list[_Place]:
    """Show bars that have no room on all their days on the longest run of days that has room."""
    shown = []
    for place in left_over:
        best: tuple[int, int, int] | None = None  # first, lane, last
        for lane, used in enumerate(taken):
            run = 0
            for column in place.columns:
                run = 0 if used >> column & 1 else run + 1
                if run and (best is None or run > best[2] - best[0] + 1):
                    best = (column - run + 1, lane, column)
        if best is None:
            continue
        first, lane, last = best
        shown.append(_Place(first, lane, last, place.occurrence))
        for column in range(first, last + 1):
            taken[lane] |= 1 << column
            hidden[column] -= 1
    return shown


def _segment(row: int, lane: int, first: int, last: int, start: date, occurrence: Occurrence) -> Piece:
    day = start + timedelta(days=first)
    if is_item(occurrence):
        return Piece(PieceKind.ITEM, row, lane, first, last, day, occurrence)
    # `start` is the first day of some week, so whole weeks from it to the event's ends count its parts.
    before = -((occurrence.first_day - start).days // DAYS)
    after = (occurrence.last_day - start).days // DAYS
    return Piece(PieceKind.BAR, row, lane, first, last, day, occurrence, part=before + 1, parts=before + after + 1)
