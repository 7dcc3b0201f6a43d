"""The inspector's own style sheet, on top of the window's: made of the theme's tokens and nothing else."""

from __future__ import annotations

from string import Template
from typing import TYPE_CHECKING

from scplanner.paths import resources_dir
from scplanner.ui.theme import Token

if TYPE_CHECKING:
    from scplanner.ui.theme import Theme

_SHEET = Template("""
QWidget#inspector, QWidget#inspectorPage, QScrollArea#inspectorScroll { background: $panel; border: none; }
QLabel[tone="muted"] { color: $muted_strong; }
QLabel[tone="warning"] { color: $warning; }
QLabel[tone="bad"] { color: $bad; }
QLabel[tone="good"] { color: $good; }
QLabel[tone="accent"] { color: $accent_text; }
QLabel[tone="plain"] { color: $text; }
QTextEdit[role="inline"] { background: transparent; border: 1px solid transparent; border-radius: 6px; padding: 1px 3px; }
QTextEdit[role="inline"]:hover { border-color: $line; }
QTextEdit[role="inline"]:focus { border-color: $accent; }
QTextEdit[role="inline"][editing="true"] { background: $field; border-color: $accent; }
QPushButton[role="line"], QPushButton[role="link"] { background: transparent; border: 1px solid transparent;
  border-radius: 6px; padding: 0; text-align: left; }
QPushButton[role="line"]:hover, QPushButton[role="link"]:hover:enabled { background: $hover; }
QPushButton[role="line"]:focus, QPushButton[role="link"]:focus { border-color: $accent; }
QPushButton[role="chip"] { background: $chip; color: $muted_strong; border: 1px solid transparent; border-radius: 5px;
  padding: 1px 6px; }
QPushButton[role="chip"]:hover { border-color: $line_strong; }
QPushButton[role="chip"][tone="good"] { background: $good_soft; color: $good; }
QPushButton[role="chip"][tone="warning"] { background: $warning_soft; color: $warning; }
QPushButton[role="chip"][tone="bad"] { background: $bad_soft; color: $bad; }
QPushButton[role="chip"][tone="accent"] { background: $accent_soft; color: $accent_text; }
QPushButton[role="chip"][tone="ghost"] { background: transparent; color: $muted_strong; border: 1px solid $line; }
QPushButton[role="chip"][tone="ghost"]:hover { border-color: $line_strong; color: $text; }
QPushButton[role="chip"]:focus { border: 1px solid $accent; }
QPushButton[role="small"] { padding: 4px 10px; }
QToolButton[role="icon"] { background: transparent; border: 1px solid transparent; border-radius: 6px; padding: 3px; }
QToolButton[role="icon"]:hover { background: $hover; }
QToolButton[role="icon"]:focus { border-color: $accent; }
QFrame[role="segmented"] { background: transparent; border: 1px solid $line; border-radius: 8px; }
QToolButton[role="segment"] { background: transparent; color: $muted_strong; border: 1px solid transparent;
  border-radius: 7px; padding: 5px 1px; }
QToolButton[role="segment"]:hover { background: $hover; }
QToolButton[role="segment"]:checked { background: $accent_soft; color: $accent_text; font-weight: bold; }
QToolButton[role="segment"]:focus { border-color: $accent; }
QToolButton[role="weekday"] { padding: 3px 1px; border-radius: 6px; }
QToolButton[role="weekday"]:checked { background: $accent_soft; color: $accent_text; border-color: $accent; }
QFrame[role="form"] { background: $background; border: 1px solid $line; border-radius: 8px; }
QFrame[role="warning-box"] { background: $warning_soft; border: none; border-radius: 8px; }
QFrame[role="warning-box"] QPushButton[role="line"]:hover { background: transparent; border-color: $warning; }
QFrame[role="note-box"] { background: $chip; border: none; border-radius: 8px; }
QFrame#dropMark { background: transparent; border: 2px dashed $accent; border-radius: 8px; }
QFrame[role="form"] QAbstractSpinBox, QFrame[role="form"] QLineEdit, QFrame[role="form"] QComboBox { padding: 4px 6px; }
QFrame[role="form"] QComboBox QLineEdit, QFrame[role="form"] QAbstractSpinBox QLineEdit { padding: 0; border: none;
  background: transparent; }
QSpinBox::up-button, QSpinBox::down-button, QTimeEdit::up-button, QTimeEdit::down-button { border: none; width: 18px;
  background: transparent; subcontrol-origin: border; }
QSpinBox::up-button, QTimeEdit::up-button { subcontrol-position: top right; margin: 3px 3px 0 0; }
QSpinBox::down-button, QTimeEdit::down-button { subcontrol-position: bottom right; margin: 0 3px 3px 0; }
QSpinBox::up-arrow, QTimeEdit::up-arrow { image: url("$up"); width: 10px; height: 10px; }
QSpinBox::down-arrow, QTimeEdit::down-arrow { image: url("$down"); width: 10px; height: 10px; }
QDateEdit::drop-down { border: none; width: 20px; subcontrol-position: center right; }
QDateEdit::down-arrow { image: url("$down"); width: 12px; height: 12px; }
QComboBox::down-arrow { image: url("$down"); width: 12px; height: 12px; }
QCheckBox { border: 1px solid transparent; border-radius: 4px; padding: 1px 3px 1px 1px; spacing: 6px; }
QCheckBox:focus { border-color: $accent; }
QCheckBox::indicator { width: 14px; height: 14px; border: 1px solid $muted; border-radius: 4px; background: $field; }
QCheckBox::indicator:checked { background: $accent; border-color: $accent; image: url("$check"); }
QAbstractSpinBox:disabled { color: $muted; }
""")


def inspector_sheet(theme: Theme) -> str:
    """The sheet in the colours of the set in use."""
    # A style sheet can only name files, so these few drawings bear their colour: one that stands out on light and dark.
    drawings = resources_dir() / "controls"
    check = "check-dark.svg" if theme.is_dark else "check-light.svg"
    return _SHEET.substitute(
        {token.value: theme.color(token).name() for token in Token},
        up=(drawings / "chevron-up.svg").as_posix(),
        down=(drawings / "chevron-down.svg").as_posix(),
        check=(drawings / check).as_posix(),
    )
