"""Days as people say them, exclusive ends as the records keep them; and how deadlines stand."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scplanner.domain.temporal import TimeSpan, VagueDate
from scplanner.ui.editor.due import DueState, stand_of
from scplanner.ui.editor.sections.plan import amount_of
from scplanner.ui.editor.spans import form_of, moved_start, span_of, vague_of

OSLO = ZoneInfo("Europe/Oslo")
TODAY = date(2023, 10, 10)
DAYS = st.dates(date(1990, 1, 1), date(2100, 1, 1))


@given(DAYS, st.integers(1, 30))
def test_all_day_spans_come_back(first: date, days: int) -> None:
    span = TimeSpan(first, first + timedelta(days))
    form = form_of(span, None, TODAY, "UTC")
    assert (form.first, form.last) == (first, first + timedelta(days - 1))
    assert span_of(form, span) == span


@given(st.integers(7_300, 40_000), st.integers(0, 1439), st.integers(0, 5000))
def test_timed_spans_come_back(day: int, minute: int, minutes: int) -> None:
    start = datetime(1970, 1, 1, tzinfo=ZoneInfo("UTC")) + timedelta(days=day, minutes=minute)
    span = TimeSpan(start, start + timedelta(minutes=minutes))
    assert span_of(form_of(span, None, TODAY, "UTC"), span) == span


def test_an_all_day_event_never_becomes_a_midnight() -> None:
    span = span_of(form_of(TimeSpan(date(2023, 10, 18), date(2023, 10, 21)), None, TODAY, "Europe/Lisbon"))
    assert span is not None
    assert not isinstance(span.start, datetime)
    assert span.end == date(2023, 10, 21)


def test_the_end_is_never_before_the_start() -> None:
    form = form_of(TimeSpan(datetime(2023, 10, 3, 9, 0, tzinfo=OSLO)), None, TODAY, "UTC")
    wrong = replace(form, end_time=time(8, 0))
    span = span_of(wrong)
    assert span is not None
    assert span.effective_end == span.start


def test_a_zone_only_its_file_knows_is_kept() -> None:
    own = timezone(timedelta(hours=3), "Customized Time Zone")
    span = TimeSpan(datetime(2023, 10, 3, 9, 0, tzinfo=own), datetime(2023, 10, 3, 10, 0, tzinfo=own))
    moved = span_of(moved_start(form_of(span, None, TODAY, "UTC"), date(2023, 10, 4)), span)
    assert moved == span.moved(1)


def test_vague_dates_are_given_no_day() -> None:
    vague = VagueDate("autumn 2027", date(2027, 9, 1), date(2027, 11, 30))
    form = form_of(None, vague, TODAY, "UTC")
    assert form.is_vague
    assert span_of(form) is None
    assert vague_of(form) == vague
    assert vague_of(replace(form, earliest=vague.latest, latest=vague.earliest)) == vague


@pytest.mark.parametrize(
    ("due", "is_done", "matters", "state"),
    [
        (date(2023, 10, 9), False, True, DueState.OVERDUE),
        (date(2023, 10, 9), False, False, DueState.PASSED),
        (date(2023, 10, 9), True, True, DueState.DONE),
        (date(2023, 10, 10), False, True, DueState.SOON),
        (date(2023, 10, 11), False, True, DueState.SOON),
        (date(2023, 10, 11), False, False, DueState.LATER),
        (date(2023, 12, 1), False, True, DueState.LATER),
        # The ninth anywhere on earth ends on the tenth at 14:00 in Oslo.
        (datetime(2023, 10, 9, 23, 59, tzinfo=ZoneInfo("Etc/GMT+12")), False, True, DueState.SOON),
    ],
)
def test_how_deadlines_stand(due: date, is_done: bool, matters: bool, state: DueState) -> None:
    now = datetime(2023, 10, 10, 8, 0, tzinfo=UTC)
    assert stand_of(due, is_done=is_done, matters=matters, now=now, today=TODAY, home=OSLO).state is state


@pytest.mark.parametrize(
    ("typed", "amount"),
    [
        ("1200", "1200"), ("1 200,50", "1200.50"), ("1.200,50", "1200.50"), ("1,200.50", "1200.50"), ("1,200", "1200"),
        ("99.9", "99.9"), ("", ""), ("a lot", None), ("-5", None), ("1.2.3", None),
    ],
)  # fmt: skip
def test_amounts_as_people_type_them(typed: str, amount: str | None) -> None:
    assert amount_of(typed) == amount
