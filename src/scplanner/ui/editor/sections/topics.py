"""Topics of the event and the user's own tags: words to add and to take away."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from scplanner.ui.editor.controls.values import ValueRow
from scplanner.ui.editor.edits import EventEdit, LayerEdit
from scplanner.ui.editor.sections.base import Section

if TYPE_CHECKING:
    from collections.abc import Sequence

    from scplanner.domain.events import EventDetails
    from scplanner.ui.context import Context


class TopicsSection(Section):
    """The topics, which give the event its colour."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, self.tr("Topics"), parent)
        self._known: Sequence[str] = ()
        self.row = ValueRow(self.tr("Topic"), self.tr("+ Topic"), lambda: self._known, self)
        self.row.changed.connect(self._change)
        self.add_inset(self.row)

    def set_known(self, topics: Sequence[str]) -> None:
        """Offer these while typing."""
        self._known = topics

    def show_details(self, details: EventDetails) -> None:
        """Show the topics."""
        self.row.set_values(details.event.topics)

    def flush(self) -> None:
        """Keep what is being typed."""
        self.row.finish()

    def _change(self, topics: tuple[str, ...]) -> None:
        title = self.details.event.summary if self.details else ""
        self.publish(EventEdit({"topics": topics}, self.tr("Topics of “{title}”").format(title=title)))


class TagsSection(Section):
    """Words of the user's own, which no source ever touches."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, self.tr("My tags"), parent)
        self.row = ValueRow(self.tr("Tag"), self.tr("+ Tag"), tuple, self)
        self.row.changed.connect(self._change)
        self.add_inset(self.row)

    def show_details(self, details: EventDetails) -> None:
        """Show the tags."""
        self.row.set_values(details.layer.tags)

    def flush(self) -> None:
        """Keep what is being typed."""
        self.row.finish()

    def _change(self, tags: tuple[str, ...]) -> None:
        title = self.details.event.summary if self.details else ""
        self.publish(LayerEdit({"tags": tags}, self.tr("Tags of “{title}”").format(title=title)))
