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
from shiboken6 import isValid

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


class Lane:
    """A queue of work with workers of its own: call it with a function, or `long` with one that tells how far it is.

    `on_done` gets the result and `on_error` what was raised, both on the GUI thread. Whoever is to hear it may be gone by
    then, a dialog that was closed: the methods of a deleted object are not called, nor any other function whose `owner`
    is deleted. An error is told all the same.
    """

    def __init__(self, tasks: Tasks, name: str, workers: int) -> None:
        self._tasks = tasks
        self._pool = ThreadPoolExecutor(max_workers=workers, thread_name_prefix=name)

    def __call__(
        self,
        fn: Callable[[], T],
        on_done: Callable[[T], None] | None = None,
        on_error: OnError | None = None,
        *,
        title: str = "",
        owner: QObject | None = None,
    ) -> Task:
        """Run a function; one that has a `title` is shown in the status line."""
        return self._tasks.submit(self._pool, _Job(lambda _task: fn(), Task(title), on_done, on_error, owner))

    def long(
        self,
        fn: Callable[[Task], T],
        on_done: Callable[[T], None] | None = None,
        on_error: OnError | None = None,
        *,
        title: str,
        can_cancel: bool = False,
    ) -> Task:
        """Run a function that takes its Task, to report progress on and to look whether it was cancelled."""
        return self._tasks.submit(self._pool, _Job(fn, Task(title, can_cancel=can_cancel), on_done, on_error))

    def close(self, *, drop_waiting: bool) -> None:
        """Wait for what is running, and for what is waiting too unless that is dropped."""
        self._pool.shutdown(wait=True, cancel_futures=drop_waiting)


class Tasks(QObject):
    """Runs work in lanes: `write` whatever writes to the database, one at a time and in the order it was asked for; `io`
    what reads files, parses or waits for others. `started(Task)` tells of work that has a title, for the status line.
    """

    started = Signal(object)
    idle_changed = Signal()

    def __init__(self, bus: Bus, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._bus = bus
        self._relay = _Relay(self)
        self.write = Lane(self, "write", 1)
        self.io = Lane(self, "io", IO_WORKERS)
        self._running: set[Task] = set()
        self._is_closed = False
        self.on_unhandled: OnError = _log_error

    @property
    def is_busy(self) -> bool:
        """Whether anything is under way."""
        return bool(self._running)

    @property
    def running(self) -> tuple[Task, ...]:
        """What is under way and has a title."""
        return tuple(task for task in self._running if task.title)

    def close(self) -> None:
        """Ask everything to stop and wait for what is being written. Nobody is told of it any more."""
        self._is_closed = True
        for task in list(self._running):
            if task.can_cancel:
                task.cancel()
        self.io.close(drop_waiting=True)
        self.write.close(drop_waiting=False)

    def submit(self, pool: ThreadPoolExecutor, job: _Job) -> Task:
        """Let a pool of workers do it (for lanes)."""
        assert QThread.currentThread() is self.thread(), "tasks are started from the GUI thread"
        task = job.task
        if self._is_closed:
            return task
        self._running.add(task)
        if task.title:
            self.started.emit(task)
        pool.submit(job.run, lambda: self._relay.call.emit(lambda: self._finish(job)))
        return task

    def _finish(self, job: _Job) -> None:
        task, result, error, on_done, on_error = job.give_up()
        self._running.discard(task)
        task.finished.emit()
        self.idle_changed.emit()
        if self._is_closed or isinstance(error, Cancelled):
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
        self,
        fn: Callable[[Task], Any],
        task: Task,
        on_done: Callable[[Any], None] | None,
        on_error: OnError | None,
        owner: QObject | None = None,
    ) -> None:
        self._held: (
            tuple[Callable[[Task], Any], Task, Callable[[Any], None] | None, OnError | None, QObject | None] | None
        )
        self._held = (fn, task, on_done, on_error, owner)
        self._result: Any = None
        self._error: BaseException | None = None

    @property
    def task(self) -> Task:
        """What the work is known by, until it is given up."""
        assert self._held is not None
        return self._held[1]

    def run(self, tell: Callable[[], None]) -> None:
        """Do the work, in a worker's thread, then `tell`."""
        assert self._held is not None
        try:
            self._result = self._held[0](self._held[1])
        except BaseException as error:  # noqa: BLE001  (whatever it is, the GUI thread is told)
            self._error = error
        tell()

    def give_up(self) -> tuple[Task, Any, BaseException | None, Callable[[Any], None] | None, OnError | None]:
        """Hand everything over to the GUI thread: the task, its result or error, and who is there to be told."""
        assert self._held is not None
        _, task, on_done, on_error, owner = self._held
        result, error = self._result, self._error
        self._held = self._result = self._error = None
        return task, result, error, _if_alive(on_done, owner), _if_alive(on_error, owner)


def _if_alive(callback: Callable[[Any], None] | None, owner: QObject | None) -> Callable[[Any], None] | None:
    """A callback, or None if the object it belongs to was deleted meanwhile."""
    whose = owner if owner is not None else getattr(callback, "__self__", None)
    return None if isinstance(whose, QObject) and not isValid(whose) else callback


def _log_error(error: BaseException) -> None:
    log.error("a task failed", exc_info=error)
