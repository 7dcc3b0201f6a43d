"""What stands around the events of a catalogue: its topics, and the series with the names they go by."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from scplanner.domain.folding import fold


@dataclass(frozen=True, slots=True)
class Topic:
    """A topic: the slug the source files use, the name shown and written to CATEGORIES, the colour as `#RRGGBB`."""

    slug: str
    name: str
    color: str


@dataclass(frozen=True, slots=True)
class Series:
    """A series of events and what else it is called. `organiser` and `url` are those of the series as a whole."""

    name: str
    aliases: tuple[str, ...] = ()
    organiser: str = ""
    url: str = ""


class SeriesIndex:
    """Finds a series by its name or one of its aliases, without regard to case and accents."""

    def __init__(self, series: Iterable[Series]) -> None:
        self._by_name: dict[str, Series] = {}
        for one in series:
            for name in (one.name, *one.aliases):
                self._by_name.setdefault(fold(name), one)

    def find(self, name: str) -> Series | None:
        """The series of that name, short name or other name: `SCEWC`, `EURESFO`, `isc2`."""
        return self._by_name.get(fold(name.strip()))

    def names_of(self, name: str) -> tuple[str, ...]:
        """Every name the series goes by, its own first; empty if there is no such series."""
        found = self.find(name)
        return () if found is None else (found.name, *found.aliases)
