"""One deadline: a diamond to tick, what is due, and when."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QCheckBox, QGridLayout, QHBoxLayout, QLabel, QSizePolicy, QWidget

from scplanner.ui.editor.controls.buttons import WrapButton
from scplanner.ui.theme import Theme, Token

_SIDE = 18
_LONGEST = 24


class DiamondTick(QCheckBox):
    """A check box drawn as a diamond: filled while something is due, with a tick when it is done."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.tone = Token.TEXT
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def sizeHint(self) -> QSize:
        """A square."""
        return QSize(_SIDE + 2, _SIDE)

    def minimumSizeHint(self) -> QSize:
        """A square."""
        return self.sizeHint()

    def hitButton(self, _pos: object, /) -> bool:
        """All of it can be pressed."""
        return True

    def keyPressEvent(self, event: QKeyEvent, /) -> None:
        """Enter ticks, as Space does."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
            return
        super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent, /) -> None:
        """Draw the diamond, and a ring round it while it has the focus."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRect(0, 0, self.width(), self.height())
        middle = QPointF(box.width() / 2, box.height() / 2)
        color = self._theme.color(Token.MUTED if self.isChecked() else self.tone)
        if self.hasFocus():
            painter.setPen(QPen(self._theme.color(Token.ACCENT), 1))
            painter.drawRoundedRect(box.adjusted(1, 1, -2, -2), 4, 4)
        if self.isChecked():
            painter.setPen(QPen(color, 1.8, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin))
            painter.drawPolyline(
                [middle + QPointF(-4.5, 0.3), middle + QPointF(-1.4, 3.6), middle + QPointF(4.8, -3.6)]
            )
        else:
            side = 5.5
            painter.setPen(QPen(color, 1.4))
            painter.setBrush(color if not self.underMouse() else QColor(0, 0, 0, 0))
            painter.drawPolygon(
                QPolygonF(
                    [
                        middle + QPointF(0, -side),
                        middle + QPointF(side, 0),
                        middle + QPointF(0, side),
                        middle - QPointF(side, 0),
                    ]
                )
            )
        painter.end()


class DueRow(QWidget):
    """Tick, words and date. Where it is the user's own, pressing the words asks to change it."""

    ticked = Signal(bool)
    edit_requested = Signal()

    def __init__(
        self, theme: Theme, words: str, when: str, spoken: str, parent: QWidget | None = None, *, is_own: bool
    ) -> None:
        super().__init__(parent)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4)
        self.tick = DiamondTick(theme, self)
        self.tick.setAccessibleName(self.tr("Done: {deadline}").format(deadline=spoken))
        self.tick.setToolTip(self.tr("Tick when done"))
        self.tick.clicked.connect(lambda is_done: self.ticked.emit(is_done))
        self.when = QLabel(when, self)
        self.when.setTextFormat(Qt.TextFormat.PlainText)
        # A time with its zone is too long for the end of the line and gets one of its own.
        is_long = len(when) > _LONGEST
        self.when.setAlignment(Qt.AlignmentFlag.AlignLeft if is_long else Qt.AlignmentFlag.AlignRight)
        self.when.setWordWrap(is_long)
        self.when.setContentsMargins(5 if is_long else 0, 2 if not is_long else 0, 0, 2)
        self.words: QLabel | WrapButton
        if is_own:
            button = WrapButton(parent=self)
            button.set_lines((words, "plain"), name=self.tr("Change this deadline"))
            button.setToolTip(self.tr("Press to change or delete it"))
            button.clicked.connect(self.edit_requested)
            self.words = button
        else:
            self.words = QLabel(words, self)
            self.words.setTextFormat(Qt.TextFormat.PlainText)
            self.words.setWordWrap(True)
            self.words.setContentsMargins(5, 2, 0, 2)
        row.addWidget(self.tick, 0, Qt.AlignmentFlag.AlignTop)
        grid = QGridLayout()
        grid.setSpacing(0)
        grid.addWidget(self.words, 0, 0, Qt.AlignmentFlag.AlignTop)
        grid.addWidget(self.when, *((1, 0) if is_long else (0, 1)), Qt.AlignmentFlag.AlignTop)
        grid.setColumnStretch(0, 1)
        row.addLayout(grid, 1)
