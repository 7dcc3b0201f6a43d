"""Rules of a season's plan: what cannot both be done. Pure functions over occurrences."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta, tzinfo
from enum import StrEnum

from scplanner.domain.events import Decision, Occurrence, OccurrenceKey
from scplanner.domain.folding import fold
from scplanner.domain.temporal import instant
from scplanner.domain.titles import may_be_same, normalised

PLANNED = frozenset({Decision.GOING, Decision.CONSIDERING})
"""Only what the user goes to, or may go to, can clash."""


class ClashKind(StrEnum):
    """What is wrong between two events, the gravest first: of several, a pair is listed with the gravest."""

    OVERLAP = "overlap"


@dataclass(frozen=True, slots=True)
class Clash:
    """Two occurrences that cannot both be attended: one entry a pair, the earlier first.

    `events` are their uids, `titles` what they are called; `first` and `last` the days they collide on; `reason` says it in
    English words (the window makes its own, in the user's language).
    """

    kind: ClashKind
    events: tuple[str, str]
    keys: tuple[OccurrenceKey, OccurrenceKey]
    first: date
    last: date
    reason: str
    accepted: bool = False
    titles: tuple[str, str] = ("", "")


@dataclass(frozen=True, slots=True)
class _Entry:
    occurrence: Occurrence
    begins: datetime | None
    ends: datetime | None

    @property
    def is_timed(self) -> bool:
        return self.begins is not None


def find_clashes(occurrences: Iterable[Occurrence], zone: tzinfo) -> list[Clash]:
    """All pairs of planned occurrences that overlap, in order of their days. Floating times are told in `zone`.

    Two timed events overlap by their instants; as soon as one is a matter of days, by the days they stand on.
    What never clashes: an event with itself, its parent (or that one's), its copy under the same uid, its probable
    duplicate. Siblings under one parent clash only when both are timed and their times overlap: side events that share
    a day of their congress are what congresses are made of.
    """
    planned = [occurrence for occurrence in occurrences if _is_planned(occurrence)]
    parents = {occurrence.uid: occurrence.parent_uid for occurrence in planned if occurrence.parent_uid}
    entries = sorted((_entry(occurrence, zone) for occurrence in planned), key=_order)
    clashes: list[Clash] = []
    active: list[_Entry] = []
    for entry in entries:
        first = entry.occurrence.first_day - _SLACK
        active = [earlier for earlier in active if earlier.occurrence.last_day >= first]
        clashes.extend(_clash(earlier, entry) for earlier in active if _do_clash(earlier, entry, parents))
        active.append(entry)
    return sorted(clashes, key=lambda clash: (clash.first, clash.last, clash.events))


def are_kin(one: Occurrence, other: Occurrence, parents: Mapping[str, str]) -> bool:
    """One is the other's parent, or the parent's parent."""
    return other.uid in _ancestors(one, parents) or one.uid in _ancestors(other, parents)


def are_one_event(one: Occurrence, other: Occurrence) -> bool:
    """Two occurrences of one event, an event and its copy under the same uid, or probable duplicates."""
    if one.key.event_id == other.key.event_id:
        return True
    if one.uid == other.uid and normalised(one.summary) == normalised(other.summary):
        return True
    return fold(one.city) == fold(other.city) and may_be_same(one.summary, other.summary, city=one.city)


_SLACK = timedelta(days=2)
"""Instants that overlap may stand on days this far apart, each told at its own place (UTC−12 … UTC+14)."""


_MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip


def _is_planned(occurrence: Occurrence) -> bool:
    is_off = occurrence.status is not None and occurrence.status.is_off
    return occurrence.decision in PLANNED and not occurrence.is_vague and not is_off


def _entry(occurrence: Occurrence, zone: tzinfo) -> _Entry:
    span = occurrence.span
    assert span is not None, "vague events are not planned"
    if span.is_all_day:
        return _Entry(occurrence, None, None)
    return _Entry(occurrence, instant(span.start, zone), instant(span.effective_end, zone))


def _order(entry: _Entry) -> tuple[date, date, str, int, str]:
    occurrence = entry.occurrence
    key = occurrence.key
    return occurrence.first_day, occurrence.last_day, occurrence.uid, key.event_id, key.recurrence_id


def _do_clash(one: _Entry, other: _Entry, parents: Mapping[str, str]) -> bool:
    if not _overlap(one, other):
        return False
    first, second = one.occurrence, other.occurrence
    if are_kin(first, second, parents) or are_one_event(first, second):
        return False
    are_siblings = bool(first.parent_uid) and first.parent_uid == second.parent_uid
    return not are_siblings or (one.is_timed and other.is_timed)


def _overlap(one: _Entry, other: _Entry) -> bool:
    if one.begins is None or one.ends is None or other.begins is None or other.ends is None:
        first, second = one.occurrence, other.occurrence
        return first.first_day <= second.last_day and second.first_day <= first.last_day
    if one.begins == other.begins:
        return True
    return one.begins < other.ends and other.begins < one.ends


def _ancestors(occurrence: Occurrence, parents: Mapping[str, str]) -> Collection[str]:
    found: list[str] = []
    uid = occurrence.parent_uid
    while uid and uid not in found:
        found.append(uid)
        uid = parents.get(uid, "")
    return found


def _clash(one: _Entry, other: _Entry) -> Clash:
    first, second = one.occurrence, other.occurrence
    days = sorted((max(first.first_day, second.first_day), min(first.last_day, second.last_day)))
    when = _days_in_words(*days) if days[0] != days[1] else f"on {_day_in_words(days[0])}"
    titles = (first.summary or first.uid, second.summary or second.uid)
    reason = f"“{titles[0]}” and “{titles[1]}” overlap {when}"
    uids, keys = (first.uid, second.uid), (first.key, second.key)
    return Clash(ClashKind.OVERLAP, uids, keys, days[0], days[1], reason, titles=titles)


def _day_in_words(day: date) -> str:
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"


def _days_in_words(first: date, last: date) -> str:
    if (first.year, first.month) == (last.year, last.month):
        return f"on {first.day}–{_day_in_words(last)}"
    return f"from {_day_in_words(first)} to {_day_in_words(last)}"
