"""The bus and the lanes: results and errors come back to the GUI thread, writes keep their order."""

from __future__ import annotations

import threading
import time

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot
from shiboken6 import delete

from scplanner.domain.changes import AppliedChanges
from scplanner.domain.query import EventFilter
from scplanner.errors import StoreLocked
from scplanner.ui.context import Context
from scplanner.ui.tasks import Task


def test_results_come_back_on_the_gui_thread(context: Context, qtbot: QtBot) -> None:
    seen: list[object] = []
    context.tasks.io(threading.current_thread, lambda t: seen.extend([t, threading.current_thread()]))
    qtbot.waitUntil(lambda: len(seen) == 2)
    assert seen[0] is not threading.main_thread()
    assert seen[1] is threading.main_thread()
    assert not context.tasks.is_busy


def test_writes_run_one_by_one_in_order(context: Context, qtbot: QtBot) -> None:
    order: list[int] = []
    running: list[int] = []

    def work(number: int) -> int:
        running.append(number)
        assert len(running) == 1
        time.sleep(0.002)
        running.remove(number)
        return number

    for number in range(12):
        context.tasks.write(lambda number=number: work(number), order.append)
    qtbot.waitUntil(lambda: len(order) == 12)
    assert order == list(range(12))


def test_applied_changes_are_published_before_on_done(context: Context, qtbot: QtBot) -> None:
    seen: list[str] = []
    context.bus.applied.connect(lambda applied: seen.append(f"bus {applied.step}"))
    context.tasks.write(lambda: AppliedChanges(7), lambda applied: seen.append(f"done {applied.step}"))
    qtbot.waitUntil(lambda: len(seen) == 2)
    assert seen == ["bus 7", "done 7"]


def test_an_error_goes_to_whom_it_concerns(context: Context, qtbot: QtBot) -> None:
    def fail() -> None:
        raise StoreLocked("Another program is writing.", "Wait.")

    taken: list[BaseException] = []
    context.tasks.write(fail, None, taken.append)
    qtbot.waitUntil(lambda: bool(taken))
    assert context.messages.current is None
    context.tasks.write(fail)
    qtbot.waitUntil(lambda: context.messages.current is not None)
    assert context.messages.current.text == "Another program is writing."


def test_what_was_deleted_meanwhile_is_not_called(context: Context, qtbot: QtBot) -> None:
    class Dialog(QObject):
        def show(self, _result: object) -> None:
            told.append("result")

        def fail(self, _error: BaseException) -> None:
            told.append("error")

    def fail() -> None:
        raise StoreLocked("Another program is writing.", "Wait.")

    told: list[str] = []
    gone, alive = Dialog(), Dialog()
    context.tasks.write(int, gone.show)
    context.tasks.write(int, lambda _: told.append("closure"), owner=gone)
    context.tasks.write(fail, None, gone.fail)
    context.tasks.write(int, alive.show)
    delete(gone)
    qtbot.waitUntil(lambda: bool(told))
    assert told == ["result"]
    # An error is told all the same, if not by the one who is gone.
    assert context.messages.current is not None


def test_nobody_is_told_once_it_is_closed(context: Context, qtbot: QtBot) -> None:
    told: list[int] = []
    context.tasks.write(int, told.append)
    context.tasks.close()
    qtbot.waitUntil(lambda: not context.tasks.is_busy)
    assert told == []


def test_progress_and_cancel(context: Context, qtbot: QtBot) -> None:
    heard: list[tuple[str, object]] = []
    done: list[object] = []

    def work(task: Task) -> None:
        task.report("half", 0.5)
        while True:
            task.check()
            time.sleep(0.001)

    with qtbot.waitSignal(context.tasks.started):
        task = context.tasks.io.long(work, done.append, done.append, title="Working", can_cancel=True)
    task.progressed.connect(lambda text, fraction: heard.append((text, fraction)))
    assert context.tasks.running == (task,)
    with qtbot.waitSignal(task.finished):
        task.cancel()
    assert done == []
    assert not context.tasks.is_busy


def test_closing_waits_for_writes_and_cancels_reading(context: Context) -> None:
    written: list[int] = []

    def slow() -> None:
        time.sleep(0.05)
        written.append(1)

    def read(task: Task) -> None:
        while not task.is_cancelled:
            time.sleep(0.001)

    context.tasks.write(slow)
    context.tasks.io.long(read, title="Reading", can_cancel=True)
    context.tasks.close()
    assert written == [1]
    context.tasks.write(slow)
    assert written == [1]


def test_filter_and_selection_are_told_once(context: Context) -> None:
    from scplanner.domain.events import OccurrenceKey

    told: list[object] = []
    context.bus.filter_changed.connect(told.append)
    context.bus.selection_changed.connect(told.append)
    wanted = EventFilter(countries=frozenset({"PT"}))
    context.set_filter(wanted)
    context.set_filter(wanted)
    context.select(OccurrenceKey(1))
    context.select(OccurrenceKey(1))
    assert told == [wanted, OccurrenceKey(1)]


def test_settings_of_taste_are_told(context: Context, qtbot: QtBot) -> None:
    with qtbot.waitSignal(context.bus.settings_changed):
        context.change_settings(first_weekday=6)
    assert context.first_weekday() == 6
    with qtbot.assertNotEmitted(context.bus.settings_changed):
        context.change_settings(view="agenda")
    context.save_settings_now()
    assert "agenda" in context.paths.settings.read_text(encoding="utf-8")


def test_the_workspace_is_asked_for_too_early(context: Context) -> None:
    with pytest.raises(RuntimeError, match="not open"):
        _ = context.workspace
