"""Whatever is done in whatever order: undo leads back to the same rows, redo forth again, and derived rows are right."""

from __future__ import annotations

import tempfile
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from hypothesis import given, settings
from hypothesis import strategies as st
from tests.unit.store.conftest import Desk, open_desk

from scplanner.domain.changes import Change, deleted
from scplanner.domain.events import Decision, Event
from scplanner.domain.temporal import DayRange, VagueDate
from scplanner.store import derived, integrity

BASE = date(2027, 3, 1)
TABLES = ("calendars", "events", "layers")

days = st.integers(0, 60).map(lambda n: BASE + timedelta(days=n))
zones = st.sampled_from(["Europe/Madrid", "Asia/Tokyo", "America/Los_Angeles"]).map(ZoneInfo)
moments = st.builds(
    lambda day, hour, zone: datetime(day.year, day.month, day.day, hour, tzinfo=zone),
    days,
    st.integers(0, 23),
    st.none() | zones,
)
words = st.sampled_from(["", "Łódź forum", "Smart City Expo", "上海智慧城市", "Straße", "Workshop 2"])
uids = st.sampled_from(["a@x", "b@x"])
dated = st.fixed_dictionaries({"start": days | moments, "vague": st.none()})
undated = st.just({"start": None, "end": None, "rrule": "", "vague": VagueDate("spring", BASE, BASE + timedelta(30))})
contents = st.fixed_dictionaries(
    {},
    optional={
        "summary": words,
        "description": words,
        "city": words,
        "uid": uids,
        "calendar_id": st.sampled_from([1, 1, 2]),
        "rrule": st.sampled_from(["", "FREQ=WEEKLY", "FREQ=DAILY;COUNT=3"]),
        "recurrence_id": st.none() | days,
        "topics": st.lists(words, max_size=2).map(tuple),
        "text_hash": st.sampled_from(["", "h1", "h2"]),
    },
)
events = st.builds(lambda content, when: replace(Event(0, 1, "a@x"), **(content | when)), contents, dated | undated)
layer_values = st.fixed_dictionaries(
    {"note": words, "tags": st.lists(words, max_size=2).map(tuple), "decision": st.none() | st.sampled_from(Decision)}
)
pick = st.integers(0, 50)
FAMILY = (
    Event(0, 1, "a@x", summary="Weekly", start=BASE, rrule="FREQ=WEEKLY"),
    Event(0, 1, "a@x", recurrence_id=BASE + timedelta(7), summary="Moved", start=BASE + timedelta(8)),
    Event(0, 1, "b@x", recurrence_id=BASE, summary="Its series is not here", start=BASE),
)
acts = st.one_of(
    st.tuples(st.just("create"), st.lists(events, min_size=1, max_size=3)),
    st.tuples(st.just("edit"), st.lists(st.tuples(pick, contents, dated | undated), min_size=1, max_size=3)),
    st.tuples(st.just("delete"), st.sets(pick, min_size=1, max_size=3)),
    st.tuples(st.just("restore"), pick),
    st.tuples(st.just("keep"), pick, st.none() | days, layer_values),
    st.tuples(st.just("drop layer"), pick),
    st.tuples(st.just("colour"), st.integers(0, 0xFFFFFF)),
    st.tuples(st.just("expand"), pick),
    st.just(("undo",)),
    st.just(("redo",)),
)


def perform(desk: Desk, act) -> None:
    """Do one act on what is there, each a step; whatever it finds nothing for it leaves."""
    alive = sorted((e for c in (1, 2) for e in desk.store.events.by_calendar(c)), key=lambda e: e.id)
    layers = sorted(desk.store.layers.all(), key=lambda la: la.id)
    match act:
        case "create", drafts:
            desk.create(*drafts)
        case "edit", edits if alive:
            chosen = {alive[n % len(alive)].id: (alive[n % len(alive)], values | when) for n, values, when in edits}
            desk.apply(*(Change(e, replace(e, **values)) for e, values in chosen.values()))
        case "delete", numbers if alive:
            desk.apply(*deleted({alive[n % len(alive)] for n in numbers}))
        case "restore", number:
            trash = [row[0] for row in desk.store.events.in_trash()]
            if trash:
                desk.apply(Change(None, trash[number % len(trash)]))
        case "keep", number, day, values if alive:
            desk.keep(alive[number % len(alive)].id, day, **values)
        case "drop layer", number if layers:
            desk.apply(Change(layers[number % len(layers)], None))
        case "colour", number:
            calendar = desk.store.calendars.all()[0]
            desk.apply(Change(calendar, replace(calendar, color=f"#{number:06X}")))
        case "expand", number if alive:
            event = alive[number % len(alive)]
            family = {event.id: event.version} | {o.id: o.version for o in desk.store.events.overrides_of(event)}
            if event.is_recurring and event.recurrence_id is None:
                with desk.database.write() as connection:
                    derived.put_expansion(connection, family, DayRange(BASE, BASE), [], "")
        case (("undo" | "redo") as way,) if getattr(desk.store.history.state(), way):
            getattr(desk, way)()


def dump(desk: Desk) -> dict[str, list[tuple]]:
    return {table: desk.rows(table) for table in TABLES}


def undo_all(desk: Desk) -> int:
    count = 0
    while desk.store.history.state().undo:
        desk.undo()
        count += 1
    return count


@settings(max_examples=25, deadline=None)
@given(st.lists(acts, max_size=4), st.lists(acts, min_size=1, max_size=8))
def test_undoing_all_gives_the_rows_before_and_redoing_all_those_after(first, then):
    with tempfile.TemporaryDirectory() as folder:
        desk = open_desk(Path(folder) / "x.db")
        desk.create(*FAMILY)
        for act in first:
            perform(desk, act)
        with desk.database.write() as connection:
            # From here on it is a base that undo does not go below.
            connection.exec_driver_sql("UPDATE steps SET origin = 'feed', is_discarded = 1")
        before = dump(desk)
        for act in then:
            perform(desk, act)
        while desk.store.history.state().redo:
            desk.redo()
        after = dump(desk)
        steps = undo_all(desk)
        undone = dump(desk)
        for table in TABLES:
            count = len(before[table])
            assert undone[table][:count] == before[table]
        with desk.database.read() as connection:
            for table in TABLES:
                alive = f"SELECT count(*) FROM {table} WHERE deleted_by_step IS NULL AND id > {len(before[table])}"
                assert connection.exec_driver_sql(alive).scalar_one() == 0
        for _ in range(steps):
            desk.redo()
        assert dump(desk) == after
        desk.store.close()


@settings(max_examples=30, deadline=None)
@given(st.lists(acts, min_size=1, max_size=10))
def test_derived_rows_always_equal_a_rebuild(done):
    with tempfile.TemporaryDirectory() as folder:
        desk = open_desk(Path(folder) / "x.db")
        desk.create(*FAMILY)
        for act in done:
            perform(desk, act)
            assert integrity.mend_derived(desk.database) == []
            assert expanded(desk) <= recurring(desk)
        desk.store.close()


def recurring(desk: Desk) -> set[int]:
    with desk.database.read() as connection:
        return set(connection.exec_driver_sql("SELECT id FROM events WHERE rrule <> '' OR rdates <> '[]'").scalars())


def expanded(desk: Desk) -> set[int]:
    with desk.database.read() as connection:
        return set(connection.exec_driver_sql("SELECT event_id FROM expansions").scalars())
