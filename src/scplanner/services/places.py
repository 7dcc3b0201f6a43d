"""Cities and countries as the window asks for them: completion while typing, the zone of a city.

The gazetteer takes about a tenth of a second to read, once: `load` does that away from the GUI thread, and until then
the others answer as if they knew nothing.
"""

from __future__ import annotations

from scplanner.domain.gazetteer import City, Gazetteer

_loaded: list[Gazetteer] = []


def load() -> None:
    """Read the gazetteer, if that was not done yet. A missing or broken one leaves the answers empty."""
    from scplanner.sources.gazetteer import bundled_gazetteer

    if not _loaded:
        try:
            _loaded.append(bundled_gazetteer())
        except (OSError, ValueError):
            return


def is_loaded() -> bool:
    """Whether the others can answer."""
    return bool(_loaded)


def find_city(name: str, country: str = "") -> City | None:
    """The city of that name, in the country (alpha-2 code) if one is given."""
    return _loaded[0].find_city(name, country) if _loaded and name.strip() else None


def cities_like(typed: str, limit: int = 8) -> list[City]:
    """Cities whose name begins with what was typed, the biggest first; then the one known by that name elsewhere."""
    if not _loaded or not typed.strip():
        return []
    found = _loaded[0].cities_beginning_with(typed, limit)
    by_other_name = _loaded[0].find_city(typed)
    if by_other_name is not None and by_other_name not in found:
        found = [by_other_name, *found][:limit]
    return found


def country_code(name: str) -> str:
    """The alpha-2 code of a country by its English name or code; what was given if it is none."""
    found = _loaded[0].find_country(name) if _loaded else None
    return found.code if found is not None else name
