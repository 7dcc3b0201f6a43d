"""Where pieces of a month lie: tables for what is known, Hypothesis for what must always hold."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scplanner.domain.events import Occurrence, OccurrenceKey
from scplanner.domain.temporal import DayRange, When
from scplanner.ui.views.month.layout import (
    BESIDE_NUMBER,
    Piece,
    PieceKind,
    is_item,
    layout,
    main_month,
    month_weeks,
    on_day,
    week_count,
    week_start,
)

OCTOBER = month_weeks(date(2023, 10, 10), 0)


def bar(number: int, first: date, days: int = 1, title: str = "") -> Occurrence:
    last = first + timedelta(days=days - 1)
    end: When = last + timedelta(days=1)
    return Occurrence(OccurrenceKey(number), 1, f"u{number}", title or f"E{number}", first, end, first, last)


def timed(number: int, day: date, hour: int, title: str = "") -> Occurrence:
    start = datetime(day.year, day.month, day.day, hour, tzinfo=ZoneInfo("Europe/Lisbon"))
    end = start + timedelta(minutes=30)
    return Occurrence(OccurrenceKey(number), 1, f"u{number}", title or f"T{number}", start, end, day, day)


def vague(number: int, first: date, last: date) -> Occurrence:
    return Occurrence(OccurrenceKey(number), 1, f"u{number}", f"V{number}", None, None, first, last, "October 2023")


def events(pieces: list[Piece]) -> list[tuple[str, int, int, int, int]]:
    return [
        (piece.occurrence.summary, piece.week, piece.lane, piece.first, piece.last)
        for piece in pieces
        if piece.occurrence is not None
    ]


def test_the_weeks_of_a_month_begin_with_the_first_weekday() -> None:
    assert DayRange(date(2023, 9, 25), date(2023, 11, 5)) == OCTOBER
    assert month_weeks(date(2023, 10, 10), 6) == DayRange(date(2023, 10, 1), date(2023, 11, 4))
    assert week_count(OCTOBER) == 6
    assert week_start(date(2023, 10, 1), 6) == date(2023, 10, 1)
    assert month_weeks(date(2021, 2, 1), 0) == DayRange(date(2021, 2, 1), date(2021, 2, 28))


def test_the_main_month_is_the_one_with_most_days() -> None:
    assert main_month(OCTOBER) == date(2023, 10, 1)
    assert main_month(DayRange(date(2023, 10, 16), date(2023, 11, 26))) == date(2023, 11, 1)


def test_an_empty_month_has_its_days_only() -> None:
    pieces = layout([], OCTOBER, 0, 3)
    assert len(pieces) == 42
    assert {piece.kind for piece in pieces} == {PieceKind.DAY}
    assert pieces[0].day == date(2023, 9, 25)
    assert pieces[-1].day == date(2023, 11, 5)


def test_the_week_of_the_picture() -> None:
    week = DayRange(date(2023, 10, 9), date(2023, 10, 15))
    pieces = layout(
        [
            bar(1, date(2023, 10, 9), 4, "European Week of Regions"),
            bar(2, date(2023, 10, 10), 3, "Portugal Smart Cities Summit"),
            bar(3, date(2023, 10, 12), 3, "Smart City Expo Shanghai"),
            timed(4, date(2023, 10, 10), 14, "Call"),
        ],
        week,
        0,
        4,
    )
    assert events(pieces) == [
        ("European Week of Regions", 0, 0, 0, 3),
        ("Portugal Smart Cities Summit", 0, 1, 1, 3),
        ("Call", 0, 2, 1, 1),
        ("Smart City Expo Shanghai", 0, 2, 3, 5),
    ]


def test_an_event_over_three_weeks_has_three_parts_even_when_one_is_seen() -> None:
    long = bar(1, date(2023, 10, 6), 14)
    pieces = [piece for piece in layout([long], OCTOBER, 0, 3) if piece.occurrence]
    assert [(piece.week, piece.first, piece.last, piece.part, piece.parts) for piece in pieces] == [
        (1, 4, 6, 1, 3), (2, 0, 6, 2, 3), (3, 0, 3, 3, 3),
    ]  # fmt: skip
    assert pieces[0].starts_here
    assert not pieces[0].ends_here
    assert pieces[2].last_day == date(2023, 10, 19)
    (middle,) = (p for p in layout([long], DayRange(date(2023, 10, 9), date(2023, 10, 15)), 0, 3) if p.occurrence)
    assert (middle.part, middle.parts) == (2, 3)


def test_items_follow_their_time_and_bars_go_first() -> None:
    day = date(2023, 10, 5)
    pieces = layout([timed(1, day, 16), timed(2, day, 9), bar(3, day)], OCTOBER, 0, 3)
    assert [name for name, *_ in events(pieces)] == ["E3", "T2", "T1"]


def test_a_timed_event_over_midnight_is_a_bar() -> None:
    night = Occurrence(
        OccurrenceKey(1), 1, "u", "Night", datetime.fromisoformat("2023-10-05T22:00"),
        datetime.fromisoformat("2023-10-06T02:00"), date(2023, 10, 5),
        date(2023, 10, 6),
    )  # fmt: skip
    assert not is_item(night)


def test_what_does_not_fit_is_counted_on_each_day() -> None:
    week = DayRange(date(2023, 10, 9), date(2023, 10, 15))
    pieces = layout([bar(n, date(2023, 10, 9), 3) for n in range(1, 4)], week, 0, 2)
    assert events(pieces) == [("E1", 0, 0, 0, 2), ("E2", 0, 1, 0, 2)]
    more = [(piece.first, piece.lane, piece.hidden) for piece in pieces if piece.kind is PieceKind.MORE]
    assert more == [(column, BESIDE_NUMBER, 1) for column in range(3)]


def test_a_bar_without_room_on_one_day_is_shown_on_the_others() -> None:
    week = DayRange(date(2023, 10, 9), date(2023, 10, 15))
    crowd = [bar(n, date(2023, 10, 8), 2) for n in range(1, 3)]
    pieces = layout([*crowd, bar(9, date(2023, 10, 9), 3, "Shown later")], week, 0, 2)
    piece = next(piece for piece in pieces if piece.occurrence and piece.occurrence.summary == "Shown later")
    assert (piece.lane, piece.first, piece.last) == (0, 1, 2)
    assert not piece.starts_here
    assert piece.ends_here
    assert [(p.first, p.hidden) for p in pieces if p.kind is PieceKind.MORE] == [(0, 1)]


def test_without_a_lane_the_count_stands_beside_the_number() -> None:
    pieces = layout([bar(1, date(2023, 10, 9))], OCTOBER, 0, 0)
    (more,) = (piece for piece in pieces if piece.kind is PieceKind.MORE)
    assert (more.lane, more.hidden) == (BESIDE_NUMBER, 1)


def test_vague_events_stand_on_no_day() -> None:
    unsure = vague(1, date(2023, 10, 1), date(2023, 10, 31))
    assert not events(layout([unsure], OCTOBER, 0, 3))
    assert on_day([unsure], date(2023, 10, 5)) == []


def test_days_count_what_touches_them() -> None:
    days = {p.day: p.count for p in layout([bar(1, date(2023, 10, 9), 2), timed(2, date(2023, 10, 9), 9)], OCTOBER, 0, 1)
            if p.kind is PieceKind.DAY}  # fmt: skip
    assert days[date(2023, 10, 9)] == 2
    assert days[date(2023, 10, 10)] == 1
    assert days[date(2023, 10, 11)] == 0


START = date(2023, 9, 1)
OCCURRENCES = st.lists(
    st.tuples(st.integers(0, 90), st.integers(1, 30), st.booleans(), st.integers(0, 23)), max_size=60
).map(
    lambda rows: [
        timed(number, START + timedelta(days=day), hour)
        if is_timed
        else bar(number, START + timedelta(days=day), length, f"E{number % 5}")
        for number, (day, length, is_timed, hour) in enumerate(rows, 1)
    ]
)


@pytest.mark.parametrize("first_weekday", [0, 5, 6])
@given(occurrences=OCCURRENCES, lanes=st.integers(0, 7))
def test_nothing_overlaps_and_everything_is_placed_or_counted(
    first_weekday: int, occurrences: list[Occurrence], lanes: int
) -> None:
    weeks = month_weeks(date(2023, 10, 10), first_weekday)
    pieces = layout(occurrences, weeks, first_weekday, lanes)
    cells: set[tuple[int, int, int]] = set()
    shown: dict[date, int] = {}
    for piece in pieces:
        assert 0 <= piece.first <= piece.last <= 6
        assert piece.day == weeks.first + timedelta(days=7 * piece.week + piece.first)
        if piece.kind is PieceKind.DAY:
            continue
        assert piece.lane < lanes or piece.lane == BESIDE_NUMBER
        for column in range(piece.first, piece.last + 1):
            assert (piece.week, piece.lane, column) not in cells
            cells.add((piece.week, piece.lane, column))
            day = weeks.first + timedelta(days=7 * piece.week + column)
            shown[day] = shown.get(day, 0) + (piece.hidden if piece.kind is PieceKind.MORE else 1)
        if piece.occurrence is not None:
            assert piece.occurrence.first_day <= piece.day
            assert piece.last_day <= piece.occurrence.last_day
            assert 1 <= piece.part <= piece.parts
    for offset in range((weeks.last - weeks.first).days + 1):
        day = weeks.first + timedelta(days=offset)
        assert shown.get(day, 0) == len(on_day(occurrences, day))


@given(occurrences=OCCURRENCES)
def test_the_order_of_what_is_given_does_not_matter(occurrences: list[Occurrence]) -> None:
    assert layout(occurrences, OCTOBER, 0, 4) == layout(reversed(occurrences), OCTOBER, 0, 4)
