"""The page of the inspector: its sections, one under the other."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from scplanner.ui.editor.controls.tab_order import order_tabs
from scplanner.ui.editor.sections.actions import ActionsSection
from scplanner.ui.editor.sections.base import Section
from scplanner.ui.editor.sections.dates import DatesSection
from scplanner.ui.editor.sections.deadlines import DeadlinesSection
from scplanner.ui.editor.sections.decision import ChipsSection, DecisionSection
from scplanner.ui.editor.sections.files import FilesSection
from scplanner.ui.editor.sections.header import HeaderSection
from scplanner.ui.editor.sections.links import LinksSection, SourceSection
from scplanner.ui.editor.sections.notes import DescriptionSection, NotesSection
from scplanner.ui.editor.sections.place import PlaceSection
from scplanner.ui.editor.sections.plan import AttendedSection, PlanSection
from scplanner.ui.editor.sections.relations import RelationsSection
from scplanner.ui.editor.sections.topics import TagsSection, TopicsSection
from scplanner.ui.editor.sections.warnings import WarningsSection

if TYPE_CHECKING:
    from scplanner.domain.events import EventDetails
    from scplanner.ui.context import Context

SIDE_MARGIN = 12


class InspectorPage(QWidget):
    """All sections. `changed` bears what any of them says."""

    changed = Signal(object)

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("inspectorPage")
        self.sections: list[Section] = []
        self.header = HeaderSection(context)
        self.dates = DatesSection(context)
        self.place = PlaceSection(context)
        self.decision = DecisionSection(context)
        self.chips = ChipsSection(context)
        self.warnings = WarningsSection(context)
        self.attended = AttendedSection(context)
        self.deadlines = DeadlinesSection(context)
        self.plan = PlanSection(context)
        self.notes = NotesSection(context)
        self.description = DescriptionSection(context)
        self.relations = RelationsSection(context)
        self.files = FilesSection(context)
        self.links = LinksSection(context)
        self.topics = TopicsSection(context)
        self.tags = TagsSection(context)
        self.source = SourceSection(context)
        self.actions_row = ActionsSection(context)
        column = QVBoxLayout(self)
        column.setContentsMargins(SIDE_MARGIN, 12, SIDE_MARGIN, SIDE_MARGIN)
        column.setSpacing(0)
        for section, gap in (
            (self.header, 0), (self.dates, 4), (self.place, 0), (self.decision, 10), (self.chips, 10),
            (self.warnings, 10), (self.attended, 10), (self.deadlines, 12), (self.plan, 12), (self.notes, 12),
            (self.relations, 12), (self.files, 12), (self.description, 12), (self.links, 12), (self.topics, 12),
            (self.tags, 12), (self.source, 12), (self.actions_row, 16),
        ):  # fmt: skip
            # The gap belongs to the section, so that a hidden one leaves none.
            section.column.setContentsMargins(0, gap, 0, 0)
            section.changed.connect(self.changed)
            column.addWidget(section)
            self.sections.append(section)
        column.addStretch(1)

    def show_details(self, details: EventDetails) -> None:
        """Show these in all sections; what is being typed stays."""
        for section in self.sections:
            section.set_details(details)
        self.order()

    def order(self) -> None:
        """Let Tab walk from top to bottom, after rows were made anew."""
        order_tabs(self)

    def flush(self) -> None:
        """Keep what is being typed, in all sections."""
        for section in self.sections:
            section.flush()
