"""What a drag means for the days and hours of an event."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from scplanner.domain.events import Occurrence, OccurrenceKey
from scplanner.domain.temporal import TimeSpan
from scplanner.ui.views.month.dragging import Drag, DragKind

FIRST, LAST = date(2023, 10, 18), date(2023, 10, 20)
ALL_DAY = Occurrence(OccurrenceKey(1), 1, "u", "E", FIRST, LAST + timedelta(1), FIRST, LAST)
ZONE = ZoneInfo("Europe/Lisbon")
TIMED = Occurrence(
    OccurrenceKey(2), 1, "v", "T", datetime(2023, 10, 18, 14, tzinfo=ZONE), datetime(2023, 10, 20, 12, tzinfo=ZONE), FIRST,
    LAST,
)  # fmt: skip


def test_a_move_shifts_all_days() -> None:
    drag = Drag(DragKind.MOVE, date(2023, 10, 19), date(2023, 10, 17), ALL_DAY)
    assert drag.days == (date(2023, 10, 16), date(2023, 10, 18))
    assert drag.span() == TimeSpan(date(2023, 10, 16), date(2023, 10, 19))
    assert drag.is_change


def test_an_end_cannot_pass_the_other() -> None:
    assert Drag(DragKind.END, LAST, date(2023, 10, 1), ALL_DAY).days == (FIRST, FIRST)
    assert Drag(DragKind.BEGIN, FIRST, date(2023, 10, 30), ALL_DAY).days == (LAST, LAST)
    assert not Drag(DragKind.END, LAST, LAST, ALL_DAY).is_change


def test_hours_stay_as_they_are() -> None:
    longer = Drag(DragKind.END, LAST, date(2023, 10, 22), TIMED).span()
    assert longer == TimeSpan(TIMED.start, datetime(2023, 10, 22, 12, tzinfo=ZONE))
    earlier = Drag(DragKind.BEGIN, FIRST, date(2023, 10, 17), TIMED).span()
    assert earlier == TimeSpan(datetime(2023, 10, 17, 14, tzinfo=ZONE), TIMED.end)


def test_the_end_never_comes_before_the_start() -> None:
    shortest = Drag(DragKind.END, LAST, FIRST, TIMED).span()
    assert shortest == TimeSpan(TIMED.start, TIMED.start)
    late = Drag(DragKind.BEGIN, FIRST, LAST, TIMED).span()
    assert late.effective_end == late.start


def test_over_free_days_either_way_round() -> None:
    drag = Drag(DragKind.CREATE, date(2023, 10, 5), date(2023, 10, 3))
    assert drag.span() == TimeSpan(date(2023, 10, 3), date(2023, 10, 6))
