"""The first schema. Frozen: never edit a migration that was shipped, write the next one."""

from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

STATEMENTS = (
    """
    CREATE TABLE meta (
        "key" TEXT NOT NULL,
        value TEXT NOT NULL,
        PRIMARY KEY ("key")
    )
    """,
    """
    CREATE TABLE texts (
        hash TEXT NOT NULL,
        body BLOB NOT NULL,
        PRIMARY KEY (hash)
    )
    """,
    """
    CREATE TABLE calendars (
        id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
        name TEXT DEFAULT '' NOT NULL,
        kind TEXT DEFAULT '' NOT NULL,
        color TEXT DEFAULT '' NOT NULL,
        is_visible BOOLEAN DEFAULT '1' NOT NULL,
        position INTEGER DEFAULT '0' NOT NULL,
        days_by TEXT DEFAULT '' NOT NULL,
        source TEXT DEFAULT '' NOT NULL,
        version INTEGER DEFAULT '0' NOT NULL,
        deleted_by_step INTEGER
    )
    """,
    """
    CREATE TABLE steps (
        id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
        time TEXT DEFAULT '' NOT NULL,
        title TEXT DEFAULT '' NOT NULL,
        origin TEXT DEFAULT '' NOT NULL,
        created INTEGER DEFAULT '0' NOT NULL,
        changed INTEGER DEFAULT '0' NOT NULL,
        deleted INTEGER DEFAULT '0' NOT NULL,
        is_undone BOOLEAN DEFAULT '0' NOT NULL,
        is_discarded BOOLEAN DEFAULT '0' NOT NULL,
        taken_back_by INTEGER,
        has_images BOOLEAN DEFAULT '1' NOT NULL,
        report TEXT DEFAULT '' NOT NULL
    )
    """,
    """
    CREATE TABLE refused_texts (
        hash TEXT NOT NULL,
        PRIMARY KEY (hash)
    )
    """,
    """
    CREATE TABLE occurrences (
        event_id INTEGER NOT NULL,
        recurrence_id TEXT DEFAULT '' NOT NULL,
        shown_id INTEGER NOT NULL,
        first_day INTEGER NOT NULL,
        last_day INTEGER NOT NULL,
        start TEXT DEFAULT '' NOT NULL,
        "end" TEXT DEFAULT '' NOT NULL
    )
    """,
    """
    CREATE INDEX occurrences_by_event ON occurrences (event_id)
    """,
    """
    CREATE INDEX occurrences_long ON occurrences (last_day, first_day) WHERE last_day - first_day > 40
    """,
    """
    CREATE INDEX occurrences_by_shown ON occurrences (shown_id)
    """,
    """
    CREATE INDEX occurrences_by_day ON occurrences (first_day, last_day, shown_id)
    """,
    """
    CREATE TABLE expansions (
        event_id INTEGER NOT NULL,
        first_day INTEGER NOT NULL,
        last_day INTEGER NOT NULL,
        problem TEXT DEFAULT '' NOT NULL,
        PRIMARY KEY (event_id)
    )
    """,
    """
    CREATE TABLE search_rows (
        id INTEGER NOT NULL,
        title TEXT DEFAULT '' NOT NULL,
        place TEXT DEFAULT '' NOT NULL,
        body TEXT DEFAULT '' NOT NULL,
        note TEXT DEFAULT '' NOT NULL,
        is_unspaced BOOLEAN DEFAULT '0' NOT NULL,
        PRIMARY KEY (id)
    )
    """,
    """
    CREATE INDEX search_unspaced ON search_rows (id) WHERE is_unspaced
    """,
    """
    CREATE TABLE events (
        id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
        calendar_id INTEGER NOT NULL,
        version INTEGER DEFAULT '0' NOT NULL,
        deleted_by_step INTEGER,
        uid TEXT DEFAULT '' NOT NULL,
        recurrence_id TEXT DEFAULT '' NOT NULL,
        summary TEXT DEFAULT '' NOT NULL,
        start TEXT DEFAULT '' NOT NULL,
        "end" TEXT DEFAULT '' NOT NULL,
        date_text TEXT DEFAULT '' NOT NULL,
        earliest TEXT DEFAULT '' NOT NULL,
        latest TEXT DEFAULT '' NOT NULL,
        city TEXT DEFAULT '' NOT NULL,
        country TEXT DEFAULT '' NOT NULL,
        topics TEXT DEFAULT '[]' NOT NULL,
        status TEXT DEFAULT '' NOT NULL,
        attendance_mode TEXT DEFAULT '' NOT NULL,
        transp TEXT DEFAULT '' NOT NULL,
        series TEXT DEFAULT '' NOT NULL,
        parent_uid TEXT DEFAULT '' NOT NULL,
        rrule TEXT DEFAULT '' NOT NULL,
        confidence TEXT DEFAULT '' NOT NULL,
        edition TEXT DEFAULT '' NOT NULL,
        location TEXT DEFAULT '' NOT NULL,
        venue TEXT DEFAULT '' NOT NULL,
        latitude FLOAT,
        longitude FLOAT,
        url TEXT DEFAULT '' NOT NULL,
        links TEXT DEFAULT '[]' NOT NULL,
        classification TEXT DEFAULT '' NOT NULL,
        deadlines TEXT DEFAULT '[]' NOT NULL,
        organizer TEXT DEFAULT '' NOT NULL,
        sequence INTEGER DEFAULT '0' NOT NULL,
        last_modified TEXT DEFAULT '' NOT NULL,
        rdates TEXT DEFAULT '[]' NOT NULL,
        exdates TEXT DEFAULT '[]' NOT NULL,
        is_this_and_future BOOLEAN DEFAULT '0' NOT NULL,
        source TEXT DEFAULT '' NOT NULL,
        checked TEXT DEFAULT '' NOT NULL,
        text_hash TEXT DEFAULT '' NOT NULL,
        shell_hash TEXT DEFAULT '' NOT NULL,
        base_hash TEXT DEFAULT '' NOT NULL,
        remark TEXT DEFAULT '' NOT NULL,
        description TEXT DEFAULT '' NOT NULL,
        FOREIGN KEY(calendar_id) REFERENCES calendars (id)
    )
    """,
    """
    CREATE INDEX events_by_uid ON events (uid, calendar_id, recurrence_id)
    """,
    """
    CREATE INDEX events_by_calendar ON events (calendar_id, deleted_by_step)
    """,
    """
    CREATE INDEX events_with_deadlines ON events (id) WHERE deadlines != '[]'
    """,
    """
    CREATE INDEX events_in_trash ON events (deleted_by_step) WHERE deleted_by_step IS NOT NULL
    """,
    """
    CREATE INDEX events_by_series ON events (series) WHERE series != ''
    """,
    """
    CREATE INDEX events_by_parent ON events (parent_uid) WHERE parent_uid != ''
    """,
    """
    CREATE INDEX events_recurring ON events (id) WHERE rrule != '' OR rdates != '[]'
    """,
    """
    CREATE TABLE step_changes (
        step_id INTEGER NOT NULL,
        kind TEXT NOT NULL,
        record_id INTEGER NOT NULL,
        before_image TEXT,
        before_version INTEGER DEFAULT '0' NOT NULL,
        before_deleted INTEGER,
        after_image TEXT,
        after_version INTEGER DEFAULT '0' NOT NULL,
        after_deleted INTEGER,
        PRIMARY KEY (step_id, kind, record_id),
        FOREIGN KEY(step_id) REFERENCES steps (id) ON DELETE CASCADE
    )
     WITHOUT ROWID
    """,
    """
    CREATE INDEX step_changes_by_record ON step_changes (kind, record_id)
    """,
    """
    CREATE TABLE layers (
        id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
        event_id INTEGER NOT NULL,
        recurrence_id TEXT DEFAULT '' NOT NULL,
        version INTEGER DEFAULT '0' NOT NULL,
        deleted_by_step INTEGER,
        decision TEXT DEFAULT '' NOT NULL,
        registration TEXT DEFAULT '' NOT NULL,
        travel_before INTEGER DEFAULT '0' NOT NULL,
        travel_after INTEGER DEFAULT '0' NOT NULL,
        is_hidden BOOLEAN DEFAULT '0' NOT NULL,
        role TEXT DEFAULT '' NOT NULL,
        attended BOOLEAN,
        hotel_booked BOOLEAN DEFAULT '0' NOT NULL,
        travel_booked BOOLEAN DEFAULT '0' NOT NULL,
        budget TEXT DEFAULT '' NOT NULL,
        budget_currency TEXT DEFAULT '' NOT NULL,
        deadlines TEXT DEFAULT '[]' NOT NULL,
        done TEXT DEFAULT '[]' NOT NULL,
        tags TEXT DEFAULT '[]' NOT NULL,
        files TEXT DEFAULT '[]' NOT NULL,
        links TEXT DEFAULT '[]' NOT NULL,
        note TEXT DEFAULT '' NOT NULL,
        FOREIGN KEY(event_id) REFERENCES events (id)
    )
    """,
    """
    CREATE UNIQUE INDEX layers_by_event ON layers (event_id, recurrence_id) WHERE deleted_by_step IS NULL
    """,
    """
    CREATE INDEX layers_decided ON layers (decision, event_id) WHERE decision != ''
    """,
    """
    CREATE VIRTUAL TABLE search_index USING fts5(title, place, body, note, content='search_rows', content_rowid='id',
            prefix='1', tokenize="unicode61 remove_diacritics 0")
    """,
    """
    CREATE VIRTUAL TABLE search_trigrams USING fts5(title, place, body, note, content='search_rows', content_rowid='id',
            tokenize='trigram')
    """,
)


def upgrade() -> None:
    for statement in STATEMENTS:
        op.get_bind().exec_driver_sql(statement)
