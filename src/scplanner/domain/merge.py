"""The three-way merge of one event, field by field: base, mine, theirs.

Theirs is always compared with the base, never with my edited copy: what the source did not touch stays mine, what
I did not touch becomes theirs, and what both changed to something else is a conflict for the user.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from scplanner.domain.events import Event
from scplanner.domain.fields import EVENT_CONTENT, FieldChange, FieldSpec, differences


class Side(StrEnum):
    """Whose value stands."""

    MINE = "mine"
    THEIRS = "theirs"


@dataclass(frozen=True, slots=True)
class FieldConflict:
    """A field that I and the source both changed, to different values."""

    field: str
    mine: object
    theirs: object
    base: object


@dataclass(frozen=True, slots=True)
class MergeResult:
    """`merged` is mine with what only they changed; in a conflict mine stands. `changes` lead from mine to it."""

    merged: Event
    changes: tuple[FieldChange, ...]
    conflicts: tuple[FieldConflict, ...] = ()

    @property
    def is_unchanged(self) -> bool:
        """Theirs brings nothing that mine does not have."""
        return not self.changes and not self.conflicts


def merge(base: Event | None, mine: Event, theirs: Event) -> MergeResult:
    """Bring what changed between `base` and `theirs` onto `mine`. Without a base, what differs is their change."""
    base = mine if base is None else base
    by_them = {change.field for change in differences(base, theirs)}
    by_me = {change.field for change in differences(base, mine)} if base is not mine else set()
    apart = {change.field for change in differences(mine, theirs)}
    my_groups = {spec.group for spec in EVENT_CONTENT if spec.group and spec.name in by_me}
    their_groups = {spec.group for spec in EVENT_CONTENT if spec.group and spec.name in by_them}

    taken: dict[str, object] = {}
    conflicts: list[FieldConflict] = []
    for spec in EVENT_CONTENT:
        name = spec.name
        if name not in apart:
            continue
        is_theirs = name in by_them or spec.group in their_groups
        is_mine = name in by_me or spec.group in my_groups
        if not is_theirs:
            continue
        if not is_mine:
            taken[name] = getattr(theirs, name)
        elif spec.kind.is_set:
            taken[name] = _united(base, mine, theirs, spec)
        else:
            conflicts.append(FieldConflict(name, getattr(mine, name), getattr(theirs, name), getattr(base, name)))
    if taken:
        taken |= _newest_revision(mine, theirs)
    merged = with_values(mine, taken)
    return MergeResult(merged, differences(mine, merged), tuple(conflicts))


def resolved(merged: Event, conflicts: tuple[FieldConflict, ...], sides: Mapping[str, Side] | Side) -> Event:
    """The merged event after the user has chosen a side, for all conflicts or field by field (mine if unsaid)."""
    chosen = {
        conflict.field: conflict.theirs
        for conflict in conflicts
        if (sides if isinstance(sides, Side) else sides.get(conflict.field)) is Side.THEIRS
    }
    return with_values(merged, chosen)


def completed(mine: Event, theirs: Event) -> Event:
    """Mine with its empty fields filled from theirs: how two records of one event become one."""
    filled: dict[str, object] = {}
    for spec in EVENT_CONTENT:
        my, their = getattr(mine, spec.name), getattr(theirs, spec.name)
        if spec.kind.is_set:
            filled[spec.name] = (*my, *(value for value in their if value not in my))
        elif my in (None, "", ()) and not (spec.group == "when" and mine.start is not None):
            filled[spec.name] = their
    if mine.start is None and theirs.start is not None:
        filled["vague"] = None
    return with_values(mine, filled)


def with_values(event: Event, values: Mapping[str, object]) -> Event:
    """The event with these fields replaced, each named in the table."""
    untyped: dict[str, Any] = dict(values)
    return replace(event, **untyped) if untyped else event


def _newest_revision(mine: Event, theirs: Event) -> dict[str, object]:
    moments = [event.last_modified for event in (mine, theirs) if event.last_modified is not None]
    return {"sequence": max(mine.sequence, theirs.sequence), "last_modified": max(moments, default=None)}


def _united(base: Event, mine: Event, theirs: Event, spec: FieldSpec) -> tuple[object, ...]:
    """What either side added, without what either removed; my order first."""
    old, my, their = (tuple(getattr(event, spec.name)) for event in (base, mine, theirs))
    kept = [value for value in my if value in their or value not in old]
    return (*kept, *(value for value in their if value not in old and value not in my))
