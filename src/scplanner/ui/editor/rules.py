"""Recurrence rules simple enough to be edited by a form, and any rule in words. Pure: no widgets.

A rule the form cannot hold is never rewritten by it: `parse_rule` answers None, and the form shows the words only.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from enum import StrEnum

from scplanner.domain.temporal import When, day_of

WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")


class Frequency(StrEnum):
    """How often; the names of RFC 5545."""

    DAILY = "DAILY"
    WEEKLY = "WEEKLY"
    MONTHLY = "MONTHLY"
    YEARLY = "YEARLY"


@dataclass(frozen=True, slots=True)
class SimpleRule:
    """Every `interval` days, weeks, months or years, until a day (inclusive), so many times, or for ever.

    `weekdays` only with WEEKLY; empty means the weekday of the start.
    """

    frequency: Frequency
    interval: int = 1
    weekdays: tuple[str, ...] = ()
    until: date | None = None
    count: int | None = None


def rule_parts(rrule: str) -> dict[str, str]:
    """The parts of a rule by name, as written."""
    parts: dict[str, str] = {}
    for piece in rrule.strip().rstrip(";").split(";"):
        name, found, value = piece.partition("=")
        if found:
            parts[name.strip().upper()] = value.strip().upper()
    return parts


def until_day(text: str, start: When) -> date | None:
    """The last day an UNTIL allows, told in the zone of the start; None if it cannot be read."""
    try:
        if len(text) == 8:
            return datetime.strptime(text, "%Y%m%d").replace(tzinfo=UTC).date()
        moment = datetime.strptime(text.removesuffix("Z"), "%Y%m%dT%H%M%S")  # noqa: DTZ007 - floating unless it ends in Z
    except ValueError:
        return None
    if text.endswith("Z") and isinstance(start, datetime) and start.tzinfo is not None:
        return moment.replace(tzinfo=UTC).astimezone(start.tzinfo).date()
    return moment.date()


def parse_rule(rrule: str, start: When) -> SimpleRule | None:
    """The rule as the form holds it, or None if the form would lose any of it."""
    parts = rule_parts(rrule)
    rest = parts.keys() - {"FREQ", "INTERVAL", "COUNT", "UNTIL", "BYDAY", "WKST"}
    if rest or parts.get("FREQ") not in Frequency.__members__:
        return None
    frequency = Frequency(parts["FREQ"])
    weekdays = tuple(parts["BYDAY"].split(",")) if "BYDAY" in parts else ()
    if weekdays and (frequency is not Frequency.WEEKLY or not set(weekdays) <= set(WEEKDAYS)):
        return None
    interval_text, count_text = parts.get("INTERVAL", "1"), parts.get("COUNT")
    if not interval_text.isdecimal() or int(interval_text) < 1:
        return None
    if count_text is not None and (not count_text.isdecimal() or int(count_text) < 1):
        return None
    # The week's first day only matters when weeks are skipped; then a rule with another one is not ours to rewrite.
    if parts.get("WKST", "MO") != "MO" and frequency is Frequency.WEEKLY and int(interval_text) > 1:
        return None
    until = None
    if "UNTIL" in parts:
        until = until_day(parts["UNTIL"], start)
        if until is None:
            return None
    ordered = tuple(day for day in WEEKDAYS if day in weekdays)
    return SimpleRule(frequency, int(interval_text), ordered, until, int(count_text) if count_text else None)


def rule_text(rule: SimpleRule, start: When) -> str:
    """The RRULE. UNTIL takes the type of the start, as RFC 5545 §3.3.10 asks: UTC for a zoned one, the day's end."""
    parts = [f"FREQ={rule.frequency.value}"]
    if rule.interval > 1:
        parts.append(f"INTERVAL={rule.interval}")
    if rule.weekdays and rule.frequency is Frequency.WEEKLY:
        parts.append("BYDAY=" + ",".join(rule.weekdays))
    if rule.count is not None:
        parts.append(f"COUNT={rule.count}")
    elif rule.until is not None:
        parts.append("UNTIL=" + _until_text(rule.until, start))
    return ";".join(parts)


def weekday_of(start: When) -> str:
    """The weekday of the start, by its RFC 5545 name."""
    return WEEKDAYS[day_of(start).weekday()]


def _until_text(until: date, start: When) -> str:
    if not isinstance(start, datetime):
        return until.strftime("%Y%m%d")
    last = datetime.combine(until, time(23, 59, 59))
    if start.tzinfo is None:
        return last.strftime("%Y%m%dT%H%M%S")
    return last.replace(tzinfo=start.tzinfo).astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")
