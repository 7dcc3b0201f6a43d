"""Draws the pictures of the README: the real window, offscreen, on the bundled catalogue and some invented decisions.

usage: python tests/pictures.py [FOLDER]      (default: docs/pictures)
"""

from __future__ import annotations

import os
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ.setdefault("QT_SCALE_FACTOR", "1")

from PySide6.QtCore import QEventLoop, QLocale, QTimer
from PySide6.QtGui import QFont, QFontDatabase
from PySide6.QtWidgets import QApplication

from scplanner.domain.events import Decision, OccurrenceKey, Registration, Role
from scplanner.paths import UserPaths
from scplanner.settings import ThemeChoice
from scplanner.ui.application import Planner

ROOT = Path(__file__).resolve().parent.parent
TODAY = date(2023, 10, 10)
SIZES = ((1440, 900), (1100, 700))
THEMES = (ThemeChoice.LIGHT, ThemeChoice.DARK)
FONTS = ("Inter", "Noto Sans", "DejaVu Sans")
DECISIONS = {
    "CityxChange final event": Decision.GOING,
    "European Week of Regions and Cities 2023": Decision.GOING,
    "Portugal Smart Cities Summit 2023": Decision.CONSIDERING,
    "European Urban Resilience Forum 2023": Decision.GOING,
    "Smart City Expo USA 2023": Decision.WATCHING,
    "Smart City Expo Shanghai 2023": Decision.WATCHING,
    "Global Mobility Call 2023": Decision.CONSIDERING,
    "Smart City Expo World Congress 2023": Decision.GOING,
    "Smart Country Convention 2023": Decision.CONSIDERING,
}
SHOWN = "European Urban Resilience Forum 2023"
NOTE = "Ask ICLEI about the follower-city call. Three streams; the financing stream on day 2 matters most."


def wait(app: QApplication, until: Callable[[], bool], seconds: float = 30) -> None:
    """Let the window work until something holds."""
    end = time.monotonic() + seconds
    while not until():
        if time.monotonic() > end:
            raise SystemExit("the window did not get ready")
        app.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 20)


def pause(app: QApplication, milliseconds: int) -> None:
    """Let the window come to rest."""
    done: list[bool] = []
    QTimer.singleShot(milliseconds, lambda: done.append(True))
    wait(app, lambda: bool(done))


def invent(planner: Planner) -> OccurrenceKey:
    """Decide on some events, and return the one to be shown in the inspector."""
    from dataclasses import replace

    from scplanner.services import events, queries

    workspace = planner.context.workspace

    def find(text: str) -> OccurrenceKey:
        hits = queries.search(workspace, text)
        if not hits:
            raise SystemExit(f"the catalogue has no “{text}”")
        return hits[0].key

    for text, decision in DECISIONS.items():
        events.decide(workspace, [find(text)], decision)
    key = find(SHOWN)
    shown = queries.details(workspace, key)
    assert shown is not None
    layer = replace(
        shown.layer,
        role=Role.SPEAKER,
        registration=Registration.REGISTERED,
        note=NOTE,
        travel_before=1,
        travel_booked=True,
    )
    events.save_layer(workspace, key, layer)
    return key


def draw(planner: Planner, app: QApplication, folder: Path, name: str) -> None:
    """Take the picture in both themes and sizes."""
    for theme in THEMES:
        planner.context.change_settings(theme=theme)
        for width, height in SIZES:
            planner.window.resize(width, height)
            pause(app, 300)
            suffix = "" if theme is ThemeChoice.LIGHT else "-dark"
            target = folder / f"{name}{suffix}-{width}.png"
            planner.window.grab().save(str(target))
            sys.stdout.write(f"{target.relative_to(folder.parent.parent) if folder.is_relative_to(ROOT) else target}\n")


def main(folder: Path) -> int:
    """Draw them all."""
    folder.mkdir(parents=True, exist_ok=True)
    app = QApplication([])
    family = next((name for name in FONTS if name in QFontDatabase.families()), app.font().family())
    font = QFont(family)
    font.setPixelSize(13)
    app.setFont(font)
    QLocale.setDefault(QLocale(QLocale.Language.English, QLocale.Country.UnitedKingdom))
    with tempfile.TemporaryDirectory() as data:
        planner = Planner(UserPaths.at(Path(data) / "Smart City Planner"), today=TODAY)
        planner.window.show()
        wait(app, lambda: planner.facts.facts is not None and not planner.context.tasks.is_busy)
        key = invent(planner)
        wait(app, lambda: planner.facts.facts.counts.in_plan >= 7)  # type: ignore[union-attr]
        planner.context.messages.dismiss()
        planner.window.views.show_view("month")
        planner.window.views.show_event(key)
        planner.window.views.focus_view()
        pause(app, 800)
        draw(planner, app, folder, "month")
        planner.window.views.show_view("agenda")
        planner.window.views.show_event(key)
        planner.window.views.focus_view()
        pause(app, 800)
        draw(planner, app, folder, "agenda")
        planner.window.close()
        planner.close()
    return 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]).resolve() if len(sys.argv) > 1 else ROOT / "docs" / "pictures"))
