"""The file: its schema and migrations, several writers, copies, and what SQLite's errors are called."""

from __future__ import annotations

import re
import shutil
import sqlite3
import threading
from contextlib import closing
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import create_engine
from sqlalchemy.exc import IntegrityError
from tests.unit.store.conftest import open_desk

from scplanner.domain.changes import Change, ChangeSet
from scplanner.domain.events import Event
from scplanner.errors import CorruptDatabase, DiskFull, NewerDatabase, ReadOnlyData, StoreLocked
from scplanner.store import apply as writing
from scplanner.store import integrity, migrations, schema
from scplanner.store.database import Database, check_file, translated
from scplanner.store.store import Store

DAY = date(2027, 5, 3)


def schema_of(path: Path) -> dict[str, str]:
    with closing(sqlite3.connect(path)) as connection:
        rows = connection.execute("SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL").fetchall()
    return {name: re.sub(r"\s+", " ", sql).replace("( ", "(").replace(" )", ")").strip() for name, sql in rows}


def run(path: Path, *statements: str) -> None:
    with closing(sqlite3.connect(path)) as connection, connection:
        for statement in statements:
            connection.execute(statement)


def test_migrations_lead_from_nothing_to_the_present_schema(tmp_path):
    engine = create_engine(f"sqlite:///{tmp_path / 'migrated.db'}")
    with engine.connect() as connection:
        migrations.upgrade(connection)
        connection.commit()
    engine.dispose()
    Store(tmp_path / "created.db").close()
    migrated, created = schema_of(tmp_path / "migrated.db"), schema_of(tmp_path / "created.db")
    del migrated["alembic_version"], created["alembic_version"]
    assert migrated == created


def test_migrations_are_frozen_and_lie_in_the_package():
    versions = migrations.FOLDER / "versions"
    assert (versions / "__init__.py").is_file()
    for path in versions.glob("0*.py"):
        assert "scplanner" not in path.read_text(encoding="utf-8"), path.name
    assert max(path.name for path in versions.glob("0*.py")).startswith(schema.HEAD)


@pytest.fixture
def next_version(tmp_path, monkeypatch):
    """A version of the program with one more migration."""
    folder = tmp_path / "migrations"
    shutil.copytree(migrations.FOLDER, folder, ignore=shutil.ignore_patterns("__pycache__"))
    (folder / "versions" / "0002_more.py").write_text(
        "from alembic import op\n\nrevision = '0002'\ndown_revision = '0001'\n\n\n"
        "def upgrade():\n    op.get_bind().exec_driver_sql('CREATE TABLE more(id INTEGER PRIMARY KEY)')\n",
        encoding="utf-8",
    )
    monkeypatch.setattr(migrations, "FOLDER", folder)
    monkeypatch.setattr(schema, "HEAD", "0002")
    return folder


def test_an_old_database_is_copied_then_migrated(desk, tmp_path, next_version):
    (event,) = desk.create(Event(0, 1, "u@x", summary="Kept", start=DAY))
    desk.store.close()
    store = Store(desk.database.path)
    assert store.events.find(event.id) == event
    store.close()
    assert "more" in schema_of(desk.database.path)
    (backup,) = (tmp_path / "backups").glob("before-migration-*.db")
    with closing(sqlite3.connect(backup)) as copy:
        assert copy.execute("SELECT version_num FROM alembic_version").fetchone() == ("0001",)
        assert copy.execute("SELECT summary FROM events").fetchone() == ("Kept",)


def test_a_migration_that_fails_leaves_the_database_as_it_was(desk, next_version):
    desk.store.close()
    (next_version / "versions" / "0003_broken.py").write_text(
        "from alembic import op\n\nrevision = '0003'\ndown_revision = '0002'\n\n\n"
        "def upgrade():\n    op.get_bind().exec_driver_sql('SELECT nonsense')\n",
        encoding="utf-8",
    )
    before = schema_of(desk.database.path)
    with pytest.raises(Exception, match="nonsense"):
        Store(desk.database.path)
    assert schema_of(desk.database.path) == before


def test_a_newer_database_is_refused_and_not_touched(desk):
    desk.store.close()
    run(desk.database.path, "PRAGMA journal_mode = DELETE", "UPDATE alembic_version SET version_num = '9999'")
    before = desk.database.path.read_bytes()
    with pytest.raises(NewerDatabase, match="newer version"):
        Store(desk.database.path)
    assert desk.database.path.read_bytes() == before
    assert [path.name for path in desk.database.path.parent.iterdir()] == ["scplanner.db"]
    with pytest.raises(NewerDatabase):
        check_file(desk.database.path)


def test_a_database_of_another_program_is_refused_and_not_touched(tmp_path):
    path = tmp_path / "other.db"
    run(path, "CREATE TABLE bookmarks(id)")
    before = path.read_bytes()
    with pytest.raises(CorruptDatabase, match="another program"):
        Store(path)
    assert path.read_bytes() == before


def test_a_database_without_its_stamp_is_damaged(desk):
    desk.store.close()
    run(desk.database.path, "DELETE FROM alembic_version")
    with pytest.raises(CorruptDatabase):
        Store(desk.database.path)


def test_the_path_may_hold_any_character(tmp_path):
    folder = tmp_path / "50% off? #1 & Łódź"
    folder.mkdir()
    store = Store(folder / "x.db")
    store.database.copy_to(folder / "copy ?.db")
    check_file(folder / "copy ?.db")
    store.database.overwrite_with(folder / "copy ?.db")
    store.close()
    assert {path.name for path in folder.iterdir()} == {"x.db", "copy ?.db"}


def test_another_programs_change_is_told_once(desk):
    assert not desk.database.has_foreign_changes()
    other = open_desk(desk.database.path)
    other.create(Event(0, 1, "u@x", start=DAY))
    assert [desk.database.has_foreign_changes() for _ in range(3)] == [True, False, False]
    assert not other.database.has_foreign_changes()
    other.store.close()


def test_ones_own_changes_are_not_foreign(desk):
    desk.database.has_foreign_changes()
    desk.create(Event(0, 1, "u@x", start=DAY))
    assert not desk.database.has_foreign_changes()


def test_another_programs_change_is_told_even_if_one_wrote_oneself_after_it(desk):
    desk.database.has_foreign_changes()
    other = open_desk(desk.database.path)
    other.create(Event(0, 1, "u@x", start=DAY))
    other.store.close()
    desk.create(Event(0, 1, "v@x", start=DAY))
    assert [desk.database.has_foreign_changes() for _ in range(2)] == [True, False]


def test_nobody_waits_for_a_write_under_way_to_hear_of_other_programs(desk):
    told: list[bool] = []
    with desk.database.write():
        asking = threading.Thread(target=lambda: told.append(desk.database.has_foreign_changes()))
        asking.start()
        asking.join(5)
    assert told == [False]


def test_a_restore_is_noticed_by_other_windows(desk, tmp_path):
    backup = tmp_path / "backup.db"
    desk.database.copy_to(backup)
    other = Database(desk.database.path)
    desk.create(Event(0, 1, "u@x", start=DAY))
    assert other.has_foreign_changes()
    desk.database.overwrite_with(backup)
    assert other.has_foreign_changes()
    assert not desk.database.has_foreign_changes()
    assert desk.store.events.by_calendar(1) == []
    other.close()


def test_a_restore_waits_for_a_writer_and_then_says_so(desk, tmp_path, monkeypatch):
    monkeypatch.setattr("scplanner.store.database.BUSY_SECONDS", 0.1)
    backup = tmp_path / "backup.db"
    desk.database.copy_to(backup)
    writer = sqlite3.connect(desk.database.path, isolation_level=None)
    writer.execute("BEGIN IMMEDIATE")
    with pytest.raises(StoreLocked):
        desk.database.overwrite_with(backup)
    writer.close()
    desk.database.overwrite_with(backup)


def test_after_a_restore_no_id_or_version_comes_to_mean_something_else(desk, tmp_path):
    backup = tmp_path / "backup.db"
    desk.create(Event(0, 1, "u@x", start=DAY))
    desk.database.copy_to(backup)
    (lost,) = desk.create(Event(0, 1, "lost@x", start=DAY))
    desk.database.overwrite_with(backup)
    (new,) = desk.create(Event(0, 1, "new@x", start=DAY))
    assert new.id > lost.id
    assert new.version > lost.version


def test_readers_see_the_state_before_while_somebody_writes(desk):
    with desk.database.write() as connection:
        connection.exec_driver_sql("UPDATE calendars SET name = 'Half'")
        assert [c.name for c in desk.store.calendars.all()] == ["Place", "Mine"]
    assert [c.name for c in desk.store.calendars.all()] == ["Half", "Half"]


def test_an_error_rolls_everything_back(desk):
    with pytest.raises(IntegrityError), desk.database.write() as connection:
        connection.exec_driver_sql("UPDATE calendars SET name = iif(id = 1, 'Half', NULL)")
    assert [c.name for c in desk.store.calendars.all()] == ["Place", "Mine"]


def test_a_copy_is_one_whole_file(desk, tmp_path):
    (event,) = desk.create(Event(0, 1, "u@x", summary="Kept", start=DAY))
    copy = tmp_path / "new folder" / "copy.db"
    desk.database.copy_to(copy)
    assert [path.name for path in copy.parent.iterdir()] == ["copy.db"]
    again = Store(copy)
    assert again.events.find(event.id) == event
    assert integrity.file_damage(again.database) == integrity.broken_references(again.database) == []
    again.close()


@pytest.mark.parametrize("content", [b"", b"garbage" * 1000, b"SQLite format 3\0" + bytes(4080)])
def test_what_is_no_backup_is_refused_before_anything_is_touched(desk, tmp_path, content):
    source = tmp_path / "backup.db"
    source.write_bytes(content)
    for path in (source, tmp_path / "missing.db"):
        with pytest.raises(CorruptDatabase, match="no backup of this program"):
            desk.database.overwrite_with(path)
    assert [c.name for c in desk.store.calendars.all()] == ["Place", "Mine"]


@pytest.mark.parametrize(
    ("code", "kind"),
    [
        (sqlite3.SQLITE_BUSY, StoreLocked),
        (sqlite3.SQLITE_LOCKED, StoreLocked),
        (sqlite3.SQLITE_FULL, DiskFull),
        (sqlite3.SQLITE_IOERR_WRITE, DiskFull),
        (sqlite3.SQLITE_READONLY, ReadOnlyData),
        (sqlite3.SQLITE_CANTOPEN, ReadOnlyData),
        (sqlite3.SQLITE_CORRUPT, CorruptDatabase),
        (sqlite3.SQLITE_NOTADB, CorruptDatabase),
        (sqlite3.SQLITE_CONSTRAINT, type(None)),
        (sqlite3.SQLITE_ERROR, type(None)),
    ],
)
def test_what_the_system_does_is_told_apart_from_our_own_mistakes(code, kind):
    error = sqlite3.OperationalError("no such column: full")
    error.sqlite_errorcode = code
    assert isinstance(translated(error), kind)


def test_old_images_go_but_titles_stay(desk, monkeypatch):
    from scplanner.store import history

    monkeypatch.setattr(history, "KEPT_STEPS", 3)
    (event,) = desk.create(Event(0, 1, "u@x", summary="0", start=DAY))
    for number in range(5):
        desk.edit(event.id, summary=f"{number + 1}")
    with desk.database.write() as connection:
        connection.exec_driver_sql("UPDATE steps SET time = '2026-01-01T00:00:00+00:00' WHERE id < 6")
    now = desk.store.history.steps()[0].time
    assert desk.store.history.forget_old_images(now) == 4
    assert desk.store.history.forget_old_images(now) == 0
    steps = desk.store.history.steps()
    assert [step.has_images for step in steps] == [True, True, True, False, False, False, False]
    assert all(step.title for step in steps)
    while desk.store.history.state().undo:
        desk.undo()
    assert desk.event(event.id).summary == "2"


def test_damage_in_derived_tables_is_found_and_mended(desk):
    (event,) = desk.create(Event(0, 1, "u@x", summary="Forum 上海", start=DAY))
    assert integrity.mend_derived(desk.database) == []
    for statement, told in (
        ("DELETE FROM occurrences", "The list of occurrences"),
        ("UPDATE search_rows SET title = 'other'", "The search index"),
        ("INSERT INTO search_index(search_index) VALUES('delete-all')", "The search index"),
        ("INSERT INTO search_trigrams(search_trigrams) VALUES('delete-all')", "The search index"),
    ):
        with desk.database.write() as connection:
            connection.exec_driver_sql(statement)
        assert integrity.mend_derived(desk.database) == [told], statement
        assert integrity.mend_derived(desk.database) == []
    assert desk.found("forum") == desk.found("上海") == ["Forum 上海"]
    assert [o.key.event_id for o in desk.shown(DAY, DAY)] == [event.id]


def test_two_writers_at_once_lose_nothing(desk):
    """Each in a thread with a database of its own, as two programs would."""

    def write(name: str) -> None:
        store = Store(desk.database.path)
        for number in range(15):
            event = Event(-1, 1, f"{name}{number}@x", summary=name, start=DAY)
            writing.apply(store.database, ChangeSet(name, (Change(None, event),)))
        store.close()

    writers = [threading.Thread(target=write, args=(name,)) for name in ("one", "other")]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    names = [event.summary for event in desk.store.events.by_calendar(1)]
    assert (names.count("one"), names.count("other")) == (15, 15)
    assert integrity.mend_derived(desk.database) == []


def test_an_image_from_before_a_migration_leaves_columns_it_does_not_know(desk):
    (event,) = desk.create(Event(0, 1, "u@x", summary="Old", start=DAY))
    desk.apply(Change(event, replace(event, summary="New")))
    with desk.database.write() as connection:
        connection.exec_driver_sql(
            "UPDATE step_changes SET before_image = json_set(before_image, '$.gone_column', 1) "
            "WHERE before_image IS NOT NULL"
        )
    desk.undo()
    assert desk.event(event.id) == event
