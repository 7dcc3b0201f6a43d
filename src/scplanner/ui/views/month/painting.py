"""How a month looks: one picture a week, kept until something in it changes; marks of the moment are painted over it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPen, QPixmap

from scplanner.domain.events import Decision, OccurrenceKey
from scplanner.ui.event_words import more_count, short_place, title_of
from scplanner.ui.formatting import start_time
from scplanner.ui.painting import bar_style, paint_bar, paint_warning
from scplanner.ui.theme import Theme, Token, scaled_font
from scplanner.ui.views.month.geometry import Geometry
from scplanner.ui.views.month.layout import Piece, PieceKind

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date, tzinfo

DOT = 4
_LEFT = int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeading | Qt.TextFlag.TextSingleLine)
_WEEKEND = (5, 6)


@dataclass(frozen=True, slots=True)
class Look:
    """What a week's picture depends on beside its pieces."""

    theme: Theme
    font: QFont
    today: date
    month: date
    clashing: frozenset[OccurrenceKey]
    home: tzinfo | None
    scale: float = 1.0


def paint_week(week: int, pieces: Sequence[Piece], geometry: Geometry, look: Look) -> QPixmap:
    """The picture of a week: its days, bars, items and counts."""
    height = geometry.row_height(week)
    pixmap = QPixmap(round(geometry.width * look.scale), round(height * look.scale))
    pixmap.setDevicePixelRatio(look.scale)
    pixmap.fill(look.theme.color(Token.PANEL))
    painter = QPainter(pixmap)
    painter.setFont(look.font)
    painter.translate(0, -geometry.row_top(week))
    metrics = QFontMetrics(look.font)
    days = [piece for piece in pieces if piece.kind is PieceKind.DAY]
    for piece in days:
        _paint_day(painter, piece, geometry, look)
    small = scaled_font(look.font, 0.94)
    painter.setFont(small)
    for piece in pieces:
        rect = geometry.rect(piece)
        if piece.kind is PieceKind.BAR:
            _paint_bar(painter, rect, piece, geometry, look, small)
        elif piece.kind is PieceKind.ITEM:
            _paint_item(painter, rect, piece, look, small)
        elif piece.kind is PieceKind.MORE:
            _paint_more(painter, rect, piece, look, metrics)
    painter.end()
    return pixmap


def _paint_day(painter: QPainter, piece: Piece, geometry: Geometry, look: Look) -> None:
    theme, cell = look.theme, geometry.cell(piece.week, piece.first)
    is_weekend = piece.day.weekday() in _WEEKEND
    if is_weekend:
        painter.fillRect(cell, theme.color(Token.WEEKEND))
    painter.setPen(QPen(theme.color(Token.LINE), 1))
    painter.drawLine(cell.bottomLeft(), cell.bottomRight())
    edge = cell.left() if geometry.is_mirrored else cell.right()
    painter.drawLine(edge, cell.top(), edge, cell.bottom())
    number = geometry.number(piece.week, piece.first).adjusted(8, 1, -8, 0)
    text = str(piece.day.day)
    if piece.day == look.today:
        bold = QFont(look.font)
        bold.setWeight(QFont.Weight.DemiBold)
        metrics = QFontMetrics(bold)
        width = metrics.horizontalAdvance(text) + 12
        left = number.right() - width + 1 if geometry.is_mirrored else number.left()
        height = metrics.height() + 1
        pill = QRectF(left, number.center().y() - height / 2 + 0.5, width, height)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.color(Token.ACCENT))
        painter.drawRoundedRect(pill, pill.height() / 2, pill.height() / 2)
        painter.setFont(bold)
        painter.setPen(theme.color(Token.ON_ACCENT))
        painter.drawText(pill, int(Qt.AlignmentFlag.AlignCenter), text)
        painter.restore()
        return
    is_other = (piece.day.year, piece.day.month) != (look.month.year, look.month.month)
    muted = Token.MUTED_STRONG if is_weekend else Token.MUTED
    painter.setPen(theme.color(muted if is_other else Token.TEXT))
    painter.drawText(number, _LEFT, text)


def _paint_bar(painter: QPainter, rect: QRect, piece: Piece, geometry: Geometry, look: Look, font: QFont) -> None:
    assert piece.occurrence is not None
    begins, ends = piece.starts_here, piece.ends_here
    if geometry.is_mirrored:
        begins, ends = ends, begins
    style = bar_style(
        piece.occurrence, look.theme, has_clash=piece.occurrence.key in look.clashing, begins=begins, ends=ends
    )
    paint_bar(painter, rect, style, look.theme, title_of(piece.occurrence), detail_of(piece), font)


def detail_of(piece: Piece) -> str:
    """What follows the title of a bar: the city, and a word where the dates are unsure."""
    assert piece.occurrence is not None
    unsure = QCoreApplication.translate("Month", "dates unsure") if piece.occurrence.is_low_confidence else ""
    return " · ".join(word for word in (short_place(piece.occurrence), unsure) if word)


def _paint_item(painter: QPainter, rect: QRect, piece: Piece, look: Look, font: QFont) -> None:
    occurrence = piece.occurrence
    assert occurrence is not None
    theme = look.theme
    color = theme.color_for(occurrence)
    mirrored = painter.layoutDirection() == Qt.LayoutDirection.RightToLeft
    is_off = occurrence.status is not None and occurrence.status.is_off
    is_struck = is_off or occurrence.decision is Decision.DECLINED
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    x = rect.right() - 9 if mirrored else rect.left() + 9
    middle = QPointF(x, rect.center().y() + 0.5)
    if occurrence.decision in (Decision.CONSIDERING, Decision.WATCHING, Decision.DECLINED) or is_off:
        # As with bars, the form says the decision: a ring is not decided for yet.
        dash = Qt.PenStyle.DotLine if is_off else Qt.PenStyle.SolidLine
        painter.setPen(QPen(color, 1.8 if occurrence.decision is Decision.CONSIDERING else 1.2, dash))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawEllipse(middle, DOT - 0.8, DOT - 0.8)
    else:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(color)
        painter.drawEllipse(middle, DOT, DOT)
    text_font = QFont(font)
    text_font.setStrikeOut(is_struck)
    if occurrence.decision is Decision.GOING:
        text_font.setWeight(QFont.Weight.DemiBold)
    painter.setFont(text_font)
    box = rect.adjusted(2, 0, -19, 0) if mirrored else rect.adjusted(19, 0, -2, 0)
    if occurrence.key in look.clashing and box.width() > 40:
        side = 12.0
        sign_x = box.left() if mirrored else box.right() - side
        sign = QRectF(sign_x, rect.center().y() - side / 2 + 0.5, side, side)
        ground = Token.WEEKEND if piece.day.weekday() in _WEEKEND else Token.PANEL
        paint_warning(painter, sign, theme.color(Token.WARNING), theme.color(ground))
        box = box.adjusted(15, 0, 0, 0) if mirrored else box.adjusted(0, 0, -15, 0)
    text = f"{start_time(occurrence, look.home)} {title_of(occurrence)}".strip()
    painter.setPen(theme.color(Token.MUTED_STRONG if is_struck else Token.TEXT))
    painter.drawText(
        box, _LEFT, QFontMetrics(text_font).elidedText(text, Qt.TextElideMode.ElideRight, max(box.width(), 0))
    )
    painter.restore()


def _paint_more(painter: QPainter, rect: QRect, piece: Piece, look: Look, metrics: QFontMetrics) -> None:
    painter.setPen(look.theme.color(Token.MUTED_STRONG))
    text = more_count(piece.hidden)
    box = rect.adjusted(2, 0, -3, 0)
    if metrics.horizontalAdvance(text) > box.width():
        text = f"+{piece.hidden}"
    trailing = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignTrailing | Qt.TextFlag.TextSingleLine
    painter.drawText(box, int(trailing), text)


def paint_selection(painter: QPainter, rect: QRect, theme: Theme) -> None:
    """The ring around a segment of the selected event, with a line of ground between."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    box = QRectF(rect)
    painter.setPen(QPen(theme.color(Token.PANEL), 1.2))
    painter.drawRoundedRect(box.adjusted(-0.2, -0.2, 0.2, 0.2), 4.5, 4.5)
    painter.setPen(QPen(theme.color(Token.TEXT), 2.0))
    painter.drawRoundedRect(box.adjusted(-1.5, -1.5, 1.5, 1.5), 6.0, 6.0)
    painter.restore()


def paint_cursor(painter: QPainter, cell: QRect, theme: Theme) -> None:
    """The frame of the day that has the keyboard."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(theme.color(Token.ACCENT), 2.0))
    painter.drawRoundedRect(QRectF(cell).adjusted(1, 1, -2, -2), 4, 4)
    painter.restore()


def paint_hover(painter: QPainter, rect: QRect, theme: Theme) -> None:
    """A breath of shade over what the pointer is on."""
    shade = theme.color(Token.TEXT)
    shade.setAlpha(20)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(shade)
    painter.drawRoundedRect(QRectF(rect), 4, 4)
    painter.restore()


def paint_ghost(painter: QPainter, rects: Sequence[QRect], theme: Theme, color: QColor) -> None:
    """Where a dragged event would stand."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    fill = QColor(color)
    fill.setAlpha(70)
    painter.setBrush(fill)
    painter.setPen(QPen(theme.color(Token.TEXT), 1.5, Qt.PenStyle.DashLine))
    for rect in rects:
        painter.drawRoundedRect(QRectF(rect).adjusted(0.5, 0.5, -0.5, -0.5), 4, 4)
    painter.restore()


def paint_label(painter: QPainter, point: QPointF, bounds: QRect, text: str, theme: Theme) -> None:
    """The live dates beside the pointer, kept inside the view."""
    metrics = painter.fontMetrics()
    width, height = metrics.horizontalAdvance(text) + 16, metrics.height() + 8
    left = min(max(point.x() + 14, bounds.left() + 2.0), bounds.right() - width - 2.0)
    top = min(max(point.y() + 22, bounds.top() + 2.0), bounds.bottom() - height - 2.0)
    box = QRectF(left, top, width, height)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.color(Token.TEXT))
    painter.drawRoundedRect(box, 6, 6)
    painter.setPen(theme.color(Token.PANEL))
    painter.drawText(box, int(Qt.AlignmentFlag.AlignCenter), text)
    painter.restore()
