"""Whether the window or the command line is meant."""

from __future__ import annotations

import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from scplanner.main import WindowRequest, read_window_request


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        ([], WindowRequest()),
        (["gui"], WindowRequest()),
        (["--data-dir", "d"], WindowRequest("d")),
        (["--data-dir=d", "--today=2023-10-10"], WindowRequest("d", date(2023, 10, 10))),
        (["--today", "2023-10-10", "gui", "a.ics", "b.ics"],
         WindowRequest(today=date(2023, 10, 10), files=[Path("a.ics"), Path("b.ics")])),
        (["events"], None),
        (["--data-dir", "d", "clashes", "--json"], None),
        (["--help"], None),
        (["gui", "--help"], None),
        (["--data-dir"], None),
        (["--today", "tomorrow"], None),
        (["--version"], None),
    ],
)  # fmt: skip
def test_what_is_meant(arguments: list[str], expected: WindowRequest | None) -> None:
    assert read_window_request(arguments) == expected


def test_main_imports_neither_qt_nor_sqlalchemy() -> None:
    code = (
        "import sys, scplanner.main\n"
        "print([n for n in sys.modules if n.partition('.')[0] in ('PySide6', 'sqlalchemy', 'icalendar', 'alembic')])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_the_frame_needs_no_database() -> None:
    code = (
        "import sys, scplanner.ui.application\n"
        "heavy = ('sqlalchemy', 'icalendar', 'alembic', 'dateutil', 'recurring_ical_events', 'vobject', 'rapidfuzz')\n"
        "print([n for n in sys.modules if n.partition('.')[0] in heavy])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_qt_leaves_the_import_statement_as_it_was() -> None:
    code = (
        "import builtins\n"
        "plain = builtins.__import__\n"
        "from scplanner.main import import_qt\n"
        "import_qt()\n"
        "from PySide6.QtWidgets import QLabel\n"
        "print(builtins.__import__ is plain, QLabel.__name__)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "True QLabel"
