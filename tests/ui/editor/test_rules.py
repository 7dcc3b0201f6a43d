"""Rules a form can hold, rules it must leave alone, and both in words."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scplanner.ui.editor.rule_words import rule_words
from scplanner.ui.editor.rules import WEEKDAYS, Frequency, SimpleRule, parse_rule, rule_text

OSLO = ZoneInfo("Europe/Oslo")
DAY = date(2023, 10, 3)
TIMED = datetime(2023, 10, 3, 9, 30, tzinfo=OSLO)
FLOATING = datetime(2023, 10, 3, 9, 30)  # noqa: DTZ001 - floating is what is tested


@pytest.mark.parametrize(
    ("rrule", "rule"),
    [
        ("FREQ=DAILY", SimpleRule(Frequency.DAILY)),
        ("FREQ=WEEKLY;INTERVAL=2;BYDAY=TH,MO", SimpleRule(Frequency.WEEKLY, 2, ("MO", "TH"))),
        ("FREQ=YEARLY;COUNT=5", SimpleRule(Frequency.YEARLY, count=5)),
        ("FREQ=MONTHLY;UNTIL=20240301", SimpleRule(Frequency.MONTHLY, until=date(2024, 3, 1))),
        ("freq=weekly;wkst=MO", SimpleRule(Frequency.WEEKLY)),
    ],
)
def test_simple_rules_are_read(rrule: str, rule: SimpleRule) -> None:
    assert parse_rule(rrule, DAY) == rule


@pytest.mark.parametrize(
    "rrule",
    [
        "FREQ=HOURLY", "FREQ=MONTHLY;BYDAY=3TH", "FREQ=MONTHLY;BYMONTHDAY=15", "FREQ=WEEKLY;BYSETPOS=1;BYDAY=MO",
        "FREQ=WEEKLY;INTERVAL=2;WKST=SU;BYDAY=MO", "FREQ=DAILY;INTERVAL=0", "FREQ=DAILY;COUNT=x", "FREQ=DAILY;UNTIL=soon",
        "", "nonsense",
    ],
)  # fmt: skip
def test_rules_the_form_would_lose_are_not_read(rrule: str) -> None:
    assert parse_rule(rrule, DAY) is None


def test_until_takes_the_type_of_the_start() -> None:
    rule = SimpleRule(Frequency.DAILY, until=date(2024, 1, 31))
    assert rule_text(rule, DAY) == "FREQ=DAILY;UNTIL=20240131"
    assert rule_text(rule, TIMED) == "FREQ=DAILY;UNTIL=20240131T225959Z"
    assert rule_text(rule, FLOATING) == "FREQ=DAILY;UNTIL=20240131T235959"


@given(
    st.builds(
        SimpleRule,
        st.just(Frequency.WEEKLY),
        st.integers(1, 99),
        st.sets(st.sampled_from(WEEKDAYS)).map(lambda days: tuple(day for day in WEEKDAYS if day in days)),
        st.one_of(st.none(), st.dates(date(1970, 1, 1), date(2100, 1, 1))),
    ),
    st.sampled_from((DAY, TIMED, FLOATING)),
)
def test_what_is_written_is_read_back(rule: SimpleRule, start: date) -> None:
    assert parse_rule(rule_text(rule, start), start) == rule


@pytest.mark.parametrize(
    ("rrule", "words"),
    [
        ("FREQ=WEEKLY;COUNT=8", "Every week, 8 times"),
        ("FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,WE", "Every 2 weeks on Monday and Wednesday"),
        ("FREQ=YEARLY;UNTIL=20300101", "Every year until 1 January 2030"),
        ("FREQ=MONTHLY;BYDAY=3TH", "Every month on the third Thursday"),
        ("FREQ=MONTHLY;BYDAY=-1FR;COUNT=4", "Every month on the last Friday, 4 times"),
        ("FREQ=MONTHLY;BYMONTHDAY=15", "Every month on day 15"),
        ("FREQ=DAILY;BYHOUR=9,17", "By a rule of its own: FREQ=DAILY;BYHOUR=9,17"),
    ],
)
def test_words(rrule: str, words: str) -> None:
    assert rule_words(rrule, DAY) == words
