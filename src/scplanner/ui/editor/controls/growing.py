"""Texts as high as they are, so that only the panel around them scrolls."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QTextOption
from PySide6.QtWidgets import QFrame, QSizePolicy, QTextEdit

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent, QShowEvent

    _Text = QTextEdit
else:
    _Text = object


class Growing(_Text):
    """What a QTextEdit or QTextBrowser is made of that is as high as its text; it stands before that among the bases.

    `grow` sets it up.
    """

    _minimum_lines = 0
    _limit: int | None = None
    _is_fitting = False

    def grow(self, *, minimum_lines: int = 0) -> None:
        """Be as high as the text from now on, and at least so many lines."""
        self._minimum_lines = minimum_lines
        self.setTabChangesFocus(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setWordWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.document().setDocumentMargin(0)
        self.document().documentLayout().documentSizeChanged.connect(lambda _size: self.fit())

    def set_height_limit(self, limit: int | None) -> None:
        """Show no more than so many pixels of it; None for all."""
        self._limit = limit
        self.fit()

    def fit(self) -> None:
        """Take the height of the text."""
        if self._is_fitting:
            return
        self._is_fitting = True
        try:
            wanted = self._wanted_height()
            if wanted != self.height() or wanted != self.minimumHeight():
                self.setFixedHeight(wanted)
        finally:
            self._is_fitting = False

    def loadResource(self, _kind: int, _name: Any, /) -> Any:
        """Nothing a text names is ever fetched, from nowhere: no image, no style sheet, no file."""
        return None

    def resizeEvent(self, event: QResizeEvent, /) -> None:
        """Another width, another height."""
        super().resizeEvent(event)
        self.fit()

    def showEvent(self, event: QShowEvent, /) -> None:
        """Only now the frame is known."""
        super().showEvent(event)
        self.fit()

    def sizeHint(self) -> QSize:
        """As high as the text."""
        return QSize(120, self._wanted_height())

    def minimumSizeHint(self) -> QSize:
        """As high as the text, and as narrow as need be."""
        return QSize(40, self._wanted_height())

    def _wanted_height(self) -> int:
        margins = self.contentsMargins()
        frame = self.height() - self.viewport().height() if self.isVisible() else margins.top() + margins.bottom()
        height = int(self.document().size().height() + 0.999)
        if self._limit is not None:
            height = min(height, self._limit)
        return max(height, self._minimum_lines * self.fontMetrics().lineSpacing()) + max(frame, 0)
