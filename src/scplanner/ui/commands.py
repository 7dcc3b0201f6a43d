"""Everything the window can be told to do: one table that menus, tooltips, the palette and the shortcut page read.

To add a command: a member of CommandId, a line in COMMANDS, and a `commands.on(CommandId.…, function)` in the controller
that does it (ui/actions).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication, QObject, QTimer
from PySide6.QtGui import QAction, QKeySequence

from scplanner.ui.icons import Icons
from scplanner.ui.theme import Token


class Menu(StrEnum):
    """The menus, in their order."""

    FILE = "file"
    EDIT = "edit"
    EVENT = "event"
    VIEW = "view"
    HELP = "help"


MENU_TITLES = {
    Menu.FILE: QT_TRANSLATE_NOOP("Commands", "&File"),
    Menu.EDIT: QT_TRANSLATE_NOOP("Commands", "&Edit"),
    Menu.EVENT: QT_TRANSLATE_NOOP("Commands", "E&vent"),
    Menu.VIEW: QT_TRANSLATE_NOOP("Commands", "&View"),
    Menu.HELP: QT_TRANSLATE_NOOP("Commands", "&Help"),
}


class CommandId(StrEnum):
    """The name of a command, stable for tests and settings."""

    NEW_EVENT = "new-event"
    IMPORT = "import"
    EXPORT = "export"
    BACKUPS = "backups"
    SETTINGS = "settings"
    QUIT = "quit"
    UNDO = "undo"
    REDO = "redo"
    HISTORY = "history"
    TRASH = "trash"
    SEARCH = "search"
    NEW_CALENDAR = "new-calendar"
    OPEN_EVENT = "open-event"
    GOING = "going"
    CONSIDERING = "considering"
    WATCHING = "watching"
    DECLINED = "declined"
    UNDECIDED = "undecided"
    DELETE_EVENT = "delete-event"
    EXPORT_EVENT = "export-event"
    VIEW_MONTH = "view-month"
    VIEW_AGENDA = "view-agenda"
    BACK = "back"
    TODAY = "today"
    FORWARD = "forward"
    GO_TO_DAY = "go-to-day"
    CLEAR_FILTERS = "clear-filters"
    SHOW_DECLINED = "show-declined"
    TOGGLE_RAIL = "toggle-rail"
    CLOSE_INSPECTOR = "close-inspector"
    CLASHES = "clashes"
    DEADLINES = "deadlines"
    SHORTCUTS = "shortcuts"
    OPEN_DATA_FOLDER = "open-data-folder"
    ABOUT = "about"


@dataclass(frozen=True, slots=True)
class Command:
    """One line of the table. `keys` as QKeySequence reads them ("Ctrl" is Command on macOS)."""

    id: CommandId
    title: str
    menu: Menu
    keys: tuple[str, ...] = ()
    icon: str = ""
    is_checkable: bool = False
    starts_group: bool = False
    is_in_palette: bool = True


def _c(
    command: CommandId,
    title: object,
    menu: Menu,
    *keys: str,
    icon: str = "",
    check: bool = False,
    group: bool = False,
    palette: bool = True,
) -> Command:
    return Command(command, str(title), menu, keys, icon, check, group, palette)


_ID = CommandId
COMMANDS: tuple[Command, ...] = (
    _c(_ID.NEW_EVENT, QT_TRANSLATE_NOOP("Commands", "New event"), Menu.FILE, "Ctrl+N", icon="plus"),
    _c(_ID.NEW_CALENDAR, QT_TRANSLATE_NOOP("Commands", "New calendar…"), Menu.FILE, icon="calendar-plus"),
    _c(_ID.IMPORT, QT_TRANSLATE_NOOP("Commands", "Import…"), Menu.FILE, "Ctrl+O", icon="download", group=True),
    _c(_ID.EXPORT, QT_TRANSLATE_NOOP("Commands", "Export…"), Menu.FILE, "Ctrl+E", icon="upload"),
    _c(_ID.BACKUPS, QT_TRANSLATE_NOOP("Commands", "Backups…"), Menu.FILE, icon="database", group=True),
    _c(_ID.OPEN_DATA_FOLDER, QT_TRANSLATE_NOOP("Commands", "Open the data folder"), Menu.FILE, icon="folder-open"),
    _c(_ID.SETTINGS, QT_TRANSLATE_NOOP("Commands", "Settings…"), Menu.FILE, "Ctrl+,", icon="settings", group=True),
    _c(_ID.QUIT, QT_TRANSLATE_NOOP("Commands", "Quit"), Menu.FILE, "Ctrl+Q", icon="door-exit", group=True),
    _c(_ID.UNDO, QT_TRANSLATE_NOOP("Commands", "Undo"), Menu.EDIT, "Ctrl+Z", icon="arrow-back-up"),
    _c(_ID.REDO, QT_TRANSLATE_NOOP("Commands", "Redo"), Menu.EDIT, "Ctrl+Shift+Z", "Ctrl+Y", icon="arrow-forward-up"),
    _c(_ID.HISTORY, QT_TRANSLATE_NOOP("Commands", "History…"), Menu.EDIT, "Ctrl+H", icon="history", group=True),
    _c(_ID.TRASH, QT_TRANSLATE_NOOP("Commands", "Trash…"), Menu.EDIT, icon="trash"),
    _c(_ID.SEARCH, QT_TRANSLATE_NOOP("Commands", "Search and commands"), Menu.EDIT, "Ctrl+K", "Ctrl+F", icon="search", group=True,
       palette=False),
    _c(_ID.OPEN_EVENT, QT_TRANSLATE_NOOP("Commands", "Open in the inspector"), Menu.EVENT, "Ctrl+Return", icon="pencil"),
    _c(_ID.GOING, QT_TRANSLATE_NOOP("Commands", "Going"), Menu.EVENT, "Ctrl+1", icon="circle-check", group=True),
    _c(_ID.CONSIDERING, QT_TRANSLATE_NOOP("Commands", "Considering"), Menu.EVENT, "Ctrl+2", icon="help"),
    _c(_ID.WATCHING, QT_TRANSLATE_NOOP("Commands", "Watching"), Menu.EVENT, "Ctrl+3", icon="eye"),
    _c(_ID.DECLINED, QT_TRANSLATE_NOOP("Commands", "Not going"), Menu.EVENT, "Ctrl+4", icon="circle-x"),
    _c(_ID.UNDECIDED, QT_TRANSLATE_NOOP("Commands", "No decision"), Menu.EVENT, "Ctrl+0"),
    _c(_ID.EXPORT_EVENT, QT_TRANSLATE_NOOP("Commands", "Export the selected event…"), Menu.EVENT, "Ctrl+Shift+E", icon="file-export",
       group=True),
    _c(_ID.DELETE_EVENT, QT_TRANSLATE_NOOP("Commands", "Move to the trash"), Menu.EVENT, "Ctrl+Backspace", icon="trash"),
    _c(_ID.VIEW_MONTH, QT_TRANSLATE_NOOP("Commands", "Month"), Menu.VIEW, "Alt+1", icon="calendar-month"),
    _c(_ID.VIEW_AGENDA, QT_TRANSLATE_NOOP("Commands", "Agenda"), Menu.VIEW, "Alt+2", icon="list-details"),
    _c(_ID.BACK, QT_TRANSLATE_NOOP("Commands", "Back"), Menu.VIEW, "Alt+Left", icon="chevron-left", group=True),
    _c(_ID.FORWARD, QT_TRANSLATE_NOOP("Commands", "Forward"), Menu.VIEW, "Alt+Right", icon="chevron-right"),
    _c(_ID.TODAY, QT_TRANSLATE_NOOP("Commands", "Today"), Menu.VIEW, "Ctrl+T", icon="focus-2"),
    _c(_ID.GO_TO_DAY, QT_TRANSLATE_NOOP("Commands", "Go to a day…"), Menu.VIEW, "Ctrl+G", icon="calendar-event"),
    _c(_ID.CLASHES, QT_TRANSLATE_NOOP("Commands", "Clashes"), Menu.VIEW, "Ctrl+Shift+C", icon="alert-triangle", group=True),
    _c(_ID.DEADLINES, QT_TRANSLATE_NOOP("Commands", "Deadlines"), Menu.VIEW, "Ctrl+Shift+D", icon="calendar-due"),
    _c(_ID.SHOW_DECLINED, QT_TRANSLATE_NOOP("Commands", "Show declined events"), Menu.VIEW, icon="eye-off", check=True, group=True),
    _c(_ID.CLEAR_FILTERS, QT_TRANSLATE_NOOP("Commands", "Clear the filters"), Menu.VIEW, "Ctrl+Shift+X", icon="filter"),
    _c(_ID.TOGGLE_RAIL, QT_TRANSLATE_NOOP("Commands", "Narrow or widen the rail"), Menu.VIEW, "Ctrl+B",
       icon="layout-sidebar-left-collapse", group=True),
    _c(_ID.CLOSE_INSPECTOR, QT_TRANSLATE_NOOP("Commands", "Close the inspector"), Menu.VIEW, "Ctrl+W", icon="x"),
    _c(_ID.SHORTCUTS, QT_TRANSLATE_NOOP("Commands", "Keyboard shortcuts"), Menu.HELP, "F1", icon="keyboard"),
    _c(_ID.ABOUT, QT_TRANSLATE_NOOP("Commands", "About Smart City Planner"), Menu.HELP, icon="info-circle", group=True),
)  # fmt: skip

_ICONS_AFTER_MS = 800
_LINES = {command.id: command for command in COMMANDS}

# Keys the views and the inspector answer to themselves: listed on the shortcut page, no commands of their own.
VIEW_KEYS: tuple[tuple[object, object], ...] = (
    (QT_TRANSLATE_NOOP("Commands", "Arrow keys"), QT_TRANSLATE_NOOP("Commands", "Move between days and events")),
    (QT_TRANSLATE_NOOP("Commands", "Page Up, Page Down"), QT_TRANSLATE_NOOP("Commands", "Previous or next month")),
    (
        QT_TRANSLATE_NOOP("Commands", "Enter"),
        QT_TRANSLATE_NOOP("Commands", "Open the event, or a new event on the day"),
    ),
    (QT_TRANSLATE_NOOP("Commands", "Home, End"), QT_TRANSLATE_NOOP("Commands", "First or last day of the month")),
    (
        QT_TRANSLATE_NOOP("Commands", "Ctrl+Left, Ctrl+Right"),
        QT_TRANSLATE_NOOP("Commands", "Previous or next event of the month"),
    ),
    (
        QT_TRANSLATE_NOOP("Commands", "G, C, W, N"),
        QT_TRANSLATE_NOOP("Commands", "Going, considering, watching, not going; again takes it back"),
    ),
    (
        QT_TRANSLATE_NOOP("Commands", "Letters"),
        QT_TRANSLATE_NOOP("Commands", "Find a title by its beginning; / first for one that begins with G, C, W or N"),
    ),
    (QT_TRANSLATE_NOOP("Commands", "Delete"), QT_TRANSLATE_NOOP("Commands", "Move the event to the trash")),
    (
        QT_TRANSLATE_NOOP("Commands", "Escape"),
        QT_TRANSLATE_NOOP("Commands", "Close the inspector, the search or the message"),
    ),
)


class Commands(QObject):
    """The commands as QActions. Controllers say what each does by `on`; what nobody does is switched off."""

    def __init__(self, icons: Icons, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._actions: dict[CommandId, QAction] = {}
        self._words: dict[CommandId, str] = {}
        for command in COMMANDS:
            words = QCoreApplication.translate("Commands", command.title)
            self._words[command.id] = words
            action = QAction(words, self)
            action.setObjectName(command.id.value)
            action.setShortcuts([QKeySequence(key) for key in command.keys])
            action.setCheckable(command.is_checkable)
            action.setEnabled(False)
            if command.id is CommandId.QUIT:
                action.setMenuRole(QAction.MenuRole.QuitRole)
            elif command.id is CommandId.ABOUT:
                action.setMenuRole(QAction.MenuRole.AboutRole)
            elif command.id is CommandId.SETTINGS:
                action.setMenuRole(QAction.MenuRole.PreferencesRole)
            else:
                action.setMenuRole(QAction.MenuRole.NoRole)
            self._actions[command.id] = action
            self._set_tooltip(command.id)
        # Seen in menus only: the window does not wait for them.
        QTimer.singleShot(_ICONS_AFTER_MS, self, lambda: self._draw_icons(icons))

    def action(self, command: CommandId) -> QAction:
        """The QAction of a command, for menus and buttons."""
        return self._actions[command]

    def on(self, command: CommandId, run: Callable[[], object]) -> None:
        """Say what a command does; it is switched on from then on."""
        action = self._actions[command]
        action.triggered.connect(lambda _checked=False: run())
        action.setEnabled(True)

    def words(self, command: CommandId) -> str:
        """What a command is called at present, plainly (a QAction's text doubles every &)."""
        return self._words[command]

    def set_enabled(self, command: CommandId, is_enabled: bool) -> None:
        """Switch a command on or off."""
        self._actions[command].setEnabled(is_enabled)

    def set_text(self, command: CommandId, text: str) -> None:
        """Give a command other words ("Undo import of events.ics")."""
        self._words[command] = text
        self._actions[command].setText(text.replace("&", "&&"))
        self._set_tooltip(command)

    def trigger(self, command: CommandId) -> None:
        """Do it, if it may be done now."""
        self._actions[command].trigger()

    def of_menu(self, menu: Menu) -> Iterator[tuple[Command, QAction]]:
        """The commands of a menu, in order."""
        return ((c, self._actions[c.id]) for c in COMMANDS if c.menu is menu)

    def _draw_icons(self, icons: Icons) -> None:
        for command in COMMANDS:
            if command.icon:
                icons.bind(self._actions[command.id], command.icon, Token.MUTED_STRONG)

    @staticmethod
    def line(command: CommandId) -> Command:
        """The line of the table."""
        return _LINES[command]

    def for_palette(self) -> Iterator[tuple[Command, QAction]]:
        """The commands the palette offers: those that may be done now."""
        return ((c, self._actions[c.id]) for c in COMMANDS if c.is_in_palette and self._actions[c.id].isEnabled())

    def _set_tooltip(self, command: CommandId) -> None:
        action = self._actions[command]
        words = self._words[command].removesuffix("…")
        keys = action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
        action.setToolTip(f"{words} ({keys})" if keys else words)
