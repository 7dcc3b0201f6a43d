"""Rows and columns of the agenda."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from scplanner.domain.events import Occurrence, OccurrenceKey
from scplanner.ui.views.agenda.layout import Column, Section, column_widths, rows_of

NATURAL = {
    Column.DATES: 150, Column.PLACE: 200, Column.DECISION: 110, Column.REGISTRATION: 110, Column.DEADLINE: 180,
}  # fmt: skip
ALL = frozenset(Column)


def event(number: int, first: date, last: date | None = None, *, is_vague: bool = False) -> Occurrence:
    start = None if is_vague else first
    return Occurrence(OccurrenceKey(number), 1, f"u{number}", f"E{number}", start, None, first, last or first)


def test_vague_events_end_their_month_and_the_unknown_ends_the_list() -> None:
    rows = rows_of(
        [
            event(1, date.max, date.max, is_vague=True),
            event(2, date(2027, 9, 1), date(2027, 9, 30), is_vague=True),
            event(3, date(2027, 9, 29)),
            event(4, date(2027, 10, 1)),
        ]
    )
    told = [row.month if isinstance(row, Section) else row.key.event_id for row in rows]
    assert told == [date(2027, 9, 1), 3, 2, date(2027, 10, 1), 4, None, 1]


def test_what_has_no_certain_month_has_a_heading_of_its_own() -> None:
    rows = rows_of(
        [
            event(1, date(2027, 1, 1), date(2027, 12, 31), is_vague=True),
            event(2, date(2027, 12, 1), date(2027, 12, 31), is_vague=True),
            event(3, date(2027, 12, 5)),
            event(4, date(2028, 1, 1)),
        ]
    )
    december = date(2027, 12, 1)
    assert [row if isinstance(row, Section) else row.key.event_id for row in rows] == [
        Section(december), 3, 2, Section(december, is_open=True), 1, Section(date(2028, 1, 1)), 4,
    ]  # fmt: skip


def test_columns_give_way_one_after_the_other() -> None:
    assert list(column_widths(1200, NATURAL, ALL, 250)) == list(Column)
    assert Column.REGISTRATION not in column_widths(900, NATURAL, ALL, 250)
    assert list(column_widths(420, NATURAL, ALL, 250)) == [Column.DATES, Column.EVENT]
    assert list(column_widths(100, NATURAL, ALL, 250)) == [Column.DATES, Column.EVENT]


def test_a_column_that_is_not_wanted_is_not_there() -> None:
    assert Column.PLACE not in column_widths(2000, NATURAL, ALL - {Column.PLACE}, 250)


@given(width=st.integers(400, 3000))
def test_columns_fill_the_width(width: int) -> None:
    assert sum(column_widths(width, NATURAL, ALL, 250).values()) == width


@given(days=st.lists(st.integers(0, 3000), max_size=80))
def test_every_event_has_one_row_under_its_own_month(days: list[int]) -> None:
    events = [event(number, date(2020, 1, 1) + timedelta(days=day)) for number, day in enumerate(days)]
    rows = rows_of(events)
    assert sum(isinstance(row, Occurrence) for row in rows) == len(events)
    month = None
    months = []
    for row in rows:
        if isinstance(row, Section):
            month = row.month
            months.append(month)
        else:
            assert month == row.first_day.replace(day=1)
    assert months == sorted(set(months))
