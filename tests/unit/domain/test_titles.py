"""Which titles may name one event, and what tells them apart."""

import pytest

from scplanner.domain.titles import may_be_same, normalised


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Smart City Expo World Congress 2023", "Smart City Expo - World Congress"),
        ("Smart City Expo World Congress", "World Congress: Smart City Expo"),
        ("9th Smart Cities India Expo", "Smart Cities India Expo"),
        ("Smart Country Convention (SCCON)", "Smart Country Convention"),
        ("Urban Future Global Conference", "Urban Futures Global Conference"),
        ("Smart City Expo Casablanka", "Smart City Expo Casablanca"),
        ("European Urban Resilience Forum", "The European Urban Resilience Forum"),
        ("Łódź Smart Mobility Days", "Lodz smart mobility days"),
    ],
)
def test_titles_that_may_be_one(one, other):
    assert may_be_same(one, other)
    assert may_be_same(other, one)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Workshop 1", "Workshop 2"),
        ("Workshop", "Workshop 2"),
        ("Workshop (II)", "Workshop (III)"),
        ("Urban mobility workshop A", "Urban mobility workshop B"),
        ("Morning session on urban data", "Evening session on urban data"),
        ("Smart City Expo World Congress 2023", "Smart City Expo World Congress 2024"),
        ("8th Smart Cities India Expo", "9th Smart Cities India Expo"),
        ("Smart City Expo World Congress", "Smart City Expo World Congress Awards"),
        ("Smart City Expo USA", "Smart City Expo Asia"),
        ("Session 12a: lessons from lighthouse cities", "Session 12b: lessons from lighthouse cities"),
        ("", ""),
        ("2023", "2023"),
    ],
)
def test_titles_that_are_never_one(one, other):
    assert not may_be_same(one, other)
    assert not may_be_same(other, one)


def test_the_city_in_a_title_tells_nothing_apart():
    assert may_be_same("Smart City Expo World Congress Oslo", "Smart City Expo World Congress", city="Oslo")
    assert not may_be_same("Smart City Expo World Congress Oslo", "Smart City Expo World Congress")


def test_equality_sees_no_punctuation_case_or_accents():
    assert normalised(" +CityxChange — Final  Évent ") == "cityxchange final event"
