"""The bottom row: edit, export, and the rest behind the dots."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QHBoxLayout, QMenu, QPushButton, QWidget

from scplanner.domain.events import EventStatus
from scplanner.ui.editor.edits import Command, EventEdit
from scplanner.ui.editor.sections.base import Section
from scplanner.ui.theme import Token
from scplanner.ui.words import status_words

if TYPE_CHECKING:
    from scplanner.domain.events import EventDetails
    from scplanner.ui.context import Context


class ActionsSection(Section):
    """Buttons for the event as a whole."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, "", parent)
        row = QHBoxLayout()
        row.setSpacing(8)
        self.edit = QPushButton(self.tr("Edit"), self)
        self.edit.setToolTip(self.tr("Edit the title (F2)"))
        self.export = QPushButton(self.tr("Export"), self)
        self.export.setToolTip(self.tr("Export this event"))
        context.icons.bind(self.export, "upload", Token.TEXT)
        self.more = QPushButton(self)
        self.more.setToolTip(self.tr("More"))
        self.more.setAccessibleName(self.tr("More"))
        context.icons.bind(self.more, "dots", Token.TEXT)
        self.edit.clicked.connect(lambda: self.publish(Command("edit")))
        self.export.clicked.connect(lambda: self.publish(Command("export")))
        self.more.clicked.connect(self._ask)
        for button in (self.edit, self.export, self.more):
            button.setAutoDefault(False)
            row.addWidget(button)
        row.addStretch(1)
        self.add_inset(row)

    def show_details(self, details: EventDetails) -> None:
        """The buttons are the same for every event."""

    def menu(self) -> QMenu:
        """The menu behind the dots."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for name, words in (
            ("duplicate", self.tr("Duplicate into my plan")),
            ("copy", self.tr("Copy as text")),
            ("source", self.tr("Show source text")),
        ):
            action = menu.addAction(words)
            action.triggered.connect(lambda _checked=False, name=name: self.publish(Command(name)))
        states = menu.addMenu(self.tr("Status of the event"))
        now = self.details.event.status if self.details is not None else None
        for status in (None, *EventStatus):
            if status is EventStatus.WITHDRAWN and now is not status:
                continue  # only a source can say so
            action = states.addAction(status_words(status))
            action.setCheckable(True)
            action.setChecked(status == now)
            action.triggered.connect(lambda _checked=False, status=status: self.publish(EventEdit({"status": status})))
        menu.addSeparator()
        menu.addAction(self.tr("Delete"), lambda: self.publish(Command("delete")))
        return menu

    def _ask(self) -> None:
        self.menu().popup(self.more.mapToGlobal(QPoint(0, self.more.height() + 2)))
