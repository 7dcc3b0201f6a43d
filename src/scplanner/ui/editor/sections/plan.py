"""What going there takes: days of travel, money; and afterwards whether one was there."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QLocale
from PySide6.QtWidgets import QComboBox, QGridLayout, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from scplanner.domain.events import Layer
from scplanner.ui.editor.controls.buttons import Segmented
from scplanner.ui.editor.controls.fields import NumberField, form_label, guard_wheel
from scplanner.ui.editor.edits import EventEdit, LayerEdit
from scplanner.ui.editor.sections.base import FoldingSection, Section
from scplanner.ui.editor.sections.decision import TAKING_PART

if TYPE_CHECKING:
    from scplanner.domain.events import EventDetails
    from scplanner.ui.context import Context

_CURRENCIES = (
    "EUR",
    "USD",
    "GBP",
    "CHF",
    "DKK",
    "NOK",
    "SEK",
    "PLN",
    "CZK",
    "HUF",
    "RON",
    "CAD",
    "AUD",
    "JPY",
    "CNY",
    "INR",
)
_MOST_DAYS = 30


def amount_of(typed: str) -> str | None:
    """A decimal number as the records keep it, from what people type (`1 200,50`); None if it is none."""
    bare = re.sub(r"[\s\u00a0\u202f'’]", "", typed)
    if not bare:
        return ""
    if "," in bare and "." in bare:
        # The last of the two is the decimal sign.
        thousands = "," if bare.rfind(",") < bare.rfind(".") else "."
        bare = bare.replace(thousands, "")
    bare = bare.replace(",", ".") if not re.fullmatch(r"\d{1,3}(,\d{3})+", bare) else bare.replace(",", "")
    return bare if re.fullmatch(r"\d+(\.\d{1,4})?", bare) else None


class PlanSection(FoldingSection):
    """Travel days and budget, one line to read and a form to change them."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, self.tr("Travel and budget"), parent)

    def show_details(self, details: EventDetails) -> None:
        """Show what is planned; nothing at all for what the user does not go to."""
        layer = details.layer
        words = " · ".join(part for part in (self._travel_words(layer), self._budget_words(layer)) if part)
        self.setVisible(bool(words) or layer.decision in TAKING_PART or self.is_open)
        shown = (words, "plain") if words else (self.tr("No travel days, no budget"), "muted")
        self.line.set_lines(shown, name=self.tr("Travel and budget"))

    def build_form(self, column: QVBoxLayout) -> None:
        """The fields of the plan."""
        grid = QGridLayout()
        grid.setSpacing(6)
        self.days_before = NumberField(self.tr("Travel days before"), 0, _MOST_DAYS, self)
        self.days_after = NumberField(self.tr("Travel days after"), 0, _MOST_DAYS, self)
        self.budget = QLineEdit(self)
        self.budget.setAccessibleName(self.tr("Budget"))
        self.budget.setPlaceholderText("0")
        self.currency = QComboBox(self)
        self.currency.setAccessibleName(self.tr("Currency"))
        self.currency.setEditable(True)
        self.currency.addItems(_CURRENCIES)
        self.currency.setMinimumContentsLength(4)
        self.currency.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        guard_wheel(self.currency)
        grid.addWidget(form_label(self.tr("Days before"), self), 0, 0)
        grid.addWidget(self.days_before, 0, 1)
        grid.addWidget(form_label(self.tr("Days after"), self), 1, 0)
        grid.addWidget(self.days_after, 1, 1)
        grid.addWidget(form_label(self.tr("Budget"), self), 2, 0)
        money = QHBoxLayout()
        money.setSpacing(6)
        money.addWidget(self.budget, 3)
        money.addWidget(self.currency, 2)
        grid.addLayout(money, 2, 1)
        grid.setColumnStretch(1, 1)
        column.addLayout(grid)

    def fill_form(self, details: EventDetails) -> None:
        """Fill in what is planned."""
        layer = details.layer
        self.days_before.setValue(layer.travel_before)
        self.days_after.setValue(layer.travel_after)
        self.budget.setText(layer.budget)
        own = self.context.locale().currencySymbol(QLocale.CurrencySymbolFormat.CurrencyIsoCode)
        self.currency.setEditText(layer.budget_currency or (own if own in _CURRENCIES else "EUR"))

    def read_form(self, details: EventDetails) -> EventEdit | LayerEdit | None:
        """What differs from before, as one edit. What is no amount of money is not taken."""
        layer = details.layer
        amount = amount_of(self.budget.text())
        if amount is None:
            self.context.messages.warn(
                self.tr("“{text}” is no amount of money.").format(text=self.budget.text()),
                self.tr("The budget stays as it was."),
            )
            amount = layer.budget
        code = "".join(char for char in self.currency.currentText().upper() if char.isalpha())[:3]
        said: dict[str, Any] = {
            "travel_before": self.days_before.value(),
            "travel_after": self.days_after.value(),
            "budget": amount,
            "budget_currency": (code if len(code) == 3 else layer.budget_currency) if amount else "",
        }
        fields = {name: value for name, value in said.items() if value != getattr(layer, name)}
        if not fields:
            return None
        return LayerEdit(fields, self.tr("Plan the journey to “{title}”").format(title=details.event.summary))

    def _travel_words(self, layer: Layer) -> str:
        before, after = layer.travel_before, layer.travel_after
        if before and after:
            words = self.tr("Travel days: {before} before, {after} after")
        elif before:
            words = self.tr("Travel days: {before} before")
        elif after:
            words = self.tr("Travel days: {after} after")
        else:
            return ""
        return words.format(before=before, after=after)

    def _budget_words(self, layer: Layer) -> str:
        if not layer.budget:
            return ""
        whole, _, cents = layer.budget.partition(".")
        amount = QLocale().toString(float(layer.budget), "f", 2 if cents.strip("0") else 0) if whole else layer.budget
        return self.tr("Budget {amount} {currency}").format(amount=amount, currency=layer.budget_currency).strip()


class AttendedSection(Section):
    """After the event: was the user there? Yes, no, or not said."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, "", parent)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(form_label(self.tr("Were you there?"), self))
        self.switch = Segmented(
            ((True, self.tr("Yes"), self.tr("I was there")), (False, self.tr("No"), self.tr("I was not there"))), self
        )
        self.switch.setAccessibleName(self.tr("Attended"))
        self.switch.chosen.connect(lambda value: self.publish(LayerEdit({"attended": value})))
        row.addWidget(self.switch)
        row.addStretch(1)
        self.add_inset(row)

    def show_details(self, details: EventDetails) -> None:
        """Ask only once it is over, and only about what the user meant to go to."""
        is_over = details.span is not None and details.span.last_day < self.context.today()
        asked = is_over and details.layer.decision in TAKING_PART
        self.setVisible(asked or details.layer.attended is not None)
        self.switch.set_value(details.layer.attended)
