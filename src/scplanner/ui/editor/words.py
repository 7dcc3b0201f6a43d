"""The words of the inspector for the values of the records: one place to read and to translate them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QLocale

from scplanner.domain.events import AttendanceMode, Confidence, DeadlineKind, Decision, EventStatus, Registration, Role
from scplanner.ui.editor.rules import Frequency, SimpleRule, parse_rule, rule_parts
from scplanner.ui.formatting import format_plain_days

if TYPE_CHECKING:
    from scplanner.domain.temporal import When


def _tr(text: str) -> str:
    return QCoreApplication.translate("Editor", text)


def decision_words(decision: Decision) -> str:
    """What the decision switch says."""
    return {
        Decision.GOING: QCoreApplication.translate("Editor", "Going"),
        Decision.CONSIDERING: QCoreApplication.translate("Editor", "Considering"),
        Decision.WATCHING: QCoreApplication.translate("Editor", "Watching"),
        Decision.DECLINED: QCoreApplication.translate("Editor", "Not going"),
    }[decision]


def role_words(role: Role | None) -> str:
    """As what the user takes part."""
    if role is None:
        return QCoreApplication.translate("Editor", "No role")
    return {
        Role.PARTICIPANT: QCoreApplication.translate("Editor", "Participant"),
        Role.SPEAKER: QCoreApplication.translate("Editor", "Speaker"),
        Role.EXHIBITOR: QCoreApplication.translate("Editor", "Exhibitor"),
        Role.ORGANISER: QCoreApplication.translate("Editor", "Organiser"),
    }[role]


def registration_words(registration: Registration | None) -> str:
    """How far the registration is."""
    if registration is None:
        return QCoreApplication.translate("Editor", "Not registered")
    return {
        Registration.APPLIED: QCoreApplication.translate("Editor", "Applied"),
        Registration.REGISTERED: QCoreApplication.translate("Editor", "Registered"),
        Registration.WAITLISTED: QCoreApplication.translate("Editor", "Waiting list"),
    }[registration]


def status_words(status: EventStatus | None) -> str:
    """What the organiser says of the event."""
    if status is None:
        return QCoreApplication.translate("Editor", "No status")
    return {
        EventStatus.TENTATIVE: QCoreApplication.translate("Editor", "Tentative"),
        EventStatus.CONFIRMED: QCoreApplication.translate("Editor", "Confirmed"),
        EventStatus.POSTPONED: QCoreApplication.translate("Editor", "Postponed"),
        EventStatus.CANCELLED: QCoreApplication.translate("Editor", "Cancelled"),
        EventStatus.WITHDRAWN: QCoreApplication.translate("Editor", "Withdrawn"),
    }[status]


def attendance_words(mode: AttendanceMode | None) -> str:
    """How one takes part."""
    if mode is None:
        return QCoreApplication.translate("Editor", "Not said")
    return {
        AttendanceMode.ONSITE: QCoreApplication.translate("Editor", "On site"),
        AttendanceMode.ONLINE: QCoreApplication.translate("Editor", "Online"),
        AttendanceMode.HYBRID: QCoreApplication.translate("Editor", "On site and online"),
    }[mode]


def confidence_words(confidence: Confidence) -> str:
    """How sure the dates are."""
    return {
        Confidence.HIGH: QCoreApplication.translate("Editor", "Dates are sure"),
        Confidence.MEDIUM: QCoreApplication.translate("Editor", "Dates are likely"),
        Confidence.LOW: QCoreApplication.translate("Editor", "Dates are unsure"),
    }[confidence]


def deadline_words(kind: DeadlineKind) -> str:
    """What is due."""
    return {
        DeadlineKind.CALL: QCoreApplication.translate("Editor", "Call for papers"),
        DeadlineKind.EARLY_BIRD: QCoreApplication.translate("Editor", "Early bird"),
        DeadlineKind.REGISTRATION: QCoreApplication.translate("Editor", "Registration"),
        DeadlineKind.VISA: QCoreApplication.translate("Editor", "Visa"),
        DeadlineKind.HOTEL: QCoreApplication.translate("Editor", "Hotel"),
        DeadlineKind.SLIDES: QCoreApplication.translate("Editor", "Slides to organiser"),
        DeadlineKind.REPORT: QCoreApplication.translate("Editor", "Report"),
        DeadlineKind.OTHER: QCoreApplication.translate("Editor", "Deadline"),
    }[kind]


def frequency_words(frequency: Frequency) -> str:
    """`Every week`: a rule that leaves none out."""
    return {
        Frequency.DAILY: QCoreApplication.translate("Editor", "Every day"),
        Frequency.WEEKLY: QCoreApplication.translate("Editor", "Every week"),
        Frequency.MONTHLY: QCoreApplication.translate("Editor", "Every month"),
        Frequency.YEARLY: QCoreApplication.translate("Editor", "Every year"),
    }[frequency]


def rhythm_words(frequency: Frequency) -> str:
    """The entry of the form's list."""
    return {
        Frequency.DAILY: QCoreApplication.translate("Editor", "Daily"),
        Frequency.WEEKLY: QCoreApplication.translate("Editor", "Weekly"),
        Frequency.MONTHLY: QCoreApplication.translate("Editor", "Monthly"),
        Frequency.YEARLY: QCoreApplication.translate("Editor", "Yearly"),
    }[frequency]


def interval_words(frequency: Frequency, interval: int) -> str:
    """`every week`, `every 2 weeks`."""
    if interval == 1:
        return frequency_words(frequency)
    return {
        Frequency.DAILY: QCoreApplication.translate("Editor", "Every {n} days"),
        Frequency.WEEKLY: QCoreApplication.translate("Editor", "Every {n} weeks"),
        Frequency.MONTHLY: QCoreApplication.translate("Editor", "Every {n} months"),
        Frequency.YEARLY: QCoreApplication.translate("Editor", "Every {n} years"),
    }[frequency].format(n=interval)


def weekday_words(name: str, *, short: bool = False) -> str:
    """A weekday by its RFC 5545 name, in the system's language."""
    number = ("MO", "TU", "WE", "TH", "FR", "SA", "SU").index(name) + 1
    form = QLocale.FormatType.ShortFormat if short else QLocale.FormatType.LongFormat
    return QLocale().standaloneDayName(number, form)


def rule_words(rrule: str, start: When) -> str:
    """A rule in words; one that has no simple words is shown as it is written."""
    rule = parse_rule(rrule, start)
    if rule is not None:
        return _simple_words(rule)
    parts = rule_parts(rrule)
    frequency = parts.get("FREQ", "")
    known = {"FREQ", "INTERVAL", "COUNT", "UNTIL", "BYDAY", "BYMONTHDAY", "WKST"}
    if frequency == "MONTHLY" and parts.keys() <= known and parts.get("INTERVAL", "1").isdecimal():
        on_day = _month_day_words(parts)
        if on_day:
            bare = ";".join(f"{name}={parts[name]}" for name in ("FREQ", "INTERVAL", "COUNT", "UNTIL") if name in parts)
            simple = parse_rule(bare, start)
            if simple is not None:
                return _simple_words(simple, on_day)
    return _tr("By a rule of its own: {rule}").format(rule=rrule)


def _month_day_words(parts: dict[str, str]) -> str:
    by_day, by_month_day = parts.get("BYDAY", ""), parts.get("BYMONTHDAY", "")
    if by_month_day and not by_day and by_month_day.lstrip("-").isdecimal():
        if by_month_day == "-1":
            return _tr("on the last day")
        return _tr("on day {day}").format(day=by_month_day) if not by_month_day.startswith("-") else ""
    ordinals = {
        "1": _tr("on the first {day}"),
        "2": _tr("on the second {day}"),
        "3": _tr("on the third {day}"),
        "4": _tr("on the fourth {day}"),
        "-1": _tr("on the last {day}"),
    }
    ordinal, day = by_day[:-2].removeprefix("+"), by_day[-2:]
    if by_month_day or ordinal not in ordinals or day not in ("MO", "TU", "WE", "TH", "FR", "SA", "SU"):
        return ""
    return ordinals[ordinal].format(day=weekday_words(day))


def _simple_words(rule: SimpleRule, on_day: str = "") -> str:
    words = interval_words(rule.frequency, rule.interval)
    if rule.weekdays:
        days = QLocale().createSeparatedList([weekday_words(day) for day in rule.weekdays])
        words = _tr("{rule} on {days}").format(rule=words, days=days)
    if on_day:
        words = f"{words} {on_day}"
    if rule.count is not None:
        times = _tr("once") if rule.count == 1 else _tr("{n} times").format(n=rule.count)
        return f"{words}, {times}"
    if rule.until is not None:
        return _tr("{rule} until {day}").format(rule=words, day=format_plain_days(rule.until, rule.until))
    return words


def size_words(size: int) -> str:
    """A file's size, short."""
    return QLocale().formattedDataSize(size, 1, QLocale.DataSizeFormat.DataSizeTraditionalFormat)


def host_of(url: str) -> str:
    """The part of an address a person looks at."""
    bare = url.partition("://")[2] or url
    host, _, rest = bare.partition("/")
    host = host.removeprefix("www.")
    return host if not rest.strip("/") else f"{host}/{rest.strip('/')}" if len(rest) < 24 else f"{host}/…"


def is_world_address(url: str) -> bool:
    """Whether an address may be handed to the system: the web and mail, never a program's or a file's."""
    return url.split(":", 1)[0].lower() in ("http", "https", "mailto")
