"""What a rule of recurrence becomes when its series is moved: its days go along, as people mean it."""

from __future__ import annotations

import re
from datetime import date, timedelta

from scplanner.domain.temporal import When, day_of
from scplanner.formats.recurrence import moved_until

_WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_WEEK = timedelta(days=7)
_BY_ONE_WEEKDAY = re.compile(r"\bBYDAY=([+-]?\d)([A-Z]{2})(?=;|$)")


def moved_rule(rule: str, before: When, after: When) -> str:
    """The rule of a series whose start goes from `before` to `after`: its end, its weekdays, its day of the month.

    What of it did not fit the old start stays as it is.
    """
    if not rule:
        return rule
    rule = moved_until(rule, before, after)
    old, new = day_of(before), day_of(after)
    if old == new:
        return rule
    if "FREQ=WEEKLY" in rule:
        return _of_week(rule, (new - old).days)
    parts = rule.split(";")
    is_of_year = "FREQ=YEARLY" in parts and f"BYMONTH={old.month}" in parts
    if ("FREQ=MONTHLY" in parts or is_of_year) and "BYSETPOS" not in rule:
        rule = _BY_ONE_WEEKDAY.sub(lambda found: _of_month(found, old, new), rule)
    if is_of_year:
        rule = re.sub(r"\bBYMONTH=\d+\b", f"BYMONTH={new.month}", rule)
    if f"BYMONTHDAY={old.day}" in parts:
        rule = rule.replace(f"BYMONTHDAY={old.day}", f"BYMONTHDAY={new.day}")
    return rule


def _of_week(rule: str, days: int) -> str:
    def later(weekday: str) -> str:
        return _WEEKDAYS[(_WEEKDAYS.index(weekday) + days) % 7]

    by_day = re.search(r"\bBYDAY=([A-Z,]+)", rule)
    if by_day is None or not set(by_day[1].split(",")) <= set(_WEEKDAYS):
        return rule
    rule = rule.replace(by_day[0], "BYDAY=" + ",".join(map(later, by_day[1].split(","))))
    if "INTERVAL=" in rule:  # every other week: the day on which a week begins goes along
        first = re.search(r"\bWKST=([A-Z]{2})", rule)
        rule = re.sub(r";?\bWKST=[A-Z]{2}", "", rule) + f";WKST={later(first[1] if first else 'MO')}"
    return rule


def _of_month(found: re.Match[str], old: date, new: date) -> str:
    """The weekday of the new day in its month, counted from the end if it was, or if it is a fifth one."""
    if found[2] != _WEEKDAYS[old.weekday()]:
        return found[0]
    is_last = (new + _WEEK).month != new.month
    number = -1 if is_last and (found[1].startswith("-") or new.day > 28) else (new.day - 1) // 7 + 1
    return f"BYDAY={number}{_WEEKDAYS[new.weekday()]}"
