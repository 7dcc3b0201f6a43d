from collections.abc import Iterator
from datetime import date

import pytest

from scplanner.paths import UserPaths
from scplanner.services import queries
from scplanner.services.opening import open_workspace
from scplanner.services.workspace import Workspace


@pytest.fixture
def ws(user_paths: UserPaths) -> Iterator[Workspace]:
    opened = open_workspace(user_paths, today=date(2023, 10, 10))
    yield opened
    opened.close()


def test_titles_come_before_places_and_places_before_the_rest(ws: Workspace) -> None:
    def tier(hit: queries.SearchHit) -> int:
        return 0 if "barcel" in hit.title.lower() else 1 if "barcel" in hit.place.lower() else 2

    tiers = [tier(hit) for hit in queries.search(ws, "barcel", limit=200)]
    assert set(tiers) == {0, 1, 2}
    assert tiers == sorted(tiers)


def test_among_equals_what_comes_next_stands_first_and_the_past_follows_latest_first(ws: Workspace) -> None:
    hits = queries.search(ws, "expo world congress")
    days = [hit.day for hit in hits if hit.day is not None and "Expo World Congress" in hit.title]
    coming = [day for day in days if day >= date(2023, 10, 10)]
    past = [day for day in days if day < date(2023, 10, 10)]
    assert coming
    assert past
    assert days == sorted(coming) + sorted(past, reverse=True)
