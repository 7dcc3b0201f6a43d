"""The table of commands: complete, without two meanings for one key."""

from __future__ import annotations

from collections import Counter

from PySide6.QtGui import QKeySequence

from scplanner.paths import resources_dir
from scplanner.ui.commands import COMMANDS, CommandId, Menu
from scplanner.ui.context import Context
from scplanner.ui.view_registry import VIEWS
from scplanner.ui.widgets.menus import build_menu


def test_no_key_has_two_meanings() -> None:
    keys = Counter(QKeySequence(key).toString() for command in COMMANDS for key in command.keys)
    assert [key for key, count in keys.items() if count > 1] == []
    assert "" not in keys
    assert "F10" not in keys, "F10 opens the menu"


def test_every_command_has_one_line() -> None:
    assert Counter(command.id for command in COMMANDS) == Counter(CommandId)


def test_every_icon_is_there() -> None:
    icons = {command.icon for command in COMMANDS if command.icon} | {entry.icon for entry in VIEWS.values()}
    assert [name for name in icons if not (resources_dir() / "icons" / f"{name}.svg").is_file()] == []


def test_every_view_has_its_command() -> None:
    assert all(entry.command.value == f"view-{key}" for key, entry in VIEWS.items())


def test_a_command_nobody_does_is_off(context: Context) -> None:
    action = context.commands.action(CommandId.IMPORT)
    assert not action.isEnabled()
    done = []
    context.commands.on(CommandId.IMPORT, lambda: done.append(1))
    context.commands.trigger(CommandId.IMPORT)
    assert action.isEnabled()
    assert done == [1]


def test_tooltips_name_the_key(context: Context) -> None:
    context.commands.set_text(CommandId.UNDO, "Undo import of smart-city-events.ics")
    assert context.commands.action(CommandId.UNDO).toolTip() == "Undo import of smart-city-events.ics (Ctrl+Z)"


def test_menus_hold_every_command(context: Context, qtbot: object) -> None:
    from PySide6.QtWidgets import QWidget

    owner = QWidget()
    menu = build_menu(context, owner)
    names = [a.objectName() for top in menu.actions() for a in top.menu().actions() if not a.isSeparator()]
    assert Counter(names) == Counter(command.value for command in CommandId)
    assert len(menu.actions()) == len(Menu)
