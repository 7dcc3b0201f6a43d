"""The occurrence model: what it reads, when it reads it, and what it tells."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from scplanner.domain.changes import AppliedChanges
from scplanner.domain.events import Decision, Event, Occurrence, OccurrenceKey
from scplanner.domain.query import EventFilter
from scplanner.domain.temporal import ONE_DAY, DayRange
from scplanner.ui.models.occurrences import OccurrenceModel, Role

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from scplanner.ui.context import Context

OCTOBER = DayRange(date(2023, 10, 1), date(2023, 10, 31))


def bar(number: int, day: date) -> Occurrence:
    return Occurrence(OccurrenceKey(number), 1, f"u{number}", f"Event {number}", day, day + ONE_DAY, day, day)


class Store:
    """Counts how often it is read."""

    def __init__(self) -> None:
        self.records = [bar(1, date(2023, 10, 9))]
        self.readings = 0

    def read(self, _workspace: object, days: DayRange, _filter: EventFilter) -> list[Occurrence]:
        self.readings += 1
        return [each for each in self.records if days.overlaps(each.first_day, each.last_day)]


@pytest.fixture
def store() -> Store:
    return Store()


@pytest.fixture
def model(context: Context, store: Store) -> OccurrenceModel:
    context.set_workspace(object())  # type: ignore[arg-type]
    clash_reader = lambda *_: frozenset({OccurrenceKey(1)})  # noqa: E731
    made = OccurrenceModel(context, reader=store.read, clash_reader=clash_reader, reads_ahead=False)
    made.set_range(OCTOBER)
    return made


def test_it_reads_its_range_at_once(model: OccurrenceModel, store: Store) -> None:
    assert [record.key.event_id for record in model.records] == [1]
    assert model.data(model.index(0), Role.RECORD) == store.records[0]
    assert model.data(model.index(0), Role.SORT)[0] == date(2023, 10, 9)
    assert model.find(OccurrenceKey(1)) is not None
    assert model.find(OccurrenceKey(2)) is None


def test_a_burst_of_changes_is_read_once(model: OccurrenceModel, store: Store, context: Context, qtbot: QtBot) -> None:
    before = store.readings
    store.records.append(bar(2, date(2023, 10, 10)))
    with qtbot.waitSignal(model.refreshed):
        for number in range(20):
            context.bus.publish_applied(AppliedChanges(number, events=frozenset({number})))
    assert store.readings == before + 1
    assert len(model.records) == 2


def test_what_is_outside_its_range_is_not_told(
    model: OccurrenceModel, store: Store, context: Context, qtbot: QtBot
) -> None:
    store.records.append(bar(2, date(2024, 10, 10)))
    with qtbot.assertNotEmitted(model.refreshed, wait=50), qtbot.assertNotEmitted(model.modelReset):
        context.bus.publish_applied(AppliedChanges(1, events=frozenset({2})))


def test_while_it_is_not_seen_it_does_not_read(
    model: OccurrenceModel, store: Store, context: Context, qtbot: QtBot
) -> None:
    model.set_active(False)
    before = store.readings
    store.records.append(bar(2, date(2023, 10, 10)))
    context.bus.publish_applied(AppliedChanges(1))
    qtbot.wait(20)
    assert store.readings == before
    model.set_active(True)
    assert len(model.records) == 2


def test_clashes_come_a_moment_later(model: OccurrenceModel, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: model.clashing == frozenset({OccurrenceKey(1)}))


def test_it_reads_the_store(open_context: Context, qtbot: QtBot) -> None:
    from scplanner.services import events

    model = OccurrenceModel(open_context)
    model.set_range(OCTOBER)
    count = len(model.records)
    assert count > 10
    workspace = open_context.workspace
    with qtbot.waitSignal(model.refreshed):
        draft = Event(0, 0, "", summary="Mine", start=date(2023, 10, 10), end=date(2023, 10, 12))
        open_context.bus.publish_applied(events.create_event(workspace, draft))
    assert len(model.records) == count + 1
    going = [record.key for record in model.records if record.first_day == date(2023, 10, 10)][:2]
    open_context.bus.publish_applied(events.decide(workspace, going, Decision.GOING))
    qtbot.waitUntil(lambda: len(model.clashing) == 2)


def test_series_are_worked_out_and_then_shown(open_context: Context, qtbot: QtBot) -> None:
    from scplanner.services import events

    far = DayRange(date(2035, 1, 1), date(2035, 1, 31))
    draft = Event(0, 0, "", summary="Monthly", start=date(2023, 10, 2), rrule="FREQ=MONTHLY")
    events.create_event(open_context.workspace, draft)
    model = OccurrenceModel(open_context)
    model.set_range(far)
    qtbot.waitUntil(lambda: [record.first_day for record in model.records] == [date(2035, 1, 2)])


def test_the_next_month_is_there_before_it_is_asked_for(context: Context, store: Store, qtbot: QtBot) -> None:
    context.set_workspace(object())  # type: ignore[arg-type]
    november = DayRange(date(2023, 11, 1), date(2023, 11, 30))
    store.records.append(bar(2, date(2023, 11, 7)))
    model = OccurrenceModel(context, reader=store.read, clash_reader=lambda *_: frozenset())
    model.set_range(OCTOBER)
    qtbot.waitUntil(lambda: model._ahead is not None)
    before = store.readings
    model.set_range(november)
    assert store.readings == before
    assert [record.key.event_id for record in model.records] == [2]
    # A change in the meantime makes what was read ahead worthless.
    store.records.append(bar(3, date(2023, 10, 3)))
    context.bus.publish_applied(AppliedChanges(1))
    model.set_range(OCTOBER)
    assert [record.key.event_id for record in model.records] == [1, 3]


def test_series_are_asked_for_one_range_at_a_time_and_not_again(
    open_context: Context, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    from scplanner.services import recurrence

    asked: list[DayRange] = []
    monkeypatch.setattr(recurrence, "cover", lambda _workspace, days: asked.append(days) or 0)
    model = OccurrenceModel(open_context, reads_ahead=False)
    months = [DayRange(date(2030, month, 1), date(2030, month, 28)) for month in range(1, 13)]
    for month in months:
        model.set_range(month)
    qtbot.waitUntil(lambda: months[-1] in asked and not model._is_covering)
    assert len(asked) < len(months)
    before = len(asked)
    model.refresh()
    assert len(asked) == before
    assert not model._is_covering
    open_context.bus.publish_applied(AppliedChanges(1))
    qtbot.waitUntil(lambda: asked[before:] == [months[-1]] and not model._is_covering)


def test_series_that_cannot_be_worked_out_are_not_tried_for_ever(
    open_context: Context, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    from scplanner.services import recurrence

    asked: list[DayRange] = []
    told: list[BaseException] = []

    def fail(_workspace: object, days: DayRange) -> int:
        asked.append(days)
        raise ValueError(days)

    monkeypatch.setattr(recurrence, "cover", fail)
    monkeypatch.setattr(open_context.tasks, "on_unhandled", told.append)
    model = OccurrenceModel(open_context, reads_ahead=False)
    model.set_range(OCTOBER)
    qtbot.waitUntil(lambda: len(told) == 1)
    model.refresh()
    qtbot.wait(20)
    assert asked == [OCTOBER]
