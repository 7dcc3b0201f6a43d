"""The clashes of one event, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scplanner.domain.temporal import DayRange
from scplanner.services import queries
from scplanner.ui.editor.sections.warnings import ClashLine
from scplanner.ui.event_words import clash_with

if TYPE_CHECKING:
    from scplanner.domain.events import EventDetails, OccurrenceKey
    from scplanner.services.workspace import Workspace

_MARGIN_DAYS = 31


def find_clash_lines(workspace: Workspace, key: OccurrenceKey, details: EventDetails) -> list[ClashLine]:
    """What clashes with this event. Not for the GUI thread."""
    if details.span is None:
        return []
    days = DayRange(details.span.first_day, details.span.last_day).widened(_MARGIN_DAYS)
    lines = []
    for clash in queries.clashes(workspace, days):
        mine = [number for number, other in enumerate(clash.keys) if _is_same(other, key)]
        if clash.accepted or not mine:
            continue
        other = 1 - mine[0]
        lines.append(ClashLine(clash.keys[other], clash_with(clash, other)))
    return lines


def _is_same(one: OccurrenceKey, other: OccurrenceKey) -> bool:
    return one.event_id == other.event_id and (
        one.recurrence_id == other.recurrence_id or not one.recurrence_id or not other.recurrence_id
    )
