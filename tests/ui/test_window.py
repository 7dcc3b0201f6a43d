"""The window on a real data folder: opens, shows, remembers, and every control has a name."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QApplication, QToolButton, QWidget
from pytestqt.qtbot import QtBot

from scplanner.domain.events import Decision, OccurrenceKey
from scplanner.paths import UserPaths
from scplanner.services import events, queries
from scplanner.services.opening import open_workspace
from scplanner.ui.application import Planner
from scplanner.ui.commands import CommandId
from scplanner.ui.messages import Tone

TODAY = date(2023, 10, 10)
NAMED = (QAccessible.Role.Button, QAccessible.Role.EditableText, QAccessible.Role.CheckBox, QAccessible.Role.ComboBox,
         QAccessible.Role.RadioButton, QAccessible.Role.ButtonMenu, QAccessible.Role.Table, QAccessible.Role.List)  # fmt: skip

ICS = b"""BEGIN:VCALENDAR\r
VERSION:2.0\r
BEGIN:VEVENT\r
UID:one@example\r
DTSTART;VALUE=DATE:20231017\r
SUMMARY:Steering group\r
END:VEVENT\r
END:VCALENDAR\r
"""


def started(paths: UserPaths, qtbot: QtBot, *, files: tuple[Path, ...] = ()) -> Planner:
    planner = Planner(paths, today=TODAY, files=files)
    qtbot.addWidget(planner.window)
    planner.window.resize(1440, 900)
    planner.window.show()
    return planner


def wait_open(planner: Planner, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: planner.facts.facts is not None and not planner.context.tasks.is_busy, timeout=20_000)


def find(planner: Planner, text: str) -> OccurrenceKey:
    return queries.search(planner.context.workspace, text)[0].key


@pytest.fixture
def planner(user_paths: UserPaths, qtbot: QtBot) -> Iterator[Planner]:
    planner = started(user_paths, qtbot)
    wait_open(planner, qtbot)
    yield planner
    planner.window.close()
    planner.close()


def nameless(widget: QWidget) -> list[str]:
    found: list[str] = []

    def walk(interface: object, path: str) -> None:
        for number in range(interface.childCount()):  # type: ignore[attr-defined]
            child = interface.child(number)  # type: ignore[attr-defined]
            if child is None or not child.isValid():
                continue
            owner = child.object()
            name = child.text(QAccessible.Text.Name)
            where = f"{path}/{type(owner).__name__}"
            if child.role() in NAMED and not name and not (isinstance(owner, QWidget) and owner.isHidden()):
                found.append(where)
            walk(child, where)

    walk(QAccessible.queryAccessibleInterface(widget), type(widget).__name__)
    return found


def test_first_start_opens_on_the_season(planner: Planner) -> None:
    assert planner.window.views.key == "month"
    assert planner.window.views.anchor().year == 2023
    assert planner.context.messages.current is not None
    assert "season" in planner.context.messages.current.text
    assert planner.facts.facts.counts.events > 100


def test_every_control_has_a_name(planner: Planner, qtbot: QtBot) -> None:
    planner.window.views.show_event(find(planner, "EURESFO 2023"))
    qtbot.wait(50)
    assert nameless(planner.window) == []


def test_everything_but_text_takes_the_keyboard(planner: Planner) -> None:
    window = planner.window
    buttons = [
        b for b in window.findChildren(QToolButton) if b.isVisible() and b.focusPolicy() == Qt.FocusPolicy.NoFocus
    ]
    assert [b.accessibleName() for b in buttons] == []


def test_search_finds_and_opens(planner: Planner, qtbot: QtBot) -> None:
    window = planner.window
    planner.context.commands.trigger(CommandId.SEARCH)
    field = window.top_bar.search
    qtbot.keyClicks(field, "euresfo 2023")
    window.search_popup.refresh()
    assert "EURESFO" in window.search_popup.entries[0].title
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert planner.context.selection == find(planner, "euresfo 2023")
    assert window.inspector.is_open
    assert not window.search_popup.isVisible()
    qtbot.keyClick(window, Qt.Key.Key_Escape)
    planner.context.messages.dismiss()
    qtbot.keyClick(window, Qt.Key.Key_Escape)
    assert not window.inspector.is_open


def test_the_palette_lists_commands(planner: Planner, qtbot: QtBot) -> None:
    field = planner.window.top_bar.search
    field.setText("trash")
    planner.window.search_popup.refresh()
    titles = [entry.title for entry in planner.window.search_popup.entries]
    assert "Trash…" in titles


def test_deciding_shows_everywhere_and_is_undone_by_name(planner: Planner, qtbot: QtBot) -> None:
    key = find(planner, "EURESFO 2023")
    planner.context.select(key)
    planner.context.commands.trigger(CommandId.GOING)
    undo = planner.context.commands.action(CommandId.UNDO)
    qtbot.waitUntil(lambda: undo.isEnabled())
    assert "EURESFO" in undo.text()
    qtbot.waitUntil(lambda: planner.facts.facts.counts.in_plan == 1)
    undo.trigger()
    qtbot.waitUntil(lambda: planner.facts.facts.counts.in_plan == 0)
    assert queries.details(planner.context.workspace, key).layer.decision is None


def test_new_event_opens_with_its_title(planner: Planner, qtbot: QtBot) -> None:
    planner.context.commands.trigger(CommandId.NEW_EVENT)
    qtbot.waitUntil(lambda: planner.context.selection is not None)
    assert planner.window.inspector.is_open
    key = planner.context.selection
    planner.context.commands.trigger(CommandId.DELETE_EVENT)
    qtbot.waitUntil(lambda: bool(queries.trash(planner.context.workspace)))
    assert queries.trash(planner.context.workspace)[0].event.id == key.event_id
    qtbot.waitUntil(lambda: planner.context.messages.current.action is not None)
    planner.context.messages.current.action.run()
    qtbot.waitUntil(lambda: not queries.trash(planner.context.workspace))


def test_what_went_to_the_trash_is_told_once(planner: Planner, qtbot: QtBot) -> None:
    keys = (find(planner, "EURESFO 2023"), find(planner, "Portugal Smart Cities Summit 2023"))
    planner.events.delete(keys)
    qtbot.waitUntil(lambda: len(queries.trash(planner.context.workspace)) == 2)
    qtbot.waitUntil(lambda: planner.context.messages.current.text == "2 events moved to the trash")
    planner.context.commands.trigger(CommandId.UNDO)
    qtbot.waitUntil(lambda: not queries.trash(planner.context.workspace))
    planner.events.delete(keys[:1])
    qtbot.waitUntil(lambda: planner.context.messages.current.text.startswith("Moved to the trash: E"))
    assert "EURESFO" in planner.context.messages.current.text


def test_import_is_told_and_undone(planner: Planner, qtbot: QtBot, tmp_path: Path) -> None:
    file = tmp_path / "events.ics"
    file.write_bytes(ICS)
    planner.window.open_files([file])
    qtbot.waitUntil(lambda: planner.context.messages.current.text.startswith("events.ics"), timeout=10_000)
    assert planner.context.messages.current.text == "events.ics: 1 new."
    planner.context.messages.current.action.run()
    qtbot.waitUntil(lambda: not queries.find_events(planner.context.workspace, "one@example"))


def test_what_another_program_writes_is_shown(planner: Planner, qtbot: QtBot, user_paths: UserPaths) -> None:
    other = open_workspace(user_paths, today=TODAY)
    events.decide(other, [find(planner, "EURESFO 2023")], Decision.GOING)
    other.close()
    qtbot.waitUntil(lambda: planner.facts.facts.counts.in_plan == 1, timeout=10_000)


def test_calendars_are_hidden_by_a_click(planner: Planner, qtbot: QtBot) -> None:
    first = queries.calendars(planner.context.workspace)[0]
    planner.window.rail.visibility_requested.emit(first.id, False)
    qtbot.waitUntil(lambda: not queries.calendars(planner.context.workspace)[0].is_visible)
    qtbot.waitUntil(lambda: not planner.facts.facts.calendars[0].is_visible)


def test_the_rail_narrows_with_the_window(planner: Planner, qtbot: QtBot) -> None:
    planner.window.resize(1100, 700)
    qtbot.waitUntil(lambda: planner.window.rail.is_narrow)
    planner.context.commands.trigger(CommandId.TOGGLE_RAIL)
    assert not planner.window.rail.is_narrow
    planner.window.resize(1440, 900)
    qtbot.waitUntil(lambda: planner.window.width() == 1440)
    assert not planner.window.rail.is_narrow


def test_view_range_and_filter_come_back(user_paths: UserPaths, qtbot: QtBot) -> None:
    first = started(user_paths, qtbot)
    wait_open(first, qtbot)
    first.window.views.show_day(date(2024, 6, 5))
    from dataclasses import replace

    wanted = replace(
        first.context.event_filter, countries=frozenset({"NL"}), decisions=frozenset({None, Decision.GOING})
    )
    first.context.set_filter(wanted)
    first.window.close()
    first.close()
    second = started(user_paths, qtbot)
    wait_open(second, qtbot)
    assert (second.window.views.anchor().year, second.window.views.anchor().month) == (2024, 6)
    assert second.context.event_filter == wanted
    second.window.close()
    second.close()


def test_a_damaged_database_offers_the_backup(user_paths: UserPaths, qtbot: QtBot) -> None:
    from scplanner.services import backups

    workspace = open_workspace(user_paths, today=TODAY)
    key = queries.search(workspace, "EURESFO 2023")[0].key
    events.decide(workspace, [key], Decision.GOING)
    backups.make_daily(workspace)
    workspace.close()
    user_paths.database.write_bytes(b"this is no database" * 1000)
    planner = started(user_paths, qtbot)
    qtbot.waitUntil(lambda: planner.context.messages.current is not None, timeout=20_000)
    message = planner.context.messages.current
    assert message.tone is Tone.BAD
    assert message.action.label == "Restore it"
    message.action.run()
    wait_open(planner, qtbot)
    assert planner.facts.facts.counts.in_plan == 1
    assert list(user_paths.root.glob("damaged-*.db"))
    planner.window.close()
    planner.close()


def test_a_newer_database_is_refused(user_paths: UserPaths, qtbot: QtBot) -> None:
    open_workspace(user_paths, today=TODAY).close()
    with sqlite3.connect(user_paths.database) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    connection.close()
    planner = started(user_paths, qtbot)
    qtbot.waitUntil(lambda: planner.context.messages.current is not None, timeout=20_000)
    assert "newer version" in planner.context.messages.current.text
    assert planner.context.messages.current.action.label == "Quit"
    planner.window.close()
    planner.close()


def test_the_frame_is_painted_before_the_data_are_asked_for(user_paths: UserPaths, qtbot: QtBot) -> None:
    planner = Planner(user_paths, today=TODAY)
    qtbot.addWidget(planner.window)
    asked: list[bool] = []
    planner.window.first_painted.disconnect(planner.opener.open)
    planner.window.first_painted.connect(lambda: asked.append(planner.window.isVisible()))
    assert not asked
    planner.window.show()
    qtbot.waitUntil(lambda: bool(asked))
    assert not planner.context.is_open
    planner.window.close()
    planner.close()


def test_closing_while_opening(user_paths: UserPaths, qtbot: QtBot) -> None:
    planner = started(user_paths, qtbot)
    qtbot.waitUntil(lambda: planner.context.tasks.is_busy)
    planner.window.close()
    planner.close()
    QApplication.processEvents()
    assert not planner.context.tasks.is_busy or not planner.context.is_open
