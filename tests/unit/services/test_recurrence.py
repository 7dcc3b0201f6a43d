"""Working series out as far as somebody looks: whatever was looked at before, the days asked for are whole."""

from datetime import date

from scplanner.domain.events import Event
from scplanner.domain.query import EventFilter
from scplanner.domain.temporal import DayRange
from scplanner.services import events, queries, recurrence

SOON = DayRange(date(2030, 1, 1), date(2030, 1, 5))
EVER = DayRange(date(2, 1, 1), date(9998, 12, 31))


def count_in(ws, days):
    recurrence.cover(ws, days)
    assert recurrence.cover(ws, days) == 0
    return len(queries.agenda(ws, EventFilter(range=days)))


def daily(ws, start=date(2000, 1, 1)):
    events.create_event(ws, Event(0, 0, "", summary="Stand-up", start=start, rrule="FREQ=DAILY"))


def test_a_look_at_all_of_time_hides_no_later_day(ws):
    daily(ws)
    assert count_in(ws, EVER) == 10_000
    assert count_in(ws, SOON) == 5


def test_a_range_that_grew_too_long_is_followed_where_one_looks(ws):
    daily(ws)
    assert count_in(ws, DayRange(date(2000, 1, 1), date(2001, 12, 31))) == 731
    assert count_in(ws, DayRange(date(2040, 1, 1), date(2040, 1, 31))) == 31
    assert count_in(ws, DayRange(date(2000, 1, 1), date(2000, 1, 31))) == 31


def test_a_series_that_can_be_followed_whole_is_not_worked_out_again(ws):
    daily(ws, start=date(2027, 1, 1))
    wide = DayRange(date(2026, 1, 1), date(2030, 1, 31))
    assert count_in(ws, wide) == 1127
    assert recurrence.cover(ws, SOON) == 0
