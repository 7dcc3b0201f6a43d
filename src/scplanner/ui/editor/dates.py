"""Days and times as only the inspector says them; the rest is in scplanner.ui.formatting."""

from __future__ import annotations

from datetime import date, datetime, tzinfo

from PySide6.QtCore import QCoreApplication

from scplanner.domain.temporal import VagueDate, When, day_of, in_zone, tzid_of
from scplanner.ui.editor.due import Due, DueState
from scplanner.ui.editor.spans import ANYWHERE_ON_EARTH
from scplanner.ui.formatting import format_plain_days, format_short_day, format_time


def vague_text(vague: VagueDate | None) -> str:
    """What is known of a date that is not fixed."""
    if vague is None:
        return QCoreApplication.translate("Editor", "Date not known yet")
    if vague.text:
        return vague.text
    if vague.earliest and vague.latest:
        return format_plain_days(vague.earliest, vague.latest)
    if vague.earliest:
        day = format_plain_days(vague.earliest, vague.earliest)
        return QCoreApplication.translate("Editor", "Not before {day}").format(day=day)
    if vague.latest:
        day = format_plain_days(vague.latest, vague.latest)
        return QCoreApplication.translate("Editor", "Not after {day}").format(day=day)
    return QCoreApplication.translate("Editor", "Date not known yet")


def zone_words(zone: str) -> str:
    """A zone's name as people read it."""
    if zone == ANYWHERE_ON_EARTH:
        return QCoreApplication.translate("Editor", "anywhere on earth")
    return zone.replace("_", " ")


def when_text(when: When, today: date) -> str:
    """A deadline's moment, short: `11 Oct`, `11 Oct 23:59 anywhere on earth`."""
    words = format_short_day(day_of(when), year_of=today)
    if not isinstance(when, datetime):
        return words
    words = f"{words} {format_time(when)}"
    zone = tzid_of(when)
    return f"{words} {zone_words(zone)}" if zone else words


def my_when_text(when: When, home: tzinfo, today: date) -> str:
    """A zoned deadline on the user's clock; empty where it says nothing new."""
    mine = in_zone(when, home)
    if not isinstance(mine, datetime) or not isinstance(when, datetime) or when.tzinfo is None:
        return ""
    if mine.replace(tzinfo=None) == when.replace(tzinfo=None):
        return ""
    moment = f"{format_short_day(mine.date(), year_of=today)} {format_time(mine)}"
    return QCoreApplication.translate("Editor", "{time} your time").format(time=moment)


def due_words(due: Due) -> str:
    """How a deadline stands: `tomorrow`, `done`, `overdue`; empty where the date says enough."""
    if due.state is DueState.DONE:
        return QCoreApplication.translate("Editor", "done")
    if due.state is DueState.PASSED:
        return QCoreApplication.translate("Editor", "passed")
    if due.state is DueState.OVERDUE:
        return QCoreApplication.translate("Editor", "overdue")
    if due.days == 0:
        return QCoreApplication.translate("Editor", "today")
    if due.days == 1:
        return QCoreApplication.translate("Editor", "tomorrow")
    if due.days <= 14:
        return QCoreApplication.translate("Editor", "in %Ln days", None, due.days)
    return ""
