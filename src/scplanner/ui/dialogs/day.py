"""Choosing a day to go to."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QCoreApplication, QDate, Qt
from PySide6.QtWidgets import QDateEdit, QWidget

from scplanner.ui.context import Context
from scplanner.ui.dialogs.base import PlannerDialog


def ask_day(context: Context, parent: QWidget, start: date) -> date | None:
    """Ask for a day; None if it was given up."""
    dialog = PlannerDialog(QCoreApplication.translate("DayDialog", "Go to a day"), parent)
    field = QDateEdit(QDate(start.year, start.month, start.day))
    field.setAccessibleName(QCoreApplication.translate("DayDialog", "Day"))
    field.setDisplayFormat("d MMMM yyyy")
    field.setLocale(context.locale())
    field.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    dialog.body.addWidget(field)
    dialog.add_button(QCoreApplication.translate("DayDialog", "Cancel"), dialog.reject)
    dialog.add_button(QCoreApplication.translate("DayDialog", "Go"), dialog.accept, is_primary=True)
    if not dialog.exec():
        return None
    chosen = field.date()
    return date(chosen.year(), chosen.month(), chosen.day())
