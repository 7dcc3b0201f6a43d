"""Dates, times and sizes as people read them, by the locale. Only here does an exclusive end become a last day.

The locale's own long date pattern is taken apart and put together again, so that order, case and dots are right:
"Wed 18 – Fri 20 October 2023", "Mi. 18. – Fr. 20. Oktober 2023", "Wed, October 18 – Fri, October 20, 2023".
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, time, tzinfo
from functools import lru_cache

from PySide6.QtCore import QCoreApplication, QDate, QLocale, QTime

from scplanner.domain.events import Deadline, Occurrence
from scplanner.domain.temporal import TimeSpan, day_of, in_zone, zone_name

_TOKENS = re.compile(r"'(?:[^']|'')*'|d+|M+|y+|[^dMy']+")
_RANGE = " – "


@dataclass(frozen=True, slots=True)
class SpanText:
    """When something is: at its place, and `mine` in the reader's zone if that reads differently (else empty)."""

    own: str
    mine: str = ""


@dataclass(frozen=True, slots=True)
class _Patterns:
    """The date patterns of a locale, made from its long one.

    `head` is what the first of two days of one month is written with, `tail` the last; `head_year` and `tail_year` the
    same for two months of one year.
    """

    full: str
    no_year: str
    day: str
    head: str
    tail: str
    head_year: str
    tail_year: str


def format_days(first: date, last: date, *, locale: QLocale | None = None, short: bool = False) -> str:
    """Days with weekday, month and year: "Wed 18 – Fri 20 October 2023"; `short` abbreviates the months."""
    where = locale or QLocale()
    patterns = _patterns(where.name(), "MMM" if short else "MMMM", "ddd")
    return _range_text(first, last, patterns, where)


def format_plain_days(first: date, last: date, *, locale: QLocale | None = None, short: bool = False) -> str:
    """Days without weekdays, for lists and titles: "18 – 20 October 2023"; `short` abbreviates the months."""
    where = locale or QLocale()
    return _range_text(first, last, _patterns(where.name(), "MMM" if short else "MMMM", ""), where)


def format_days_in_month(first: date, last: date, *, locale: QLocale | None = None) -> str:
    """Days under a heading that names their month: "Tue 3 – Wed 4"; another month or year is named."""
    where = locale or QLocale()
    patterns = _patterns(where.name(), "MMM", "ddd")
    if first == last:
        return _text(first, patterns.day, where)
    if (first.year, first.month) == (last.year, last.month):
        return _text(first, patterns.day, where) + _RANGE + _text(last, patterns.day, where)
    if first.year == last.year:
        return _text(first, patterns.no_year, where) + _RANGE + _text(last, patterns.no_year, where)
    return _text(first, patterns.full, where) + _RANGE + _text(last, patterns.full, where)


def format_day(day: date, *, locale: QLocale | None = None) -> str:
    """One day in full: "Wed 18 October 2023"."""
    return format_days(day, day, locale=locale)


def format_short_day(day: date, *, locale: QLocale | None = None, year_of: date | None = None) -> str:
    """A day where room is short: "11 Oct"; with its year unless that is the one of `year_of`."""
    where = locale or QLocale()
    patterns = _patterns(where.name(), "MMM", "")
    return _text(day, patterns.no_year if year_of is None or year_of.year == day.year else patterns.full, where)


def format_month(day: date, *, locale: QLocale | None = None) -> str:
    """The title of a month: "October 2023"."""
    where = locale or QLocale()
    tokens = _TOKENS.findall(where.dateFormat(QLocale.FormatType.LongFormat))
    fields = [piece[0] for piece in tokens if piece[0] in "dMy"]
    if "M" in fields and "y" in fields and fields.index("y") < fields.index("M"):
        pattern = "".join(_without(_without(tokens, "dddd"), "d"))
        return _capitalised(_text(day, _trim(pattern), where))
    year = where.toString(QDate(day.year, day.month, 1), "yyyy")
    return _capitalised(f"{where.standaloneMonthName(day.month)} {year}")


def format_months(first: date, last: date, *, locale: QLocale | None = None) -> str:
    """The title of a range of months: "September 2023 – June 2024"."""
    one, other = format_month(first, locale=locale), format_month(last, locale=locale)
    return one if one == other else one + _RANGE + other


def format_time(moment: datetime | time, *, locale: QLocale | None = None) -> str:
    """A time of day: "09:30"."""
    where = locale or QLocale()
    return where.toString(QTime(moment.hour, moment.minute), where.timeFormat(QLocale.FormatType.ShortFormat))


def format_span(span: TimeSpan, *, home: tzinfo | None = None, locale: QLocale | None = None) -> SpanText:
    """A span in full, in its own zone and then in the reader's: all-day, timed, over several days.

    "Wed 18 October 2023, 09:30 – 11:00 (Europe/Lisbon)", "10:30 – 12:00 (Europe/Warsaw)". The zone is named only where
    the reader's clock shows something else; without `home` it is not compared.
    """
    start, end = span.start, span.effective_end
    if not isinstance(start, datetime) or not isinstance(end, datetime):
        return SpanText(format_days(*span.days_in(None), locale=locale))
    own = _times(start, end, locale)
    if start.tzinfo is None or home is None:
        return SpanText(own)
    my_start, my_end = in_zone(start, home), in_zone(end, home)
    assert isinstance(my_start, datetime) and isinstance(my_end, datetime)
    if my_start.replace(tzinfo=None) == start.replace(tzinfo=None):
        return SpanText(own)
    same_day = my_start.date() == start.date() and my_end.date() == end.date()
    mine = (
        _hours(my_start, my_end, locale)
        if same_day and start.date() == end.date()
        else _times(my_start, my_end, locale)
    )
    return SpanText(f"{own} ({zone_name(start.tzinfo)})", f"{mine} ({zone_name(home)})")


def format_occurrence(occurrence: Occurrence, *, home: tzinfo | None = None, locale: QLocale | None = None) -> SpanText:
    """When an occurrence is, or the words its date is only known by."""
    span = occurrence.span
    if span is None:
        return SpanText(occurrence.date_text or QCoreApplication.translate("Formatting", "To be announced"))
    return format_span(span, home=home, locale=locale)


def start_time(occurrence: Occurrence, home: tzinfo | None, *, locale: QLocale | None = None) -> str:
    """The time a timed event begins, by the clock of the day it is shown on; empty for dates."""
    start = occurrence.start
    if start is None or not isinstance(start, datetime):
        return ""
    if start.date() != occurrence.first_day and home is not None:
        start = in_zone(start, home)
        assert isinstance(start, datetime)
    return format_time(start, locale=locale)


def format_due(deadline: Deadline, today: date, *, locale: QLocale | None = None) -> str:
    """When something is due: "11 Oct", with its year if it is not this one's."""
    return format_short_day(day_of(deadline.due), locale=locale, year_of=today)


def format_moment(moment: datetime, *, locale: QLocale | None = None) -> str:
    """A moment by the clock of this computer: "18 Oct 2023, 09:30"."""
    here = moment.astimezone()
    return (
        f"{format_plain_days(here.date(), here.date(), locale=locale, short=True)}, {format_time(here, locale=locale)}"
    )


def format_size(size: int, *, locale: QLocale | None = None) -> str:
    """The size of a file: "1.2 MB"."""
    return (locale or QLocale()).formattedDataSize(size, 1, QLocale.DataSizeFormat.DataSizeTraditionalFormat)


def day_pattern(*, locale: QLocale | None = None) -> str:
    """How a field for a day shows it: "ddd d MMM yyyy", in the order of the locale."""
    return _patterns((locale or QLocale()).name(), "MMM", "ddd").full


def spoken_day(day: date, *, locale: QLocale | None = None) -> str:
    """A day to be read aloud: "Tuesday 7 November"."""
    where = locale or QLocale()
    return _text(day, _patterns(where.name(), "MMMM", "dddd").no_year, where)


def spoken_days(first: date, last: date, *, locale: QLocale | None = None) -> str:
    """Days to be read aloud: "7 to 9 November 2023"."""
    where = locale or QLocale()
    patterns = _patterns(where.name(), "MMMM", "")
    if first == last:
        return _text(first, patterns.full, where)
    one, other = _pair(first, last, patterns)
    words = QCoreApplication.translate("Formatting", "{first} to {last}")
    return words.format(first=_text(first, one, where), last=_text(last, other, where))


def _times(start: datetime, end: datetime, locale: QLocale | None) -> str:
    """Day and hours; with a day at each end where there are two."""
    overnight = end.date() == start.date() or (end.time() == time() and (end.date() - start.date()).days == 1)
    if overnight:
        return f"{format_day(start.date(), locale=locale)}, {_hours(start, end, locale)}"
    where = locale or QLocale()
    patterns = _patterns(where.name(), "MMMM", "ddd")
    same_year = start.year == end.year and patterns.full.find("y") > patterns.full.find("M")
    head = _text(start.date(), patterns.no_year if same_year else patterns.full, where)
    tail = _text(end.date(), patterns.full, where)
    return f"{head}, {format_time(start, locale=where)}{_RANGE}{tail}, {format_time(end, locale=where)}"


def _hours(start: datetime, end: datetime, locale: QLocale | None) -> str:
    begin = format_time(start, locale=locale)
    return begin if end == start else begin + _RANGE + format_time(end, locale=locale)


def _range_text(first: date, last: date, patterns: _Patterns, locale: QLocale) -> str:
    if first >= last:
        return _text(first, patterns.full, locale)
    one, other = _pair(first, last, patterns)
    return _text(first, one, locale) + _RANGE + _text(last, other, locale)


def _pair(first: date, last: date, patterns: _Patterns) -> tuple[str, str]:
    if first.year != last.year:
        return patterns.full, patterns.full
    if first.month != last.month:
        return patterns.head_year, patterns.tail_year
    return patterns.head, patterns.tail


def _text(day: date, pattern: str, locale: QLocale) -> str:
    return locale.toString(QDate(day.year, day.month, day.day), pattern)


def _capitalised(text: str) -> str:
    return text[:1].upper() + text[1:]


@lru_cache(maxsize=64)
def _patterns(locale_name: str, month: str, weekday: str) -> _Patterns:
    """Take the long pattern of a locale apart; `weekday` "" leaves it out, `month` "MMM" abbreviates."""
    tokens = _TOKENS.findall(QLocale(locale_name).dateFormat(QLocale.FormatType.LongFormat))
    kinds = [piece[0] for piece in tokens if piece[0] in "dMy" and piece != "dddd"]
    day_first = kinds.index("d") < kinds.index("M") < kinds.index("y") if sorted(kinds) == ["M", "d", "y"] else False
    year_first = bool(kinds) and kinds[0] == "y"
    if not weekday:
        tokens = _without(tokens, "dddd")
    elif day_first and len(tokens) > 1 and tokens[0] == "dddd":
        # "Wed, 18 October" has a comma to no use once the weekday stands so close to its day.
        tokens[1] = tokens[1].replace(",", "").replace("،", "")
    tokens = [weekday if piece == "dddd" else month if piece == "MMMM" else piece for piece in tokens]
    yearless = _without(tokens, "y")
    day_only = _day_only(yearless)
    full, no_year, day = ("".join(part) for part in (tokens, yearless, day_only))
    full, no_year, day = _trim(full), _trim(no_year), _trim(day)
    if weekday and day.startswith(weekday):
        day = day.replace(",", "")
    if day_first:
        return _Patterns(full, no_year, day, day, full, no_year, full)
    if year_first:
        return _Patterns(full, no_year, day, full, no_year if kinds[1:2] == ["d"] else day, full, no_year)
    return _Patterns(full, no_year, day, no_year, full, no_year, full)


def _without(tokens: list[str], field: str) -> list[str]:
    """The pattern without one field and the text that belongs to it: after it, or before it where it comes last.

    What clings to the number before a day or weekday that comes last stays: the 月 of 10月18日.
    """
    place = next((index for index, piece in enumerate(tokens) if _is_field(piece, field)), None)
    if place is None:
        return list(tokens)
    end = place + 1
    while end < len(tokens) and tokens[end][0] not in "dMy":
        end += 1
    before = list(tokens[:place])
    if end == len(tokens):
        while before and before[-1][0] not in "dMy":
            literal = before.pop()
            if field in ("d", "dddd") and not (literal.startswith("'") and field == "d"):
                clinging = literal.rstrip(" ,،\u202f")
                if clinging:
                    before.append(clinging)
                    break
    return before + tokens[end:]


def _is_field(piece: str, field: str) -> bool:
    return piece == field if field in ("d", "dddd") else piece[0] == field


def _day_only(tokens: list[str]) -> list[str]:
    """Weekday and day; of what stood between day and month only what clings to the day ("18.") is kept."""
    place = next(index for index, piece in enumerate(tokens) if piece[0] == "M")
    days = [index for index, piece in enumerate(tokens) if piece == "d" or piece == "dd"]
    if days and days[0] > place:
        return _without(tokens, "M")
    between = tokens[days[0] + 1 : place] if days else []
    clinging = re.match(r"[^\s']*", between[0]) if between else None
    kept = [clinging[0]] if clinging and clinging[0].startswith((".", "日", "일")) else []
    after = tokens[place + 1 :]
    return tokens[: days[0] + 1] + kept + (after if any(piece[0] == "d" for piece in after) else []) if days else tokens


def _trim(pattern: str) -> str:
    return pattern.strip(" ,،\u202f")
