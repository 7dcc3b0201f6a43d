"""The top bar: the program's name, the search field, and the buttons for what is done most."""

from __future__ import annotations

import sys

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QFocusEvent, QKeyEvent, QKeySequence, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QLineEdit, QToolButton, QWidget

from scplanner.ui.commands import CommandId
from scplanner.ui.context import Context
from scplanner.ui.theme import Token, scaled_font
from scplanner.ui.widgets.buttons import CommandButton
from scplanner.ui.widgets.menus import build_menu
from scplanner.ui.widgets.rail import WIDE


class SearchField(QLineEdit):
    """The search field. `key_pressed(int)`: Up, Down, Return, Escape and the page keys, for the popup under it."""

    key_pressed = Signal(int)
    focused = Signal()
    left = Signal()
    _TAKEN = (
        Qt.Key.Key_Up,
        Qt.Key.Key_Down,
        Qt.Key.Key_PageUp,
        Qt.Key.Key_PageDown,
        Qt.Key.Key_Return,
        Qt.Key.Key_Enter,
        Qt.Key.Key_Escape,
    )

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self.setObjectName("searchField")
        self.setPlaceholderText(self.tr("Search events, places, notes"))
        self.setAccessibleName(self.tr("Search events, places, notes and commands"))
        self._sign = QLabel(self)
        self._sign.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        keys = context.commands.action(CommandId.SEARCH).shortcut()
        self._hint = QLabel(keys.toString(QKeySequence.SequenceFormat.NativeText).replace("+", " "), self)
        self._hint.setObjectName("keyHint")
        self._hint.setFont(scaled_font(self.font(), 0.85))
        self._hint.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.textChanged.connect(lambda text: self._hint.setVisible(not text))
        context.theme.changed.connect(self._draw)
        self._draw()

    def _draw(self) -> None:
        self._sign.setPixmap(self._context.icons.pixmap("search", Token.MUTED, 16, self.devicePixelRatioF()))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep sign and hint in their places."""
        super().resizeEvent(event)
        self._sign.setGeometry(10, (self.height() - 16) // 2, 16, 16)
        size = self._hint.sizeHint()
        self._hint.setGeometry(
            self.width() - size.width() - 8, (self.height() - size.height()) // 2, size.width(), size.height()
        )

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Give the keys that move through the popup to it."""
        if event.key() in self._TAKEN:
            self.key_pressed.emit(int(event.key()))
            event.accept()
            return
        super().keyPressEvent(event)

    def event(self, event: QEvent) -> bool:
        """Escape leaves the field, whatever else it means in the window; an empty field has nothing of its own to undo."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            if event.key() == Qt.Key.Key_Escape:
                event.accept()
                return True
            is_undo = event.matches(QKeySequence.StandardKey.Undo) or event.matches(QKeySequence.StandardKey.Redo)
            if is_undo and not self.text():
                event.ignore()
                return False
        return super().event(event)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Words may be dropped here; files are the window's to import."""
        if event.mimeData().hasUrls():
            event.ignore()
        else:
            super().dragEnterEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Tell the popup."""
        super().focusInEvent(event)
        self.focused.emit()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Tell the popup."""
        super().focusOutEvent(event)
        self.left.emit()


class TopBar(QFrame):
    """Name, search, Import, Export, New event, and the menu where the system has no menu bar of its own."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("topBar")
        self._context = context
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 8, 16, 8)
        row.setSpacing(12)
        self._name = QLabel(self.tr("Smart City Planner"))
        self._name.setFont(scaled_font(self._name.font(), 1.1, bold=True))
        self._name.setMinimumWidth(WIDE - 16)
        row.addWidget(self._name)
        self.search = SearchField(context)
        self.search.setMinimumWidth(200)
        self.search.setMaximumWidth(420)
        row.addWidget(self.search, 3)
        row.addStretch(1)
        for command in (CommandId.IMPORT, CommandId.EXPORT):
            row.addWidget(CommandButton(context, command))
        row.addWidget(CommandButton(context, CommandId.NEW_EVENT, is_primary=True))
        self.menu_button = QToolButton()
        self.menu_button.setProperty("flat", True)
        self.menu_button.setIconSize(QSize(20, 20))
        context.icons.bind(self.menu_button, "menu-2", Token.MUTED_STRONG)
        self.menu_button.setAccessibleName(self.tr("Menu"))
        self.menu_button.setToolTip(self.tr("Menu ({keys})").replace("{keys}", "F10"))
        self.menu_button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.menu_button.setMenu(build_menu(context, self))
        self.menu_button.setShortcut("F10")
        self.menu_button.setVisible(sys.platform != "darwin")
        row.addWidget(self.menu_button)

    def set_narrow(self, is_narrow: bool) -> None:
        """Give the room of the name to the search when the rail is narrow."""
        self._name.setMinimumWidth(0 if is_narrow else WIDE - 16)
