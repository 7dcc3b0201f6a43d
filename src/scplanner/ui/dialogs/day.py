"""Choosing a day to go to."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from scplanner.ui.dialogs.base import PlannerDialog
from scplanner.ui.editor.controls.fields import DayField


def ask_day(parent: QWidget, start: date) -> date | None:
    """Ask for a day; None if it was given up."""
    dialog = PlannerDialog(QCoreApplication.translate("DayDialog", "Go to a day"), parent)
    field = DayField(QCoreApplication.translate("DayDialog", "Day"))
    field.set_day(start)
    dialog.body.addWidget(field)
    dialog.add_button(QCoreApplication.translate("DayDialog", "Cancel"), dialog.reject)
    dialog.add_button(QCoreApplication.translate("DayDialog", "Go"), dialog.accept, is_primary=True)
    return field.day() if dialog.run() else None
