"""Cities while typing, and their zones."""

from __future__ import annotations

import pytest

from scplanner.services import places


@pytest.fixture(autouse=True)
def _loaded() -> None:
    places.load()


def test_the_biggest_city_of_that_beginning_comes_first() -> None:
    first = places.cities_like("barcel")[0]
    assert (first.name, first.country) == ("Barcelona", "ES")
    assert len(places.cities_like("a", limit=5)) == 5


def test_accents_and_other_names_do_not_matter() -> None:
    assert places.cities_like("malmo")[0].name == "Malmö"
    assert any(city.country == "DE" for city in places.cities_like("Munich"))


@pytest.mark.parametrize("typed", ["", "   ", "qqqqqq", "\U0010ffff"])
def test_what_is_no_city_offers_nothing(typed: str) -> None:
    assert places.cities_like(typed) == []


def test_zone_and_code() -> None:
    city = places.find_city("Cascais", "PT")
    assert city is not None
    assert city.zone == "Europe/Lisbon"
    assert places.country_code("Portugal") == "PT"
    assert places.country_code("Atlantis") == "Atlantis"
