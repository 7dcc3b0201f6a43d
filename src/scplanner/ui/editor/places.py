"""Cities and countries for the form of a place. Names of countries are in `ui.words`."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from PySide6.QtCore import QLocale

from scplanner.domain.folding import fold
from scplanner.services import places
from scplanner.ui.words import country_name


@dataclass(frozen=True, slots=True)
class CityChoice:
    """A city as the completion offers it."""

    words: str
    name: str
    country: str


def country_code(name: str) -> str:
    """`PT` for Portugal, in English or in words of the system; what is no country stays as it is."""
    typed = name.strip()
    if not typed:
        return ""
    return _codes().get(fold(typed)) or places.country_code(typed)


def zone_of_city(city: str, country: str) -> str:
    """The zone of a city; empty while it is not known."""
    found = places.find_city(city, country) if city else None
    return found.zone if found is not None else ""


def cities_like(typed: str) -> tuple[CityChoice, ...]:
    """What the completion offers."""
    choices: dict[str, CityChoice] = {}
    for city in places.cities_like(typed):
        words = ", ".join(part for part in (city.name, city.admin, country_name(city.country)) if part)
        choices.setdefault(words, CityChoice(words, city.name, city.country))
    return tuple(choices.values())


@lru_cache(maxsize=1)
def _codes() -> dict[str, str]:
    codes: dict[str, str] = {}
    for locale in QLocale.matchingLocales(
        QLocale.Language.AnyLanguage, QLocale.Script.AnyScript, QLocale.Country.AnyCountry
    ):
        territory = locale.territory()
        code = QLocale.territoryToCode(territory)
        if len(code) == 2:
            codes.setdefault(fold(QLocale.territoryToString(territory)), code)
            codes.setdefault(fold(code), code)
    return codes
