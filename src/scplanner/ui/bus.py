"""What happened, told to whoever shows it. Publish through the methods: Qt does not check what `emit` is given."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from scplanner.domain.changes import AppliedChanges
from scplanner.domain.events import OccurrenceKey
from scplanner.domain.query import EventFilter


class Bus(QObject):
    """Facts, in the past tense. One for the whole window; lives on the GUI thread.

    `applied(AppliedChanges)`: a committed change. `filter_changed(EventFilter)`: the filter all views share.
    `selection_changed(OccurrenceKey | None)`: what the inspector shows. `settings_changed()`: theme, weekday, zone, colour by.
    `workspace_opened()`: from now on there is something to read.
    """

    applied = Signal(object)
    settings_changed = Signal()
    filter_changed = Signal(object)
    selection_changed = Signal(object)
    workspace_opened = Signal()

    def publish_applied(self, applied: AppliedChanges) -> None:
        """A change was committed, here or (step None) by another program."""
        self.applied.emit(applied)

    def publish_settings_changed(self) -> None:
        """The settings are other ones now."""
        self.settings_changed.emit()

    def publish_filter_changed(self, event_filter: EventFilter) -> None:
        """The shared filter is another one now."""
        self.filter_changed.emit(event_filter)

    def publish_selection_changed(self, key: OccurrenceKey | None) -> None:
        """Another occurrence, or none, is the one the inspector shows."""
        self.selection_changed.emit(key)

    def publish_workspace_opened(self) -> None:
        """The data are there."""
        self.workspace_opened.emit()
