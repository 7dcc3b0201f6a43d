"""Icons: one set of outlined SVG drawings, drawn in a colour of the theme and sharp on every screen."""

from __future__ import annotations

import weakref
from functools import lru_cache

from PySide6.QtCore import QByteArray, QRectF, QSize, Qt
from PySide6.QtGui import QAction, QColor, QGuiApplication, QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QAbstractButton

from scplanner.paths import resources_dir
from scplanner.ui.theme import Theme, Token

_SIZES = (16, 20)
_PALE = 0.42


@lru_cache(maxsize=256)
def _drawing(name: str) -> str:
    return (resources_dir() / "icons" / f"{name}.svg").read_text(encoding="utf-8")


def draw_icon(name: str, color: QColor, size: int, scale: float = 1.0) -> QPixmap:
    """A drawing of resources/icons in one colour, `size` pixels wide on a screen of that scale."""
    pixmap = QPixmap(QSize(round(size * scale), round(size * scale)))
    pixmap.fill(Qt.GlobalColor.transparent)
    source = _drawing(name).replace("currentColor", color.name())
    painter = QPainter(pixmap)
    QSvgRenderer(QByteArray(source.encode())).render(painter, QRectF(pixmap.rect()))
    painter.end()
    pixmap.setDevicePixelRatio(scale)
    return pixmap


def _faded(drawn: QPixmap) -> QPixmap:
    """The same drawing as it looks where it can't be used."""
    pixmap = QPixmap(drawn.size())
    pixmap.setDevicePixelRatio(drawn.devicePixelRatio())
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    painter.setOpacity(_PALE)
    painter.drawPixmap(0, 0, drawn)
    painter.end()
    return pixmap


def _scales() -> list[float]:
    """The scales of the screens there are: each drawing is made for them, and for no others."""
    return sorted({screen.devicePixelRatio() for screen in QGuiApplication.screens()}) or [1.0]


class Icons:
    """Makes icons in the theme's colours; those that were given to a control are drawn anew when the theme changes."""

    def __init__(self, theme: Theme) -> None:
        self._theme = theme
        self._cache: dict[tuple[str, str, str], QIcon] = {}
        self._bound: weakref.WeakKeyDictionary[QAbstractButton | QAction, tuple[str, Token, Token | None]] = (
            weakref.WeakKeyDictionary()
        )
        theme.changed.connect(self._redraw)

    def icon(self, name: str, token: Token = Token.TEXT, checked: Token | None = None) -> QIcon:
        """An icon in the colour of a token; `checked` colours it where its control is switched on."""
        color = self._theme.color(token)
        on = self._theme.color(checked or token)
        key = (name, color.name(), on.name())
        found = self._cache.get(key)
        if found is None:
            found = QIcon()
            for size in _SIZES:
                for scale in _scales():
                    drawn = draw_icon(name, color, size, scale)
                    found.addPixmap(drawn)
                    if checked is not None:
                        found.addPixmap(draw_icon(name, on, size, scale), QIcon.Mode.Normal, QIcon.State.On)
                    found.addPixmap(_faded(drawn), QIcon.Mode.Disabled)
            self._cache[key] = found
        return found

    def pixmap(self, name: str, token: Token = Token.TEXT, size: int = 16, scale: float = 1.0) -> QPixmap:
        """One drawing, for whoever paints it."""
        return draw_icon(name, self._theme.color(token), size, scale)

    def bind(
        self, control: QAbstractButton | QAction, name: str, token: Token = Token.TEXT, checked: Token | None = None
    ) -> None:
        """Give a control an icon, and again whenever the theme changes."""
        self._bound[control] = (name, token, checked)
        control.setIcon(self.icon(name, token, checked))

    def release(self, control: QAbstractButton | QAction) -> None:
        """Take a control's icon away."""
        self._bound.pop(control, None)
        control.setIcon(QIcon())

    def _redraw(self) -> None:
        self._cache.clear()
        for control, (name, token, checked) in list(self._bound.items()):
            try:
                control.setIcon(self.icon(name, token, checked))
            except RuntimeError:  # its C++ side is gone already
                self._bound.pop(control, None)
