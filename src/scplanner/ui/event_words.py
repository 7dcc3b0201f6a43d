"""What is said of an event in a line, a tooltip and by a screen reader: the same words in every view."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from scplanner.domain.events import AttendanceMode, Decision, EventDetails, Occurrence
from scplanner.ui.formatting import format_occurrence, format_plain_days, spoken_day, spoken_days, start_time
from scplanner.ui.words import attendance_words, decision_words, registration_words, status_words

if TYPE_CHECKING:
    from datetime import date, tzinfo

    from scplanner.domain.planning import Clash


def event_count(count: int) -> str:
    """ "1 event", "3 events"."""
    if count == 1:
        return QCoreApplication.translate("EventWords", "1 event")
    return QCoreApplication.translate("EventWords", "%Ln events", None, count)


def more_count(count: int) -> str:
    """ "+3 more"."""
    return QCoreApplication.translate("EventWords", "+%Ln more", None, count)


def place_of(occurrence: Occurrence) -> str:
    """City and country: "Barcelona, ES"; "Online" for what has no place."""
    if occurrence.city:
        return f"{occurrence.city}, {occurrence.country}" if occurrence.country else occurrence.city
    if occurrence.attendance_mode is AttendanceMode.ONLINE:
        return attendance_words(AttendanceMode.ONLINE)
    return occurrence.country


def short_place(occurrence: Occurrence) -> str:
    """The city, or "Online"."""
    if not occurrence.city and occurrence.attendance_mode is AttendanceMode.ONLINE:
        return attendance_words(AttendanceMode.ONLINE)
    return occurrence.city


def title_of(occurrence: Occurrence) -> str:
    """The title; words for one that has none, so that it can be seen and clicked."""
    return occurrence.summary.strip() or QCoreApplication.translate("EventWords", "(no title)")


def spoken_event_day(day: date, count: int) -> str:
    """ "Tuesday 7 November, 3 events"."""
    return f"{spoken_day(day)}, {event_count(count)}" if count else spoken_day(day)


def spoken_occurrence(
    occurrence: Occurrence, *, part: int = 1, parts: int = 1, has_clash: bool = False, home: tzinfo | None = None
) -> str:
    """Title, days, place, decision, status, clash, and which part of it this is."""
    if occurrence.is_vague:
        days = format_occurrence(occurrence).own
    else:
        days = spoken_days(occurrence.first_day, occurrence.last_day)
    words = [title_of(occurrence), days]
    if occurrence.first_day == occurrence.last_day:
        words.append(start_time(occurrence, home))
    words += [short_place(occurrence), decision_words(occurrence.decision).lower() if occurrence.decision else ""]
    if occurrence.status is not None and (
        occurrence.status.is_off or occurrence.status.value in ("tentative", "postponed")
    ):
        words.append(status_words(occurrence.status).lower())
    if occurrence.is_low_confidence:
        words.append(QCoreApplication.translate("EventWords", "dates unsure"))
    if has_clash:
        words.append(QCoreApplication.translate("EventWords", "clashes with another event"))
    if parts > 1:
        words.append(QCoreApplication.translate("EventWords", "part {part} of {parts}").format(part=part, parts=parts))
    return ", ".join(word for word in words if word)


def hover_card(
    occurrence: Occurrence, details: EventDetails | None, *, home: tzinfo | None = None, has_clash: bool = False
) -> str:
    """The tooltip of an event, as HTML: title, days here and in my zone, place, decision, status, remark."""
    when = format_occurrence(occurrence, home=home)
    event = details.event if details is not None else None
    venue = event.venue if event is not None and event.venue != occurrence.city else ""
    place = ", ".join(part for part in (venue, place_of(occurrence)) if part)
    decided = decision_words(occurrence.decision) if occurrence.decision else ""
    if occurrence.registration is not None:
        decided = " · ".join(part for part in (decided, registration_words(occurrence.registration)) if part)
    lines = [when.own, when.mine, place, decided]
    if occurrence.status is not None and occurrence.status.value != "confirmed":
        lines.append(status_words(occurrence.status))
    if has_clash:
        lines.append("⚠ " + QCoreApplication.translate("EventWords", "Clashes with another event of your plan"))
    if occurrence.is_low_confidence:
        lines.append(QCoreApplication.translate("EventWords", "The dates are unsure"))
    if details is not None:
        lines.append(details.calendar.name)
    body = "".join(f"<div>{escape(line)}</div>" for line in lines if line)
    remark = event.remark if event is not None else ""
    if remark:
        body += f"<div><i>{escape(remark)}</i></div>"
    return f"<div style='max-width:360px'><b>{escape(title_of(occurrence))}</b></div>{body}"


def clash_words(clash: Clash) -> str:
    """ "“A” and “B” overlap"."""
    words = QCoreApplication.translate("EventWords", "“{first}” and “{second}” overlap")
    return words.format(first=clash.titles[0], second=clash.titles[1])


def clash_with(clash: Clash, other: int) -> str:
    """What clashes, said beside one of the two: "Overlaps “B”, 18 – 20 October 2023". `other` is the place of the other."""
    # The two days stay together where the line is broken.
    days = format_plain_days(clash.first, clash.last).replace(" – ", "\u00a0–\u00a0")
    words = QCoreApplication.translate("EventWords", "Overlaps “{title}”, {days}")
    return words.format(title=clash.titles[other], days=days)


def plain_words(occurrence: Occurrence, url: str = "") -> str:
    """What is copied: title, days, place and address, a line each."""
    lines = (title_of(occurrence), format_occurrence(occurrence).own, place_of(occurrence), url)
    return "\n".join(line for line in lines if line)


def decision_of(text: str) -> Decision | None:
    """The decision that a key stands for in every view: G, C, W, N."""
    return {
        "g": Decision.GOING,
        "c": Decision.CONSIDERING,
        "w": Decision.WATCHING,
        "n": Decision.DECLINED,
    }.get(text.lower())
