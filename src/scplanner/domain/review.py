"""What an import, a feed or an update of the catalogue would do, before it does it.

A review is plain data: views show its items, the user ticks and chooses (`dataclasses.replace` on an item), and
applying turns what is ticked into one change set. Nothing here writes.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum

from scplanner.domain.events import Calendar, Event, EventStatus
from scplanner.domain.fields import FieldChange, differences
from scplanner.domain.matching import Match, MatchedBy, is_other_event
from scplanner.domain.merge import FieldConflict, Side, completed, merge, resolved, with_values
from scplanner.domain.problems import Problem


class ReviewKind(StrEnum):
    """What an incoming event is to what is stored."""

    NEW = "new"
    CHANGED = "changed"
    CONFLICT = "conflict"
    UNCHANGED = "unchanged"
    CANCELLED = "cancelled"
    DUPLICATE = "duplicate"
    REJECTED = "rejected"


class Choice(StrEnum):
    """The user's word on a conflict (mine, theirs, both) or a probable duplicate (both, merge, skip)."""

    MINE = "mine"
    THEIRS = "theirs"
    BOTH = "both"
    MERGE = "merge"
    SKIP = "skip"


@dataclass(frozen=True, slots=True)
class Doubt:
    """Something about an item that a person should look at; `field` as in the table of fields."""

    field: str
    reason: str


@dataclass(frozen=True, slots=True)
class ReviewItem:
    """One component of a file, and what becomes of it.

    `result` is what would stand after applying; in a conflict, with mine in every field both changed. `text` and
    `shell` are the component as it came. `choice` None on a conflict means: not decided, left out.
    """

    kind: ReviewKind
    incoming: Event | None = None
    current: Event | None = None
    result: Event | None = None
    changes: tuple[FieldChange, ...] = ()
    conflicts: tuple[FieldConflict, ...] = ()
    problems: tuple[Problem, ...] = ()
    doubts: tuple[Doubt, ...] = ()
    source: str = ""
    line: int = 0
    text: str = ""
    shell: str = ""
    is_cancellation: bool = False
    is_other_event: bool = False
    is_ticked: bool = True
    choice: Choice | None = None
    sides: Mapping[str, Side] = field(default_factory=dict)

    @property
    def duplicate_of(self) -> Event | None:
        """The stored event it probably is."""
        return self.current if self.kind is ReviewKind.DUPLICATE else None

    @property
    def is_decided(self) -> bool:
        """Applying knows what to do with it."""
        return self.kind is not ReviewKind.CONFLICT or self.choice is not None or bool(self.sides)

    @property
    def writes(self) -> bool:
        """Whether applying writes anything for it."""
        return self.is_ticked and self.is_decided and self.outcome is not None

    @property
    def becomes_new(self) -> bool:
        """Whether its outcome is an event of its own, not a new version of `current`."""
        if self.is_other_event:
            return self.choice is Choice.BOTH
        return self.current is None or (self.kind is ReviewKind.DUPLICATE and self.choice in (None, Choice.BOTH))

    @property
    def outcome(self) -> Event | None:
        """What would stand after applying, by the choice taken; None where nothing is written."""
        if self.kind in (ReviewKind.UNCHANGED, ReviewKind.REJECTED) or self.choice is Choice.SKIP:
            return None
        if self.kind is ReviewKind.DUPLICATE and self.choice is Choice.MERGE:
            assert self.current is not None and self.incoming is not None
            merged = completed(self.current, self.incoming)
            return merged if differences(self.current, merged) else None
        if self.kind is not ReviewKind.CONFLICT:
            return self.result
        return self._settled()

    def _settled(self) -> Event | None:
        """Keeping mine is written too: it makes theirs the base, so that the same conflict is not asked again."""
        assert self.result is not None
        if self.is_other_event and self.choice is Choice.BOTH:
            return self.incoming
        sides = self.sides or {conflict.field: _SIDES.get(self.choice, Side.MINE) for conflict in self.conflicts}
        settled = resolved(self.result, self.conflicts, sides)
        return settled if settled != self.current else None


_SIDES: Mapping[Choice | None, Side] = {Choice.THEIRS: Side.THEIRS}


@dataclass(frozen=True, slots=True)
class ReviewedSource:
    """A file that was read for a review; `error` says why nothing of it could be."""

    source: str
    format: str = ""
    encoding: str = ""
    error: str = ""


@dataclass(frozen=True, slots=True)
class Review:
    """All items of one import, in the order of the files. New events go to `calendar`.

    `version` is what the calendar's source is at once this is applied; empty where the calendar has no source.
    """

    title: str
    calendar: Calendar
    items: tuple[ReviewItem, ...] = ()
    sources: tuple[ReviewedSource, ...] = ()
    version: str = ""

    @property
    def counts(self) -> dict[ReviewKind, int]:
        """How many items of each kind; every kind is there."""
        found = Counter(item.kind for item in self.items)
        return {kind: found[kind] for kind in ReviewKind}

    def chosen(self, *, on_conflict: Side | None = None, on_duplicate: Choice = Choice.BOTH) -> Review:
        """The review with what the user has not decided item by item decided for all."""
        return replace(self, items=tuple(_chosen(item, on_conflict, on_duplicate) for item in self.items))


def _chosen(item: ReviewItem, on_conflict: Side | None, on_duplicate: Choice) -> ReviewItem:
    if item.kind is ReviewKind.CONFLICT and not item.is_decided and on_conflict is not None:
        return replace(item, choice=Choice(on_conflict.value), is_ticked=True)
    if item.kind is ReviewKind.DUPLICATE and item.choice is None:
        return replace(item, choice=on_duplicate)
    return item


def review_match(match: Match, base: Event | None, seed: ReviewItem, *, moves_base: bool = True) -> ReviewItem:
    """Say what becomes of a matched component: `seed`, which holds it, with its kind and outcome filled in.

    `base` is the last version seen from the source where `current` was edited since; without it, what is stored is the
    base. `moves_base` is false for an event of a feed or the catalogue that comes from elsewhere than its source.
    """
    theirs, mine = match.incoming, match.current
    if mine is None or match.by is MatchedBy.DUPLICATE:
        kind = ReviewKind.NEW if mine is None else ReviewKind.DUPLICATE
        result = with_values(theirs, {"base_hash": theirs.text_hash})
        if seed.is_cancellation:
            result = with_values(result, {"status": EventStatus.CANCELLED})
        return replace(seed, kind=kind, incoming=result, result=result, current=mine)
    seed = replace(seed, incoming=theirs, current=mine, result=mine)
    base = base or mine
    if moves_base and mine.status is EventStatus.WITHDRAWN:
        base = with_values(base, {"status": mine.status})  # the source had let it go: that it is back is a change
    elif _is_known(theirs, mine):
        return replace(seed, kind=ReviewKind.UNCHANGED)
    if seed.is_cancellation:
        theirs = with_values(base, {"status": EventStatus.CANCELLED, "sequence": theirs.sequence})
    elif match.by.is_by_uid and is_other_event(base, theirs):
        return _other_event(seed, base, theirs, mine)
    merged = merge(base, mine, theirs)
    result = merged.merged
    if moves_base and not seed.is_cancellation:
        result = with_values(result, {"base_hash": theirs.text_hash})
    if merged.conflicts:
        return replace(
            seed,
            kind=ReviewKind.CONFLICT,
            result=result,
            changes=merged.changes,
            conflicts=merged.conflicts,
            is_ticked=False,
        )
    if not merged.changes:
        return replace(seed, kind=ReviewKind.UNCHANGED, result=result)
    is_called_off = result.status is EventStatus.CANCELLED and mine.status is not EventStatus.CANCELLED
    doubts = seed.doubts
    if theirs.sequence < base.sequence and not is_called_off:
        doubts = (*doubts, Doubt("sequence", "older than what you have"))
    return replace(
        seed,
        kind=ReviewKind.CANCELLED if is_called_off else ReviewKind.CHANGED,
        result=result,
        changes=merged.changes,
        doubts=doubts,
        is_ticked=doubts == seed.doubts,
    )


def withdrawn(missing: Sequence[Event], total: int, today: date) -> tuple[ReviewItem, ...]:
    """What becomes of events that are missing from a source that claims to be whole: they are kept, as withdrawn.

    Only such as have not ended; and none is ticked when more than a third of the source's `total` would go at once.
    """
    gone = [event for event in missing if event.status is not EventStatus.WITHDRAWN and not _has_ended(event, today)]
    items = []
    for event in gone:
        result = with_values(event, {"status": EventStatus.WITHDRAWN})
        changes = differences(event, result)
        is_ticked = len(gone) * MOST_WITHDRAWN <= total
        items.append(
            ReviewItem(ReviewKind.CANCELLED, current=event, result=result, changes=changes, is_ticked=is_ticked)
        )
    return tuple(items)


MOST_WITHDRAWN = 3
"""A source may take back one in so many of its events at once without being asked whether it means it."""


def _has_ended(event: Event, today: date) -> bool:
    if event.span is not None:
        return event.span.last_day < today and not event.is_recurring
    return event.vague is not None and event.vague.sort_day < today


def _is_known(theirs: Event, mine: Event) -> bool:
    """The same text as the one stored, or as the one it was edited from. The same text with another zone is not."""
    if not theirs.text_hash:
        return False
    if theirs.text_hash == mine.text_hash:
        return theirs.start == mine.start and theirs.end == mine.end
    return theirs.text_hash == mine.base_hash


def _other_event(seed: ReviewItem, base: Event, theirs: Event, mine: Event) -> ReviewItem:
    conflicts = tuple(
        FieldConflict(change.field, change.before, change.after, getattr(base, change.field))
        for change in differences(mine, theirs)
    )
    doubt = Doubt("uid", "the same UID, but title and days differ: another event?")
    return replace(
        seed,
        kind=ReviewKind.CONFLICT,
        result=with_values(mine, {"base_hash": theirs.text_hash}),
        conflicts=conflicts,
        doubts=(*seed.doubts, doubt),
        is_other_event=True,
        is_ticked=False,
    )
