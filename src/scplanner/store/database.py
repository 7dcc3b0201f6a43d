"""Opening the database, its connections, and the translation of SQLite's errors into sentences."""

from __future__ import annotations

import sqlite3
import threading
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import QueuePool

from scplanner.errors import CorruptDatabase, DiskFull, NewerDatabase, PlannerError, ReadOnlyData, StoreLocked
from scplanner.store import schema

BUSY_SECONDS = 5.0
CACHE_KIB = 16_000


def translated(error: sqlite3.Error) -> PlannerError | None:
    """The sentence for what the environment did to the database; None if the error is a bug of ours."""
    match getattr(error, "sqlite_errorcode", sqlite3.SQLITE_OK) & 0xFF:
        case sqlite3.SQLITE_BUSY | sqlite3.SQLITE_LOCKED:
            return _locked()
        case sqlite3.SQLITE_FULL:
            return DiskFull("The disk is full; nothing was written.", "Free some space, then try again.")
        case sqlite3.SQLITE_READONLY | sqlite3.SQLITE_CANTOPEN | sqlite3.SQLITE_PERM:
            return ReadOnlyData(
                "The data folder can't be written to.", "Check its permissions, or choose another with --data-dir."
            )
        case sqlite3.SQLITE_CORRUPT | sqlite3.SQLITE_NOTADB:
            return _damaged()
        case sqlite3.SQLITE_IOERR:
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
    except (UnicodeDecodeError, zlib.error) as error:  # text of ours that is none any more
        raise _damaged() from error


def _locked() -> StoreLocked:
    return StoreLocked("Another program is writing to the calendar.", "Wait until it has finished, then try again.")


def _damaged() -> CorruptDatabase:
    return CorruptDatabase(
        "The database is damaged and can't be read.",
        "Restore the last backup: scplanner restore FILE, or Restore in the window.",
    )


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
        self._was_overtaken = False
        self.engine = _engine(path)
        try:
            with plain_errors():
                self._prepare(create)
                self._take_note()
        except BaseException:
            self.close()
            raise

    def _prepare(self, create: bool) -> None:
        with self.engine.connect() as connection:
            revision = _revision(connection)
        if revision is not None and revision > schema.HEAD:
            raise NewerDatabase(
                "This calendar was written by a newer version of the program.",
                "Install the newer version; nothing was changed.",
            )
        self._use_log()
        if revision is None and create:
            with self.write() as connection:
                if _revision(connection) is None:
                    schema.create_all(connection)
        elif revision is not None and revision < schema.HEAD:
            self._migrate()

    def _use_log(self) -> None:
        """Have the file written by way of a log. It is asked for only once the file is known to be ours."""
        connection = self.engine.raw_connection()
        try:
            if connection.cursor().execute("PRAGMA journal_mode").fetchone()[0] != "wal":
                connection.cursor().execute("PRAGMA journal_mode = WAL")
        finally:
            connection.close()

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
                connection.exec_driver_sql(
                    "INSERT INTO meta(key, value) VALUES('generation', '1') "
                    "ON CONFLICT(key) DO UPDATE SET value = CAST(value AS INTEGER) + 1"
                )
                generation = _generation(connection)
            # Another program may have written since the last look: it is told at the next one.
            self._was_overtaken |= generation != self.generation + 1
            self.generation = generation

    def has_foreign_changes(self) -> bool:
        """True once after another program has written to the file. Cheap enough to ask every second, on any thread.

        While another thread of this program writes it says no; the next time tells.
        """
        if not self._write_lock.acquire(blocking=False):
            return False
        try:
            with plain_errors():
                if self._watch is None:
                    self._watch = sqlite3.connect(self.path, isolation_level=None, check_same_thread=False)
                version = self._watch.execute("PRAGMA data_version").fetchone()[0]
                if version == self._watched_version:
                    return False
                self._watched_version = version
                generation = self._read_generation()
            is_changed = self._was_overtaken or generation != self.generation
            self.generation, self._was_overtaken = generation, False
            return is_changed
        finally:
            self._write_lock.release()

    def _take_note(self) -> None:
        """Take the present state for the one this program knows."""
        self.generation, self._was_overtaken = self._read_generation(), False

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
                    _copy(source, copy)
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
            generation = self._read_generation()
            with self.read() as connection:
                counted = connection.exec_driver_sql("SELECT seq, name FROM sqlite_sequence").all()
            incoming = _read_only(source)
            live = sqlite3.connect(self.path, timeout=BUSY_SECONDS)
            try:
                _copy(incoming, live)
            finally:
                live.close()
                incoming.close()
            self.engine.dispose()
            self._prepare(create=False)
            with self.write() as connection:
                # Counted on from the state that was replaced: other windows notice, and no id or version that they
                # still hold comes to mean something else.
                connection.exec_driver_sql(
                    "UPDATE meta SET value = max(CAST(value AS INTEGER), ?) WHERE key = 'generation'", (generation,)
                )
                for number, table in counted:
                    connection.exec_driver_sql(
                        "UPDATE sqlite_sequence SET seq = max(seq, ?) WHERE name = ?", (number, table)
                    )
            self._take_note()

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
    connection = _read_only(path)
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


def _copy(source: sqlite3.Connection, target: sqlite3.Connection) -> None:
    """Copy a whole database over another. StoreLocked if somebody holds it: SQLite's own would wait for ever."""

    def give_up(status: int, _remaining: int, _total: int) -> None:
        if status in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
            raise _locked()

    source.backup(target, progress=give_up)


def _read_only(path: Path) -> sqlite3.Connection:
    return sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)


def _engine(path: Path) -> Engine:
    engine = create_engine(
        URL.create("sqlite", database=str(path)),
        poolclass=QueuePool,
        pool_size=4,
        max_overflow=16,
        pool_use_lifo=True,  # the connection used last holds in its cache what is looked at
        connect_args={"timeout": BUSY_SECONDS, "check_same_thread": False},
    )

    @event.listens_for(engine, "connect")
    def _on_connect(connection: Any, _record: Any) -> None:
        # pysqlite must not open transactions by itself: writes begin IMMEDIATE, below.
        connection.isolation_level = None
        cursor = connection.cursor()
        cursor.execute("PRAGMA synchronous = FULL")
        cursor.execute("PRAGMA foreign_keys = ON")
        cursor.execute(f"PRAGMA cache_size = -{CACHE_KIB}")
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
    if row is None:
        raise _damaged()
    return str(row[0])


def _generation(connection: Connection) -> int:
    row = connection.exec_driver_sql("SELECT value FROM meta WHERE key = 'generation'").fetchone()
    return int(row[0]) if row else 0
