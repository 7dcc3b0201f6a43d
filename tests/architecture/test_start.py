"""What the start of the window does not import: libraries that cost more than the whole rest, or are not needed yet."""

import subprocess
import sys

import pytest

LATER = (
    "alembic",
    "charset_normalizer",
    "dateutil",
    "httpx2",
    "icalendar",
    "keyring",
    "mako",
    "openpyxl",
    "rapidfuzz",
    "recurring_ical_events",
    "sqlalchemy.orm",
    "vobject",
    "x_wr_timezone",
)
"""Not even when the month is on the screen."""

AFTER_THE_FRAME = ("sqlalchemy", "sqlite3", "scplanner.store", "scplanner.formats")
"""Not before the frame of the window has been painted."""

SCRIPT = """
import sys
from scplanner.main import main
from scplanner.ui import application
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

def say(when):
    print(when, *sorted(sys.modules), flush=True)

init, begin = application.Planner.__init__, application.Planner._begin

def watched(planner, *arguments, **more):
    init(planner, *arguments, **more)
    planner.window.first_painted.disconnect(planner.opener.open)
    planner.window.first_painted.connect(lambda: (say("frame"), planner.opener.open()))

def watched_begin(planner):
    begin(planner)
    QTimer.singleShot(300, lambda: (say("month"), QApplication.quit()))

application.Planner.__init__, application.Planner._begin = watched, watched_begin
sys.exit(main(["--data-dir", sys.argv[1]]))
"""


@pytest.fixture(scope="module")
def imported(tmp_path_factory) -> dict[str, set[str]]:
    """The modules there when the frame stands, and when the month does, on the second start of a folder."""
    from scplanner.paths import UserPaths
    from scplanner.services.opening import open_workspace

    folder = tmp_path_factory.mktemp("data")
    open_workspace(UserPaths.at(folder)).close()
    command = [sys.executable, "-c", SCRIPT, str(folder)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=True)
    lines = [line.split() for line in done.stdout.splitlines()]
    return {words[0]: set(words[1:]) for words in lines if words}


@pytest.mark.parametrize("name", LATER)
def test_the_month_stands_without(imported, name):
    assert "scplanner.ui.views.month.view" in imported["month"]
    assert name not in imported["month"]


@pytest.mark.parametrize("name", AFTER_THE_FRAME)
def test_the_frame_of_the_window_stands_without(imported, name):
    assert "scplanner.ui.window" in imported["frame"]
    assert name not in imported["frame"]


@pytest.mark.parametrize("name", ["PySide6", "scplanner.ui"])
def test_the_help_of_the_command_line_comes_without(name):
    code = "import sys; from scplanner.main import main\ntry: main(['--help'])\nexcept SystemExit: pass\nprint(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=True)
    assert name not in done.stdout.splitlines()[-1].split()
