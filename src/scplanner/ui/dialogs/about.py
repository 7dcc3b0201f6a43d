"""What this program is, in which version, and whose work is in it."""

from __future__ import annotations

import platform
import sqlite3
import sys

from PySide6.QtCore import QCoreApplication, Qt, qVersion
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFormLayout, QLabel, QWidget

from scplanner import __version__
from scplanner.ui.context import Context
from scplanner.ui.dialogs.base import PlannerDialog


def details(context: Context) -> list[tuple[str, str]]:
    """What somebody who helps would ask: versions and places."""
    rows = [
        ("Smart City Planner", __version__),
        ("Python", platform.python_version()),
        ("Qt", qVersion() or ""),
        ("SQLite", sqlite3.sqlite_version),
        (
            QCoreApplication.translate("AboutDialog", "System"),
            f"{platform.system()} {platform.release()} {platform.machine()}",
        ),
    ]
    if context.is_open:
        rows.append((QCoreApplication.translate("AboutDialog", "Catalogue"), catalogue_date(context)))
    return rows


def catalogue_date(context: Context) -> str:
    """The version of the catalogue that is in the data, as its source says it."""
    from scplanner.domain.events import CalendarKind
    from scplanner.services import queries

    found = [c for c in queries.calendars(context.workspace) if c.kind is CalendarKind.CATALOGUE]
    return found[0].source if found else ""


class AboutDialog(PlannerDialog):
    """Versions to copy, and credits."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        title = QCoreApplication.translate("AboutDialog", "About Smart City Planner")
        super().__init__(title, parent)
        self.say(self.tr("A calendar for people who work on smart cities. Your data stay on this computer."))
        form = QFormLayout()
        rows = details(context)
        for name, value in rows:
            label = QLabel(value)
            label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            form.addRow(name, label)
        self.body.addLayout(form)
        credits_text = QLabel(
            self.tr(
                "Licence: MIT. Places: GeoNames (CC BY 4.0). Icons: Tabler Icons (MIT). Made with Qt for Python (LGPL), "
                "SQLAlchemy, icalendar, recurring-ical-events and vobject."
            )
        )
        credits_text.setWordWrap(True)
        credits_text.setProperty("tone", "muted")
        self.body.addWidget(credits_text)
        text = "\n".join(f"{name}: {value}" for name, value in rows)
        self.add_button(self.tr("Copy details"), lambda: QGuiApplication.clipboard().setText(text), is_left=True)
        self.add_close_button()
        self.setMinimumWidth(460)


def report_header() -> str:
    """The first lines of a report about a crash."""
    return (
        f"Smart City Planner {__version__}\nPython {sys.version.split()[0]}\nQt {qVersion()}\n"
        f"SQLite {sqlite3.sqlite_version}\n{platform.platform()}\n"
    )
