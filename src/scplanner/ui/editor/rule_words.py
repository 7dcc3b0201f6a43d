"""How often an event comes back, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication, QLocale

from scplanner.ui.editor.rules import WEEKDAYS, Frequency, SimpleRule, parse_rule, rule_parts
from scplanner.ui.formatting import format_plain_days

if TYPE_CHECKING:
    from scplanner.domain.temporal import When

_RHYTHMS: dict[Frequency, object] = {
    Frequency.DAILY: QT_TRANSLATE_NOOP("Repetition", "Daily"),
    Frequency.WEEKLY: QT_TRANSLATE_NOOP("Repetition", "Weekly"),
    Frequency.MONTHLY: QT_TRANSLATE_NOOP("Repetition", "Monthly"),
    Frequency.YEARLY: QT_TRANSLATE_NOOP("Repetition", "Yearly"),
}
_EVERY: dict[Frequency, object] = {
    Frequency.DAILY: QT_TRANSLATE_NOOP("Repetition", "Every day"),
    Frequency.WEEKLY: QT_TRANSLATE_NOOP("Repetition", "Every week"),
    Frequency.MONTHLY: QT_TRANSLATE_NOOP("Repetition", "Every month"),
    Frequency.YEARLY: QT_TRANSLATE_NOOP("Repetition", "Every year"),
}
_ORDINALS: dict[str, object] = {
    "1": QT_TRANSLATE_NOOP("Repetition", "{rule} on the first {day}"),
    "2": QT_TRANSLATE_NOOP("Repetition", "{rule} on the second {day}"),
    "3": QT_TRANSLATE_NOOP("Repetition", "{rule} on the third {day}"),
    "4": QT_TRANSLATE_NOOP("Repetition", "{rule} on the fourth {day}"),
    "-1": QT_TRANSLATE_NOOP("Repetition", "{rule} on the last {day}"),
}
_LIMITED = {"FREQ", "INTERVAL", "COUNT", "UNTIL"}


def rhythm_words(frequency: Frequency) -> str:
    """The entry of the form's list."""
    return _translated(_RHYTHMS[frequency])


def interval_words(frequency: Frequency, interval: int) -> str:
    """`Every week`, `Every 2 weeks`."""
    if interval == 1:
        return _translated(_EVERY[frequency])
    return {
        Frequency.DAILY: QCoreApplication.translate("Repetition", "Every %Ln days", None, interval),
        Frequency.WEEKLY: QCoreApplication.translate("Repetition", "Every %Ln weeks", None, interval),
        Frequency.MONTHLY: QCoreApplication.translate("Repetition", "Every %Ln months", None, interval),
        Frequency.YEARLY: QCoreApplication.translate("Repetition", "Every %Ln years", None, interval),
    }[frequency]


def weekday_words(name: str, *, short: bool = False) -> str:
    """A weekday by its RFC 5545 name, in the system's language."""
    number = WEEKDAYS.index(name) + 1
    form = QLocale.FormatType.ShortFormat if short else QLocale.FormatType.LongFormat
    return QLocale().standaloneDayName(number, form)


def rule_words(rrule: str, start: When) -> str:
    """A rule in words; one that has no simple words is shown as it is written."""
    rule = parse_rule(rrule, start)
    if rule is not None:
        return _ended(_weekly_words(rule), rule)
    parts = rule_parts(rrule)
    known = _LIMITED | {"BYDAY", "BYMONTHDAY", "WKST"}
    if parts.get("FREQ") == "MONTHLY" and parts.keys() <= known and parts.get("INTERVAL", "1").isdecimal():
        pattern = _month_day_pattern(parts)
        simple = parse_rule(";".join(f"{name}={parts[name]}" for name in parts if name in _LIMITED), start)
        if pattern and simple is not None:
            return _ended(pattern.replace("{rule}", interval_words(simple.frequency, simple.interval)), simple)
    return QCoreApplication.translate("Repetition", "By a rule of its own: {rule}").replace("{rule}", rrule)


def _month_day_pattern(parts: dict[str, str]) -> str:
    """`{rule} on the last Friday`; empty where there are no simple words."""
    by_day, by_month_day = parts.get("BYDAY", ""), parts.get("BYMONTHDAY", "")
    if by_month_day == "-1" and not by_day:
        return QCoreApplication.translate("Repetition", "{rule} on the last day")
    if by_month_day.isdecimal() and not by_day:
        return QCoreApplication.translate("Repetition", "{rule} on day {day}").replace("{day}", by_month_day)
    ordinal, day = by_day[:-2].removeprefix("+"), by_day[-2:]
    if by_month_day or ordinal not in _ORDINALS or day not in WEEKDAYS:
        return ""
    return _translated(_ORDINALS[ordinal]).replace("{day}", weekday_words(day))


def _weekly_words(rule: SimpleRule) -> str:
    words = interval_words(rule.frequency, rule.interval)
    if not rule.weekdays:
        return words
    days = QLocale().createSeparatedList([weekday_words(day) for day in rule.weekdays])
    return QCoreApplication.translate("Repetition", "{rule} on {days}").format(rule=words, days=days)


def _ended(words: str, rule: SimpleRule) -> str:
    """The words with how often it comes, or until when."""
    if rule.count == 1:
        return QCoreApplication.translate("Repetition", "{rule}, once").format(rule=words)
    if rule.count is not None:
        return QCoreApplication.translate("Repetition", "{rule}, %Ln times", None, rule.count).format(rule=words)
    if rule.until is not None:
        day = format_plain_days(rule.until, rule.until)
        return QCoreApplication.translate("Repetition", "{rule} until {day}").format(rule=words, day=day)
    return words


def _translated(words: object) -> str:
    return QCoreApplication.translate("Repetition", str(words))
