"""What every part of the window is given: the data, the bus, the lanes, the theme, the settings, and what all views share."""

from __future__ import annotations

import logging
from dataclasses import replace
from datetime import date, datetime, tzinfo
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QLocale, QObject, QTimer

from scplanner.domain.query import EventFilter
from scplanner.domain.temporal import find_zone
from scplanner.settings import Settings, save_settings
from scplanner.ui.bus import Bus
from scplanner.ui.commands import Commands
from scplanner.ui.icons import Icons
from scplanner.ui.messages import Messages
from scplanner.ui.tasks import Tasks
from scplanner.ui.theme import Theme

if TYPE_CHECKING:
    from scplanner.domain.events import OccurrenceKey
    from scplanner.paths import UserPaths
    from scplanner.services.workspace import Workspace

log = logging.getLogger(__name__)
_SAVE_AFTER_MS = 400


class Context(QObject):
    """Handed to every widget as its first argument. Holds no behaviour of its own beyond the shared state.

    `workspace` raises until the data are open; listen to `bus.workspace_opened`, or ask `is_open`.
    """

    def __init__(
        self,
        paths: UserPaths,
        settings: Settings | None = None,
        *,
        today: date | None = None,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.paths = paths
        self.bus = Bus(self)
        self.theme = Theme(self)
        self.icons = Icons(self.theme)
        self.tasks = Tasks(self.bus, self)
        self.messages = Messages(self)
        self.commands = Commands(self.icons, self)
        self._settings = settings or Settings()
        self._workspace: Workspace | None = None
        self._today = today
        self._filter = EventFilter()
        self._selection: OccurrenceKey | None = None
        self._save_timer = QTimer(self, singleShot=True, interval=_SAVE_AFTER_MS)
        self._save_timer.timeout.connect(self.save_settings_now)
        self.theme.set_choice(self._settings.theme)
        self.theme.set_color_by(self._settings.color_by)
        self.tasks.on_unhandled = self.messages.show_error

    @property
    def is_open(self) -> bool:
        """Whether there are data to read."""
        return self._workspace is not None

    @property
    def workspace(self) -> Workspace:
        """The open data. RuntimeError before they are open."""
        if self._workspace is None:
            raise RuntimeError("the workspace is not open yet")
        return self._workspace

    def set_workspace(self, workspace: Workspace | None) -> None:
        """Take the data that were opened, and tell everyone."""
        self._workspace = workspace
        if workspace is not None:
            self.bus.publish_workspace_opened()

    @property
    def settings(self) -> Settings:
        """Taste and window state as they are now."""
        return self._settings

    def change_settings(self, **changes: Any) -> None:
        """Change some settings; they are saved a moment later. Tells the bus when it is a matter of taste."""
        before, self._settings = self._settings, replace(self._settings, **changes)
        if before == self._settings:
            return
        self._save_timer.start()
        if self._workspace is not None:
            self._workspace.settings = self._settings
        taste = ("theme", "first_weekday", "time_zone", "color_by")
        if any(getattr(before, name) != getattr(self._settings, name) for name in taste):
            self.theme.set_choice(self._settings.theme)
            self.theme.set_color_by(self._settings.color_by)
            self.bus.publish_settings_changed()

    def save_settings_now(self) -> None:
        """Write the settings; a folder that cannot be written to is no reason to stop."""
        self._save_timer.stop()
        try:
            save_settings(self._settings, self.paths.settings)
        except OSError as error:
            log.info("the settings could not be saved: %s", error)

    def today(self) -> date:
        """The day it is, or the one the program was told to take for it."""
        if self._workspace is not None:
            day: date = self._workspace.today()
            return day
        return self._today or datetime.now(self.home_zone()).date()

    def home_zone(self) -> tzinfo | None:
        """The zone of the settings; None follows the system."""
        return find_zone(self._settings.time_zone) if self._settings.time_zone else None

    def first_weekday(self) -> int:
        """With which day weeks begin, from Monday 0: the setting, else the locale's."""
        if self._settings.first_weekday is not None:
            return self._settings.first_weekday
        return self.locale().firstDayOfWeek().value - 1

    @staticmethod
    def locale() -> QLocale:
        """The locale dates and numbers are shown by."""
        return QLocale()

    @property
    def event_filter(self) -> EventFilter:
        """The filter all views share."""
        return self._filter

    def set_filter(self, event_filter: EventFilter) -> None:
        """Filter all views by this from now on."""
        if event_filter != self._filter:
            self._filter = event_filter
            self.bus.publish_filter_changed(event_filter)

    @property
    def selection(self) -> OccurrenceKey | None:
        """The occurrence the inspector shows and commands act on."""
        return self._selection

    def select(self, key: OccurrenceKey | None) -> None:
        """Make another occurrence, or none, the selected one."""
        if key != self._selection:
            self._selection = key
            self.bus.publish_selection_changed(key)
