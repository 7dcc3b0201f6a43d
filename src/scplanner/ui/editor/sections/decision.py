"""The decision switch, and under it the chips of what the decision brings along."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QActionGroup
from PySide6.QtWidgets import QMenu, QWidget

from scplanner.domain.events import Confidence, Decision, EventStatus, Registration, Role
from scplanner.ui.editor.controls.buttons import Chip, Segmented
from scplanner.ui.editor.controls.flow import FlowLayout
from scplanner.ui.editor.edits import Decide, EventEdit, LayerEdit
from scplanner.ui.editor.sections.base import Section
from scplanner.ui.theme import scaled_font
from scplanner.ui.words import confidence_words, decision_words, registration_words, role_words, status_words

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from scplanner.domain.events import EventDetails
    from scplanner.ui.context import Context

TAKING_PART = (Decision.GOING, Decision.CONSIDERING)
_REGISTRATION_TONES = {
    None: "warning",
    Registration.APPLIED: "accent",
    Registration.REGISTERED: "good",
    Registration.WAITLISTED: "warning",
}
_STATUS_TONES = {
    EventStatus.TENTATIVE: "warning",
    EventStatus.POSTPONED: "warning",
    EventStatus.CANCELLED: "bad",
    EventStatus.WITHDRAWN: "bad",
}


class DecisionSection(Section):
    """Going, Considering, Watching, Not going."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, "", parent)
        options = [
            (decision, decision_words(decision), self.tr("Press again to take it back ({keys})").format(keys=keys))
            for decision, keys in zip(Decision, ("Ctrl+1", "Ctrl+2", "Ctrl+3", "Ctrl+4"), strict=True)
        ]
        self.switch = Segmented(options, self)
        self.switch.setAccessibleName(self.tr("Decision"))
        self.switch.chosen.connect(lambda decision: self.publish(Decide(decision)))
        self.add_inset(self.switch)

    def show_details(self, details: EventDetails) -> None:
        """Show the decision."""
        self.switch.set_value(details.layer.decision)


class ChipsSection(Section):
    """Status and sureness of the event; registration, hotel, travel and role of the user, where they make sense."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, "", parent)
        self._flow = FlowLayout()
        self.add_inset(self._flow)
        self.status = self._chip(self._ask_status)
        self.confidence = self._chip(None)
        self.registration = self._chip(self._ask_registration)
        self.hotel = self._chip(lambda: self._toggle("hotel_booked"))
        self.travel = self._chip(lambda: self._toggle("travel_booked"))
        self.role = self._chip(self._ask_role)
        self.registration.setToolTip(self.tr("Press to choose how far your registration is"))
        self.hotel.setToolTip(self.tr("Press when the hotel is booked"))
        self.travel.setToolTip(self.tr("Press when the travel is booked"))
        self.role.setToolTip(self.tr("Press to choose as what you take part"))
        self.status.setToolTip(self.tr("Press to choose the status of the event"))

    def show_details(self, details: EventDetails) -> None:
        """Show what there is to say; without a decision to take part, only what was said before."""
        event, layer = details.event, details.layer
        takes_part = layer.decision in TAKING_PART
        has_status = event.status in _STATUS_TONES
        self.status.setVisible(has_status)
        if has_status:
            self.status.show_value(status_words(event.status), _STATUS_TONES[event.status], self.tr("Status"))  # type: ignore[index]
        is_unsure = event.confidence is Confidence.LOW
        self.confidence.setVisible(is_unsure)
        if is_unsure:
            self.confidence.show_value(confidence_words(Confidence.LOW), "warning", "")
        self.registration.setVisible(takes_part or layer.registration is not None)
        self.registration.show_value(
            registration_words(layer.registration), _REGISTRATION_TONES[layer.registration], self.tr("Registration")
        )
        self.hotel.setVisible(takes_part or layer.hotel_booked)
        self.hotel.show_value(
            self.tr("Hotel booked") if layer.hotel_booked else self.tr("Hotel not booked"),
            "good" if layer.hotel_booked else "warning",
            "",
        )
        self.travel.setVisible(takes_part or layer.travel_booked)
        self.travel.show_value(
            self.tr("Travel booked") if layer.travel_booked else self.tr("Travel not booked"),
            "good" if layer.travel_booked else "warning",
            "",
        )
        self.role.setVisible(takes_part or layer.role is not None)
        self.role.show_value(role_words(layer.role), "plain" if layer.role else "ghost", self.tr("Role"))
        chips = (self.status, self.confidence, self.registration, self.hotel, self.travel, self.role)
        self.setVisible(any(not chip.isHidden() for chip in chips))

    def _chip(self, pressed: Callable[[], None] | None) -> Chip:
        chip = Chip(self)
        chip.setFont(scaled_font(self.font(), 0.88, bold=True))
        if pressed is not None:
            chip.clicked.connect(lambda: pressed())
        else:
            chip.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            chip.setCursor(Qt.CursorShape.ArrowCursor)
        self._flow.addWidget(chip)
        return chip

    def _toggle(self, field: str) -> None:
        if self.details is not None:
            self.publish(LayerEdit({field: not getattr(self.details.layer, field)}))

    def _ask_registration(self) -> None:
        options = [(value, registration_words(value)) for value in (None, *Registration)]
        now = self.details.layer.registration if self.details else None
        self._ask(self.registration, options, now, lambda value: self.publish(LayerEdit({"registration": value})))

    def _ask_role(self) -> None:
        options = [(value, role_words(value)) for value in (None, *Role)]
        now = self.details.layer.role if self.details else None
        self._ask(self.role, options, now, lambda value: self.publish(LayerEdit({"role": value})))

    def _ask_status(self) -> None:
        options = [(value, status_words(value)) for value in EventStatus if value is not EventStatus.WITHDRAWN]
        now = self.details.event.status if self.details else None
        self._ask(self.status, options, now, lambda value: self.publish(EventEdit({"status": value})))

    def _ask(self, chip: Chip, options: Sequence[tuple[Any, str]], now: Any, chosen: Callable[[Any], None]) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        group = QActionGroup(menu)
        for value, words in options:
            action = menu.addAction(words)
            action.setCheckable(True)
            action.setChecked(value == now)
            group.addAction(action)
            if value != now:
                action.triggered.connect(lambda _checked=False, value=value: chosen(value))
            if value == now:
                menu.setActiveAction(action)
        menu.popup(chip.mapToGlobal(QPoint(0, chip.height() + 2)))
