"""Name and colour of a calendar."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QSize
from PySide6.QtGui import QColor, QIcon, QPainter, QPixmap
from PySide6.QtWidgets import QComboBox, QFormLayout, QLineEdit, QWidget

from scplanner.ui.dialogs.base import PlannerDialog

COLORS = ("#2F6FDE", "#12805C", "#7A55B5", "#C27803", "#B4443A", "#4B8B2B", "#0E7C86", "#A23B72")


def ask_calendar(parent: QWidget, title: str, name: str | None = None) -> tuple[str, str] | None:
    """Ask for a calendar's name, and for its colour if it is a new one (`name` None); None if it was given up."""
    dialog = PlannerDialog(title, parent)
    form = QFormLayout()
    field = QLineEdit(name or "")
    field.setAccessibleName(QCoreApplication.translate("CalendarDialog", "Name"))
    field.setMinimumWidth(280)
    field.selectAll()
    form.addRow(QCoreApplication.translate("CalendarDialog", "Name"), field)
    colors = QComboBox()
    colors.setAccessibleName(QCoreApplication.translate("CalendarDialog", "Colour"))
    colors.view().setAccessibleName(colors.accessibleName())
    colors.setIconSize(QSize(32, 16))
    colors.addItem(QCoreApplication.translate("CalendarDialog", "Next free colour"), "")
    for color in COLORS:
        colors.addItem(_swatch(color), color, color)
    if name is None:
        form.addRow(QCoreApplication.translate("CalendarDialog", "Colour"), colors)
    dialog.body.addLayout(form)
    dialog.add_button(QCoreApplication.translate("CalendarDialog", "Cancel"), dialog.reject)
    if name is None:
        words = QCoreApplication.translate("CalendarDialog", "Create")
    else:
        words = QCoreApplication.translate("CalendarDialog", "Rename")
    done = dialog.add_button(words, dialog.accept, is_primary=True)
    done.setEnabled(bool(field.text().strip()))
    field.textChanged.connect(lambda text: done.setEnabled(bool(text.strip())))
    field.setFocus()
    return (field.text().strip(), str(colors.currentData())) if dialog.run() else None


def _swatch(color: str) -> QIcon:
    pixmap = QPixmap(64, 32)
    pixmap.fill(QColor(0, 0, 0, 0))
    painter = QPainter(pixmap)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setBrush(QColor(color))
    painter.setPen(QColor(0, 0, 0, 0))
    painter.drawRoundedRect(pixmap.rect(), 8, 8)
    painter.end()
    return QIcon(pixmap)
