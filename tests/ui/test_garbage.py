"""Qt objects die on the GUI thread, whoever lets go of them last."""

from __future__ import annotations

import gc
import threading
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from scplanner.ui.bus import Bus
from scplanner.ui.garbage import GuiThreadCollector
from scplanner.ui.tasks import Tasks

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot


class Witness(QObject):
    """Remembers in which thread its Python side was let go."""

    died_in: list[int]

    def __init__(self, died_in: list[int]) -> None:
        super().__init__()
        self.died_in = died_in

    def __del__(self) -> None:
        self.died_in.append(threading.get_ident())


def test_cycles_are_not_collected_by_a_worker(qtbot: QtBot) -> None:
    died_in: list[int] = []
    collector = GuiThreadCollector()
    try:
        witness = Witness(died_in)
        witness.self_again = witness  # type: ignore[attr-defined]
        del witness
        worker = threading.Thread(target=lambda: [[[]] for _ in range(20_000)])
        worker.start()
        worker.join()
        assert died_in == []
        collector.collect()
        assert died_in == [threading.get_ident()]
    finally:
        collector.stop()
    assert gc.isenabled()


def test_what_a_task_holds_is_let_go_on_the_gui_thread(qtbot: QtBot) -> None:
    died_in: list[int] = []
    tasks = Tasks(Bus())
    for _ in range(60):
        witness = Witness(died_in)

        def work(held: Witness = witness) -> str:
            return held.objectName()

        tasks.io(work)
        del witness, work
    qtbot.waitUntil(lambda: len(died_in) == 60)
    tasks.close()
    assert set(died_in) == {threading.get_ident()}


def test_records_that_were_read_are_not_walked(qtbot: QtBot) -> None:
    collector = GuiThreadCollector()
    try:
        collector._turn()  # what is there at the start
        before = gc.get_freeze_count()
        records = [[number] for number in range(60_000)]
        collector._turn()
        assert gc.get_freeze_count() >= before + len(records)
    finally:
        collector.stop()
    assert gc.get_freeze_count() == 0
