from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import pytest

from scplanner.paths import UserPaths
from scplanner.services import aliases, backups, catalogue, queries, upkeep
from scplanner.services.opening import open_workspace
from scplanner.services.workspace import Workspace
from scplanner.sources.catalogue import bundled_catalogue


@pytest.fixture
def ws(user_paths: UserPaths) -> Iterator[Workspace]:
    opened = open_workspace(user_paths, today=date(2023, 10, 10))
    yield opened
    opened.close()


def test_the_first_upkeep_of_a_day_makes_a_backup_and_the_second_finds_nothing_due(ws: Workspace) -> None:
    done = upkeep.run(ws)
    assert done.backup is not None
    assert backups.list_backups(ws.paths.backups)[0].path == done.backup.path
    assert done.catalogue is None
    assert upkeep.run(ws) == upkeep.Upkeep()


def test_a_newer_bundled_catalogue_is_taken_once(ws: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    bundled = bundled_catalogue()
    version = date(2027, 2, 1)
    data = bundled.data.replace(f"CATALOGUE:{bundled.version}".encode(), f"CATALOGUE:{version}".encode())
    newer = replace(bundled, data=data, version=version)
    monkeypatch.setattr(upkeep, "bundled_catalogue", lambda: newer)
    monkeypatch.setattr(catalogue.files, "bundled_catalogue", lambda: newer)
    assert upkeep.run(ws).catalogue is not None
    assert catalogue.version_here(ws) == version
    assert upkeep.run(ws).catalogue is None


@pytest.mark.parametrize("typed", ["SCEWC", "scewc "])
def test_a_series_is_found_by_the_short_name_nobody_wrote_in_the_event(ws: Workspace, typed: str) -> None:
    assert "SCEWC" not in next(hit.title for hit in queries.search(ws, "Expo World Congress 2019"))
    assert "Smart City Expo World Congress 2019" in {hit.title for hit in queries.search(ws, typed)}


def test_a_full_name_or_an_unknown_word_stands_for_nothing_else() -> None:
    assert aliases.full_name("Smart City Expo World Congress") == ""
    assert aliases.full_name("quantum gardening") == ""
