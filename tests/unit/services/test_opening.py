"""Opening a data folder: made and filled the first time, found again later, mended where derived tables are old."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pytest
from tests.unit.services.conftest import open_bare
from tests.unit.services.test_events import DAY, make

from scplanner.domain.changes import UndoState
from scplanner.domain.temporal import DayRange
from scplanner.errors import ReadOnlyData
from scplanner.paths import UserPaths
from scplanner.services import checking, events, history, queries
from scplanner.services.opening import open_workspace
from scplanner.services.workspace import CATALOGUE_NAME, PLAN_NAME

ALWAYS = DayRange(date(2000, 1, 1), date(2040, 1, 1))


def test_the_first_start_makes_a_catalogue_with_events_and_a_plan(tmp_path):
    told = []
    ws = open_workspace(UserPaths.at(tmp_path / "new" / "folder"), progress=lambda text, _: told.append(text))
    assert [c.name for c in queries.calendars(ws)] == [CATALOGUE_NAME, PLAN_NAME]
    assert len(queries.occurrences(ws, ALWAYS)) > 100
    assert told
    assert history.state(ws) == UndoState(), "what comes with the program is nothing to undo"
    assert queries.search(ws, "barcelona")
    assert checking.check(ws).is_clean
    ws.close()


def test_the_second_start_finds_everything_and_writes_nothing(tmp_path):
    ws = open_workspace(UserPaths.at(tmp_path))
    key = make(ws)
    rows, steps = queries.agenda(ws), history.steps(ws)
    ws.close()
    again = open_workspace(UserPaths.at(tmp_path), progress=lambda *_: pytest.fail("there is nothing to be done"))
    assert (queries.agenda(again), history.steps(again)) == (rows, steps)
    events.delete(again, [key])
    again.close()


def test_tables_made_by_another_version_are_made_anew(tmp_path):
    ws = open_bare(tmp_path)
    make(ws)
    with ws.store.database.write() as connection:
        connection.exec_driver_sql("DELETE FROM occurrences")
        connection.exec_driver_sql("INSERT OR REPLACE INTO meta VALUES('derived', 'older')")
    ws.close()
    again = open_workspace(UserPaths.at(tmp_path))
    assert [o.first_day for o in queries.occurrences(again, DayRange(DAY, DAY))] == [DAY]
    again.close()


def test_a_folder_that_cannot_be_made_is_said(tmp_path):
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(ReadOnlyData):
        open_workspace(UserPaths.at(tmp_path / "file" / "data"))


def test_two_programs_that_begin_at_once_fill_the_folder_once(tmp_path):
    paths = UserPaths.at(tmp_path)
    with ThreadPoolExecutor() as pool:
        opened = list(pool.map(lambda _: open_workspace(paths), range(4)))
    for ws in opened:
        assert [c.name for c in queries.calendars(ws)] == [CATALOGUE_NAME, PLAN_NAME]
        assert queries.counts(ws).events > 100
    assert checking.check(opened[0]).is_clean
    assert len(history.steps(opened[0])) == 2
    for ws in opened:
        ws.close()
