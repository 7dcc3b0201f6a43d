"""One line of the rail: an icon or a coloured dot, a name, a count."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRect, QRectF, QSize, Qt
from PySide6.QtGui import (
    QColor,
    QContextMenuEvent,
    QEnterEvent,
    QFontMetrics,
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import QAbstractButton, QSizePolicy

from scplanner.ui.context import Context
from scplanner.ui.theme import Token, scaled_font

_PAD = 8
_GAP = 10
_SIGN = 16


class RailItem(QAbstractButton):
    """A button of the rail. With `dot` it shows a colour (a ring where it is switched off), else its icon."""

    def __init__(self, context: Context, text: str, *, icon: str = "", dot: QColor | None = None) -> None:
        super().__init__()
        self._context = context
        self._icon_name = icon
        self._dot = dot
        self._count: int | None = None
        self._is_hollow = False
        self._is_narrow = False
        self._words = text
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        context.theme.changed.connect(self.update)
        self._name()

    def setText(self, text: str) -> None:
        """Give it another name; a long one takes two lines."""
        if text != self._words:
            self._words = text
            self._name()
            self.updateGeometry()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """A long name may need a second line now."""
        super().resizeEvent(event)
        if event.oldSize().width() != event.size().width():
            self.updateGeometry()

    def set_count(self, count: int | None) -> None:
        """Show how many there are; None shows nothing."""
        if count != self._count:
            self._count = count
            self._name()
            self.update()

    def set_dot(self, color: QColor) -> None:
        """Give the dot another colour."""
        self._dot = color
        self.update()

    def set_hollow(self, is_hollow: bool) -> None:
        """Show that what it stands for is hidden."""
        self._is_hollow = is_hollow
        self._name()
        self.update()

    def set_narrow(self, is_narrow: bool) -> None:
        """Show the sign alone; the name goes to the tooltip."""
        self._is_narrow = is_narrow
        self._name()
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """As high as a line of text with air."""
        metrics = QFontMetrics(self.font())
        lines = 2 if self._is_long() else 1
        return QSize(40 if self._is_narrow else 172, max(32, metrics.height() * lines + 14))

    def minimumSizeHint(self) -> QSize:
        """It may be as narrow as its sign."""
        return QSize(40, self.sizeHint().height())

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """The menu is the rail's to show, by the policy it has set."""
        event.ignore()

    def enterEvent(self, event: QEnterEvent) -> None:
        """Show the hover."""
        super().enterEvent(event)
        self.update()

    def leaveEvent(self, event: QEvent) -> None:
        """Show the hover no longer."""
        super().leaveEvent(event)
        self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter works as Space does; the arrows move through the rail."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        elif event.key() == Qt.Key.Key_Down:
            self.focusNextChild()
        elif event.key() == Qt.Key.Key_Up:
            self.focusPreviousChild()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Ground, sign, name, count."""
        theme = self._context.theme
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        is_on = self.isChecked() and not self._is_hollow and (self._dot is None or self._marks_choice)
        ground = Token.ACCENT_SOFT if is_on else Token.HOVER if self.underMouse() else None
        painter.setPen(Qt.PenStyle.NoPen)
        if ground is not None:
            painter.setBrush(theme.color(ground))
            painter.drawRoundedRect(box, 8, 8)
        if self.hasFocus():
            painter.setPen(QPen(theme.color(Token.ACCENT), 1.5))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), 8, 8)
        ink = theme.color(Token.ACCENT_TEXT if is_on else Token.MUTED_STRONG)
        left = (self.width() - _SIGN) // 2 if self._is_narrow else _PAD
        self._paint_sign(painter, QRect(left, (self.height() - _SIGN) // 2, _SIGN, _SIGN), is_on)
        if not self._is_narrow:
            self._paint_words(painter, left + _SIGN + _GAP, ink, is_on)

    @property
    def _marks_choice(self) -> bool:
        """Whether being checked is a choice to be marked (a filter), not the usual state (a visible calendar)."""
        return bool(self.property("marksChoice"))

    def _paint_sign(self, painter: QPainter, box: QRect, is_on: bool) -> None:
        theme = self._context.theme
        if self._dot is None:
            token = Token.ACCENT_TEXT if is_on else Token.MUTED_STRONG
            painter.drawPixmap(box, self._context.icons.pixmap(self._icon_name, token, _SIGN, self.devicePixelRatioF()))
            return
        circle = QRectF(box).adjusted(4, 4, -4, -4)
        if self._is_hollow:
            painter.setPen(QPen(theme.color(Token.MUTED), 1.5))
            painter.setBrush(Qt.BrushStyle.NoBrush)
        else:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self._dot)
        painter.drawEllipse(circle)

    def _paint_words(self, painter: QPainter, left: int, ink: QColor, is_on: bool) -> None:
        theme = self._context.theme
        right = self.width() - _PAD
        if self._count is not None:
            small = scaled_font(self.font(), 0.88)
            metrics = QFontMetrics(small)
            words = self._context.locale().toString(self._count)
            width = max(metrics.horizontalAdvance(words) + 14, metrics.height() + 6)
            pill = QRectF(right - width, (self.height() - metrics.height() - 3) / 2, width, metrics.height() + 3)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.color(Token.CHIP))
            painter.drawRoundedRect(pill, pill.height() / 2, pill.height() / 2)
            painter.setFont(small)
            painter.setPen(theme.color(Token.MUTED_STRONG))
            painter.drawText(pill, Qt.AlignmentFlag.AlignCenter, words)
            right = int(pill.left()) - 6
        font = scaled_font(self.font(), bold=is_on)
        painter.setFont(font)
        painter.setPen(theme.color(Token.MUTED) if self._is_hollow else ink)
        align = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
        box = QRect(left, 0, right - left, self.height())
        if self._is_long() and " " in self._words:
            painter.drawText(box, int(align) | int(Qt.TextFlag.TextWordWrap), self._words)
            return
        painter.drawText(
            box, align, QFontMetrics(font).elidedText(self._words, Qt.TextElideMode.ElideRight, box.width())
        )

    def _is_long(self) -> bool:
        """Whether the name needs a second line beside the count."""
        if self._is_narrow or self._dot is None:
            return False
        room = self.width() - 2 * _PAD - _SIGN - _GAP - (46 if self._count is not None else 0)
        return self.width() > 60 and QFontMetrics(self.font()).horizontalAdvance(self._words) > room

    def _name(self) -> None:
        parts = [self._words]
        if self._count is not None:
            parts.append(self._context.locale().toString(self._count))
        if self._is_hollow:
            parts.append(self.tr("hidden"))
        self.setAccessibleName(", ".join(parts))
        metrics = QFontMetrics(self.font())
        is_cut = self._is_narrow or metrics.horizontalAdvance(self._words) > 100
        self.setToolTip(", ".join(parts) if is_cut else self.toolTip() if self.property("keepsTip") else "")
