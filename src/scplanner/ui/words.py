"""Words for records, in the user's language and by the locale: decisions, countries, days and ranges of days."""

from __future__ import annotations

from datetime import date
from functools import lru_cache

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication, QDate, QLocale

from scplanner.domain.events import DeadlineKind, Decision

_DECISIONS: dict[Decision | None, object] = {
    Decision.GOING: QT_TRANSLATE_NOOP("Words", "Going"),
    Decision.CONSIDERING: QT_TRANSLATE_NOOP("Words", "Considering"),
    Decision.WATCHING: QT_TRANSLATE_NOOP("Words", "Watching"),
    Decision.DECLINED: QT_TRANSLATE_NOOP("Words", "Not going"),
    None: QT_TRANSLATE_NOOP("Words", "No decision"),
}
_DEADLINES: dict[DeadlineKind, object] = {
    DeadlineKind.CALL: QT_TRANSLATE_NOOP("Words", "Call for papers"),
    DeadlineKind.EARLY_BIRD: QT_TRANSLATE_NOOP("Words", "Early bird ends"),
    DeadlineKind.REGISTRATION: QT_TRANSLATE_NOOP("Words", "Registration"),
    DeadlineKind.VISA: QT_TRANSLATE_NOOP("Words", "Visa"),
    DeadlineKind.HOTEL: QT_TRANSLATE_NOOP("Words", "Hotel"),
    DeadlineKind.SLIDES: QT_TRANSLATE_NOOP("Words", "Slides"),
    DeadlineKind.REPORT: QT_TRANSLATE_NOOP("Words", "Report"),
    DeadlineKind.OTHER: QT_TRANSLATE_NOOP("Words", "Deadline"),
}


def decision_name(decision: Decision | None) -> str:
    """The words for a decision."""
    return QCoreApplication.translate("Words", str(_DECISIONS[decision]))


def deadline_name(kind: DeadlineKind) -> str:
    """The words for a kind of deadline."""
    return QCoreApplication.translate("Words", str(_DEADLINES[kind]))


@lru_cache(maxsize=512)
def country_name(code: str) -> str:
    """The name of a country in English, by its ISO 3166 code; the code itself where it is not known."""
    territory = QLocale.codeToTerritory(code)
    name = QLocale.territoryToString(territory)
    return code if not code or territory == QLocale.Country.AnyCountry else name


def day_text(day: date, *, with_weekday: bool = False) -> str:
    """A day, short, by the locale: "18 Oct 2023"."""
    locale = QLocale()
    words = locale.toString(QDate(day.year, day.month, day.day), "d MMM yyyy")
    if not with_weekday:
        return words
    return f"{locale.dayName(day.isoweekday(), QLocale.FormatType.ShortFormat)} {words}"


def days_text(first: date, last: date) -> str:
    """A range of days, as short as it is clear: "18–20 Oct 2023"."""
    if first == last:
        return day_text(first)
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day}–{day_text(last)}"
    if first.year == last.year:
        locale = QLocale()
        return f"{locale.toString(QDate(first.year, first.month, first.day), 'd MMM')} – {day_text(last)}"
    return f"{day_text(first)} – {day_text(last)}"
