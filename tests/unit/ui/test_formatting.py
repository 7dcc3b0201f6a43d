"""Dates as people read them."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QLocale

from scplanner.domain.events import Deadline, DeadlineKind, Occurrence, OccurrenceKey
from scplanner.domain.temporal import TimeSpan
from scplanner.ui import formatting
from scplanner.ui.formatting import SpanText

LISBON, WARSAW, TOKYO = ZoneInfo("Europe/Lisbon"), ZoneInfo("Europe/Warsaw"), ZoneInfo("Asia/Tokyo")
IN_MONTH = (date(2023, 10, 18), date(2023, 10, 20))
OVER_MONTHS = (date(2023, 10, 30), date(2023, 11, 1))
OVER_YEARS = (date(2023, 12, 30), date(2024, 1, 2))
ONE_DAY = (date(2023, 10, 31), date(2023, 10, 31))


@pytest.mark.parametrize(
    ("locale", "days", "text"),
    [
        ("en_GB", IN_MONTH, "Wed 18 – Fri 20 October 2023"),
        ("en_GB", OVER_MONTHS, "Mon 30 October – Wed 1 November 2023"),
        ("en_GB", OVER_YEARS, "Sat 30 December 2023 – Tue 2 January 2024"),
        ("en_GB", ONE_DAY, "Tue 31 October 2023"),
        ("en_US", IN_MONTH, "Wed, October 18 – Fri, October 20, 2023"),
        ("en_US", OVER_YEARS, "Sat, December 30, 2023 – Tue, January 2, 2024"),
        ("de_DE", IN_MONTH, "Mi. 18. – Fr. 20. Oktober 2023"),
        ("es_ES", IN_MONTH, "mié 18 – vie 20 de octubre de 2023"),
        ("ja_JP", IN_MONTH, "2023年10月18日水 – 20日金"),
        ("ja_JP", OVER_MONTHS, "2023年10月30日月 – 11月1日水"),
        ("hu_HU", IN_MONTH, "2023. október 18., Sze – 20., P"),
        ("cs_CZ", OVER_MONTHS, "po 30. října – st 1. listopadu 2023"),
    ],
)
def test_days(locale: str, days: tuple[date, date], text: str) -> None:
    assert formatting.format_days(*days, locale=QLocale(locale)) == text


@pytest.mark.parametrize(
    ("locale", "days", "text"),
    [
        ("en_GB", IN_MONTH, "Wed 18 – Fri 20"),
        ("en_GB", ONE_DAY, "Tue 31"),
        ("en_GB", OVER_MONTHS, "Mon 30 Oct – Wed 1 Nov"),
        ("en_GB", OVER_YEARS, "Sat 30 Dec 2023 – Tue 2 Jan 2024"),
        ("en_US", IN_MONTH, "Wed 18 – Fri 20"),
        ("ko_KR", IN_MONTH, "18일 수 – 20일 금"),
    ],
)
def test_days_under_the_heading_of_their_month(locale: str, days: tuple[date, date], text: str) -> None:
    assert formatting.format_days_in_month(*days, locale=QLocale(locale)) == text


@pytest.mark.parametrize(
    ("locale", "text"),
    [("en_GB", "October 2023"), ("cs_CZ", "Říjen 2023"), ("zh_CN", "2023年10月"), ("hu_HU", "2023. október")],
)
def test_titles_of_months(locale: str, text: str) -> None:
    assert formatting.format_month(date(2023, 10, 1), locale=QLocale(locale)) == text


def test_titles_of_ranges_of_months() -> None:
    english = QLocale("en_GB")
    assert formatting.format_months(date(2023, 9, 4), date(2024, 6, 1), locale=english) == "September 2023 – June 2024"
    assert formatting.format_months(date(2023, 9, 4), date(2023, 9, 5), locale=english) == "September 2023"


def test_spoken_days() -> None:
    english = QLocale("en_GB")
    assert formatting.spoken_day(date(2023, 11, 7), locale=english) == "Tuesday 7 November"
    assert formatting.spoken_days(date(2023, 11, 7), date(2023, 11, 9), locale=english) == "7 to 9 November 2023"
    assert formatting.spoken_days(date(2023, 11, 7), date(2023, 11, 7), locale=english) == "7 November 2023"


def at(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2023, 10, day, hour, minute, tzinfo=LISBON)


@pytest.mark.parametrize(
    ("span", "home", "text"),
    [
        (TimeSpan(date(2023, 10, 18), date(2023, 10, 21)), WARSAW, SpanText("Wed 18 – Fri 20 October 2023")),
        (TimeSpan(date(2023, 10, 18)), WARSAW, SpanText("Wed 18 October 2023")),
        (TimeSpan(at(18, 9, 30), at(18, 11)), LISBON, SpanText("Wed 18 October 2023, 09:30 – 11:00")),
        (TimeSpan(at(18, 9, 30)), None, SpanText("Wed 18 October 2023, 09:30")),
        (
            TimeSpan(at(18, 9, 30), at(18, 11)),
            WARSAW,
            SpanText("Wed 18 October 2023, 09:30 – 11:00 (Europe/Lisbon)", "10:30 – 12:00 (Europe/Warsaw)"),
        ),
        (
            TimeSpan(at(18, 20), at(18, 21)),
            TOKYO,
            SpanText(
                "Wed 18 October 2023, 20:00 – 21:00 (Europe/Lisbon)",
                "Thu 19 October 2023, 04:00 – 05:00 (Asia/Tokyo)",
            ),
        ),
        (TimeSpan(at(18, 20), at(19, 0)), None, SpanText("Wed 18 October 2023, 20:00 – 00:00")),
        (TimeSpan(at(18, 9), at(20, 17)), None, SpanText("Wed 18 October, 09:00 – Fri 20 October 2023, 17:00")),
        (
            TimeSpan(datetime.fromisoformat("2023-10-18T09:00"), datetime.fromisoformat("2023-10-18T10:00")),
            TOKYO,
            SpanText("Wed 18 October 2023, 09:00 – 10:00"),
        ),
    ],
)
def test_spans(span: TimeSpan, home: ZoneInfo | None, text: SpanText) -> None:
    assert formatting.format_span(span, home=home, locale=QLocale("en_GB")) == text


def test_a_vague_date_is_told_in_its_own_words() -> None:
    event = Occurrence(OccurrenceKey(1), 1, "u", "E", None, None, date(2027, 9, 1), date(2027, 9, 30), "September 2027")
    assert formatting.format_occurrence(event).own == "September 2027"
    unknown = Occurrence(OccurrenceKey(1), 1, "u", "E", None, None, date.max, date.max)
    assert formatting.format_occurrence(unknown).own == "To be announced"


def test_the_time_is_the_one_of_the_day_it_is_shown_on() -> None:
    start = at(18, 20)
    here = Occurrence(OccurrenceKey(1), 1, "u", "E", start, None, date(2023, 10, 18), date(2023, 10, 18))
    there = Occurrence(OccurrenceKey(1), 1, "u", "E", start, None, date(2023, 10, 19), date(2023, 10, 19))
    english = QLocale("en_GB")
    assert formatting.start_time(here, TOKYO, locale=english) == "20:00"
    assert formatting.start_time(there, TOKYO, locale=english) == "04:00"


def test_a_deadline_names_its_year_only_when_it_is_another() -> None:
    english = QLocale("en_GB")
    due = Deadline(DeadlineKind.SLIDES, date(2023, 10, 11))
    assert formatting.format_due(due, date(2023, 10, 10), locale=english) == "11 Oct"
    assert formatting.format_due(due, date(2024, 1, 10), locale=english) == "11 Oct 2023"


def test_short_days_for_tables() -> None:
    english = QLocale("en_GB")
    assert formatting.format_plain_days(*IN_MONTH, locale=english, short=True) == "18 – 20 Oct 2023"
    assert formatting.format_plain_days(*ONE_DAY, locale=english, short=True) == "31 Oct 2023"


def test_a_moment_is_told_by_the_clock_of_this_computer() -> None:
    moment = datetime(2023, 10, 18, 9, 30).astimezone()
    assert formatting.format_moment(moment, locale=QLocale("en_GB")) == "18 Oct 2023, 09:30"


@pytest.mark.parametrize(("locale", "pattern"), [("en_GB", "ddd d MMM yyyy"), ("en_US", "ddd, MMM d, yyyy")])
def test_a_field_shows_a_day_in_the_order_of_the_locale(locale: str, pattern: str) -> None:
    assert formatting.day_pattern(locale=QLocale(locale)) == pattern


LOCALES = st.sampled_from(
    [locale.name() for locale in QLocale.matchingLocales(QLocale.Language.AnyLanguage, QLocale.Script.AnyScript,
                                                         QLocale.Country.AnyCountry)]
)  # fmt: skip


@given(name=LOCALES, first=st.dates(date(1990, 1, 1), date(2090, 1, 1)), days=st.integers(0, 500))
def test_every_locale_names_both_days_and_the_year(name: str, first: date, days: int) -> None:
    locale, last = QLocale(name), first + timedelta(days=days)
    text = formatting.format_days(first, last, locale=locale)
    for number in {first.day, last.day}:
        assert locale.toString(number) in text
    # Numbers of years are grouped by toString(int), so they are taken from a date.
    assert locale.toString(last, "yyyy") in text or locale.toString(first, "yyyy") in text
