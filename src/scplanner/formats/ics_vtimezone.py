"""VTIMEZONEs made from the time zone database, as plain as the zone allows (interoperability: rules 7 to 9)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, tzinfo
from functools import lru_cache
from itertools import pairwise

from scplanner.formats.contentlines import fold

_WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_STEP = timedelta(days=7)  # no zone changes its offset for less


@dataclass(frozen=True, slots=True)
class Transition:
    """A change of the clock. `onset` is told by the clock before it, as DTSTART of an observance is."""

    onset: datetime
    offset_from: timedelta
    offset_to: timedelta
    name: str
    is_daylight: bool = False


@lru_cache(maxsize=256)
def write_vtimezone(tzid: str, zone: tzinfo, first_year: int, last_year: int) -> str:
    """The VTIMEZONE of a zone under that TZID, right for all times of those years.

    A zone with one pair of switches a year, on the same weekday of the month, gets a yearly rule for each (Outlook reads
    nothing else). Any other zone gets one STANDARD for the time before, and each switch by itself.
    """
    first_year, last_year = max(first_year, 1902), min(max(last_year, first_year), 2400)
    transitions = find_transitions(zone, first_year - 1, last_year)
    lines = ["BEGIN:VTIMEZONE", f"TZID:{tzid}"]
    rules = _yearly_rules(transitions)
    if rules is None:
        begin = datetime(first_year - 1 if transitions else 1970, 1, 1, tzinfo=zone)
        offset = transitions[0].offset_from if transitions else _offset(datetime(first_year, 7, 1, tzinfo=zone))
        before = Transition(begin, offset, offset, begin.tzname() or "")
        rules = [(transition, "") for transition in (before, *transitions)]
    for transition, rule in rules:
        lines += _observance(transition, rule)
    lines.append("END:VTIMEZONE")
    return "".join(fold(line) for line in lines)


def find_transitions(zone: tzinfo, first_year: int, last_year: int) -> list[Transition]:
    """Every change of the clock of a zone from the beginning of the first to the end of the last year."""
    moment, stop = datetime(first_year, 1, 1, tzinfo=UTC), datetime(last_year + 1, 1, 1, tzinfo=UTC)
    found = []
    while moment < stop:
        after = min(moment + _STEP, stop)
        if _offset(moment.astimezone(zone)) != _offset(after.astimezone(zone)):
            found.append(_transition_between(zone, moment, after))
        moment = after
    return found


def _transition_between(zone: tzinfo, before: datetime, after: datetime) -> Transition:
    offset_from = _offset(before.astimezone(zone))
    while after - before > timedelta(seconds=1):
        middle = before + (after - before) // 2
        middle = middle.replace(microsecond=0)
        if middle == before:
            break
        if _offset(middle.astimezone(zone)) == offset_from:
            before = middle
        else:
            after = middle
    local = after.astimezone(zone)
    onset = (after + offset_from).replace(tzinfo=None)
    return Transition(onset, offset_from, _offset(local), local.tzname() or "", bool(local.dst()))


def _offset(moment: datetime) -> timedelta:
    return moment.utcoffset() or timedelta()


def _yearly_rules(transitions: list[Transition]) -> list[tuple[Transition, str]] | None:
    """The first switch of each of the two kinds with its rule; None if the years are not all alike."""
    years = {transition.onset.year for transition in transitions}
    kinds: dict[tuple[object, ...], list[Transition]] = {}
    for item in transitions:
        key = (item.onset.month, item.onset.weekday(), item.onset.time(), item.offset_from, item.offset_to, item.name)
        kinds.setdefault(key, []).append(item)
    if len(kinds) != 2 or len(transitions) != 2 * len(years) or len(years) < 2:
        return None
    if any(after.onset.year - before.onset.year > 1 for before, after in pairwise(transitions)):
        return None
    rules = []
    for switches in kinds.values():
        week = _week_of_month([switch.onset for switch in switches])
        if week is None:
            return None
        onset = switches[0].onset
        rules.append((switches[0], f"FREQ=YEARLY;BYMONTH={onset.month};BYDAY={week}{_WEEKDAYS[onset.weekday()]}"))
    return rules


def _week_of_month(onsets: list[datetime]) -> int | None:
    """The last week (-1), or the one counted from the first, if it is the same in all these months."""
    if all((onset + timedelta(days=7)).month != onset.month for onset in onsets):
        return -1
    weeks = {(onset.day - 1) // 7 + 1 for onset in onsets}
    return weeks.pop() if len(weeks) == 1 else None


def _observance(transition: Transition, rule: str) -> list[str]:
    kind = "DAYLIGHT" if transition.is_daylight else "STANDARD"
    lines = [f"BEGIN:{kind}", f"DTSTART:{transition.onset:%Y%m%dT%H%M%S}"]
    if rule:
        lines.append(f"RRULE:{rule}")
    lines.append(f"TZOFFSETFROM:{offset_text(transition.offset_from)}")
    lines.append(f"TZOFFSETTO:{offset_text(transition.offset_to)}")
    if transition.name:
        lines.append(f"TZNAME:{transition.name}")
    return [*lines, f"END:{kind}"]


def offset_text(offset: timedelta) -> str:
    """A UTC-OFFSET: `+0100`, `-0330`, with seconds where it has any."""
    seconds = round(offset.total_seconds())
    hours, rest = divmod(abs(seconds), 3600)
    minutes, seconds_left = divmod(rest, 60)
    return f"{'-' if seconds < 0 else '+'}{hours:02}{minutes:02}{f'{seconds_left:02}' if seconds_left else ''}"
