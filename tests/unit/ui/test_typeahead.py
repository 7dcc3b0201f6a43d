"""Typing to find a title."""

from scplanner.ui.typeahead import PAUSE, TypeAhead

TITLES = ["Global Mobility Call", "Łódź Smart City", "Smart City Expo", "Smart Country Convention", "ICEC"]


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


def test_letters_narrow_what_is_found() -> None:
    search = TypeAhead(Clock())
    assert search.find("s", TITLES, 0) == 2
    for letter in "mart co":
        found = search.find(letter, TITLES, 2)
    assert found == 3


def test_a_pause_begins_anew() -> None:
    clock = Clock()
    search = TypeAhead(clock)
    search.find("s", TITLES, None)
    clock.now += PAUSE + 0.1
    assert not search.is_typing
    assert search.find("i", TITLES, 2) == 4


def test_the_same_letter_again_goes_on_to_the_next() -> None:
    search = TypeAhead(Clock())
    assert search.find("s", TITLES, None) == 2
    assert search.find("s", TITLES, 2) == 3
    assert search.find("s", TITLES, 3) == 2


def test_accents_are_folded_and_words_are_found() -> None:
    search = TypeAhead(Clock())
    for letter in "lod":
        found = search.find(letter, TITLES, None)
    assert found == 1
    search.stop()
    for letter in "exp":
        found = search.find(letter, TITLES, None)
    assert found == 2


def test_a_slash_opens_a_search() -> None:
    search = TypeAhead(Clock())
    assert not search.is_typing
    search.find("/", TITLES, 3)
    assert search.is_typing
    assert search.find("g", TITLES, 3) == 0


def test_nothing_fits() -> None:
    search = TypeAhead(Clock())
    assert search.find("x", TITLES, 0) is None
    assert search.find("a", [], None) is None
