"""Words for the values of records, in the user's language: one place to read and to translate them.

Days and times are in `formatting`, what is said of a whole event in `event_words`.
"""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication, QLocale

from scplanner.domain.events import AttendanceMode, Confidence, DeadlineKind, Decision, EventStatus, Registration, Role

_DECISIONS: dict[Decision | None, object] = {
    Decision.GOING: QT_TRANSLATE_NOOP("Words", "Going"),
    Decision.CONSIDERING: QT_TRANSLATE_NOOP("Words", "Considering"),
    Decision.WATCHING: QT_TRANSLATE_NOOP("Words", "Watching"),
    Decision.DECLINED: QT_TRANSLATE_NOOP("Words", "Not going"),
    None: QT_TRANSLATE_NOOP("Words", "No decision"),
}
_ROLES: dict[Role | None, object] = {
    Role.PARTICIPANT: QT_TRANSLATE_NOOP("Words", "Participant"),
    Role.SPEAKER: QT_TRANSLATE_NOOP("Words", "Speaker"),
    Role.EXHIBITOR: QT_TRANSLATE_NOOP("Words", "Exhibitor"),
    Role.ORGANISER: QT_TRANSLATE_NOOP("Words", "Organiser"),
    None: QT_TRANSLATE_NOOP("Words", "No role"),
}
_REGISTRATIONS: dict[Registration | None, object] = {
    Registration.APPLIED: QT_TRANSLATE_NOOP("Words", "Applied"),
    Registration.REGISTERED: QT_TRANSLATE_NOOP("Words", "Registered"),
    Registration.WAITLISTED: QT_TRANSLATE_NOOP("Words", "Waiting list"),
    None: QT_TRANSLATE_NOOP("Words", "Not registered"),
}
_STATUSES: dict[EventStatus | None, object] = {
    EventStatus.TENTATIVE: QT_TRANSLATE_NOOP("Words", "Tentative"),
    EventStatus.CONFIRMED: QT_TRANSLATE_NOOP("Words", "Confirmed"),
    EventStatus.POSTPONED: QT_TRANSLATE_NOOP("Words", "Postponed"),
    EventStatus.CANCELLED: QT_TRANSLATE_NOOP("Words", "Cancelled"),
    EventStatus.WITHDRAWN: QT_TRANSLATE_NOOP("Words", "Withdrawn"),
    None: QT_TRANSLATE_NOOP("Words", "No status"),
}
_ATTENDANCE_MODES: dict[AttendanceMode | None, object] = {
    AttendanceMode.ONSITE: QT_TRANSLATE_NOOP("Words", "On site"),
    AttendanceMode.ONLINE: QT_TRANSLATE_NOOP("Words", "Online"),
    AttendanceMode.HYBRID: QT_TRANSLATE_NOOP("Words", "On site and online"),
    None: QT_TRANSLATE_NOOP("Words", "Not said"),
}
_CONFIDENCES: dict[Confidence, object] = {
    Confidence.HIGH: QT_TRANSLATE_NOOP("Words", "Dates are sure"),
    Confidence.MEDIUM: QT_TRANSLATE_NOOP("Words", "Dates are likely"),
    Confidence.LOW: QT_TRANSLATE_NOOP("Words", "Dates are unsure"),
}
_DEADLINES: dict[DeadlineKind, object] = {
    DeadlineKind.CALL: QT_TRANSLATE_NOOP("Words", "Call for papers"),
    DeadlineKind.EARLY_BIRD: QT_TRANSLATE_NOOP("Words", "Early bird"),
    DeadlineKind.REGISTRATION: QT_TRANSLATE_NOOP("Words", "Registration"),
    DeadlineKind.VISA: QT_TRANSLATE_NOOP("Words", "Visa"),
    DeadlineKind.HOTEL: QT_TRANSLATE_NOOP("Words", "Hotel"),
    DeadlineKind.SLIDES: QT_TRANSLATE_NOOP("Words", "Slides"),
    DeadlineKind.REPORT: QT_TRANSLATE_NOOP("Words", "Report"),
    DeadlineKind.OTHER: QT_TRANSLATE_NOOP("Words", "Deadline"),
}


def decision_words(decision: Decision | None) -> str:
    """What was decided."""
    return _translated(_DECISIONS[decision])


def role_words(role: Role | None) -> str:
    """As what the user takes part."""
    return _translated(_ROLES[role])


def registration_words(registration: Registration | None) -> str:
    """How far the registration is."""
    return _translated(_REGISTRATIONS[registration])


def status_words(status: EventStatus | None) -> str:
    """What the organiser says of the event."""
    return _translated(_STATUSES[status])


def attendance_words(mode: AttendanceMode | None) -> str:
    """How one takes part."""
    return _translated(_ATTENDANCE_MODES[mode])


def confidence_words(confidence: Confidence) -> str:
    """How sure the dates are."""
    return _translated(_CONFIDENCES[confidence])


def deadline_words(kind: DeadlineKind) -> str:
    """What is due."""
    return _translated(_DEADLINES[kind])


@lru_cache(maxsize=512)
def country_name(code: str) -> str:
    """`Portugal` for PT, in English; what is no code of ISO 3166 stays as it is."""
    territory = QLocale.codeToTerritory(code) if len(code) == 2 else QLocale.Country.AnyTerritory
    return code if territory == QLocale.Country.AnyTerritory else QLocale.territoryToString(territory)


def _translated(words: object) -> str:
    return QCoreApplication.translate("Words", str(words))
