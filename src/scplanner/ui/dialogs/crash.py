"""What is shown when something went wrong that nobody had foreseen."""

from __future__ import annotations

import traceback

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QFontDatabase, QGuiApplication
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from scplanner.ui.dialogs.about import report_header
from scplanner.ui.dialogs.base import PlannerDialog


def crash_report(error: BaseException) -> str:
    """All that helps to mend it, and nothing of the user's data."""
    return report_header() + "\n" + "".join(traceback.format_exception(error))


class CrashDialog(PlannerDialog):
    """A report to copy. What was saved is safe: every change is whole or not there."""

    def __init__(self, error: BaseException, log_path: str, parent: QWidget | None = None) -> None:
        title = QCoreApplication.translate("CrashDialog", "Something went wrong")
        super().__init__(title, parent)
        self.say(
            self.tr(
                "This is a fault of the program. What you had saved is safe, and you can go on. Please send the report "
                "below to the developers; it is also in {path}."
            ).replace("{path}", log_path)
        )
        report = crash_report(error)
        field = QPlainTextEdit(report)
        field.setReadOnly(True)
        field.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        field.setAccessibleName(self.tr("Report"))
        self.body.addWidget(field)
        self.add_button(self.tr("Copy the report"), lambda: QGuiApplication.clipboard().setText(report), is_left=True)
        self.add_button(self.tr("Go on"), self.accept, is_primary=True)
        self.resize(720, 420)
