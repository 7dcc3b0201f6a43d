"""The tables, as SQLAlchemy Core metadata. New databases are created from here; migrations are for old ones.

Dates and times are kept as the canonical text of `domain.temporal.to_text`, lists as JSON, days as proleptic ordinals.
`deleted_by_step` is the trash: NULL means alive, else the step that put the record there. `version` is the id of the
step that made the record's present state (docs/adr/0011).

Derived tables (occurrences, expansions, search_*) hold nothing that could not be made again from the others.
"""

from __future__ import annotations

from sqlalchemy import (
    Boolean,
    Column,
    Connection,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
    text,
)

HEAD = "0001"

# Raised whenever the way derived tables are made changes; the zone data's version is added when it is compared.
DERIVED_FORMAT = "1"

metadata = MetaData()


def _text(name: str) -> Column[str]:
    return Column(name, Text, nullable=False, server_default="")


def _number(name: str) -> Column[int]:
    return Column(name, Integer, nullable=False, server_default="0")


def _flag(name: str) -> Column[bool]:
    return Column(name, Boolean, nullable=False, server_default="0")


def _list(name: str) -> Column[str]:
    return Column(name, Text, nullable=False, server_default="[]")


alembic_version = Table("alembic_version", metadata, Column("version_num", Text, primary_key=True))

meta = Table("meta", metadata, Column("key", Text, primary_key=True), Column("value", Text, nullable=False))

texts = Table("texts", metadata, Column("hash", Text, primary_key=True), Column("body", LargeBinary, nullable=False))

calendars = Table(
    "calendars",
    metadata,
    Column("id", Integer, primary_key=True),
    _text("name"),
    _text("kind"),
    _text("color"),
    Column("is_visible", Boolean, nullable=False, server_default="1"),
    _number("position"),
    _text("days_by"),
    _text("source"),
    _number("version"),
    Column("deleted_by_step", Integer),
    sqlite_autoincrement=True,
)

# What a calendar view paints comes first, so that SQLite need not read past it into the long texts.
events = Table(
    "events",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("calendar_id", Integer, ForeignKey("calendars.id"), nullable=False),
    _number("version"),
    Column("deleted_by_step", Integer),
    _text("uid"),
    _text("recurrence_id"),
    _text("summary"),
    _text("start"),
    _text("end"),
    _text("date_text"),
    _text("earliest"),
    _text("latest"),
    _text("city"),
    _text("country"),
    _list("topics"),
    _text("status"),
    _text("attendance_mode"),
    _text("transp"),
    _text("series"),
    _text("parent_uid"),
    _text("rrule"),
    _text("confidence"),
    _text("edition"),
    _text("location"),
    _text("venue"),
    Column("latitude", Float),
    Column("longitude", Float),
    _text("url"),
    _list("links"),
    _text("classification"),
    _list("deadlines"),
    _text("organizer"),
    _number("sequence"),
    _text("last_modified"),
    _list("rdates"),
    _list("exdates"),
    _flag("is_this_and_future"),
    _text("source"),
    _text("checked"),
    _text("text_hash"),
    _text("shell_hash"),
    _text("base_hash"),
    _text("remark"),
    _text("description"),
    sqlite_autoincrement=True,
)
# In this order SQLite prefers it to reading a whole calendar where uid and calendar are given.
Index("events_by_uid", events.c.uid, events.c.calendar_id, events.c.recurrence_id)
Index("events_by_calendar", events.c.calendar_id, events.c.deleted_by_step)
Index("events_by_parent", events.c.parent_uid, sqlite_where=events.c.parent_uid != "")
Index("events_by_series", events.c.series, sqlite_where=events.c.series != "")
Index("events_with_deadlines", events.c.id, sqlite_where=events.c.deadlines != "[]")
Index("events_in_trash", events.c.deleted_by_step, sqlite_where=events.c.deleted_by_step.is_not(None))
Index("events_recurring", events.c.id, sqlite_where=(events.c.rrule != "") | (events.c.rdates != "[]"))

layers = Table(
    "layers",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("event_id", Integer, ForeignKey("events.id"), nullable=False),
    _text("recurrence_id"),
    _number("version"),
    Column("deleted_by_step", Integer),
    _text("decision"),
    _text("registration"),
    _number("travel_before"),
    _number("travel_after"),
    _flag("is_hidden"),
    _text("role"),
    Column("attended", Boolean),
    _flag("hotel_booked"),
    _flag("travel_booked"),
    _text("budget"),
    _text("budget_currency"),
    _list("deadlines"),
    _list("done"),
    _list("tags"),
    _list("files"),
    _list("links"),
    _text("note"),
    sqlite_autoincrement=True,
)
Index(
    "layers_by_event",
    layers.c.event_id,
    layers.c.recurrence_id,
    unique=True,
    sqlite_where=layers.c.deleted_by_step.is_(None),
)
Index("layers_decided", layers.c.decision, layers.c.event_id, sqlite_where=layers.c.decision != "")

steps = Table(
    "steps",
    metadata,
    Column("id", Integer, primary_key=True),
    _text("time"),
    _text("title"),
    _text("origin"),
    _number("created"),
    _number("changed"),
    _number("deleted"),
    _flag("is_undone"),
    # An undone step that a later change has cut off from redo; it stays in the history as a title.
    _flag("is_discarded"),
    Column("taken_back_by", Integer),
    Column("has_images", Boolean, nullable=False, server_default="1"),
    _text("report"),
    sqlite_autoincrement=True,
)

# State before and after a step, as (image, version, deleted_by_step). Images are JSON of the row's columns, kept only
# where the step changed columns: creating, deleting and restoring flip flags.
step_changes = Table(
    "step_changes",
    metadata,
    Column("step_id", Integer, ForeignKey("steps.id", ondelete="CASCADE"), primary_key=True),
    Column("kind", Text, primary_key=True),
    Column("record_id", Integer, primary_key=True),
    Column("before_image", Text),
    _number("before_version"),
    Column("before_deleted", Integer),
    Column("after_image", Text),
    _number("after_version"),
    Column("after_deleted", Integer),
    sqlite_with_rowid=False,
)
Index("step_changes_by_record", step_changes.c.kind, step_changes.c.record_id)

# Versions of a source that the user has taken back: not offered again until the source changes.
refused_texts = Table("refused_texts", metadata, Column("hash", Text, primary_key=True))

occurrences = Table(
    "occurrences",
    metadata,
    Column("event_id", Integer, nullable=False),
    _text("recurrence_id"),
    # The row that says how this instance looks: the override where there is one, else the event itself.
    Column("shown_id", Integer, nullable=False),
    Column("first_day", Integer, nullable=False),
    Column("last_day", Integer, nullable=False),
    _text("start"),
    _text("end"),
)
Index("occurrences_by_day", occurrences.c.first_day, occurrences.c.last_day, occurrences.c.shown_id)
Index("occurrences_by_event", occurrences.c.event_id)
Index("occurrences_by_shown", occurrences.c.shown_id)
LONG_DAYS = 40
Index(
    "occurrences_long",
    occurrences.c.last_day,
    occurrences.c.first_day,
    sqlite_where=text(f"last_day - first_day > {LONG_DAYS}"),
)

expansions = Table(
    "expansions",
    metadata,
    Column("event_id", Integer, primary_key=True),
    Column("first_day", Integer, nullable=False),
    Column("last_day", Integer, nullable=False),
    _text("problem"),
)

search_rows = Table(
    "search_rows",
    metadata,
    Column("id", Integer, primary_key=True),
    _text("title"),
    _text("place"),
    _text("body"),
    _text("note"),
    # Also in the trigram table: it holds a script written without spaces.
    _flag("is_unspaced"),
)

Index("search_unspaced", search_rows.c.id, sqlite_where=text("is_unspaced"))

SEARCH_COLUMNS = "title, place, body, note"
# One letter begins so many words that their lists have to lie ready. From two on they are put together as fast as they are
# typed, and lists of those would more than double the time of a write (docs/performance.md).
_FTS = (
    f"""CREATE VIRTUAL TABLE search_index USING fts5({SEARCH_COLUMNS}, content='search_rows', content_rowid='id',
        prefix='1', tokenize="unicode61 remove_diacritics 0")""",
    f"""CREATE VIRTUAL TABLE search_trigrams USING fts5({SEARCH_COLUMNS}, content='search_rows', content_rowid='id',
        tokenize='trigram')""",
)


def create_all(connection: Connection) -> None:
    """Create every table in an empty database and stamp it with the present revision."""
    metadata.create_all(connection)
    for statement in _FTS:
        connection.exec_driver_sql(statement)
    connection.execute(alembic_version.insert().values(version_num=HEAD))
