"""Which stored event an incoming one is: the order of ARCHITECTURE.md, "Identity", one to one.

1. the same UID (and RECURRENCE-ID) in the target calendar;
2. the same UID in another calendar;
3. the same normalised title, start, end and city in the target calendar, under another UID;
4. a probable duplicate: alike in title, with overlapping days, in the same city. Only ever offered, and never
   sought within one file.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Hashable, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from typing import Protocol, TypeAlias

from rapidfuzz import fuzz, process

from scplanner.domain.events import Event
from scplanner.domain.folding import fold
from scplanner.domain.temporal import When, to_text
from scplanner.domain.titles import SIMILAR_ENOUGH, may_be_same, normalised, taken_apart

_LONGEST_SEARCHED = 62
"""Days of an event that are searched for duplicates: what lasts longer is no conference."""


class Candidates(Protocol):
    """What the store is asked: in bulk, since ten thousand may come at once."""

    def by_uids(self, uids: Collection[str]) -> Iterable[Event]:
        """All events with one of these UIDs, in any calendar."""

    def by_calendar(self, calendar_id: int) -> Iterable[Event]:
        """All events of a calendar."""

    def by_days(self, first: date, last: date) -> Iterable[Event]:
        """All single events and masters that stand on one of these days, in any calendar."""


class MatchedBy(StrEnum):
    """How an incoming event was recognised."""

    NOTHING = "nothing"
    UID = "uid"
    UID_ELSEWHERE = "uid elsewhere"
    TITLE = "title"
    DUPLICATE = "probable duplicate"

    @property
    def is_by_uid(self) -> bool:
        """The file says itself which event it means."""
        return self in (MatchedBy.UID, MatchedBy.UID_ELSEWHERE)


@dataclass(frozen=True, slots=True)
class Match:
    """An incoming event with the stored one it is, or (as a DUPLICATE) probably is."""

    incoming: Event
    current: Event | None = None
    by: MatchedBy = MatchedBy.NOTHING


Key: TypeAlias = Callable[[Event], Hashable]


def identity(event: Event) -> tuple[str, str]:
    """What makes two components of files the same one: UID and, for an override, the instant it replaces."""
    return event.uid, recurrence_key(event.recurrence_id)


def recurrence_key(recurrence_id: When | None) -> str:
    """The text by which overrides of one series are told apart, whichever zone tells it; empty for a master."""
    return "" if recurrence_id is None else _moment(recurrence_id)


def match(incoming: Sequence[Event], calendar_id: int, candidates: Candidates) -> list[Match]:
    """Say for each incoming event which stored one it is, in the order given."""
    matcher = _Matcher(incoming)
    known = list(candidates.by_uids({event.uid for event in incoming if event.uid}))
    matcher.pair([event for event in known if event.calendar_id == calendar_id], identity, MatchedBy.UID)
    matcher.pair([event for event in known if event.calendar_id != calendar_id], identity, MatchedBy.UID_ELSEWHERE)
    if matcher.open:
        stored = candidates.by_calendar(calendar_id)
        matcher.pair([event for event in stored if event.start is not None], _look, MatchedBy.TITLE)
    if days := matcher.open_days():
        matcher.pair_duplicates(candidates.by_days(*days))
    return matcher.matches()


def superseded(incoming: Sequence[Event], sources: Sequence[str]) -> set[int]:
    """Which of the events of one import stand in it again, newer or the same: the positions of those to leave out.

    Only what has the same UID, occurrence and title is compared. Two of one file of which neither says it is the
    newer are both kept; of two files, the later one is the newer.
    """
    groups: dict[Hashable, list[int]] = defaultdict(list)
    for index, event in enumerate(incoming):
        groups[(*identity(event), normalised(event.summary))].append(index)
    older: set[int] = set()
    for indexes in groups.values():
        if len(indexes) == 1:
            continue
        latest = max(indexes, key=lambda index: (_revision(incoming[index]), index))
        seen: set[str] = set()
        for index in indexes:
            event = incoming[index]
            is_older = event.sequence < incoming[latest].sequence or sources[index] != sources[latest]
            is_again = bool(event.text_hash) and event.text_hash in seen
            seen.add(event.text_hash)
            if is_again or (is_older and index != latest):
                older.add(index)
    return older


def is_other_event(base: Event, theirs: Event) -> bool:
    """Under one UID, title and first day both differ: perhaps another event. What says neither is none."""
    if not theirs.summary or theirs.span is None or base.span is None:
        return False
    return base.span.first_day != theirs.span.first_day and normalised(base.summary) != normalised(theirs.summary)


def is_probable_duplicate(one: Event, other: Event) -> bool:
    """Alike in title, with overlapping days, in the same city."""
    if (
        one.span is None
        or other.span is None
        or recurrence_key(one.recurrence_id) != recurrence_key(other.recurrence_id)
    ):
        return False
    if one.span.first_day > other.span.last_day or other.span.first_day > one.span.last_day:
        return False
    return in_same_city(one, other) and may_be_same(one.summary, other.summary, city=one.city or other.city)


def in_same_city(one: Event, other: Event) -> bool:
    """The same city, or none said on either side. A city known on one side may be named in the other's location."""
    first, second = fold(one.city), fold(other.city)
    if first and second:
        return first == second
    if first or second:
        place = normalised(other.location if first else one.location)
        return f" {normalised(first or second)} " in f" {place} "
    return normalised(one.location) == normalised(other.location)


class _Matcher:
    """Pairs incoming with stored events, each at most once; what is paired stays so."""

    def __init__(self, incoming: Sequence[Event]) -> None:
        self._incoming = incoming
        self._found: dict[int, Match] = {}
        self._taken: set[int] = set()
        self.open = list(range(len(incoming)))

    def pair(self, stored: Iterable[Event], key: Key, by: MatchedBy) -> None:
        """Pair what has the same key; of several, the likest first."""
        by_key: dict[Hashable, list[Event]] = defaultdict(list)
        for event in stored:
            if event.id not in self._taken and (value := key(event)) is not None:
                by_key[value].append(event)
        if not by_key:
            return
        waiting: dict[Hashable, list[int]] = defaultdict(list)
        for index in self.open:
            value = key(self._incoming[index])
            if value is not None and value in by_key:
                waiting[value].append(index)
        for value, indexes in waiting.items():
            for index, event in self._likest_first(indexes, by_key[value]):
                self._take(index, event, by)
        self._close()

    def open_days(self) -> tuple[date, date] | None:
        """The days within which the events that are still open lie."""
        spans = [span for index in self.open if (span := self._incoming[index].span) is not None]
        if not spans:
            return None
        return min(span.first_day for span in spans), max(span.last_day for span in spans)

    def pair_duplicates(self, stored: Iterable[Event]) -> None:
        """Offer for each open event the first stored one that probably is the same."""
        by_day: dict[date, list[tuple[Event, str]]] = defaultdict(list)
        for event in stored:
            if event.id not in self._taken:
                line = taken_apart(event.summary).line
                for day in _days(event):
                    by_day[day].append((event, line))
        for index in self.open:
            theirs = self._incoming[index]
            near = {event.id: (event, line) for day in _days(theirs) for event, line in by_day.get(day, ())}
            lines = {key: line for key, (_, line) in near.items()}
            alike = process.extract(
                taken_apart(theirs.summary).line, lines, scorer=fuzz.ratio, score_cutoff=SIMILAR_ENOUGH, limit=None
            )
            for _, _, key in alike:
                event = near[key][0]
                if key not in self._taken and is_probable_duplicate(theirs, event):
                    self._take(index, event, MatchedBy.DUPLICATE)
                    break
        self._close()

    def matches(self) -> list[Match]:
        """One match for each incoming event."""
        return [self._found.get(index) or Match(event) for index, event in enumerate(self._incoming)]

    def _likest_first(self, indexes: list[int], stored: list[Event]) -> Iterable[tuple[int, Event]]:
        """Where one key stands several times: the same text first, then title and start, title, start, the rest."""
        if len(indexes) == 1 and len(stored) == 1:
            return [(indexes[0], stored[0])]
        chosen: list[tuple[int, Event]] = []
        for likeness in _LIKENESSES:
            waiting: dict[Hashable, list[Event]] = defaultdict(list)
            for event in reversed(stored):
                waiting[likeness(event)].append(event)
            left = []
            for index in indexes:
                same = waiting.get(likeness(self._incoming[index]))
                if same:
                    chosen.append((index, same.pop()))
                else:
                    left.append(index)
            indexes = left
            paired = {event.id for _, event in chosen}
            stored = [event for event in stored if event.id not in paired]
        return chosen

    def _take(self, index: int, event: Event, by: MatchedBy) -> None:
        self._taken.add(event.id)
        self._found[index] = Match(self._incoming[index], event, by)

    def _close(self) -> None:
        self.open = [index for index in self.open if index not in self._found]


def _look(event: Event) -> Hashable:
    """What an event looks like to a person: the same under another UID."""
    title = normalised(event.summary)
    if not title or event.span is None:
        return None
    start, end = event.span.start, event.span.effective_end
    return title, _moment(start), _moment(end), fold(event.city), recurrence_key(event.recurrence_id)


_LIKENESSES: tuple[Key, ...] = (
    lambda event: event.text_hash or id(event),
    lambda event: (normalised(event.summary), event.start),
    lambda event: normalised(event.summary),
    lambda event: event.start,
    lambda _: None,
)


def _revision(event: Event) -> tuple[int, datetime]:
    return event.sequence, event.last_modified or datetime.min.replace(tzinfo=UTC)


def _moment(when: When) -> str:
    if isinstance(when, datetime) and when.tzinfo is not None:
        when = when.astimezone(UTC)
    return to_text(when)


def _days(event: Event) -> Iterable[date]:
    span = event.span
    if span is None:
        return ()
    count = min((span.last_day - span.first_day).days + 1, _LONGEST_SEARCHED)
    return [span.first_day + timedelta(days=offset) for offset in range(count)]
