"""What all parts of the inspector have in common."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QLayout,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from scplanner.ui.editor.controls.buttons import WrapButton
from scplanner.ui.editor.controls.tab_order import controls_in_order, order_tabs
from scplanner.ui.editor.edits import EventEdit, LayerEdit, SectionChange
from scplanner.ui.theme import scaled_font

if TYPE_CHECKING:
    from scplanner.domain.events import EventDetails
    from scplanner.ui.context import Context


INSET = 4


class Section(QWidget):
    """A part of the inspector. It shows details and tells by `changed` (a SectionChange) what the user wants of them."""

    changed = Signal(object)

    def __init__(self, context: Context, heading: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.context = context
        self.details: EventDetails | None = None
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(2)
        self.heading = QLabel(heading, self)
        self.heading.setProperty("tone", "muted")
        self.heading.setFont(scaled_font(self.font(), 0.88, bold=True))
        self.heading.setVisible(bool(heading))
        self.add_inset(self.heading)

    def add_inset(self, item: QWidget | QLayout, *, is_left: bool = False) -> None:
        """Add something that has no room of its own round its text, so that it stands under the lines that have."""
        box = QHBoxLayout()
        box.setContentsMargins(INSET, 0, INSET, 0)
        box.setSpacing(0)
        if isinstance(item, QWidget):
            box.addWidget(item)
        else:
            box.addLayout(item)
        if is_left:
            box.addStretch(1)
        self.column.addLayout(box)

    def set_details(self, details: EventDetails) -> None:
        """Show these; what the user is typing stays."""
        self.details = details
        self.show_details(details)

    def show_details(self, details: EventDetails) -> None:
        """Fill the controls (each section its own way)."""
        raise NotImplementedError

    def flush(self) -> None:
        """Keep what is being typed and close what is open."""

    def publish(self, change: SectionChange) -> None:
        """Tell what the user wants."""
        self.changed.emit(change)


class FoldingSection(Section):
    """A line that reads as text; pressed, a small form unfolds under it, and the whole form is one edit."""

    def __init__(self, context: Context, heading: str = "", parent: QWidget | None = None) -> None:
        super().__init__(context, heading, parent)
        self.line = WrapButton(parent=self)
        self.line.clicked.connect(self.toggle)
        self.column.addWidget(self.line)
        self._form: QFrame | None = None

    @property
    def is_open(self) -> bool:
        """Whether the form is unfolded."""
        return self._form is not None and not self._form.isHidden()

    def toggle(self) -> None:
        """Unfold the form, or keep what is in it and fold it."""
        if self.is_open:
            self.commit()
        else:
            self.unfold()

    def unfold(self) -> None:
        """Unfold the form and put the focus into it."""
        if self.details is None or self.is_open:
            return
        if self._form is None:
            self._form = self._make_form()
        self.fill_form(self.details)
        self._form.setVisible(True)
        for control in controls_in_order(self._form):
            if control.isVisibleTo(self._form):
                control.setFocus(Qt.FocusReason.OtherFocusReason)
                break

    def commit(self) -> None:
        """Keep what the form says, if it says anything new, and fold it."""
        if not self.is_open or self.details is None:
            return
        edit = self.read_form(self.details)
        self._fold()
        if edit is not None:
            self.publish(edit)

    def cancel(self) -> None:
        """Fold the form and forget what it says."""
        if self.is_open:
            self._fold()

    def flush(self) -> None:
        """Keep what the form says."""
        self.commit()

    def build_form(self, column: QVBoxLayout) -> None:
        """Put the controls into the form; called once, when it is first unfolded."""
        raise NotImplementedError

    def fill_form(self, details: EventDetails) -> None:
        """Fill the controls."""
        raise NotImplementedError

    def read_form(self, details: EventDetails) -> EventEdit | LayerEdit | None:
        """The edit the controls say; None if they say nothing new."""
        raise NotImplementedError

    def keyPressEvent(self, event: QKeyEvent, /) -> None:
        """Esc forgets, Enter keeps."""
        if self.is_open and event.key() == Qt.Key.Key_Escape:
            self.cancel()
            return
        if self.is_open and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            press_or(self, self.commit)
            return
        super().keyPressEvent(event)

    def _make_form(self) -> QFrame:
        form = QFrame(self)
        form.setProperty("role", "form")
        form.setVisible(False)
        column = QVBoxLayout(form)
        column.setContentsMargins(10, 10, 10, 10)
        column.setSpacing(6)
        self.build_form(column)
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        keep = QPushButton(self.tr("Done"), form)
        keep.setProperty("primary", "true")
        keep.clicked.connect(self.commit)
        forget = QPushButton(self.tr("Cancel"), form)
        forget.clicked.connect(self.cancel)
        for button in (forget, keep):
            button.setAutoDefault(False)
            button.setProperty("role", "small")
            buttons.addWidget(button)
        column.addLayout(buttons)
        self.column.insertWidget(self.column.indexOf(self.line) + 1, form)
        # A form built late would come last in the order of Tab.
        order_tabs(self.parentWidget() or self)
        return form

    def _fold(self) -> None:
        assert self._form is not None
        focus: QWidget | None = self.window().focusWidget()
        had_focus = focus is None or self._form.isAncestorOf(focus)
        self._form.setVisible(False)
        if had_focus and self.isVisible():
            self.line.setFocus(Qt.FocusReason.OtherFocusReason)
        if self.details is not None:
            self.show_details(self.details)


def press_or(form: QWidget, otherwise: Callable[[], None]) -> None:
    """What Enter does in a form: press the button that has the focus, else what the form is for."""
    focus: QWidget | None = form.window().focusWidget()
    if isinstance(focus, QPushButton):
        focus.click()
    else:
        otherwise()
