"""Cities and countries: where a place is, in which time zone, and how far two places are from each other.

The records come from the bundled tables of `data/gazetteer` (GeoNames, CC-BY 4.0). This module only parses text;
`scplanner.sources.gazetteer` reads the files, once and only when a place is first asked for.
"""

from __future__ import annotations

import math
from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from heapq import nlargest

from scplanner.domain.folding import fold

EARTH_RADIUS_KM = 6371.0088

CITY_COLUMNS = ("geonameid", "name", "country", "admin", "latitude", "longitude", "zone", "population", "names")
COUNTRY_COLUMNS = ("code", "name", "continent", "capital", "names")

# How much bigger a city has to be to be meant by one of its other names where a city elsewhere bears it as its own.
_OTHER_NAME_HANDICAP = 10


@dataclass(frozen=True, slots=True)
class City:
    """A city, or a district or region that holds events under its own name.

    `id` is the GeoNames id; rows added by hand have a negative one. `country` is the ISO 3166 alpha-2 code, `admin`
    the state (its name in the United States, else the GeoNames code), `latitude` and `longitude` are degrees north
    and east, `zone` is an IANA name, `population` 0 if unknown.
    """

    id: int
    name: str
    country: str
    admin: str
    latitude: float
    longitude: float
    zone: str
    population: int

    @property
    def position(self) -> tuple[float, float]:
        """Degrees north and east, as `distance_km` takes them."""
        return (self.latitude, self.longitude)


@dataclass(frozen=True, slots=True)
class Country:
    """A country: ISO 3166 alpha-2 code, English name, continent (`EU`, `AS` …) and capital, which may be empty."""

    code: str
    name: str
    continent: str
    capital: str


def distance_km(a: tuple[float, float], b: tuple[float, float]) -> float:
    """The great-circle distance in kilometres between two positions in degrees (north, east)."""
    north_a, north_b = math.radians(a[0]), math.radians(b[0])
    half_north = (north_b - north_a) / 2
    half_east = math.radians(b[1] - a[1]) / 2
    chord = math.sin(half_north) ** 2 + math.cos(north_a) * math.cos(north_b) * math.sin(half_east) ** 2
    return 2 * EARTH_RADIUS_KM * math.asin(math.sqrt(min(1.0, chord)))


class Gazetteer:
    """All cities and countries, found by name without regard to case and accents."""

    def __init__(self, rows: list[str], countries: dict[str, Country], country_names: dict[str, str]) -> None:
        """Index rows of `cities.tsv`; a row is only parsed when its city is asked for."""
        self._rows = rows
        self._countries = countries
        self._country_names = country_names
        self._own: dict[str, list[int]] = {}
        self._other: dict[str, list[int]] = {}
        own, other = self._own, self._other
        for number, row in enumerate(rows):
            _, name, rest = row.split("\t", 2)
            key = fold(name)
            if key in own:
                own[key].append(number)
            else:
                own[key] = [number]
            names = rest[rest.rindex("\t") + 1 :]
            if names:
                for key in names.split("|"):
                    if key in other:
                        other[key].append(number)
                    else:
                        other[key] = [number]

    def find_city(self, name: str, country: str = "") -> City | None:
        """The city of that name, in the country (alpha-2 code) if one is given; the biggest of several.

        A city's own name goes before another's alternative name. A state or country may follow the name: "Portland,
        Oregon", "Paris, France".
        """
        found = self._find(fold(name.strip()), country.upper(), "")
        if found is None and "," in name:
            first, _, last = (part.strip() for part in name.rpartition(","))
            code = self.find_country(last)
            if code is not None and code.code in (country.upper() or code.code):
                found = self._find(fold(first), code.code, "")
            if found is None:
                found = self._find(fold(first), country.upper(), fold(last))
        return found

    def cities_beginning_with(self, typed: str, limit: int) -> list[City]:
        """Cities whose own name begins with what was typed, those with the most people first."""
        folded = fold(typed.strip())
        if not folded:
            return []
        keys = self._sorted_keys
        first, last = bisect_left(keys, folded), bisect_left(keys, f"{folded}\U0010ffff")
        found = (_city(self._rows[number]) for key in keys[first:last] for number in self._own[key])
        return nlargest(limit, found, key=lambda city: city.population)

    @cached_property
    def _sorted_keys(self) -> list[str]:
        return sorted(self._own)

    def _find(self, key: str, country: str, admin: str) -> City | None:
        """The best city for a folded name: in each country its own name first, then the most people."""
        best: dict[str, tuple[bool, int, City]] = {}
        for is_own, numbers in ((True, self._own.get(key, ())), (False, self._other.get(key, ()))):
            for city in map(_city, (self._rows[number] for number in numbers)):
                if (country and city.country != country) or (admin and fold(city.admin) != admin):
                    continue
                known = best.get(city.country)
                if known is None or (is_own, city.population) > known[:2]:
                    best[city.country] = (is_own, city.population, city)
        if not best:
            return None
        return max(best.values(), key=lambda one: one[1] if one[0] else one[1] / _OTHER_NAME_HANDICAP)[2]

    def find_country(self, name: str) -> Country | None:
        """The country of that English name, alpha-2 or alpha-3 code, or common short form ("USA", "UK")."""
        code = self._country_names.get(fold(name.strip()))
        return None if code is None else self._countries[code]

    def country_name(self, code: str) -> str:
        """The English name of an alpha-2 code; the code itself if there is no such country."""
        country = self._countries.get(code.upper())
        return code if country is None else country.name

    def countries(self) -> tuple[Country, ...]:
        """All countries in the order of their codes."""
        return tuple(self._countries.values())


def parse_gazetteer(cities: str, countries: str) -> Gazetteer:
    """Make a gazetteer of the texts of `cities.tsv` and `countries.tsv`; ValueError if they are no such tables."""
    city_rows = _rows(cities, CITY_COLUMNS)
    records: dict[str, Country] = {}
    names: dict[str, str] = {}
    for row in _rows(countries, COUNTRY_COLUMNS):
        code, name, continent, capital, others = row.split("\t")
        records[code] = Country(code, name, continent, capital)
        for key in (fold(code), fold(name), *_split(others)):
            names.setdefault(key, code)
    return Gazetteer(city_rows, records, names)


def _rows(text: str, columns: Iterable[str]) -> list[str]:
    head, _, body = text.partition("\n")
    if head != "\t".join(columns):
        raise ValueError(f"not a gazetteer table: {head[:60]!r}")
    return body.rstrip("\n").split("\n")


def _split(names: str) -> list[str]:
    return names.split("|") if names else []


def _city(row: str) -> City:
    number, name, country, admin, latitude, longitude, zone, population, _ = row.split("\t")
    return City(int(number), name, country, admin, float(latitude), float(longitude), zone, int(population))
