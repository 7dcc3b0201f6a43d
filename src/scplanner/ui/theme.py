"""Colours: tokens from resources/theme.toml as a palette, a style sheet and colours to paint with.

The system's light or dark choice is followed live. Colours of topics come from data/topics.toml; a topic that is not in it
gets a colour of its own that is the same on every computer.
"""

from __future__ import annotations

import tomllib
import zlib
from enum import StrEnum
from typing import Any

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QColor, QFont, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication

from scplanner.domain.events import Occurrence
from scplanner.domain.folding import fold
from scplanner.paths import data_dir_bundled, resources_dir
from scplanner.settings import ColorBy, ThemeChoice
from scplanner.ui.stylesheet import style_sheet

_FALLBACKS = (
    "#2F6FDE", "#9A5B00", "#7A57B5", "#B5453A", "#12806A", "#4A8B2C",
    "#B03A78", "#0E7C9B", "#8A6D1B", "#5561C9", "#A4502A", "#3F7F5F",
)  # fmt: skip
_NEUTRAL = "#667180"


class Token(StrEnum):
    """What a colour is for. The names are the keys of resources/theme.toml."""

    BACKGROUND = "background"
    PANEL = "panel"
    FIELD = "field"
    HOVER = "hover"
    CHIP = "chip"
    LINE = "line"
    LINE_STRONG = "line_strong"
    WEEKEND = "weekend"
    TEXT = "text"
    MUTED = "muted"
    MUTED_STRONG = "muted_strong"
    ACCENT = "accent"
    ACCENT_HOVER = "accent_hover"
    ACCENT_TEXT = "accent_text"
    ACCENT_SOFT = "accent_soft"
    ON_ACCENT = "on_accent"
    WARNING = "warning"
    WARNING_SOFT = "warning_soft"
    GOOD = "good"
    GOOD_SOFT = "good_soft"
    BAD = "bad"
    BAD_SOFT = "bad_soft"


def luminance(color: QColor) -> float:
    """The relative luminance of WCAG 2, 0 black to 1 white."""
    parts = (color.redF(), color.greenF(), color.blueF())
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: QColor, other: QColor) -> float:
    """The contrast ratio of WCAG 2: 1 for the same colour, 21 for black on white."""
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def text_on(color: QColor) -> QColor:
    """Black or white, whichever is easier to read on that colour."""
    black, white = QColor("#000000"), QColor("#FFFFFF")
    return black if contrast(black, color) > contrast(white, color) else white


def blend(color: QColor, ground: QColor, share: float) -> QColor:
    """`color` laid over `ground` with an opacity of `share`."""
    return QColor.fromRgbF(
        color.redF() * share + ground.redF() * (1 - share),
        color.greenF() * share + ground.greenF() * (1 - share),
        color.blueF() * share + ground.blueF() * (1 - share),
    )


def scaled_font(font: QFont, factor: float = 1.0, *, bold: bool = False) -> QFont:
    """A font larger or smaller than the given one, so that all sizes follow the system's."""
    result = QFont(font)
    if font.pixelSize() > 0:
        result.setPixelSize(max(8, round(font.pixelSize() * factor)))
    else:
        result.setPointSizeF(max(6.0, font.pointSizeF() * factor))
    if bold:
        result.setWeight(QFont.Weight.DemiBold)
    return result


class Theme(QObject):
    """The colours in use. Emits `changed` when another set came into use or colours mean something else."""

    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        tables = tomllib.loads((resources_dir() / "theme.toml").read_text(encoding="utf-8"))
        self._sets: dict[bool, dict[str, QColor]] = {
            False: {name: QColor(value) for name, value in tables["light"].items()},
            True: {name: QColor(value) for name, value in tables["dark"].items()},
        }
        self._choice = ThemeChoice.SYSTEM
        self._color_by = ColorBy.TOPIC
        self._is_dark = self._system_is_dark()
        self._topics: dict[str, QColor] | None = None
        self._calendars: dict[int, QColor] = {}
        QGuiApplication.styleHints().colorSchemeChanged.connect(self._follow_system)

    @property
    def is_dark(self) -> bool:
        """Whether the dark set is in use."""
        return self._is_dark

    def color(self, token: Token | str) -> QColor:
        """The colour of a token in the set in use."""
        return QColor(self._sets[self._is_dark][str(token)])

    def set_choice(self, choice: ThemeChoice) -> None:
        """Use light, dark, or what the system says."""
        self._choice = choice
        self._use(self._wanted_dark())

    def set_color_by(self, color_by: ColorBy) -> None:
        """Colour events by their first topic, or by their calendar."""
        if color_by is not self._color_by:
            self._color_by = color_by
            self.changed.emit()

    def set_calendar_colors(self, colors: dict[int, str]) -> None:
        """Tell the colours of the calendars, by calendar id."""
        fresh = {number: QColor(value) for number, value in colors.items()}
        if fresh != self._calendars:
            self._calendars = fresh
            self.changed.emit()

    def apply(self, app: QApplication | None = None) -> None:
        """Give the application the palette and style sheet of the set in use."""
        instance = app or QApplication.instance()
        if isinstance(instance, QApplication):
            instance.setStyle("Fusion")
            instance.setPalette(self.palette())
            instance.setStyleSheet(style_sheet({name: c.name() for name, c in self._sets[self._is_dark].items()}))

    def palette(self) -> QPalette:
        """The palette of the set in use."""
        color = self.color
        palette = QPalette()
        roles = {
            QPalette.ColorRole.Window: Token.BACKGROUND,
            QPalette.ColorRole.WindowText: Token.TEXT,
            QPalette.ColorRole.Base: Token.PANEL,
            QPalette.ColorRole.AlternateBase: Token.WEEKEND,
            QPalette.ColorRole.Text: Token.TEXT,
            QPalette.ColorRole.Button: Token.PANEL,
            QPalette.ColorRole.ButtonText: Token.TEXT,
            QPalette.ColorRole.BrightText: Token.BAD,
            QPalette.ColorRole.Highlight: Token.ACCENT,
            QPalette.ColorRole.HighlightedText: Token.ON_ACCENT,
            QPalette.ColorRole.Link: Token.ACCENT_TEXT,
            QPalette.ColorRole.LinkVisited: Token.ACCENT_TEXT,
            QPalette.ColorRole.PlaceholderText: Token.MUTED,
            QPalette.ColorRole.ToolTipBase: Token.PANEL,
            QPalette.ColorRole.ToolTipText: Token.TEXT,
            QPalette.ColorRole.Mid: Token.LINE,
            QPalette.ColorRole.Dark: Token.LINE_STRONG,
            QPalette.ColorRole.Light: Token.PANEL,
            QPalette.ColorRole.Midlight: Token.HOVER,
            QPalette.ColorRole.Accent: Token.ACCENT,
        }
        for role, token in roles.items():
            palette.setColor(role, color(token))
        for role in (QPalette.ColorRole.WindowText, QPalette.ColorRole.Text, QPalette.ColorRole.ButtonText):
            palette.setColor(QPalette.ColorGroup.Disabled, role, blend(color(Token.TEXT), color(Token.PANEL), 0.42))
        return palette

    def color_for_topic(self, name: str) -> QColor:
        """The colour of a topic, by its name or slug."""
        if not name:
            return QColor(_NEUTRAL)
        if self._topics is None:
            self._topics = _read_topics()
        folded = fold(name)
        known = self._topics.get(folded)
        if known is None:
            known = QColor(_FALLBACKS[zlib.crc32(folded.encode()) % len(_FALLBACKS)])
            self._topics[folded] = known
        return QColor(known)

    def color_for_calendar(self, calendar_id: int) -> QColor:
        """The colour of a calendar, as far as told; else a neutral one."""
        return QColor(self._calendars.get(calendar_id, QColor(_NEUTRAL)))

    def color_for(self, occurrence: Occurrence) -> QColor:
        """The colour an occurrence is painted in: of its first topic, or of its calendar where that is asked for."""
        if self._color_by is ColorBy.TOPIC and occurrence.topics:
            return self.color_for_topic(occurrence.topics[0])
        return self.color_for_calendar(occurrence.calendar_id)

    def _wanted_dark(self) -> bool:
        if self._choice is ThemeChoice.SYSTEM:
            return self._system_is_dark()
        return self._choice is ThemeChoice.DARK

    @staticmethod
    def _system_is_dark() -> bool:
        return QGuiApplication.styleHints().colorScheme() == Qt.ColorScheme.Dark

    def _follow_system(self) -> None:
        if self._choice is ThemeChoice.SYSTEM:
            self._use(self._system_is_dark())

    def _use(self, is_dark: bool) -> None:
        if is_dark == self._is_dark:
            return
        self._is_dark = is_dark
        self.apply()
        self.changed.emit()


def _read_topics() -> dict[str, QColor]:
    """Colours by folded name and slug. The file is read leniently: no colour is worth an error."""
    found: dict[str, QColor] = {}
    try:
        table: dict[str, Any] = tomllib.loads((data_dir_bundled() / "topics.toml").read_text(encoding="utf-8"))
    except (OSError, tomllib.TOMLDecodeError):
        return found
    entries = table.get("topics", table)
    for slug, entry in entries.items() if isinstance(entries, dict) else ():
        if isinstance(entry, dict) and QColor.isValidColorName(str(entry.get("color", ""))):
            color = QColor(str(entry["color"]))
            found[fold(slug)] = color
            found[fold(str(entry.get("name", slug)))] = color
    return found
