"""Work away from the GUI thread: one lane for writing, a small pool for files and networks.

`on_done` and `on_error` are called on the GUI thread. What a writing task returns as `AppliedChanges` is published on the bus
before `on_done`. An error nobody takes goes to `on_unhandled`, which the window sets.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any, TypeAlias, TypeVar

from PySide6.QtCore import QObject, Qt, QThread, Signal

from scplanner.domain.changes import AppliedChanges
from scplanner.ui.bus import Bus

log = logging.getLogger(__name__)
T = TypeVar("T")
OnError: TypeAlias = Callable[[BaseException], None]
IO_WORKERS = 3


class Cancelled(Exception):
    """The task was given up because the user asked for it."""


class Task(QObject):
    """A piece of work under way. `report` and `is_cancelled` may be used from its thread."""

    progressed = Signal(str, object)
    finished = Signal()

    def __init__(self, title: str = "", *, can_cancel: bool = False) -> None:
        super().__init__()
        self.title = title
        self.can_cancel = can_cancel
        self._cancelled = threading.Event()

    @property
    def is_cancelled(self) -> bool:
        """Whether the user asked for it to stop."""
        return self._cancelled.is_set()

    def cancel(self) -> None:
        """Ask it to stop; it does where it next looks."""
        self._cancelled.set()

    def check(self) -> None:
        """Raise Cancelled if it was asked to stop."""
        if self.is_cancelled:
            raise Cancelled

    def report(self, text: str, fraction: float | None = None) -> None:
        """Say how far it is: a few words, and a number from 0 to 1 if that is known."""
        self.progressed.emit(text, fraction)


class _Relay(QObject):
    """Carries a call from a worker's thread to the GUI thread."""

    call = Signal(object)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.call.connect(self._run, Qt.ConnectionType.QueuedConnection)

    @staticmethod
    def _run(job: Callable[[], None]) -> None:
        job()


class Tasks(QObject):
    """Runs work in lanes. `started(Task)` tells of work that has a title, for the status line."""

    started = Signal(object)
    idle_changed = Signal()

    def __init__(self, bus: Bus, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._bus = bus
        self._relay = _Relay(self)
        self._write_lane = ThreadPoolExecutor(max_workers=1, thread_name_prefix="write")
        self._io_lane = ThreadPoolExecutor(max_workers=IO_WORKERS, thread_name_prefix="io")
        self._running: set[Task] = set()
        self._is_closed = False
        self.on_unhandled: Callable[[BaseException], None] = _log_error

    @property
    def is_busy(self) -> bool:
        """Whether anything is under way."""
        return bool(self._running)

    @property
    def running(self) -> tuple[Task, ...]:
        """What is under way and has a title."""
        return tuple(task for task in self._running if task.title)

    def write(
        self,
        fn: Callable[[], T],
        on_done: Callable[[T], None] | None = None,
        on_error: Callable[[BaseException], None] | None = None,
        *,
        title: str = "",
    ) -> Task:
        """Run something that writes to the database; one at a time, in the order they were asked for."""
        return self._submit(self._write_lane, lambda _task: fn(), on_done, on_error, Task(title))

    def io(
        self,
        fn: Callable[[], T],
        on_done: Callable[[T], None] | None = None,
        on_error: Callable[[BaseException], None] | None = None,
        *,
        title: str = "",
    ) -> Task:
        """Run something that reads files, parses or waits for others."""
        return self._submit(self._io_lane, lambda _task: fn(), on_done, on_error, Task(title))

    def io_long(
        self,
        fn: Callable[[Task], T],
        on_done: Callable[[T], None] | None = None,
        on_error: Callable[[BaseException], None] | None = None,
        *,
        title: str,
    ) -> Task:
        """As `io`, for work that takes its Task to report progress on and to look whether it was cancelled."""
        return self._submit(self._io_lane, fn, on_done, on_error, Task(title, can_cancel=True))

    def write_long(
        self,
        fn: Callable[[Task], T],
        on_done: Callable[[T], None] | None = None,
        on_error: Callable[[BaseException], None] | None = None,
        *,
        title: str,
        can_cancel: bool = False,
    ) -> Task:
        """As `write`, for work that takes its Task to report progress on."""
        return self._submit(self._write_lane, fn, on_done, on_error, Task(title, can_cancel=can_cancel))

    def close(self) -> None:
        """Ask everything to stop and wait for what is being written."""
        self._is_closed = True
        for task in list(self._running):
            if task.can_cancel:
                task.cancel()
        self._io_lane.shutdown(wait=True, cancel_futures=True)
        self._write_lane.shutdown(wait=True, cancel_futures=False)

    def _submit(
        self,
        lane: ThreadPoolExecutor,
        fn: Callable[[Task], T],
        on_done: Callable[[T], None] | None,
        on_error: Callable[[BaseException], None] | None,
        task: Task,
    ) -> Task:
        assert QThread.currentThread() is self.thread(), "tasks are started from the GUI thread"
        if self._is_closed:
            return task
        self._running.add(task)
        if task.title:
            self.started.emit(task)
        job = _Job(fn, task, on_done, on_error)
        lane.submit(job.run, lambda: self._relay.call.emit(lambda: self._finish(job)))
        return task

    def _finish(self, job: _Job) -> None:
        task, result, error, on_done, on_error = job.give_up()
        self._running.discard(task)
        task.finished.emit()
        self.idle_changed.emit()
        if isinstance(error, Cancelled):
            return
        if error is not None:
            (on_error or self.on_unhandled)(error)
            return
        applied: Any = getattr(result, "applied", result)
        if isinstance(applied, AppliedChanges):
            self._bus.publish_applied(applied)
        if on_done is not None:
            on_done(result)


class _Job:
    """What a worker runs. It alone holds what belongs to a task, and the GUI thread takes that out of it.

    Functions of tasks hold widgets. Were the worker the last to let go of one, it would be destroyed in the worker's
    thread, which Qt does not survive.
    """

    def __init__(
        self, fn: Callable[[Task], Any], task: Task, on_done: Callable[[Any], None] | None, on_error: OnError | None
    ) -> None:
        self._held: tuple[Callable[[Task], Any], Task, Callable[[Any], None] | None, OnError | None] | None
        self._held = (fn, task, on_done, on_error)
        self._result: Any = None
        self._error: BaseException | None = None

    def run(self, tell: Callable[[], None]) -> None:
        """Do the work, in a worker's thread, then `tell`."""
        assert self._held is not None
        try:
            self._result = self._held[0](self._held[1])
        except BaseException as error:  # noqa: BLE001  (whatever it is, the GUI thread is told)
            self._error = error
        tell()

    def give_up(self) -> tuple[Task, Any, BaseException | None, Callable[[Any], None] | None, OnError | None]:
        """Hand everything over to the GUI thread: the task, its result or error, and who wants to know."""
        assert self._held is not None
        _, task, on_done, on_error = self._held
        result, error = self._result, self._error
        self._held = self._result = self._error = None
        return task, result, error, on_done, on_error


def _log_error(error: BaseException) -> None:
    log.error("a task failed", exc_info=error)
