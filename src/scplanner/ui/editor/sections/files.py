"""Files kept with the event: dropped onto the panel or chosen, opened only when asked."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QLabel, QMenu, QVBoxLayout, QWidget

from scplanner.ui.editor.controls.buttons import Chip, IconButton, WrapButton
from scplanner.ui.editor.edits import AttachFiles, DetachFile, OpenFile, SaveFile
from scplanner.ui.editor.sections.base import Section
from scplanner.ui.formatting import format_size

if TYPE_CHECKING:
    from scplanner.domain.events import EventDetails, StoredFile
    from scplanner.ui.context import Context


class FileRow(QWidget):
    """One file: its name opens it, the dots do the rest."""

    def __init__(self, section: FilesSection, file: StoredFile) -> None:
        super().__init__(section)
        self.file = file
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(2)
        icon = QLabel(self)
        icon.setPixmap(section.context.icons.pixmap("file", scale=self.devicePixelRatioF()))
        self.name = WrapButton(parent=self)
        self.name.set_lines((file.name, "plain"), (format_size(file.size), "muted"), name=self.tr("Open file"))
        self.name.setToolTip(self.tr("Open a copy of {name}").format(name=file.name))
        self.name.clicked.connect(lambda: section.publish(OpenFile(file)))
        self.more = IconButton(section.context.icons, "dots", self.tr("More for {name}").format(name=file.name), self)
        self.more.clicked.connect(lambda: section.ask(self))
        row.addWidget(icon, 0, Qt.AlignmentFlag.AlignVCenter)
        row.addWidget(self.name, 1)
        row.addWidget(self.more, 0, Qt.AlignmentFlag.AlignVCenter)


class FilesSection(Section):
    """The list of files and a button to add some."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, self.tr("Files"), parent)
        self.rows: list[FileRow] = []
        self._list = QVBoxLayout()
        self._list.setSpacing(0)
        self.add_inset(self._list)
        self.add_button = Chip(self)
        self.add_button.show_value(self.tr("+ File, or drop it here"), "ghost", "")
        self.add_button.clicked.connect(self._choose)
        self.add_inset(self.add_button, is_left=True)

    def show_details(self, details: EventDetails) -> None:
        """List the files."""
        if [row.file for row in self.rows] == list(details.layer.files):
            return
        for row in self.rows:
            self._list.removeWidget(row)
            row.hide()
            row.deleteLater()
        self.rows = [FileRow(self, file) for file in details.layer.files]
        for row in self.rows:
            self._list.addWidget(row)

    def ask(self, row: FileRow) -> None:
        """What else can be done with a file."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addAction(self.tr("Open"), lambda: self.publish(OpenFile(row.file)))
        menu.addAction(self.tr("Save a copy as…"), lambda: self.publish(SaveFile(row.file)))
        menu.addSeparator()
        menu.addAction(self.tr("Remove from this event"), lambda: self.publish(DetachFile(row.file)))
        menu.popup(row.more.mapToGlobal(QPoint(0, row.more.height())))

    def _choose(self) -> None:
        names, _ = QFileDialog.getOpenFileNames(self, self.tr("Keep files with this event"))
        if names:
            self.publish(AttachFiles(tuple(Path(name) for name in names)))
