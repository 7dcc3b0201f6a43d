"""Seasons, and which one a fresh window opens on."""

from datetime import date

import pytest

from scplanner.domain.seasons import OpeningReason, choose_opening, season_from, season_of
from scplanner.domain.temporal import DayRange


@pytest.mark.parametrize(
    ("day", "title"),
    [
        (date(2023, 9, 1), "2023–24"),
        (date(2024, 6, 30), "2023–24"),
        (date(2024, 7, 1), "2024–25"),
        (date(2024, 8, 31), "2024–25"),
        (date(2024, 9, 1), "2024–25"),
        (date(1999, 10, 1), "1999–00"),
    ],
)
def test_a_day_belongs_to_the_season_it_is_in_or_before(day, title):
    assert season_of(day).title == title


def test_a_season_runs_from_september_to_june():
    assert season_from(2023).range == DayRange(date(2023, 9, 1), date(2024, 6, 30))


def test_a_season_within_one_year_is_named_by_it():
    spring = season_of(date(2024, 11, 1), first_month=2, last_month=10)
    assert (spring.title, spring.range) == ("2025", DayRange(date(2025, 2, 1), date(2025, 10, 31)))
    assert season_of(date(2024, 1, 5), first_month=2, last_month=10).title == "2024"
    assert season_of(date(2024, 9, 5), first_month=10, last_month=9).title == "2023–24"


def test_the_current_season_is_opened_if_it_is_filled():
    choice = choose_opening([date(2023, 10, n + 1) for n in range(8)], date(2023, 12, 1))
    assert (choice.season.title, choice.reason, choice.events) == ("2023–24", OpeningReason.CURRENT, 8)


def test_else_the_latest_that_is():
    days = (
        [date(2021, 10, n + 1) for n in range(20)] + [date(2023, 10, n + 1) for n in range(8)] + [date(2026, 10, 1)] * 7
    )
    choice = choose_opening(days, date(2026, 11, 1))
    assert (choice.season.title, choice.reason, choice.events) == ("2023–24", OpeningReason.LATEST, 8)


def test_an_empty_calendar_opens_on_the_current_season():
    choice = choose_opening([], date(2026, 8, 1))
    assert (choice.season.title, choice.reason, choice.events) == ("2026–27", OpeningReason.EMPTY, 0)


def test_summer_events_fill_no_season():
    assert choose_opening([date(2023, 7, n + 1) for n in range(20)], date(2023, 10, 1)).reason is OpeningReason.EMPTY


def test_seasons_end_where_the_calendar_does():
    assert season_of(date(1, 1, 1)).range.first == date(1, 9, 1)
    assert season_of(date(9999, 12, 31)).range.last == date(9999, 6, 30)
