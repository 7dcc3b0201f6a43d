"""The place of the inspector: opens with the first selection, closes with Escape, and makes the inspector when needed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from scplanner.ui.context import Context

if TYPE_CHECKING:
    from scplanner.domain.events import OccurrenceKey
    from scplanner.ui.editor.inspector import Inspector


class InspectorHost(QFrame):
    """Shows the inspector for the selected occurrence. `opened()` and `closed()` for the window's layout.

    What the inspector asks for is passed on: `selection_requested(OccurrenceKey)`, and with tuples of keys `delete_requested`
    and `export_requested`.
    """

    opened = Signal()
    closed = Signal()
    selection_requested = Signal(object)
    delete_requested = Signal(object)
    export_requested = Signal(object)

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._inspector: Inspector | None = None
        self.setMinimumWidth(280)
        self.setAccessibleName(self.tr("Inspector"))
        self._box = QVBoxLayout(self)
        self._box.setContentsMargins(0, 0, 0, 0)
        self.hide()
        context.bus.selection_changed.connect(self._follow)

    @property
    def is_open(self) -> bool:
        """Whether it is shown."""
        return not self.isHidden()

    @property
    def inspector(self) -> Inspector | None:
        """The inspector, once it was needed."""
        return self._inspector

    def open_panel(self, *, edit_title: bool = False, take_focus: bool = False) -> None:
        """Show it for the selection; `edit_title` for an event that was just made."""
        if self._context.selection is None:
            return
        panel = self._get()
        panel.show_key(self._context.selection)
        if self.isHidden():
            self.show()
            self.opened.emit()
        if edit_title:
            panel.focus_title()
        elif take_focus:
            panel.setFocus(Qt.FocusReason.OtherFocusReason)

    def close_panel(self) -> None:
        """Hide it; the view keeps its place and its selection."""
        if self.isHidden():
            return
        self.hide()
        self.closed.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape closes it."""
        if event.key() == Qt.Key.Key_Escape:
            self.close_panel()
            return
        super().keyPressEvent(event)

    def _follow(self, key: OccurrenceKey | None) -> None:
        if key is None:
            self.close_panel()
        else:
            self.open_panel()

    def _get(self) -> Inspector:
        if self._inspector is None:
            from scplanner.ui.editor.inspector import Inspector

            self._inspector = Inspector(self._context, self)
            self._inspector.closed.connect(self.close_panel)
            self._inspector.selection_requested.connect(self.selection_requested)
            self._inspector.delete_requested.connect(self.delete_requested)
            self._inspector.export_requested.connect(self.export_requested)
            self._box.addWidget(self._inspector)
        return self._inspector
