"""The order of Tab: the one the panel is read in, whatever the order its controls were made in."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QAbstractScrollArea, QAbstractSpinBox, QComboBox, QLayout, QWidget

# What is in these is theirs: Tab stops at them once.
_LEAVES = (QAbstractButton, QAbstractScrollArea, QAbstractSpinBox, QComboBox)


def controls_in_order(widget: QWidget) -> Iterator[QWidget]:
    """The controls of a widget that take the focus by Tab, as its layouts have them, hidden ones too."""
    layout: QLayout | None = widget.layout()
    if layout is not None and not isinstance(widget, _LEAVES):
        yield from _in_layout(layout)


def order_tabs(page: QWidget) -> None:
    """Let Tab walk through a page from top to bottom."""
    for before, after in pairwise(controls_in_order(page)):
        QWidget.setTabOrder(before, after)


def _in_layout(layout: QLayout) -> Iterator[QWidget]:
    for number in range(layout.count()):
        item = layout.itemAt(number)
        if item is None:
            continue
        widget: QWidget | None = item.widget()
        inner: QLayout | None = item.layout()
        if widget is not None:
            if widget.focusPolicy() & Qt.FocusPolicy.TabFocus and widget.focusProxy() is None:
                yield widget
            yield from controls_in_order(widget)
        elif inner is not None:
            yield from _in_layout(inner)
