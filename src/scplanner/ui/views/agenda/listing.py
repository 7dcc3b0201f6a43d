"""What the agenda holds: rows with whatever finds them quickly, made away from the GUI thread."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

from scplanner.domain.events import Occurrence, OccurrenceKey
from scplanner.domain.query import EventFilter
from scplanner.domain.temporal import day_of
from scplanner.ui.event_words import title_of
from scplanner.ui.views.agenda.layout import Row, Section, rows_of

if TYPE_CHECKING:
    from scplanner.services.queries import DueRow
    from scplanner.services.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Listing:
    """Everything the agenda shows, made in one reading."""

    rows: Sequence[Row] = ()
    places: Mapping[OccurrenceKey, int] = field(default_factory=dict)
    sections: Sequence[tuple[date, int]] = ()
    headings: Sequence[int] = ()
    titles: Sequence[str] = ()
    clashing: frozenset[OccurrenceKey] = frozenset()
    due: Mapping[int, DueRow] = field(default_factory=dict)

    @property
    def count(self) -> int:
        """How many events, headings left out."""
        return len(self.places)


def make_listing(
    occurrences: Sequence[Occurrence],
    clashing: frozenset[OccurrenceKey] = frozenset(),
    due: Mapping[int, DueRow] | None = None,
) -> Listing:
    """Rows and what finds them quickly."""
    rows = rows_of(occurrences)
    places = {row.key: place for place, row in enumerate(rows) if isinstance(row, Occurrence)}
    headings = [place for place, row in enumerate(rows) if isinstance(row, Section)]
    sections = [
        (row.month, place)
        for place in headings
        if isinstance(row := rows[place], Section) and row.month and not row.is_open
    ]
    titles = [title_of(row) if isinstance(row, Occurrence) else "" for row in rows]
    return Listing(rows, places, sections, headings, titles, clashing, due or {})


def read_listing(workspace: Workspace, event_filter: EventFilter) -> Listing:
    """Read the rows of the agenda. Takes its time with many events: not for the GUI thread."""
    from scplanner.services import queries

    return make_listing(queries.agenda(workspace, event_filter))


def read_marks(workspace: Workspace) -> tuple[frozenset[OccurrenceKey], dict[int, DueRow]]:
    """Which events clash, and what is due next for each event: not for the GUI thread."""
    from scplanner.services import queries

    clashing = frozenset(key for clash in queries.clashes(workspace) if not clash.accepted for key in clash.keys)
    today = workspace.today()
    due: dict[int, DueRow] = {}
    for row in queries.deadlines(workspace):
        kept = due.get(row.key.event_id)
        if kept is None or _urgency(row, today) < _urgency(kept, today):
            due[row.key.event_id] = row
    return clashing, due


def _urgency(row: DueRow, today: date) -> tuple[int, int]:
    """What is still to come first, the soonest of it; then what was missed and what is done, the latest of it."""
    day = day_of(row.deadline.due).toordinal()
    if not row.is_done and day >= today.toordinal():
        return (0, day)
    return (1, -day) if not row.is_done else (2, -day)
