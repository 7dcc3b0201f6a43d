"""Opening the database, its connections, and the translation of SQLite's errors into sentences."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import QueuePool

from scplanner.errors import CorruptDatabase, DiskFull, NewerDatabase, PlannerError, ReadOnlyData, StoreLocked
from scplanner.store import schema

BUSY_SECONDS = 5.0


def translated(error: sqlite3.Error) -> PlannerError | None:
    """The sentence for what the environment did to the database; None if the error is a bug of ours."""
    text = str(error).lower()
    if "locked" in text or "busy" in text:
        return StoreLocked("Another program is writing to the calendar.", "Wait until it has finished, then try again.")
    if "full" in text:
        return DiskFull("The disk is full; nothing was written.", "Free some space, then try again.")
    if "readonly" in text or "read-only" in text or "unable to open" in text:
        return ReadOnlyData(
            "The data folder can't be written to.", "Check its permissions, or choose another with --data-dir."
        )
    if "malformed" in text or "not a database" in text or "corrupt" in text:
        return CorruptDatabase(
            "The database is damaged and can't be read.",
            "Restore the last backup: scplanner restore FILE, or Restore in the window.",
        )
    if "disk i/o" in text:
        return DiskFull("The disk refused to write.", "Check that it has space and is connected, then try again.")
    return None


@contextmanager
def plain_errors() -> Iterator[None]:
    """Raise a PlannerError for what SQLite says of disk, locks and files; let every other error through."""
    try:
        yield
    except DBAPIError as error:
        if isinstance(error.orig, sqlite3.Error) and (planner_error := translated(error.orig)):
            raise planner_error from error
        raise
    except sqlite3.Error as error:
        if planner_error := translated(error):
            raise planner_error from error
        raise


class Database:
    """One SQLite file in WAL mode: a pool of connections for reads and short immediate transactions for writes.

    Safe to use from several threads. Reads see the last committed state and never wait for a writer.
    """

    def __init__(self, path: Path, *, create: bool = True) -> None:
        """Open `path`, creating it with the schema if it is missing or empty.

        Raises NewerDatabase, CorruptDatabase, StoreLocked, ReadOnlyData or DiskFull.
        """
        self.path = path
        self._write_lock = threading.RLock()
        self._watch: sqlite3.Connection | None = None
        self._watched_version = -1
        self.generation = 0
        self.engine = _engine(path)
        try:
            with plain_errors():
                self._prepare(create)
                self.generation = self._read_generation()
        except BaseException:
            self.close()
            raise

    def _prepare(self, create: bool) -> None:
        with self.engine.connect() as connection:
            revision = _revision(connection)
        if revision is None and create:
            with self.write() as connection:
                if _revision(connection) is None:
                    schema.create_all(connection)
        elif revision is not None and revision > schema.HEAD:
            raise NewerDatabase(
                "This calendar was written by a newer version of the program.",
                "Install the newer version; nothing was changed.",
            )
        elif revision is not None and revision < schema.HEAD:
            self._migrate()

    def _migrate(self) -> None:
        # Alembic costs as much to import as everything else together: only when there is something to do.
        from scplanner.store.migrations import upgrade

        stamp = datetime.now().astimezone().strftime("%Y%m%d-%H%M%S")
        target = self.path.parent / "backups" / f"before-migration-{stamp}.db"
        self.copy_to(target)
        with self.write() as connection:
            upgrade(connection)

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """A connection with one consistent view of the data."""
        with plain_errors(), self.engine.connect() as connection:
            yield connection

    @contextmanager
    def write(self) -> Iterator[Connection]:
        """A connection inside one immediate transaction: committed at the end, rolled back on any error."""
        with self._write_lock, plain_errors(), self.engine.connect() as connection:
            connection = connection.execution_options(immediate=True)
            with connection.begin():
                yield connection
                if _revision(connection) is not None:
                    connection.exec_driver_sql(
                        "INSERT INTO meta(key, value) VALUES('generation', '1') "
                        "ON CONFLICT(key) DO UPDATE SET value = CAST(value AS INTEGER) + 1"
                    )
                    generation = _generation(connection)
                else:
                    generation = 0
            self.generation = generation

    def has_foreign_changes(self) -> bool:
        """True once after another program has written to the file. Cheap enough to ask every second."""
        with plain_errors():
            if self._watch is None:
                self._watch = sqlite3.connect(self.path, isolation_level=None, check_same_thread=False)
            version = self._watch.execute("PRAGMA data_version").fetchone()[0]
            if version == self._watched_version:
                return False
            self._watched_version = version
            generation = self._read_generation()
        if generation == self.generation:
            return False
        self.generation = generation
        return True

    def _read_generation(self) -> int:
        with self.engine.connect() as connection:
            return _generation(connection)

    def copy_to(self, target: Path) -> None:
        """Copy the whole database, as it is now, into a new file. Never leaves half a file under that name."""
        target.parent.mkdir(parents=True, exist_ok=True)
        part = target.with_name(target.name + ".part")
        part.unlink(missing_ok=True)
        try:
            with plain_errors():
                source = sqlite3.connect(self.path)
                copy = sqlite3.connect(part)
                try:
                    source.backup(copy)
                    # One file without a log beside it, so that it can be moved and mailed.
                    copy.execute("PRAGMA journal_mode = DELETE")
                finally:
                    copy.close()
                    source.close()
            part.replace(target)
        finally:
            part.unlink(missing_ok=True)

    def overwrite_with(self, source: Path) -> None:
        """Take over the content of another database file, through SQLite's own backup into the live file.

        Replacing the file would let an old write-ahead log replay over it. Raises CorruptDatabase or NewerDatabase
        before anything is touched if `source` is no whole database of this program.
        """
        check_file(source)
        with self._write_lock, plain_errors():
            incoming = sqlite3.connect(f"file:{source.as_posix()}?mode=ro", uri=True)
            live = sqlite3.connect(self.path, timeout=BUSY_SECONDS)
            try:
                incoming.backup(live)
                live.execute("PRAGMA journal_mode = WAL")
            finally:
                live.close()
                incoming.close()
            self.engine.dispose()
            self._prepare(create=False)
            with self.write():
                pass

    def close(self) -> None:
        """Close every connection. The object can't be used afterwards."""
        if self._watch is not None:
            self._watch.close()
            self._watch = None
        self.engine.dispose()


def check_file(path: Path) -> None:
    """Raise CorruptDatabase or NewerDatabase if the file is no whole database of this program."""
    damaged = CorruptDatabase(f"{path.name} is no backup of this program, or is damaged.", "Choose another file.")
    if not path.is_file():
        raise damaged
    connection = sqlite3.connect(f"file:{path.as_posix()}?mode=ro", uri=True)
    try:
        row = connection.execute("SELECT version_num FROM alembic_version").fetchone()
        if row is None or connection.execute("PRAGMA quick_check").fetchone()[0] != "ok":
            raise damaged
        if row[0] > schema.HEAD:
            raise NewerDatabase(
                f"{path.name} was written by a newer version of the program.", "Install the newer version first."
            )
    except sqlite3.Error as error:
        raise damaged from error
    finally:
        connection.close()


def _engine(path: Path) -> Engine:
    engine = create_engine(
        f"sqlite:///{path}",
        poolclass=QueuePool,
        pool_size=4,
        max_overflow=16,
        connect_args={"timeout": BUSY_SECONDS, "check_same_thread": False},
    )

    @event.listens_for(engine, "connect")
    def _on_connect(connection: Any, _record: Any) -> None:
        # pysqlite must not open transactions by itself: writes begin IMMEDIATE, below.
        connection.isolation_level = None
        cursor = connection.cursor()
        if cursor.execute("PRAGMA journal_mode").fetchone()[0] != "wal":
            cursor.execute("PRAGMA journal_mode = WAL")
        cursor.execute("PRAGMA synchronous = FULL")
        cursor.execute("PRAGMA foreign_keys = ON")
        cursor.close()

    @event.listens_for(engine, "begin")
    def _on_begin(connection: Connection) -> None:
        immediate = connection.get_execution_options().get("immediate", False)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if immediate else "BEGIN")

    return engine


def _revision(connection: Connection) -> str | None:
    """The schema revision of a database; None for an empty one."""
    tables = {row[0] for row in connection.exec_driver_sql("SELECT name FROM sqlite_master WHERE type = 'table'")}
    if "alembic_version" not in tables:
        if tables:
            raise CorruptDatabase("This file is a database of another program.", "Choose another data folder.")
        return None
    row = connection.exec_driver_sql("SELECT version_num FROM alembic_version").fetchone()
    return row[0] if row else None


def _generation(connection: Connection) -> int:
    row = connection.exec_driver_sql("SELECT value FROM meta WHERE key = 'generation'").fetchone()
    return int(row[0]) if row else 0
