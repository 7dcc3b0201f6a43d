"""What a drag over the month means, without a mouse: which days an event would have."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import Enum

from scplanner.domain.events import Occurrence
from scplanner.domain.temporal import ONE_DAY, TimeSpan


class DragKind(Enum):
    """What is dragged: the whole event, one of its ends, or a new span over empty days."""

    MOVE = "move"
    BEGIN = "begin"
    END = "end"
    CREATE = "create"


@dataclass(frozen=True, slots=True)
class Drag:
    """A drag under way: begun on `origin`, now over `day`."""

    kind: DragKind
    origin: date
    day: date
    occurrence: Occurrence | None = None

    @property
    def days(self) -> tuple[date, date]:
        """First and last day the event would have."""
        if self.occurrence is None:
            return min(self.origin, self.day), max(self.origin, self.day)
        first, last = self.occurrence.first_day, self.occurrence.last_day
        if self.kind is DragKind.MOVE:
            shift = self.day - self.origin
            return first + shift, last + shift
        if self.kind is DragKind.BEGIN:
            return min(self.day, last), last
        return first, max(self.day, first)

    @property
    def is_change(self) -> bool:
        """Whether anything would be different."""
        if self.occurrence is None:
            return self.origin != self.day
        return self.days != (self.occurrence.first_day, self.occurrence.last_day)

    def span(self) -> TimeSpan:
        """The span it would have: days move or grow whole, hours stay as they are."""
        first, last = self.days
        if self.occurrence is None or self.occurrence.span is None:
            return TimeSpan(first, last + ONE_DAY)
        span = self.occurrence.span
        if self.kind is DragKind.MOVE:
            return span.moved((first - self.occurrence.first_day).days)
        if self.kind is DragKind.BEGIN:
            start = span.start + timedelta(days=(first - self.occurrence.first_day).days)
            return TimeSpan(start, _after(start, span.effective_end))
        end = span.effective_end + timedelta(days=(last - self.occurrence.last_day).days)
        return TimeSpan(span.start, _after(span.start, end))


def _after(start: date | datetime, end: date | datetime) -> date | datetime:
    """The end; never before the start, where an end of the span was dragged onto the day of the other."""
    if isinstance(start, datetime) and isinstance(end, datetime):
        if (start.tzinfo is None) != (end.tzinfo is None):
            return end
        return max(start, end)
    return end
