"""The rule of a series that is moved says what the series then does."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from scplanner.services.moved_rules import moved_rule

MADRID = ZoneInfo("Europe/Madrid")


@pytest.mark.parametrize(
    ("rule", "before", "after", "moved"),
    [
        ("FREQ=WEEKLY;COUNT=4", date(2027, 1, 4), date(2027, 1, 6), "FREQ=WEEKLY;COUNT=4"),
        ("FREQ=WEEKLY;BYDAY=MO,SU", date(2027, 1, 4), date(2027, 1, 5), "FREQ=WEEKLY;BYDAY=TU,MO"),
        ("FREQ=WEEKLY;INTERVAL=2;BYDAY=TU,SU;WKST=SU", date(2027, 1, 5), date(2027, 1, 4), "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,SA;WKST=SA"),
        ("FREQ=WEEKLY;UNTIL=20270429", date(2027, 3, 4), date(2027, 3, 5), "FREQ=WEEKLY;UNTIL=20270430"),
        ("FREQ=MONTHLY;BYDAY=-1FR", date(2027, 1, 29), date(2027, 1, 28), "FREQ=MONTHLY;BYDAY=-1TH"),
        ("FREQ=MONTHLY;BYDAY=2TU", date(2027, 1, 12), date(2027, 1, 20), "FREQ=MONTHLY;BYDAY=3WE"),
        ("FREQ=MONTHLY;BYDAY=2TU", date(2027, 1, 12), date(2027, 1, 29), "FREQ=MONTHLY;BYDAY=-1FR"),
        ("FREQ=MONTHLY;BYDAY=2TU", date(2027, 1, 10), date(2027, 1, 11), "FREQ=MONTHLY;BYDAY=2TU"),
        ("FREQ=MONTHLY;BYMONTHDAY=31", date(2027, 1, 31), date(2027, 1, 30), "FREQ=MONTHLY;BYMONTHDAY=30"),
        ("FREQ=YEARLY;BYMONTH=5;BYDAY=1MO", date(2027, 5, 3), date(2027, 6, 1), "FREQ=YEARLY;BYMONTH=6;BYDAY=1TU"),
        ("FREQ=DAILY;UNTIL=99991231T235959Z", date(2027, 5, 3), date(2027, 6, 1), "FREQ=DAILY;UNTIL=99991231T235959Z"),
        ("NONSENSE", date(2027, 5, 3), date(2027, 6, 1), "NONSENSE"),
        ("", date(2027, 5, 3), date(2027, 6, 1), ""),
    ],
)  # fmt: skip
def test_the_days_of_a_rule_go_along(rule, before, after, moved):
    assert moved_rule(rule, before, after) == moved


def test_the_end_goes_along_on_the_clock_of_the_series():
    before, after = datetime(2027, 3, 4, 9, tzinfo=MADRID), datetime(2027, 3, 4, 20, tzinfo=MADRID)
    # Nine in summer time becomes eight in the evening in summer time.
    assert moved_rule("FREQ=WEEKLY;UNTIL=20270401T070000Z", before, after) == "FREQ=WEEKLY;UNTIL=20270401T180000Z"
    assert moved_rule("FREQ=WEEKLY;UNTIL=20270401", before, after) == "FREQ=WEEKLY;UNTIL=20270401"


def test_an_end_just_before_the_hour_is_no_day_of_its_own():
    before = datetime(2027, 3, 4, 9, tzinfo=MADRID)
    assert moved_rule("FREQ=WEEKLY;UNTIL=20270401T065959Z", before, date(2027, 3, 4)) == "FREQ=WEEKLY;UNTIL=20270331"
    assert moved_rule("FREQ=WEEKLY;UNTIL=20270401T070000Z", before, date(2027, 3, 4)) == "FREQ=WEEKLY;UNTIL=20270401"
    back = moved_rule("FREQ=WEEKLY;UNTIL=20270401", date(2027, 3, 4), before)
    assert back == "FREQ=WEEKLY;UNTIL=20270401T215959Z"
