import contextlib
import sqlite3
from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import pytest

from scplanner.domain.changes import ChangeSet, created
from scplanner.domain.events import Calendar, CalendarKind
from scplanner.domain.temporal import DayRange
from scplanner.paths import UserPaths
from scplanner.services import aliases, backups, catalogue, changes, queries, upkeep
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


def test_a_subscribed_calendar_does_not_keep_the_catalogue_from_being_updated(
    ws: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    feed = Calendar(-1, "Feed", CalendarKind.SUBSCRIBED, source="https://example.org/events.ics")
    changes.apply(ws, ChangeSet("Subscribe", created([feed])))
    asked: list[Workspace] = []
    monkeypatch.setattr(catalogue, "apply_bundled", asked.append)
    monkeypatch.setattr(upkeep, "bundled_catalogue", lambda: replace(bundled_catalogue(), version=date(2027, 2, 1)))
    upkeep.run(ws)
    assert asked == [ws]


def test_derived_tables_of_another_version_are_made_anew_on_a_restore(ws: Workspace) -> None:
    backup = backups.make_now(ws)
    with contextlib.closing(sqlite3.connect(backup.path)) as connection, connection:
        connection.execute("UPDATE meta SET value = 'old' WHERE key = 'derived'")
        connection.execute("DELETE FROM occurrences")
    backups.restore_from(ws, backup.path)
    assert queries.occurrences(ws, DayRange(date(2023, 9, 1), date(2024, 6, 30)))
