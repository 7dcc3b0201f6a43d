"""The inspector: one event, edited in place. It puts the sections together and lets nothing that is typed get lost."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QMimeData, Qt, QTimer, Signal
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent, QFocusEvent, QHideEvent, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import (
    QFileDialog,
    QFrame,
    QLabel,
    QScrollArea,
    QSizePolicy,
    QStackedLayout,
    QWidget,
)

from scplanner.domain.events import EventDetails, OccurrenceKey
from scplanner.services import places
from scplanner.ui.editor import edits
from scplanner.ui.editor.clashes import find_clash_lines
from scplanner.ui.editor.commands import copy_as_text, show_source_text
from scplanner.ui.editor.page import SIDE_MARGIN, InspectorPage
from scplanner.ui.editor.saving import Saver
from scplanner.ui.editor.scope import ask_scope_by_menu
from scplanner.ui.editor.sections.decision import TAKING_PART
from scplanner.ui.editor.sections.warnings import ClashLine
from scplanner.ui.editor.style import inspector_sheet

if TYPE_CHECKING:
    from scplanner.domain.changes import AppliedChanges
    from scplanner.services.events import Scope
    from scplanner.ui.context import Context

_REFRESH_MS = 20


class Inspector(QWidget):
    """Shows one event or occurrence. Every edit is written at once as one step; `flush` before it goes away.

    `closed()`: the user wants it closed. `selection_requested(OccurrenceKey)`, `export_requested(tuple of keys)` and
    `delete_requested(tuple of keys)` are the window's to answer. `ask_scope` asks for how much of a series an edit is
    meant; None gives the edit up.
    """

    closed = Signal()
    selection_requested = Signal(object)
    export_requested = Signal(object)
    delete_requested = Signal(object)

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.context = context
        self.ask_scope: Callable[[QWidget], Scope | None] = ask_scope_by_menu
        self._key: OccurrenceKey | None = None
        self._details: EventDetails | None = None
        self._saver = Saver(context, self)
        self._has_topics = False
        self._refresh_timer = QTimer(self, singleShot=True, interval=_REFRESH_MS)
        self._refresh_timer.timeout.connect(self._refresh)
        self.setObjectName("inspector")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAccessibleName(self.tr("Event"))
        self.setAcceptDrops(True)
        self.setMinimumWidth(280)
        self._build()
        self._restyle()
        context.theme.changed.connect(self._restyle)
        context.bus.applied.connect(self._on_applied)
        context.bus.settings_changed.connect(self._refresh_timer.start)
        self._saver.settled.connect(self._refresh_timer.start)
        self._saver.moved.connect(self._move)

    @property
    def key(self) -> OccurrenceKey | None:
        """What is shown."""
        return self._key

    @property
    def details(self) -> EventDetails | None:
        """What is shown, as it was last read."""
        return self._details

    def show_key(self, key: OccurrenceKey | None) -> None:
        """Show another event or occurrence, or nothing. What was being typed is kept with the one before."""
        if key == self._key:
            return
        self.flush()
        self._key, self._details = key, None
        self.page.warnings.set_clashes(())
        self._refresh()
        self._scroll.verticalScrollBar().setValue(0)

    def flush(self) -> None:
        """Write what is being typed, and close every open form."""
        self.page.flush()

    def focus_title(self) -> None:
        """Put the cursor into the title, ready to be typed over."""
        if self._details is not None:
            self._scroll.verticalScrollBar().setValue(0)
            self.page.header.title.begin()

    def focusInEvent(self, event: QFocusEvent, /) -> None:
        """The focus goes on to the decision: what one most often comes here for."""
        super().focusInEvent(event)
        if self._details is not None:
            switch = self.page.decision.switch
            switch.button(switch.value() or switch.values()[0]).setFocus(event.reason())

    def keyPressEvent(self, event: QKeyEvent, /) -> None:
        """Esc closes, F2 edits the title."""
        if event.key() == Qt.Key.Key_Escape:
            self._close()
        elif event.key() == Qt.Key.Key_F2:
            self.focus_title()
        else:
            super().keyPressEvent(event)

    def hideEvent(self, event: QHideEvent, /) -> None:
        """What is not seen is not being typed any more."""
        self.flush()
        super().hideEvent(event)

    def dragEnterEvent(self, event: QDragEnterEvent, /) -> None:
        """Files may be dropped, to be kept with the event."""
        if self._key is not None and _files_of(event.mimeData()):
            event.setDropAction(Qt.DropAction.CopyAction)
            event.accept()
            self._mark_drop(shown=True)

    def dragLeaveEvent(self, _event: QDragLeaveEvent, /) -> None:
        """Not here after all."""
        self._mark_drop(shown=False)

    def dropEvent(self, event: QDropEvent, /) -> None:
        """Keep copies of the files."""
        self._mark_drop(shown=False)
        paths = _files_of(event.mimeData())
        if self._key is not None and paths:
            event.setDropAction(Qt.DropAction.CopyAction)
            event.accept()
            self._saver.attach(self._key, paths)

    def resizeEvent(self, event: QResizeEvent, /) -> None:
        """The mark of a drop covers all of it."""
        super().resizeEvent(event)
        self._drop_mark.setGeometry(self.rect().adjusted(6, 6, -6, -6))

    def _build(self) -> None:
        self.page = InspectorPage(self.context)
        self.page.changed.connect(self._on_change)
        self._scroll = QScrollArea(self)
        self._scroll.setObjectName("inspectorScroll")
        self._scroll.setWidgetResizable(True)
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setWidget(self.page)
        self._empty = QLabel(self.tr("Select an event to see and edit it here."), self)
        self._empty.setProperty("tone", "muted")
        self._empty.setWordWrap(True)
        self._empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._empty.setContentsMargins(SIDE_MARGIN, SIDE_MARGIN, SIDE_MARGIN, SIDE_MARGIN)
        self._empty.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Expanding)
        self._stack = QStackedLayout(self)
        self._stack.addWidget(self._empty)
        self._stack.addWidget(self._scroll)
        self._drop_mark = QFrame(self)
        self._drop_mark.setObjectName("dropMark")
        self._drop_mark.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._drop_mark.hide()

    def _restyle(self) -> None:
        self.setStyleSheet(inspector_sheet(self.context.theme))

    def _on_applied(self, _applied: AppliedChanges) -> None:
        # Even a change of other events may matter: a new side event, a clash that is none any more.
        if self._key is not None:
            self._refresh_timer.start()

    def _refresh(self) -> None:
        """Read the event again; not while an edit is on its way, which would bring the old state back for a moment."""
        if self._key is None or not self.context.is_open:
            self._stack.setCurrentWidget(self._empty)
            return
        if self._saver.is_busy:
            return
        from scplanner.services import queries

        details = queries.details(self.context.workspace, self._key)
        if details is None:
            self._details = None
            self._stack.setCurrentWidget(self._empty)
            return
        self._show(details)
        self._stack.setCurrentWidget(self._scroll)
        self._look_up(details)

    def _show(self, details: EventDetails) -> None:
        self._details = details
        focus: QWidget | None = self.window().focusWidget()
        name = focus.accessibleName() if focus is not None and self.isAncestorOf(focus) else ""
        self.page.show_details(details)
        after: QWidget | None = self.window().focusWidget()
        if name and (after is None or not after.isVisibleTo(self) or after.accessibleName() != name):
            self._focus_again(name)

    def _focus_again(self, name: str) -> None:
        """A row that was made anew had the focus: give it to its successor."""
        for widget in self.findChildren(QWidget):
            if widget.accessibleName() == name and widget.isVisibleTo(self) and widget.focusPolicy():
                widget.setFocus(Qt.FocusReason.OtherFocusReason)
                return

    def _look_up(self, details: EventDetails) -> None:
        """What takes longer: clashes, known topics, the gazetteer."""
        context, workspace, key = self.context, self.context.workspace, self._key
        assert key is not None
        if details.layer.decision in TAKING_PART and details.span is not None:

            def show_clashes(lines: list[ClashLine]) -> None:
                if self._key == key:
                    self.page.warnings.set_clashes(lines)
                    self.page.order()

            context.tasks.io(lambda: find_clash_lines(workspace, key, details), show_clashes)
        else:
            self.page.warnings.set_clashes(())
        if not places.is_loaded():
            context.tasks.io(places.load, lambda _none: self._refresh_timer.start() if places.is_loaded() else None)
        if not self._has_topics:
            self._has_topics = True
            from scplanner.services import queries

            context.tasks.io(lambda: sorted(queries.counts(workspace).topics), self.page.topics.set_known)

    def _on_change(self, change: edits.SectionChange) -> None:
        if self._key is None or self._details is None:
            return
        if isinstance(change, edits.LayerEdit | edits.Decide | edits.EventEdit | edits.TakeBack):
            self._edit(self._key, self._details, change)
        else:
            self._wish(self._key, self._details, change)

    def _edit(
        self,
        key: OccurrenceKey,
        details: EventDetails,
        change: edits.LayerEdit | edits.Decide | edits.EventEdit | edits.TakeBack,
    ) -> None:
        """Show the edit at once, and write it."""
        match change:
            case edits.LayerEdit():
                self._show(replace(details, layer=replace(details.layer, **change.fields)))
                self._saver.edit_layer(key, change.fields, change.title)
            case edits.Decide():
                self._show(replace(details, layer=replace(details.layer, decision=change.decision)))
                self._saver.decide(key, change.decision)
            case edits.EventEdit():
                self._edit_event(key, details, change)
            case edits.TakeBack():
                self._saver.take_back(details.event.id)

    def _wish(self, key: OccurrenceKey, details: EventDetails, change: edits.SectionChange) -> None:
        """Do what is no edit of the event."""
        match change:
            case edits.Select():
                self.flush()
                self.selection_requested.emit(change.key)
            case edits.OpenAddress():
                self._saver.open_address(change.url)
            case edits.AttachFiles():
                self._saver.attach(key, change.paths)
            case edits.OpenFile():
                self._saver.open_file(change.file)
            case edits.SaveFile():
                self._save_file(change)
            case edits.DetachFile():
                self._saver.detach(key, change.file)
            case edits.Command():
                self._command(key, details, change.name)

    def _edit_event(self, key: OccurrenceKey, details: EventDetails, change: edits.EventEdit) -> None:
        from scplanner.services.events import Scope

        scope: Scope | None = Scope.ALL
        is_one_of_many = bool(key.recurrence_id) and (details.event.is_recurring or details.recurrence_id is not None)
        if is_one_of_many:
            scope = self.ask_scope(self)
        if scope is None:
            # Given up: show again what is stored.
            self._show(details)
            return
        if not is_one_of_many:
            event = replace(details.event, **change.fields)
            self._show(replace(details, event=event, span=event.span))
        self._saver.edit_event(key, details, change, scope)

    def _command(self, key: OccurrenceKey, details: EventDetails, name: str) -> None:
        match name:
            case "close":
                self._close()
            case "edit":
                self.focus_title()
            case "export":
                self.flush()
                self.export_requested.emit((key,))
            case "delete":
                self.flush()
                self.delete_requested.emit((key,))
            case "duplicate":
                self.flush()
                self._saver.duplicate(key)
            case "copy":
                copy_as_text(details)
            case "source":
                show_source_text(self.context, details, self)
            case "series":
                self.flush()
                self.selection_requested.emit(OccurrenceKey(key.event_id))

    def _save_file(self, change: edits.SaveFile) -> None:
        name, _ = QFileDialog.getSaveFileName(self, self.tr("Save a copy of the file"), change.file.name)
        if name:
            self._saver.save_file(change.file, Path(name))

    def _move(self, key: OccurrenceKey) -> None:
        if key != self._key:
            self.selection_requested.emit(key)

    def _close(self) -> None:
        self.flush()
        self.closed.emit()

    def _mark_drop(self, *, shown: bool) -> None:
        self._drop_mark.setVisible(shown)
        self._drop_mark.raise_()


def _files_of(mime: QMimeData) -> tuple[Path, ...]:
    paths = (Path(url.toLocalFile()) for url in mime.urls() if url.isLocalFile())
    return tuple(path for path in paths if path.is_file())
