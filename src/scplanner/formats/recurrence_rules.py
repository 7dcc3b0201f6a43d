"""RRULE: its parts, and the starts it gives, by dateutil. Bounded in time and memory whatever the rule says."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

_PERIODS: Final[Mapping[str, timedelta]] = {
    "MINUTELY": timedelta(minutes=1),
    "HOURLY": timedelta(hours=1),
    "DAILY": timedelta(days=1),
    "WEEKLY": timedelta(weeks=1),
}
_KEYS: Final = frozenset(
    [
        "FREQ",
        "INTERVAL",
        "WKST",
        "BYSECOND",
        "BYMINUTE",
        "BYHOUR",
        "BYDAY",
        "BYMONTHDAY",
        "BYYEARDAY",
        "BYWEEKNO",
        "BYMONTH",
        "BYSETPOS",
    ]
)
_MAX_STEPS: Final = 200_000
_MAX_INTERVAL: Final = 1_000_000
# The Gregorian calendar repeats after 400 years, weekdays and all.
_CYCLE: Final = 400
_LAST_YEAR: Final = 9998


class RuleError(ValueError):
    """A rule that cannot be followed, with the reason."""


@dataclass(frozen=True, slots=True)
class Rule:
    """The parts of a rule. `until` is on the series' own clock, inclusive; `parts` are all but COUNT and UNTIL."""

    parts: tuple[tuple[str, str], ...]
    count: int | None = None
    until: datetime | None = None
    until_text: str = ""

    @property
    def freq(self) -> str:
        """How often, in capitals."""
        return dict(self.parts)["FREQ"]

    @property
    def interval(self) -> int:
        """Every how many of them, from 1."""
        return int(dict(self.parts).get("INTERVAL", "1"))


@dataclass(frozen=True, slots=True)
class Starts:
    """The starts found, in order, on the series' own clock; incomplete if a limit was met."""

    starts: tuple[datetime, ...]
    is_complete: bool = True


def read_rule(rrule: str, read_until: Callable[[str], datetime]) -> Rule:
    """Take a rule apart. Raises RuleError for one that cannot be followed."""
    parts: dict[str, str] = {}
    for item in "".join(rrule.upper().split()).strip(";").split(";"):
        key, _, value = item.partition("=")
        parts.setdefault(key, value)
    if parts.pop("RSCALE", "GREGORIAN") != "GREGORIAN":
        raise RuleError("counts by another calendar than the Gregorian")
    parts.pop("SKIP", None)
    count_text, until_text = parts.pop("COUNT", ""), parts.pop("UNTIL", "")
    unknown = parts.keys() - _KEYS
    if unknown or "FREQ" not in parts:
        raise RuleError(f"“{rrule[:60]}” is no rule of recurrence")
    if parts["FREQ"] == "SECONDLY":
        raise RuleError("repeats each second: only its first occurrence is shown")
    try:
        interval = int(parts.get("INTERVAL", "1"))
        count = int(count_text) if count_text else None
        until = read_until(until_text) if until_text else None
    except ValueError:
        raise RuleError(f"“{rrule[:60]}” is no rule of recurrence") from None
    if not 1 <= interval <= _MAX_INTERVAL:
        raise RuleError(f"cannot repeat at an interval of {interval}")
    if "BYSETPOS" in parts and parts["FREQ"] in ("MINUTELY", "HOURLY"):
        raise RuleError("picks from less than a day: only its first occurrence is shown")
    return Rule(tuple(parts.items()), count if count is None or count > 0 else None, until, until_text)


def write_rule(rule: Rule, until: str = "") -> str:
    """The rule's text; with `until` that ends it, instead of its COUNT or UNTIL."""
    items = [f"{key}={value}" for key, value in rule.parts]
    if until:
        items.append(f"UNTIL={until}")
    elif rule.count is not None:
        items.append(f"COUNT={rule.count}")
    elif rule.until_text:
        items.append(f"UNTIL={rule.until_text}")
    return ";".join(items)


def find_starts(rule: Rule, start: datetime, first: datetime, stop: datetime, limit: int) -> Starts:
    """The starts a rule gives from `first` to before `stop`, all on one clock, at most `limit`. Raises RuleError."""
    from dateutil.rrule import rrulestr

    if rule.until is not None:
        stop = min(stop, rule.until + timedelta(seconds=1))
    if stop <= max(first, start):
        return Starts(())
    begin = _begin_near(rule, start, first)
    # A rule that never comes true ("30 February") is tried to the end of the calendar: so begin near that end.
    years = max(0, (_LAST_YEAR - max(stop.year, begin.year)) // _CYCLE * _CYCLE)
    begin, first, stop = (_years_later(moment, years) for moment in (begin, first, stop))
    text = ";".join(f"{key}={value}" for key, value in rule.parts)
    if rule.count is not None:
        text += f";COUNT={rule.count}"
    found: list[datetime] = []
    steps = 0
    try:
        for moment in rrulestr(text, dtstart=begin):
            steps += 1
            if moment >= stop:
                return Starts(tuple(found))
            if moment >= first:
                if len(found) == limit:
                    return Starts(tuple(found), is_complete=False)
                found.append(_years_later(moment, -years))
            if steps > _MAX_STEPS:
                return Starts(tuple(found), is_complete=False)
    except (ValueError, OverflowError, TypeError, IndexError, KeyError, ZeroDivisionError) as error:
        raise RuleError(f"“{text[:60]}” is no rule of recurrence") from error
    return Starts(tuple(found))


def _begin_near(rule: Rule, start: datetime, first: datetime) -> datetime:
    """A later start in step with the rule, so that years before the range need not be walked through."""
    period = _PERIODS.get(rule.freq)
    if rule.count is not None or period is None or first <= start:
        return start
    period *= rule.interval
    return start + (first - start) // period * period


def _years_later(moment: datetime, years: int) -> datetime:
    return moment.replace(year=moment.year + years) if years else moment
