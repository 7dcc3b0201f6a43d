"""Which events are asked for: one filter, shared by all views, the command line and exports."""

from __future__ import annotations

from dataclasses import dataclass

from scplanner.domain.events import Decision, Occurrence
from scplanner.domain.temporal import DayRange


@dataclass(frozen=True, slots=True)
class EventFilter:
    """Conditions that all have to hold; an empty one holds always.

    `decisions` may hold None for the undecided. `text` is searched as typed (folded, word prefixes). `countries` are ISO
    3166 alpha-2 codes. Declined events are left out unless asked for by `decisions` or `show_declined`; hidden ones
    unless `show_hidden`.
    """

    range: DayRange | None = None
    calendars: frozenset[int] = frozenset()
    topics: frozenset[str] = frozenset()
    countries: frozenset[str] = frozenset()
    cities: frozenset[str] = frozenset()
    decisions: frozenset[Decision | None] = frozenset()
    text: str = ""
    show_declined: bool = False
    show_hidden: bool = False

    def admits(self, occurrence: Occurrence) -> bool:
        """Whether a view with this filter shows it. Range and text are the store's to answer, not asked here."""
        if occurrence.is_hidden and not self.show_hidden:
            return False
        if self.calendars and occurrence.calendar_id not in self.calendars:
            return False
        if self.topics and self.topics.isdisjoint(occurrence.topics):
            return False
        if self.countries and occurrence.country not in self.countries:
            return False
        if self.cities and occurrence.city not in self.cities:
            return False
        if self.decisions:
            return occurrence.decision in self.decisions
        return self.show_declined or occurrence.decision is not Decision.DECLINED
