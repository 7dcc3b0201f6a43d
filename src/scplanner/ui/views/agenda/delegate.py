"""How a row of the agenda looks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPen, QPolygonF
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from scplanner.domain.events import Decision, Occurrence, Registration
from scplanner.domain.temporal import day_of
from scplanner.ui.painting import paint_warning
from scplanner.ui.theme import Token, scaled_font
from scplanner.ui.views.agenda.layout import Column
from scplanner.ui.views.agenda.model import AgendaModel

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from scplanner.ui.context import Context

PADDING = 10
_SOON_DAYS = 14
_FLAGS = int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeading | Qt.TextFlag.TextSingleLine)
_DECISIONS = {
    Decision.GOING: (Token.GOOD, Token.GOOD_SOFT),
    Decision.CONSIDERING: (Token.ACCENT_TEXT, Token.ACCENT_SOFT),
    Decision.WATCHING: (Token.MUTED_STRONG, Token.CHIP),
    Decision.DECLINED: (Token.MUTED_STRONG, Token.CHIP),
}
_REGISTRATIONS = {
    Registration.REGISTERED: (Token.GOOD, Token.GOOD_SOFT),
    Registration.APPLIED: (Token.ACCENT_TEXT, Token.ACCENT_SOFT),
    Registration.WAITLISTED: (Token.WARNING, Token.WARNING_SOFT),
}


def row_height(metrics: QFontMetrics) -> int:
    """All rows are as high as this."""
    return metrics.height() + 14


class AgendaDelegate(QStyledItemDelegate):
    """Paints dates, title with dot and sign, pills and deadlines; and the headings of months."""

    def __init__(self, context: Context, model: AgendaModel, parent: QWidget) -> None:
        super().__init__(parent)
        self._context, self._model = context, model
        # A page has some two hundred cells: colours are looked up once for all of them.
        self._colors: dict[Token, QColor] = {}
        context.theme.changed.connect(self._colors.clear)

    def _color(self, token: Token) -> QColor:
        found = self._colors.get(token)
        if found is None:
            found = self._colors[token] = self._context.theme.color(token)
        return found

    def sizeHint(self, option: QStyleOptionViewItem, _index: QModelIndex | QPersistentModelIndex) -> QSize:
        """A row's height; widths are the view's."""
        return QSize(80, row_height(QFontMetrics(option.font)))

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Paint one cell."""
        _theme, rect = self._context.theme, QRect(option.rect)
        row = self._model.occurrence(index)
        painter.save()
        painter.setFont(option.font)
        if row is None:
            painter.fillRect(rect, self._color(Token.BACKGROUND))
            self._line(painter, rect)
            painter.setFont(scaled_font(option.font, bold=True))
            painter.setPen(self._color(Token.TEXT))
            painter.drawText(rect.adjusted(PADDING, 0, -PADDING, 0), _FLAGS, str(index.data()))
            painter.restore()
            return
        is_selected = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.fillRect(rect, self._color(Token.ACCENT_SOFT if is_selected else Token.PANEL))
        self._line(painter, rect)
        box = rect.adjusted(PADDING, 0, -6, -1)
        column = Column(index.column())
        if column is Column.EVENT:
            self._event(painter, box, row, option.font, is_selected=is_selected)
        elif column is Column.DEADLINE:
            self._deadline(painter, box, row)
        elif column in (Column.DECISION, Column.REGISTRATION):
            self._pill(painter, box, row, column)
        else:
            muted = Token.MUTED_STRONG if column is Column.PLACE or row.is_vague else Token.TEXT
            self._text(painter, box, self._model.text(row, column), self._color(muted))
        if option.state & QStyle.StateFlag.State_HasFocus and not is_selected:
            painter.setPen(QPen(self._color(Token.ACCENT), 1))
            painter.drawRect(rect.adjusted(0, 0, -1, -2))
        painter.restore()

    def _line(self, painter: QPainter, rect: QRect) -> None:
        painter.fillRect(QRect(rect.left(), rect.bottom(), rect.width(), 1), self._color(Token.LINE))

    @staticmethod
    def _text(painter: QPainter, box: QRect, text: str, color: QColor) -> None:
        painter.setPen(color)
        shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, max(box.width(), 0))
        painter.drawText(box, _FLAGS, shown)

    def _event(self, painter: QPainter, box: QRect, row: Occurrence, font: QFont, *, is_selected: bool) -> None:
        theme = self._context.theme
        mirrored = painter.layoutDirection() == Qt.LayoutDirection.RightToLeft
        is_off = row.status is not None and row.status.is_off
        is_struck = is_off or row.decision is Decision.DECLINED
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.color_for(row))
        middle = box.right() - 4.0 if mirrored else box.left() + 4.0
        painter.drawEllipse(QPointF(middle, box.center().y() + 0.5), 4.0, 4.0)
        box = box.adjusted(0, 0, -16, 0) if mirrored else box.adjusted(16, 0, 0, 0)
        has_clash = row.key in self._model.listing.clashing
        title_font = QFont(font)
        title_font.setStrikeOut(is_struck)
        if row.decision is Decision.GOING:
            title_font.setWeight(QFont.Weight.DemiBold)
        painter.setFont(title_font)
        room = box.adjusted(20 if mirrored else 0, 0, 0 if mirrored else -20, 0) if has_clash else box
        text = self._model.text(row, Column.EVENT)
        self._text(painter, room, text, self._color(Token.MUTED_STRONG if is_struck else Token.TEXT))
        if has_clash:
            used = min(painter.fontMetrics().horizontalAdvance(text), room.width()) + 6
            left = box.right() - used - 13 if mirrored else box.left() + used
            sign = QRectF(left, box.center().y() - 6.0, 13, 13)
            ground = self._color(Token.ACCENT_SOFT if is_selected else Token.PANEL)
            paint_warning(painter, sign, self._color(Token.WARNING), ground)

    def _pill(self, painter: QPainter, box: QRect, row: Occurrence, column: Column) -> None:
        text = self._model.text(row, column)
        tokens: tuple[Token, Token] | None = None
        if column is Column.DECISION:
            tokens = _DECISIONS.get(row.decision) if row.decision is not None else None
        elif row.registration is not None:
            tokens = _REGISTRATIONS[row.registration]
        elif self._model.is_to_do(row):
            tokens = (Token.WARNING, Token.WARNING_SOFT)
        if tokens is None:
            self._text(painter, box, text, self._color(Token.MUTED))
            return
        painter.setFont(scaled_font(painter.font(), 0.88, bold=True))
        metrics = painter.fontMetrics()
        text = metrics.elidedText(text, Qt.TextElideMode.ElideRight, max(box.width() - 14, 0))
        width, height = metrics.horizontalAdvance(text) + 14, metrics.height() + 5
        mirrored = painter.layoutDirection() == Qt.LayoutDirection.RightToLeft
        left = box.right() - width + 1 if mirrored else box.left()
        pill = QRectF(left, box.center().y() - height / 2 + 0.5, width, height)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._color(tokens[1]))
        painter.drawRoundedRect(pill, 6, 6)
        painter.setPen(self._color(tokens[0]))
        painter.drawText(pill, int(Qt.AlignmentFlag.AlignCenter), text)

    def _deadline(self, painter: QPainter, box: QRect, row: Occurrence) -> None:
        due = self._model.next_due(row)
        if due is None:
            return
        is_soon = not due.is_done and (day_of(due.deadline.due) - self._context.today()).days <= _SOON_DAYS
        color = self._color(Token.WARNING if is_soon else Token.MUTED_STRONG)
        mirrored = painter.layoutDirection() == Qt.LayoutDirection.RightToLeft
        x, y = (box.right() - 5.0 if mirrored else box.left() + 5.0), box.center().y() + 0.5
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(color)
        painter.drawPolygon(QPolygonF([QPointF(x, y - 5), QPointF(x + 5, y), QPointF(x, y + 5), QPointF(x - 5, y)]))
        room = box.adjusted(0, 0, -16, 0) if mirrored else box.adjusted(16, 0, 0, 0)
        self._text(painter, room, self._model.text(row, Column.DEADLINE), color)
