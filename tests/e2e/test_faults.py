"""What the world does to a data folder: each time a sentence, nothing half written, and a way on."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from tests.e2e.kill import open_folder

from scplanner.domain.changes import ChangeSet, created
from scplanner.domain.events import Event, OccurrenceKey
from scplanner.errors import CorruptDatabase, DiskFull, NewerDatabase, ReadOnlyData, StoreLocked
from scplanner.services import attachments, backups, changes, checking, events, history, queries, recovery
from scplanner.services.opening import open_workspace
from scplanner.store import database as database_module

DAY = date(2027, 5, 3)
needs_root = pytest.mark.skipif(
    sys.platform != "linux" or os.geteuid() != 0 or not shutil.which("mount"), reason="only root may mount"
)


def many(count: int, text: str = "word " * 100) -> ChangeSet:
    return ChangeSet(
        "Import", created(Event(-n, 1, f"{n}@x", start=DAY, description=text) for n in range(1, count + 1))
    )


@pytest.fixture
def ws(tmp_path):
    workspace = open_folder(tmp_path / "data")
    yield workspace
    workspace.close()


@pytest.fixture
def small_disk(tmp_path):
    """A disk of 4 MB."""
    place = tmp_path / "disk"
    place.mkdir()
    done = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=4m", "tmpfs", str(place)], capture_output=True)
    if done.returncode:
        pytest.skip("this root may not mount")
    yield place
    subprocess.run(["umount", "-l", str(place)], check=True)


def is_whole(ws) -> bool:
    return checking.check(ws).is_clean


def test_a_full_database_takes_nothing_and_stays_whole(ws):
    changes.apply(ws, many(5))
    with ws.store.database.read() as connection:
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar_one()
        connection.exec_driver_sql(f"PRAGMA max_page_count = {pages + 20}")
    with pytest.raises(DiskFull, match="disk is full; nothing was written"):
        changes.apply(ws, many(500))
    assert len(ws.store.events.by_calendar(1)) == 5
    assert len(history.steps(ws)) == 2
    with ws.store.database.read() as connection:
        connection.exec_driver_sql("PRAGMA max_page_count = 1000000")
    changes.apply(ws, many(500))
    assert len(ws.store.events.by_calendar(1)) == 505
    assert is_whole(ws)


@needs_root
def test_a_full_disk_takes_nothing_and_the_program_goes_on_when_there_is_room(small_disk):
    ws = open_folder(small_disk / "data")
    changes.apply(ws, many(5))
    filler = small_disk / "filler"
    filler.write_bytes(bytes(shutil.disk_usage(small_disk).free - 100_000))
    for write in (
        lambda: changes.apply(ws, many(2000)),
        lambda: backups.make_now(ws),
        lambda: attachments.attach(ws, OccurrenceKey(1), Path(sqlite3.__file__).parent / "dbapi2.py"),
    ):
        with pytest.raises(DiskFull):
            write()
    assert queries.counts(ws).events == 5
    kept = [path for part in ("backups", "files") for path in (small_disk / "data" / part).rglob("*") if path.is_file()]
    assert kept == []
    filler.unlink()
    changes.apply(ws, many(20))
    assert queries.counts(ws).events == 25
    assert is_whole(ws)
    ws.close()


@needs_root
def test_no_room_for_a_new_folder_is_said(small_disk):
    (small_disk / "filler").write_bytes(bytes((4 << 20) - 8192))
    with pytest.raises(DiskFull):
        open_folder(small_disk / "data")


def test_a_second_program_that_writes_is_waited_for_then_named(ws, monkeypatch):
    ws.close()
    monkeypatch.setattr(database_module, "BUSY_SECONDS", 0.05)
    ws = open_folder(ws.paths.root)
    with closing(sqlite3.connect(ws.paths.database, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(StoreLocked, match="Another program is writing"):
            changes.apply(ws, many(1))
        assert queries.counts(ws).events == 0, "reading goes on meanwhile"
        other.execute("ROLLBACK")
    changes.apply(ws, many(1))
    assert queries.counts(ws).events == 1
    ws.close()


def test_a_folder_that_is_locked_altogether_is_said_at_start(ws, monkeypatch):
    ws.close()
    monkeypatch.setattr(database_module, "BUSY_SECONDS", 0.05)
    with closing(sqlite3.connect(ws.paths.database, isolation_level=None)) as other:
        other.execute("PRAGMA locking_mode = EXCLUSIVE")
        other.execute("BEGIN EXCLUSIVE")
        with pytest.raises(StoreLocked):
            open_folder(ws.paths.root)


READ_ONLY = """
import sys
from pathlib import Path
from scplanner.errors import ReadOnlyData
from scplanner.paths import UserPaths
from scplanner.services import changes
from scplanner.services.opening import open_workspace
from tests.e2e.test_faults import many
try:
    changes.apply(open_workspace(UserPaths.at(sys.argv[1])), many(1))
except ReadOnlyData as error:
    print("refused:", error)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="folders have no such permissions there")
@pytest.mark.parametrize("case", ["database", "folder", "parent"])
def test_a_folder_that_may_not_be_written_to_is_said(ws, tmp_path, case):
    """In a process of its own, which if it is root gives up the right to write anywhere."""
    command = [sys.executable, "-c", READ_ONLY]
    if os.geteuid() == 0:
        if not shutil.which("setpriv"):
            pytest.skip("root can't give up its rights without setpriv")
        command = ["setpriv", "--bounding-set", "-dac_override", *command]
    ws.close()
    folder, closed = ws.paths.root, ws.paths.root
    if case == "database":
        ws.paths.database.chmod(0o444)
    if case == "parent":
        closed = tmp_path / "closed"
        closed.mkdir()
        folder = closed / "data"
    closed.chmod(0o555)
    done = subprocess.run([*command, str(folder)], capture_output=True, text=True)
    closed.chmod(0o755)
    assert done.stdout.startswith("refused: "), done.stderr
    assert "--data-dir" in done.stdout


def test_sqlite_itself_refuses_a_file_that_is_read_only(ws):
    with ws.store.database.read() as connection:
        connection.exec_driver_sql("PRAGMA query_only = 1")
    with pytest.raises(ReadOnlyData, match="can't be written to"):
        changes.apply(ws, many(1))


@needs_root
def test_a_disk_mounted_read_only_is_said(small_disk):
    open_folder(small_disk / "data").close()
    subprocess.run(["mount", "-o", "remount,ro", str(small_disk)], check=True)
    with pytest.raises(ReadOnlyData):
        changes.apply(open_folder(small_disk / "data"), many(1))


def test_a_database_from_a_newer_version_is_refused_with_a_sentence(ws):
    ws.close()
    with closing(sqlite3.connect(ws.paths.database)) as connection, connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    before = ws.paths.database.read_bytes()
    with pytest.raises(NewerDatabase, match=r"newer version of the program.*nothing was changed"):
        open_workspace(ws.paths)
    assert ws.paths.database.read_bytes() == before


def truncate(path: Path) -> None:
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


def spoil_header(path: Path) -> None:
    path.write_bytes(b"garbage " * 100 + path.read_bytes()[800:])


def spoil_middle(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[4096 * 2 :] = os.urandom(len(content) - 4096 * 2)
    path.write_bytes(bytes(content))


def spoil_schema(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[100:4096] = os.urandom(3996)
    path.write_bytes(bytes(content))


@pytest.mark.parametrize("spoil", [truncate, spoil_header, spoil_middle, spoil_schema])
def test_a_damaged_database_is_said_and_the_last_backup_leads_on(ws, spoil):
    changes.apply(ws, many(200))
    backups.make_now(ws)
    changes.apply(ws, many(1))
    ws.close()
    spoil(ws.paths.database)
    with pytest.raises(CorruptDatabase):
        checking.check(open_folder(ws.paths.root))
    again = recovery.recover(ws.paths)
    assert len(again.store.events.by_calendar(1)) == 200
    assert is_whole(again)
    events.create_event(again, Event(0, 1, "", summary="On we go", start=DAY))
    again.close()
    assert list(ws.paths.root.glob("damaged-*.db"))


def test_damage_met_while_at_work_is_said(ws):
    changes.apply(ws, many(300))
    ws.store.close()
    spoil_middle(ws.paths.database)
    ws = open_quietly(ws)
    if ws is not None:
        with pytest.raises(CorruptDatabase):
            ws.store.events.by_calendar(1)
        ws.close()


def open_quietly(ws):
    try:
        return open_folder(ws.paths.root)
    except CorruptDatabase:
        return None


def test_a_file_kept_with_an_event_that_was_lost_or_altered_is_found(ws, tmp_path):
    applied = changes.apply(ws, many(1))
    key = OccurrenceKey(applied.created[-1])
    slides = tmp_path / "slides.pdf"
    slides.write_bytes(b"first")
    attachments.attach(ws, key, slides)
    (stored,) = queries.layer_for(ws, key).files
    kept = attachments.content_path(ws, stored.sha256)
    kept.write_bytes(b"other")
    assert "altered" in checking.check(ws).findings[0].what
    kept.unlink()
    assert "missing" in checking.check(ws).findings[0].what


def test_two_windows_with_one_event_open_do_not_overwrite_each_other(ws):
    applied = changes.apply(ws, many(1))
    other = open_folder(ws.paths.root)
    key = OccurrenceKey(applied.created[-1])
    mine, theirs = (queries.details(w, key).event for w in (ws, other))
    events.save_event(other, key, replace(theirs, summary="Theirs"))
    from scplanner.domain.changes import Change
    from scplanner.errors import ConflictingChange

    with pytest.raises(ConflictingChange):
        changes.apply(ws, ChangeSet("Mine", (Change(mine, replace(mine, summary="Mine")),)))
    assert changes.poll(ws)
    assert queries.details(ws, key).event.summary == "Theirs"
    other.close()
