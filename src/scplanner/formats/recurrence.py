"""Recurrence: which occurrences of a series fall into a range of days, and how a series is cut in two.

Rules are expanded by dateutil on the clock of the series' own zone, so a meeting at 9 stays at 9 across a change of the
clock. EXDATE, RDATE and overrides are applied by recurring-ical-events. Whatever the rule, time and memory are bounded.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING, Final

from scplanner.domain.events import Event
from scplanner.domain.problems import CUT_OFF, Problem
from scplanner.domain.temporal import ONE_DAY, DayRange, TimeSpan, When, day_of, is_date, tzid_of
from scplanner.formats.contentlines import parse_property, unfold
from scplanner.formats.ics_values import read_duration, read_when, wall_text
from scplanner.formats.ics_zones import zones_of
from scplanner.formats.recurrence_rules import Rule, RuleError, find_starts, read_rule, write_rule

if TYPE_CHECKING:
    from icalendar import Event as Component

MAX_INSTANCES: Final = 10_000

_TAG = "X-SCPLANNER-COMPONENT"
_NOTHING = timedelta()


@dataclass(frozen=True, slots=True)
class Instance:
    """One occurrence. `recurrence_id` is the start the rule gives it, `span` when it really is.

    `override_event_id` is the event that says what it is like, if that is not the master.
    """

    recurrence_id: When
    span: TimeSpan
    override_event_id: int | None = None


@dataclass(frozen=True, slots=True)
class Expansion:
    """The occurrences found, by start; `is_complete` is false if a limit cut them off, and a Problem says so."""

    instances: tuple[Instance, ...]
    problems: tuple[Problem, ...] = ()
    is_complete: bool = True


def expand(
    master: Event,
    overrides: Sequence[Event],
    texts: Mapping[int, tuple[str, str]],
    range: DayRange,  # noqa: A002  (the word of the domain)
    limit: int = MAX_INSTANCES,
) -> Expansion:
    """The occurrences of a series whose days, told in their own zone, overlap a range. Never raises.

    `texts` gives the (text, shell) of events by id; it is asked for the master's, whose zone and periods only the file
    may know, and may lack it. An event that does not recur has one instance, one without a start none.
    """
    if master.start is None:
        return Expansion(())
    text, shell = texts.get(master.id, ("", ""))
    clock = _Clock(master.start, shell)
    try:
        starts, problems = _starts(master, overrides, text, clock, range, limit)
        if overrides or master.rdates or master.exdates:
            instances = _apply_exceptions(master, overrides, text, clock, starts, range)
        else:
            instances = [_instance(master, clock, wall) for wall in starts]
        shown = [item for item in instances if range.overlaps(*item.span.days_in(None))]
    except OverflowError:
        return Expansion((), (Problem(None, "RRULE", "leaves the calendar"),), is_complete=False)
    return Expansion(tuple(shown[:limit]), tuple(problems), is_complete=not problems and len(shown) <= limit)


def _starts(
    master: Event,
    overrides: Sequence[Event],
    text: str,
    clock: _Clock,
    range: DayRange,  # noqa: A002
    limit: int,
) -> tuple[list[datetime], list[Problem]]:
    """Where the rule puts its occurrences, on the series' clock, and the event's own start, which always counts."""
    assert master.start is not None
    begin = clock.wall(master.start)
    found, problems = {begin}, []
    if not master.rrule:
        return [begin], []
    first, stop = _walls(range, _reach(master, overrides, clock))
    try:
        for rule in _rules(master, text):
            parts = read_rule(rule, clock.until)
            by_rule = find_starts(parts, begin, first, stop, limit)
            found.update(wall for wall in by_rule.starts if not clock.is_past(wall, parts))
            if not by_rule.is_complete:
                is_full = len(by_rule.starts) >= limit
                problems.append(
                    Problem(None, "RRULE", CUT_OFF if is_full else "takes too long to follow to these days")
                )
            if parts.until is not None and parts.until < begin:
                problems.append(Problem(None, "RRULE", "ends before the event begins"))
    except RuleError as error:
        problems.append(Problem(None, "RRULE", str(error)))
    return sorted(found), problems


def split_rule(rrule: str, at: When, start: When) -> tuple[str, str]:
    """Cut a rule in two before the occurrence `at`: the old series' rule, ended by UNTIL, and that of the new one.

    A COUNT becomes what is left of it, at least 1. The rules are as they were where they cannot be read.
    """
    clock = _Clock(start, "")
    try:
        parts = read_rule(rrule, clock.until)
        begin, cut = clock.wall(start), clock.wall(at)
        new = parts
        if parts.count is not None:
            # Never more than COUNT occurrences lie before it, so nothing is cut off.
            before = len(find_starts(parts, begin, begin, cut, parts.count).starts)
            new = replace(parts, count=max(1, parts.count - before))
            if before >= parts.count:  # an RDATE after the last of the rule
                return write_rule(parts), write_rule(new)
        last = clock.place(cut) if is_date(start) else clock.place(cut - timedelta(seconds=1))
        until = wall_text(day_of(last) - ONE_DAY) if is_date(start) else _until_text(last)
        return write_rule(parts, until=until), write_rule(new)
    except RuleError:
        return rrule, rrule


def has_several_rules(text: str) -> bool:
    """Whether the source text of a series holds more rules than its record can."""
    return len(_rules_in(text)) > 1


def moved_until(rrule: str, before: When, after: When) -> str:
    """The rule of a series whose start is moved, with its UNTIL moved along; as it is if it has none."""
    was, now = _Clock(before, ""), _Clock(after, "")
    try:
        parts = read_rule(rrule, was.until)
        if parts.until is None:
            return rrule
        is_day = is_date(after) or ("T" not in parts.until_text and not is_date(before))
        if is_day or is_date(before):
            until = parts.until + (day_of(after) - day_of(before))
            if not is_date(before) and parts.until.time() < was.wall(before).time() and "T" in parts.until_text:
                until -= ONE_DAY  # it ends on that day, but before the hour of the series
        else:
            until = parts.until + (now.wall(after) - was.wall(before))
        return write_rule(parts, until=wall_text(until.date()) if is_day else _until_text(now.place(until)))
    except (RuleError, OverflowError):
        return rrule


def _until_text(when: When) -> str:
    """UNTIL is in UTC for a zoned start and on the clock for a floating one (RFC 5545 §3.3.10)."""
    if isinstance(when, datetime) and when.tzinfo is not None:
        return wall_text(when.astimezone(UTC))
    return wall_text(when)


class _Clock:
    """The clock a series is told by: values to naive times on it, and back to values of the start's kind."""

    def __init__(self, start: When, shell: str) -> None:
        self.start = start
        self.shell = shell
        self.zone = start.tzinfo if isinstance(start, datetime) else None
        self.tzid = tzid_of(start) or ""

    def wall(self, when: When) -> datetime:
        """What it shows at that value, as a naive time; a date begins at midnight."""
        if not isinstance(when, datetime):
            return datetime.combine(when, time())
        if when.tzinfo is None or self.zone is None or tzid_of(when) == self.tzid:
            return when.replace(tzinfo=None)
        custom = zones_of(self.shell).find_custom(self.tzid) if self.shell else None
        if custom is not None:
            return custom.wall_of(when)
        return when.astimezone(self.zone).replace(tzinfo=None)

    def place(self, wall: datetime) -> When:
        """The value of the start's kind and zone at which it shows that time."""
        if is_date(self.start):
            return wall.date()
        if self.zone is None:
            return wall
        if self.shell:
            moment = zones_of(self.shell).localize(wall, self.tzid)
            if moment.tzinfo is not None and tzid_of(moment) == self.tzid:
                return moment
        return wall.replace(tzinfo=self.zone)

    def is_like(self, when: When) -> bool:
        """Whether it is a time among times, or among dates at all: a date among times means the whole day."""
        return is_date(self.start) or not is_date(when)

    def until(self, value: str) -> datetime:
        """An UNTIL on this clock; a date means all of that day. Raises ValueError."""
        when = read_when(value, "", zones_of(""))
        if is_date(when):
            return datetime.combine(when, time(23, 59, 59))
        assert isinstance(when, datetime)
        return when.replace(tzinfo=None) if is_date(self.start) else self.wall(when)

    def is_past(self, wall: datetime, rule: Rule) -> bool:
        """Whether that time is after a rule's UNTIL though the clock does not show it: in an hour that is skipped."""
        if rule.until is None or rule.until - wall > ONE_DAY or not rule.until_text.endswith("Z"):
            return False
        placed = self.place(wall)
        until = read_when(rule.until_text, "", zones_of(""))
        return (
            isinstance(placed, datetime)
            and isinstance(until, datetime)
            and placed.tzinfo is not None
            and placed > until
        )


def _rules(master: Event, text: str) -> list[str]:
    """The record's rule, or all of them where the source has several."""
    if text.upper().count("\nRRULE") < 2:
        return [master.rrule]
    return _rules_in(text)


def _rules_in(text: str) -> list[str]:
    items = [parse_property(line) for line in unfold(text)]
    return [item.value for item in items if item is not None and item.name == "RRULE"]


def _reach(master: Event, overrides: Sequence[Event], clock: _Clock) -> timedelta:
    """How far from its place in the rule an occurrence may be or last."""
    reach = _NOTHING
    for event in (master, *overrides):
        if event.start is None:
            continue
        length = clock.wall(TimeSpan(event.start, event.end).effective_end) - clock.wall(event.start)
        reach = max(reach, abs(length))
        if event.is_this_and_future and event.recurrence_id is not None:
            reach += abs(clock.wall(event.start) - clock.wall(event.recurrence_id))
    return reach


def _walls(range: DayRange, reach: timedelta) -> tuple[datetime, datetime]:  # noqa: A002
    """Where on the clock the starts may lie: from the first, before the second; a little within Python's calendar."""
    days = DayRange(max(range.first, date(10, 1, 1)), min(range.last, date(9990, 1, 1)))
    return datetime.combine(days.first, time()) - reach - ONE_DAY, datetime.combine(
        days.last, time()
    ) + reach + 2 * ONE_DAY


def _instance(master: Event, clock: _Clock, wall: datetime) -> Instance:
    start = clock.place(wall)
    return Instance(start, TimeSpan(start, _end(master, clock, start, wall)))


def _end(event: Event, clock: _Clock, start: When, wall: datetime) -> When | None:
    """As long after its start as the event's own end: on the clock if both are told by one, else exactly."""
    if event.end is None or event.start is None:
        return None
    if is_date(event.start) or is_date(event.end):
        return day_of(start) + (day_of(event.end) - day_of(event.start))
    assert isinstance(event.start, datetime) and isinstance(event.end, datetime) and isinstance(start, datetime)
    if tzid_of(event.end) == tzid_of(event.start):
        return clock.place(wall + (event.end.replace(tzinfo=None) - event.start.replace(tzinfo=None)))
    if event.start.tzinfo is None or event.end.tzinfo is None:
        return None
    return (start.astimezone(UTC) + (event.end - event.start)).astimezone(event.end.tzinfo)


def _apply_exceptions(
    master: Event,
    overrides: Sequence[Event],
    text: str,
    clock: _Clock,
    walls: list[datetime],
    range: DayRange,  # noqa: A002
) -> list[Instance]:
    """RDATE, EXDATE and overrides by recurring-ical-events, which is given the rule's starts as RDATEs.

    So a rule is expanded in one place only, and nothing in a file can make the library run on (it has no limit).
    """
    import recurring_ical_events  # type: ignore[import-untyped]
    from icalendar import Calendar

    calendar = Calendar()
    core = _component(master, clock, None)
    if walls:
        core.add("RDATE", [*walls, *(clock.wall(when) for when in master.rdates)])
        core.add("EXDATE", [clock.wall(when) if clock.is_like(when) else day_of(when) for when in master.exdates])
        calendar.add_component(core)
    for number, override in enumerate(overrides):
        if override.start is not None and override.recurrence_id is not None:
            calendar.add_component(_component(override, clock, number))
    periods = _periods(text, clock)
    instances = []
    for found in recurring_ical_events.of(calendar).between(*_walls(range, 2 * ONE_DAY)):
        start: datetime = found["DTSTART"].dt
        if _TAG not in found:
            instance = _instance(master, clock, start)
            length = periods.get(start)
            if length is not None:
                end = clock.place(start + length)
                instance = replace(instance, span=TimeSpan(instance.span.start, end))
        else:
            instance = _overridden(overrides[int(found[_TAG])], clock, start)
        instances.append(instance)
    return sorted(instances, key=lambda item: clock.wall(item.span.start))


def _component(event: Event, clock: _Clock, number: int | None) -> Component:
    """What the library needs to know of an event, all of it on the clock of the series."""
    from icalendar import Event as Component

    assert event.start is not None
    span = TimeSpan(event.start, event.end)
    component = Component()
    component.add("UID", "series")
    component.add("DTSTART", clock.wall(span.start))
    component.add("DTEND", max(clock.wall(span.effective_end), clock.wall(span.start)))
    if number is not None:
        assert event.recurrence_id is not None
        range_of = {"RANGE": "THISANDFUTURE"} if event.is_this_and_future else {}
        component.add("RECURRENCE-ID", clock.wall(event.recurrence_id), range_of)
        component.add("SEQUENCE", event.sequence)
        component.add(_TAG, str(number))
    return component


def _overridden(override: Event, clock: _Clock, start: datetime) -> Instance:
    """An occurrence that an override describes: its own, or a later one that RANGE=THISANDFUTURE moves along."""
    assert override.start is not None and override.recurrence_id is not None
    span = TimeSpan(override.start, override.end)
    shift = start - clock.wall(override.start)
    if not shift:
        return Instance(override.recurrence_id, span, override.id)
    recurrence_id = clock.place(clock.wall(override.recurrence_id) + shift)
    own = _Clock(override.start, clock.shell)
    begin = own.wall(override.start) + shift
    moved = own.place(begin)
    return Instance(recurrence_id, TimeSpan(moved, _end(override, own, moved, begin)), override.id)


def _periods(text: str, clock: _Clock) -> dict[datetime, timedelta]:
    """How long the occurrences last that an RDATE gives as PERIODs: only the source text says it."""
    found: dict[datetime, timedelta] = {}
    if "/" not in text:
        return found
    zones = zones_of(clock.shell)
    for line in unfold(text):
        item = parse_property(line)
        if item is None or item.name != "RDATE":
            continue
        tzid = item.params.get("TZID", "")
        for value in item.value.split(","):
            begin, slash, end = value.partition("/")
            try:
                start = read_when(begin, tzid, zones)
                is_duration = end.strip()[:1] in ("P", "+", "-")
                stop = read_duration(end).after(start) if is_duration else read_when(end, tzid, zones)
            except ValueError:
                continue
            if slash:
                found[clock.wall(start)] = max(_NOTHING, clock.wall(stop) - clock.wall(start))
    return found
