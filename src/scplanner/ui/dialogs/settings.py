"""What a person may set: few things, each in force at once."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QLocale, Qt
from PySide6.QtWidgets import QComboBox, QCompleter, QFormLayout, QHBoxLayout, QLabel, QPushButton, QWidget

from scplanner.domain.temporal import find_zone
from scplanner.settings import ColorBy, ThemeChoice
from scplanner.ui.commands import CommandId
from scplanner.ui.context import Context
from scplanner.ui.dialogs.base import PlannerDialog
from scplanner.ui.editor.controls.fields import zone_names


class SettingsDialog(PlannerDialog):
    """Theme, weeks, time zone, colours, and where the data are."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        title = QCoreApplication.translate("SettingsDialog", "Settings")
        super().__init__(title, parent)
        self._context = context
        form = QFormLayout()
        form.setHorizontalSpacing(16)
        form.setVerticalSpacing(10)
        self.body.addLayout(form)
        settings = context.settings
        self.theme = self._choice(
            self.tr("Theme"),
            [
                (self.tr("As the system"), ThemeChoice.SYSTEM),
                (self.tr("Light"), ThemeChoice.LIGHT),
                (self.tr("Dark"), ThemeChoice.DARK),
            ],
            settings.theme,
            "theme",
            form,
        )
        self.weekday = self._choice(
            self.tr("Weeks begin on"), self._weekdays(), settings.first_weekday, "first_weekday", form
        )
        self.zone = self._zone_field(settings.time_zone)
        form.addRow(self.tr("Time zone"), self.zone)
        self.color_by = self._choice(
            self.tr("Colour of events"),
            [(self.tr("By topic"), ColorBy.TOPIC), (self.tr("By calendar"), ColorBy.CALENDAR)],
            settings.color_by,
            "color_by",
            form,
        )
        folder = QHBoxLayout()
        path = QLabel(str(context.paths.root))
        path.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        path.setWordWrap(True)
        folder.addWidget(path, 1)
        button = QPushButton(self.tr("Open"))
        button.setAccessibleName(self.tr("Open the data folder"))
        button.setAutoDefault(False)
        button.clicked.connect(lambda _checked=False: context.commands.trigger(CommandId.OPEN_DATA_FOLDER))
        folder.addWidget(button)
        form.addRow(self.tr("Data folder"), folder)
        self.add_close_button()
        self.setMinimumWidth(520)

    def _choice(
        self, name: str, choices: list[tuple[str, object]], current: object, field: str, form: QFormLayout
    ) -> QComboBox:
        box = QComboBox()
        box.setAccessibleName(name)
        box.view().setAccessibleName(name)
        for words, value in choices:
            box.addItem(words, value)
        box.setCurrentIndex(next((i for i, (_, value) in enumerate(choices) if value == current), 0))
        box.currentIndexChanged.connect(lambda index: self._context.change_settings(**{field: choices[index][1]}))
        form.addRow(name, box)
        return box

    def _weekdays(self) -> list[tuple[str, object]]:
        locale = QLocale()
        own = locale.dayName(locale.firstDayOfWeek().value)
        system = self.tr("As the system ({day})").replace("{day}", own)
        return [(system, None), *((locale.dayName(day + 1), day) for day in range(7))]

    def _zone_field(self, current: str) -> QComboBox:
        box = QComboBox()
        box.setAccessibleName(self.tr("Time zone"))
        box.view().setAccessibleName(self.tr("Time zone"))
        box.setEditable(True)
        box.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self._system_zone = self.tr("As the system")
        box.addItems([self._system_zone, *zone_names()])
        box.setCurrentText(current or self._system_zone)
        completer = QCompleter(box.model(), box)
        box.setCompleter(completer)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        completer.setCompletionMode(QCompleter.CompletionMode.PopupCompletion)
        line = box.lineEdit()
        if line is not None:
            line.setAccessibleName(self.tr("Time zone"))
            line.editingFinished.connect(self._settle_zone)
        box.currentTextChanged.connect(self._take_zone)
        return box

    def _settle_zone(self) -> None:
        """A city alone is enough; what is no zone gives way to the one that stands."""
        typed = self.zone.currentText().strip().replace(" ", "_").casefold()
        names = [self.zone.itemText(row) for row in range(self.zone.count())]
        found = [name for name in names if name.casefold() == typed or name.casefold().endswith(f"/{typed}")]
        self.zone.setCurrentText(found[0] if found else self._context.settings.time_zone or self._system_zone)

    def _take_zone(self, text: str) -> None:
        if text == self._system_zone:
            self._context.change_settings(time_zone="")
        elif find_zone(text) is not None:
            self._context.change_settings(time_zone=text)
