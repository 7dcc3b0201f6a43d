"""The style sheet: what Fusion and the palette do not say. Pixels are device-independent; fonts are the widgets' own."""

from __future__ import annotations

from collections.abc import Mapping
from string import Template

from PySide6.QtGui import QColor

from scplanner.paths import resources_dir

_SHEET = Template("""
QWidget { color: $text; }
QMainWindow, QDialog { background: $background; }
QToolTip { background: $panel; color: $text; border: 1px solid $line_strong; padding: 4px 6px; }
QPushButton, QToolButton { background: $panel; border: 1px solid $line; border-radius: 8px; padding: 6px 12px; }
QPushButton:hover, QToolButton:hover { background: $hover; }
QPushButton:pressed, QToolButton:pressed { background: $line; }
QPushButton:focus, QToolButton:focus { border: 1px solid $accent; }
QPushButton:disabled, QToolButton:disabled { color: $muted; background: $background; }
QPushButton[primary="true"], QPushButton:default { background: $accent; color: $on_accent; border: 1px solid $accent; }
QPushButton[primary="true"]:hover, QPushButton:default:hover { background: $accent_hover; border-color: $accent_hover; }
QPushButton[primary="true"]:focus { border: 2px solid $text; padding: 5px 11px; }
QPushButton[primary="true"]:disabled { background: $line; color: $muted_strong; border-color: $line; }
QPushButton[low="true"] { padding: 2px 10px; border-radius: 6px; }
QPushButton[flat="true"], QToolButton[flat="true"] { background: transparent; border: 1px solid transparent; padding: 4px; }
QPushButton[flat="true"]:hover, QToolButton[flat="true"]:hover { background: $hover; }
QPushButton[flat="true"]:focus, QToolButton[flat="true"]:focus { border: 1px solid $accent; }
QToolButton::menu-indicator, QPushButton::menu-indicator { image: none; width: 0; }
QToolButton[chip="true"] { background: $chip; border: 1px solid $line; border-radius: 12px; padding: 3px 10px;
  color: $muted_strong; }
QToolButton[chip="true"]:hover { border-color: $line_strong; color: $text; }
QToolButton[chip="true"]:focus { border: 1px solid $accent; }
QToolButton[chip="true"][active="true"] { background: $accent_soft; color: $accent_text; border-color: $accent_soft; }
QToolButton[link="true"], QPushButton[link="true"] { background: transparent; border: 1px solid transparent; padding: 0 3px;
  border-radius: 4px; color: $accent_text; }
QToolButton[link="true"]:hover, QPushButton[link="true"]:hover { text-decoration: underline; }
QToolButton[link="true"]:focus, QPushButton[link="true"]:focus { border: 1px solid $accent; }
QToolButton[tone="warning"] { color: $warning; }
QToolButton[tone="muted"] { color: $muted; }
QLabel { background: transparent; }
QLabel[tone="muted"] { color: $muted; }
QLabel[tone="warning"] { color: $warning; }
QLabel[tone="good"] { color: $good; }
QLabel[tone="bad"] { color: $bad; }
QLineEdit, QPlainTextEdit, QTextEdit, QSpinBox, QDoubleSpinBox, QDateEdit, QTimeEdit, QDateTimeEdit, QComboBox {
  background: $panel; border: 1px solid $line; border-radius: 8px; padding: 5px 8px; selection-background-color: $accent;
  selection-color: $on_accent; }
QLineEdit:focus, QPlainTextEdit:focus, QTextEdit:focus, QAbstractSpinBox:focus, QComboBox:focus { border: 1px solid $accent; }
QComboBox::drop-down { border: none; width: 22px; subcontrol-position: center right; }
QComboBox::down-arrow { image: url("$arrow"); width: 12px; height: 12px; }
QComboBox QAbstractItemView { background: $panel; border: 1px solid $line; padding: 4px; outline: 0; }
QAbstractItemView { background: $panel; border: 1px solid $line; border-radius: 8px; outline: 0;
  selection-background-color: $accent_soft; selection-color: $text; }
QHeaderView::section { background: $panel; color: $muted; border: none; border-bottom: 1px solid $line; padding: 6px 10px; }
QTableView::item { padding: 0 8px; border: none; }
QRadioButton:disabled, QCheckBox:disabled { color: $muted; }
QRadioButton::indicator { width: 12px; height: 12px; border: 1px solid $muted; border-radius: 7px; background: $panel; }
QRadioButton::indicator:checked { width: 6px; height: 6px; border: 4px solid $accent; background: $on_accent; }
QRadioButton::indicator:disabled { border-color: $line_strong; }
QCheckBox::indicator { width: 14px; height: 14px; border: 1px solid $muted; border-radius: 4px; background: $field; }
QCheckBox::indicator:checked { background: $accent; border-color: $accent; image: url("$tick"); }
QRadioButton:focus, QCheckBox:focus { color: $accent_text; }
QMenu { background: $panel; border: 1px solid $line; padding: 4px; }
QMenu::item { padding: 6px 28px 6px 12px; border-radius: 6px; }
QMenu::item:selected { background: $accent_soft; color: $text; }
QMenu::item:disabled { color: $muted; }
QMenu::indicator { width: 14px; height: 14px; left: 6px; }
QMenu::indicator:checked { image: url("$check"); }
QMenu::icon { padding-left: 8px; }
QMenu::separator { height: 1px; background: $line; margin: 4px 8px; }
QMenuBar { background: $panel; }
QMenuBar::item { padding: 4px 10px; background: transparent; border-radius: 6px; }
QMenuBar::item:selected { background: $accent_soft; }
QScrollArea { background: transparent; border: none; }
QScrollBar:vertical { background: transparent; width: 10px; margin: 0; }
QScrollBar:horizontal { background: transparent; height: 10px; margin: 0; }
QScrollBar::handle { background: $line_strong; border-radius: 3px; margin: 2px; }
QScrollBar::handle:vertical { min-height: 32px; }
QScrollBar::handle:horizontal { min-width: 32px; }
QScrollBar::handle:hover { background: $muted; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }
QSplitter::handle { background: $line; }
QProgressBar { background: $line; border: none; border-radius: 3px; max-height: 6px; }
QProgressBar::chunk { background: $accent; border-radius: 3px; }
QFrame#topBar { background: $panel; border: none; border-bottom: 1px solid $line; }
QFrame#rail { background: $panel; border: none; border-right: 1px solid $line; }
QScrollArea#railScroll, QWidget#railView, QWidget#railInner { background: $panel; border: none; }
QFrame#statusLine { background: $panel; border: none; border-top: 1px solid $line; }
QFrame#messageBar { background: $accent_soft; border: 1px solid $line; border-radius: 8px; }
QFrame#messageBar[tone="warning"] { background: $warning_soft; }
QFrame#messageBar[tone="bad"] { background: $bad_soft; }
QFrame#card { background: $panel; border: 1px solid $line; border-radius: 8px; }
QFrame#popup { background: $panel; border: 1px solid $line_strong; border-radius: 8px; }
QFrame#popup QListView { border: none; background: transparent; }
QLineEdit#searchField { background: $field; padding: 6px 10px 6px 32px; }
QLineEdit#searchField:focus { background: $panel; }
QLabel#keyHint { background: $panel; border: 1px solid $line; border-radius: 4px; padding: 1px 5px; color: $muted; }
QToolButton#railItem { background: transparent; border: 1px solid transparent; border-radius: 8px; padding: 6px 8px;
  text-align: left; color: $muted_strong; }
QToolButton#railItem:hover { background: $hover; }
QToolButton#railItem:checked { background: $accent_soft; color: $accent_text; }
QToolButton#railItem:focus { border: 1px solid $accent; }
""")


def style_sheet(tokens: Mapping[str, str]) -> str:
    """The style sheet in the colours of the tokens."""
    controls = resources_dir() / "controls"
    arrow, check = (controls / "arrow.svg").as_posix(), (controls / "check.svg").as_posix()
    # On the accent a tick is as dark or light as text is there.
    tick = "check-light.svg" if QColor(tokens["on_accent"]).lightness() > 127 else "check-dark.svg"
    return _SHEET.substitute(tokens, arrow=arrow, check=check, tick=(controls / tick).as_posix())
