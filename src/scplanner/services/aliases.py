"""The other names of conference series, for search: who types SCEWC means the Smart City Expo World Congress."""

from __future__ import annotations

from functools import lru_cache

from scplanner.domain.catalogue import SeriesIndex


@lru_cache(maxsize=1)
def series_index() -> SeriesIndex:
    """The series of the catalogue by all their names; empty if the table can't be read."""
    from scplanner.formats.catalogue_source import read_series
    from scplanner.sources.catalogue import bundled_series

    try:
        return SeriesIndex(read_series(bundled_series()))
    except (OSError, ValueError):
        return SeriesIndex(())


def full_name(text: str) -> str:
    """The series a short name stands for; empty if it is none, or is the full name already."""
    found = series_index().find(text)
    return "" if found is None or found.name.casefold() == text.strip().casefold() else found.name
