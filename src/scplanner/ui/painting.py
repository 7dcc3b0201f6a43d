"""How an event's bar is painted, shared by all views: colour is the topic's, the form is the decision's.

Going: solid, bold. Considering: hatched with an outline. Watching: pale with a coloured left edge. Undecided: left edge and text.
Declined: pale and struck through. Cancelled or withdrawn: dashed outline, struck through. A clash bears a warning sign.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPainterPath, QPen, QPolygonF

from scplanner.domain.events import Decision, Occurrence
from scplanner.ui.theme import Theme, Token, blend, text_on

RADIUS = 4.0
EDGE = 3
PADDING = 7
PALE_SHARE = {False: 0.12, True: 0.17}
HATCH_SHARE = {False: 0.16, True: 0.24}


class BarForm(StrEnum):
    """The form of a bar: what was decided."""

    SOLID = "solid"
    HATCHED = "hatched"
    PALE = "pale"
    EDGE = "edge"
    DECLINED = "declined"


_FORMS = {
    Decision.GOING: BarForm.SOLID,
    Decision.CONSIDERING: BarForm.HATCHED,
    Decision.WATCHING: BarForm.PALE,
    Decision.DECLINED: BarForm.DECLINED,
    None: BarForm.EDGE,
}


@dataclass(frozen=True, slots=True)
class BarStyle:
    """How one piece of a bar looks. `begins` and `ends`: whether the event's own begin and end lie in this piece."""

    color: QColor
    form: BarForm = BarForm.EDGE
    is_off: bool = False
    has_clash: bool = False
    is_selected: bool = False
    begins: bool = True
    ends: bool = True

    @property
    def is_struck(self) -> bool:
        """Its text is struck through."""
        return self.is_off or self.form is BarForm.DECLINED

    @property
    def is_bold(self) -> bool:
        """Its title is bold."""
        return self.form is BarForm.SOLID


def bar_style(
    occurrence: Occurrence,
    theme: Theme,
    *,
    has_clash: bool = False,
    is_selected: bool = False,
    begins: bool = True,
    ends: bool = True,
) -> BarStyle:
    """The style of an occurrence's bar."""
    is_off = occurrence.status is not None and occurrence.status.is_off
    form = _FORMS[occurrence.decision]
    return BarStyle(theme.color_for(occurrence), form, is_off, has_clash, is_selected, begins, ends)


def bar_ground(style: BarStyle, theme: Theme) -> QColor:
    """The colour a bar's text stands on (of a hatched bar: its darker stripes'; of an empty one: the panel's)."""
    panel = theme.color(Token.PANEL)
    if style.is_off:
        return panel
    if style.form is BarForm.SOLID:
        return QColor(style.color)
    if style.form is BarForm.HATCHED:
        return blend(style.color, panel, HATCH_SHARE[theme.is_dark])
    if style.form in (BarForm.PALE, BarForm.DECLINED):
        return blend(style.color, panel, PALE_SHARE[theme.is_dark])
    return panel


def bar_text(style: BarStyle, theme: Theme) -> QColor:
    """The colour of a bar's title."""
    if style.form is BarForm.SOLID and not style.is_off:
        return text_on(style.color)
    return theme.color(Token.MUTED_STRONG if style.is_struck else Token.TEXT)


def bar_detail_text(style: BarStyle, theme: Theme) -> QColor:
    """The colour of what follows the title (the place)."""
    if style.form is BarForm.SOLID and not style.is_off:
        return text_on(style.color)
    return theme.color(Token.MUTED_STRONG)


def bar_font(style: BarStyle, font: QFont) -> QFont:
    """The font of a bar's title."""
    result = QFont(font)
    result.setWeight(QFont.Weight.DemiBold if style.is_bold else QFont.Weight.Normal)
    result.setStrikeOut(style.is_struck)
    return result


def _outline(rect: QRectF, style: BarStyle) -> QPainterPath:
    """The shape of the piece: round where the event begins and ends, square where it goes on."""
    path = QPainterPath()
    left = RADIUS if style.begins else 0.0
    right = RADIUS if style.ends else 0.0
    path.moveTo(rect.left() + left, rect.top())
    path.lineTo(rect.right() - right, rect.top())
    if right:
        path.quadTo(rect.topRight(), QPointF(rect.right(), rect.top() + right))
    path.lineTo(rect.right(), rect.bottom() - right)
    if right:
        path.quadTo(rect.bottomRight(), QPointF(rect.right() - right, rect.bottom()))
    path.lineTo(rect.left() + left, rect.bottom())
    if left:
        path.quadTo(rect.bottomLeft(), QPointF(rect.left(), rect.bottom() - left))
    path.lineTo(rect.left(), rect.top() + left)
    if left:
        path.quadTo(rect.topLeft(), QPointF(rect.left() + left, rect.top()))
    path.closeSubpath()
    return path


def paint_shape(painter: QPainter, rect: QRect, style: BarStyle, theme: Theme) -> None:
    """Paint a bar without its text, for views that set the title beside it."""
    panel = theme.color(Token.PANEL)
    box = QRectF(rect).adjusted(0.5, 0.5, -0.5, -0.5)
    path = _outline(box, style)
    color = blend(style.color, QColor("#FFFFFF"), 0.8) if theme.is_dark else style.color
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    if style.is_off:
        painter.fillPath(path, panel)
        painter.setPen(QPen(color, 1.2, Qt.PenStyle.DashLine))
        painter.drawPath(path)
    elif style.form is BarForm.SOLID:
        painter.fillPath(path, style.color)
    elif style.form is BarForm.HATCHED:
        painter.fillPath(path, blend(style.color, panel, 0.06))
        painter.save()
        painter.setClipPath(path)
        painter.setPen(QPen(bar_ground(style, theme), 4.0))
        step, height = 10.0, box.height()
        x = box.left() - height - (box.left() % step)
        while x < box.right() + step:
            painter.drawLine(QPointF(x, box.bottom() + 2), QPointF(x + height + 4, box.top() - 2))
            x += step
        painter.restore()
        painter.setPen(QPen(color, 1.2))
        painter.drawPath(path)
    elif style.form in (BarForm.PALE, BarForm.DECLINED):
        painter.fillPath(path, bar_ground(style, theme))
    else:
        painter.fillPath(path, panel)  # no fill of its own, but no grid lines through the text either
        painter.setPen(QPen(theme.color(Token.LINE), 1.0))
        painter.drawPath(path)
    if style.begins and not style.is_off and style.form in (BarForm.PALE, BarForm.EDGE):
        painter.save()
        painter.setClipPath(path)
        painter.fillRect(QRectF(box.left(), box.top(), EDGE, box.height()), color)
        painter.restore()
    if style.is_selected:
        ring = QRectF(rect).adjusted(-1.5, -1.5, 1.5, 1.5)
        painter.setPen(QPen(theme.color(Token.TEXT), 2.0))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(ring, RADIUS + 1.5, RADIUS + 1.5)
    painter.restore()


def paint_warning(painter: QPainter, rect: QRectF, color: QColor, ground: QColor) -> None:
    """Paint the sign of a clash into a square."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    middle = rect.center().x()
    top, bottom = rect.top() + rect.height() * 0.06, rect.bottom() - rect.height() * 0.08
    painter.setPen(QPen(color, 1.0, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin))
    painter.setBrush(color)
    painter.drawPolygon(QPolygonF([QPointF(middle, top), QPointF(rect.right(), bottom), QPointF(rect.left(), bottom)]))
    width = max(1.2, rect.width() * 0.12)
    painter.setPen(QPen(ground, width, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
    height = bottom - top
    painter.drawLine(QPointF(middle, top + height * 0.40), QPointF(middle, top + height * 0.64))
    painter.drawPoint(QPointF(middle, top + height * 0.85))
    painter.restore()


def paint_bar(
    painter: QPainter,
    rect: QRect,
    style: BarStyle,
    theme: Theme,
    title: str,
    detail: str = "",
    font: QFont | None = None,
) -> None:
    """Paint a bar with its title, its detail (muted, after a dot) and the sign of a clash; text is cut by an ellipsis."""
    paint_shape(painter, rect, style, theme)
    base = QFont(font or painter.font())
    title_font, detail_font = bar_font(style, base), QFont(base)
    detail_font.setStrikeOut(False)
    left = rect.left() + PADDING + (EDGE - 1 if style.form in (BarForm.PALE, BarForm.EDGE) and style.begins else 0)
    right = rect.right() - PADDING + 2
    ink = bar_text(style, theme)
    painter.save()
    if style.has_clash:
        side = min(13.0, rect.height() - 5.0)
        sign = QRectF(right - side, rect.center().y() + 0.5 - side / 2, side, side)
        is_solid = style.form is BarForm.SOLID and not style.is_off
        color, hole = (ink, QColor(style.color)) if is_solid else (theme.color(Token.WARNING), theme.color(Token.PANEL))
        if sign.left() > left + 12:
            paint_warning(painter, sign, color, hole)
            right = int(sign.left()) - 4
    metrics = QFontMetrics(title_font)
    room = right - left
    shown = metrics.elidedText(title, Qt.TextElideMode.ElideRight, room)
    flags = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft | Qt.TextFlag.TextSingleLine
    painter.setFont(title_font)
    painter.setPen(ink)
    painter.drawText(QRect(left, rect.top(), room, rect.height()), int(flags), shown)
    used = metrics.horizontalAdvance(title)
    if detail and used + 28 < room:
        painter.setFont(detail_font)
        painter.setPen(bar_detail_text(style, theme))
        box = QRect(left + used, rect.top(), room - used, rect.height())
        text = QFontMetrics(detail_font).elidedText(f" · {detail}", Qt.TextElideMode.ElideRight, room - used)
        painter.drawText(box, int(flags), text)
    painter.restore()
