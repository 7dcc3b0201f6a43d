"""The agenda: by keyboard, by mouse, in any length, and what it says when it is empty."""

from datetime import date, timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication
from tests.ui.views.conftest import bar, timed, vague

from scplanner.domain.events import Deadline, DeadlineKind, Decision, OccurrenceKey
from scplanner.domain.query import EventFilter
from scplanner.services.queries import DueRow
from scplanner.ui.commands import CommandId
from scplanner.ui.views.agenda.layout import Column
from scplanner.ui.views.agenda.listing import make_listing

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")  # the offscreen platform, of any window
Key = Qt.Key


def texts(view, column):
    model = view.model
    return [model.data(model.index(row, column)) for row in range(model.rowCount())]


def test_rows_stand_under_their_months(make_agenda, records):
    records += [
        bar(7, date(2023, 11, 7), 3, "World Congress"),
        vague(8, date(2023, 10, 1), date(2023, 10, 31), "October 2023"),
        vague(9, date.max, date.max, ""),
    ]
    view = make_agenda()
    assert texts(view, Column.DATES) == [
        "October 2023", "Mon 9 – Thu 12", "Tue 10 – Thu 12", "Tue 10, 14:00", "Thu 12 – Sat 14", "Wed 18 – Fri 20",
        "Fri 20 Oct – Thu 2 Nov", "October 2023", "November 2023", "Tue 7 – Thu 9", "To be announced", "To be announced",
    ]  # fmt: skip
    assert view.title() == "Agenda"
    assert view.subtitle() == "October 2023 – November 2023 · 9 events"


def test_the_keyboard_walks_over_headings(make_agenda, records, qtbot):
    records.append(bar(7, date(2023, 11, 7), 3, "World Congress"))
    view = make_agenda()
    seen = []
    view.selection_changed.connect(seen.append)
    qtbot.keyClick(view.table, Key.Key_Home)
    for _ in range(6):
        qtbot.keyClick(view.table, Key.Key_Down)
    assert [key.event_id for key in seen] == [1, 2, 3, 4, 5, 6, 7]
    qtbot.keyClick(view.table, Key.Key_Home)
    assert view.selected_keys() == (OccurrenceKey(1),)
    qtbot.keyClick(view.table, Key.Key_End)
    assert view.selected_keys() == (OccurrenceKey(7),)


def test_keys_open_decide_delete_and_copy(make_agenda, qtbot):
    view = make_agenda()
    view.table.select_event(OccurrenceKey(5))
    with qtbot.waitSignal(view.occurrence_activated) as opened:
        qtbot.keyClick(view.table, Key.Key_Return)
    assert opened.args == [OccurrenceKey(5)]
    with qtbot.waitSignal(view.decision_requested) as asked:
        qtbot.keyClick(view.table, Key.Key_C)
    assert asked.args == [(OccurrenceKey(5),), Decision.CONSIDERING]
    with qtbot.waitSignal(view.decision_requested) as asked:
        qtbot.keyClick(view.table, Key.Key_G)
    assert asked.args == [(OccurrenceKey(5),), None]
    with qtbot.waitSignal(view.delete_requested) as asked:
        qtbot.keyClick(view.table, Key.Key_Delete)
    assert asked.args == [(OccurrenceKey(5),)]


def test_several_rows_can_be_selected(make_agenda, qtbot):
    view = make_agenda()
    qtbot.keyClick(view.table, Key.Key_Home)
    qtbot.keyClick(view.table, Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    assert view.selected_keys() == (OccurrenceKey(1), OccurrenceKey(2))


def test_a_letter_decides_all_selected_rows_at_once(make_agenda, qtbot):
    view = make_agenda()
    asked = []
    view.decision_requested.connect(lambda *args: asked.append(args))
    qtbot.keyClick(view.table, Key.Key_Home)
    qtbot.keyClick(view.table, Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    qtbot.keyClick(view.table, Key.Key_W)
    assert asked == [((OccurrenceKey(1), OccurrenceKey(2)), Decision.WATCHING)]


def test_the_columns_are_remembered(make_agenda, fake_context):
    view = make_agenda(width=1500)
    (button,) = view.header_widgets()
    next(action for action in button.menu().actions() if action.text() == "Registration").trigger()
    assert fake_context.settings.agenda_hidden == ("registration",)
    again = make_agenda(width=1500)
    assert again.table.isColumnHidden(Column.REGISTRATION)
    assert not again.table.isColumnHidden(Column.DEADLINE)
    (button,) = again.header_widgets()
    assert [action.text() for action in button.menu().actions() if not action.isChecked()] == ["Registration"]


def test_typing_finds_a_title(make_agenda, qtbot):
    view = make_agenda()
    qtbot.keyClicks(view.table, "sma")
    assert view.selected_keys() == (OccurrenceKey(4),)


def test_a_click_selects_and_a_double_click_opens(make_agenda, qtbot):
    view = make_agenda()
    row = view.model.find_row(OccurrenceKey(2))
    point = view.table.visualRect(view.model.index(row, Column.EVENT)).center()
    with qtbot.waitSignal(view.selection_changed) as selected:
        qtbot.mouseClick(view.table.viewport(), Qt.MouseButton.LeftButton, pos=point)
    assert selected.args == [OccurrenceKey(2)]
    with qtbot.waitSignal(view.occurrence_activated):
        qtbot.mouseDClick(view.table.viewport(), Qt.MouseButton.LeftButton, pos=point)


def test_selection_survives_a_reading(make_agenda, records, fake_context, qtbot):
    view = make_agenda()
    view.table.select_event(OccurrenceKey(5))
    fake_context.select(OccurrenceKey(5))
    records.insert(0, bar(7, date(2023, 9, 7), 3, "Earlier"))
    with qtbot.waitSignal(view.model.renewed), qtbot.assertNotEmitted(view.selection_changed):
        fake_context.bus.publish_filter_changed(EventFilter())
    assert view.selected_keys() == (OccurrenceKey(5),)


def test_narrow_windows_show_fewer_columns(make_agenda):
    view = make_agenda(1300)
    hidden = [column for column in Column if view.table.isColumnHidden(column)]
    assert hidden == []
    for width, expected in ((780, {Column.REGISTRATION}), (520, {Column.REGISTRATION, Column.DEADLINE})):
        view.resize(width, 600)
        hidden = {column for column in Column if view.table.isColumnHidden(column)}
        assert expected <= hidden
        assert not {Column.DATES, Column.EVENT} & hidden
    view.resize(1300, 600)
    view.header_widgets()[0].menu().actions()[0].setChecked(False)
    assert view.table.isColumnHidden(Column.PLACE)


def test_steps_go_from_month_to_month(make_agenda, records):
    records += [bar(10 + month, date(2024, month, 5), 2, f"Month {month}") for month in range(1, 13)]
    view = make_agenda(height=300)
    view.show_range_containing(date(2024, 3, 1))
    assert view.anchor() == date(2024, 3, 5)
    view.step(1)
    assert view.selected_keys() == (OccurrenceKey(14),)
    view.step(-1)
    view.step(-1)
    assert view.selected_keys() == (OccurrenceKey(12),)
    view.go_today()
    assert view.selected_keys() == (OccurrenceKey(1),)


def test_an_empty_agenda_says_what_it_is_for(make_agenda, records, fake_context, qtbot):
    records.clear()
    done = []
    fake_context.commands.on(CommandId.IMPORT, lambda: done.append("import"))
    fake_context.commands.on(CommandId.CLEAR_FILTERS, lambda: done.append("clear"))
    view = make_agenda()
    assert view.empty.isVisible()
    view.empty.button.click()
    fake_context.set_filter(EventFilter(text="nothing"))
    qtbot.waitUntil(lambda: view.empty.button.text() == "Clear the filters")
    view.empty.button.click()
    assert done == ["import", "clear"]
    records.append(bar(1, date(2023, 10, 9)))
    fake_context.set_filter(EventFilter())
    qtbot.waitUntil(lambda: view.table.isVisible())


def test_deadlines_and_registration(make_agenda, qtbot, fake_context):
    view = make_agenda()
    occurrence = view.model.row(view.model.find_row(OccurrenceKey(5)))
    slides = Deadline(DeadlineKind.SLIDES, date(2023, 10, 11))
    due = DueRow(OccurrenceKey(5), "u5", "EURESFO", slides, is_done=False, is_own=True)
    view.model._take(make_listing([occurrence], frozenset(), {5: due}))
    assert texts(view, Column.DEADLINE)[1] == "Slides, 11 Oct"
    assert texts(view, Column.REGISTRATION)[1] == "To do"
    done = DueRow(OccurrenceKey(5), "u5", "EURESFO", slides, is_done=True, is_own=True)
    view.model._take(make_listing([occurrence], frozenset({OccurrenceKey(5)}), {5: done}))
    assert texts(view, Column.DEADLINE)[1] == "Slides, 11 Oct · done"
    spoken = view.model.data(view.model.index(1, Column.EVENT), Qt.ItemDataRole.AccessibleTextRole)
    assert spoken == "EURESFO, 18 to 20 October 2023, Cascais, going, clashes with another event"
    assert not view.table.grab().toImage().isNull()


def test_the_model_keeps_the_rules_of_item_models(make_agenda, records, fake_context, qtbot):
    view = make_agenda()
    tester = QAbstractItemModelTester(view.model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    records.append(timed(7, date(2023, 12, 1), 9))
    with qtbot.waitSignal(view.model.renewed):
        fake_context.bus.publish_filter_changed(EventFilter())
    assert tester.model() is view.model
    assert view.model.rowCount() == 9


def test_a_hundred_thousand_rows(make_agenda, records, qtbot):
    start = date(2000, 1, 1)
    records[:] = [bar(n, start + timedelta(days=n % 9_000), 1 + n % 4, f"Title {n}") for n in range(1, 100_001)]
    view = make_agenda()
    assert view.model.listing.count == 100_000
    view.show_range_containing(date(2023, 10, 10))
    assert view.anchor().year == 2023
    qtbot.keyClick(view.table, Key.Key_End)
    assert view.anchor() == date(2024, 8, 21)
    assert not view.table.grab().isNull()


def test_the_menu_of_selected_events(make_agenda, qtbot):
    view = make_agenda()
    view.table.select_event(OccurrenceKey(1))
    from scplanner.ui.event_menu import event_menu

    menu = event_menu(view._context, view, view.table.selected_events())
    words = [action.text().split("\t")[0] for action in menu.actions() if not action.isSeparator()]
    assert words == ["Open", "Decision", "Copy", "Move to the trash"]
    decisions = next(action.menu() for action in menu.actions() if action.menu() is not None)
    assert [action.text() for action in decisions.actions() if action.isChecked()] == ["Going\tG"]
    with qtbot.waitSignal(view.decision_requested) as asked:
        decisions.actions()[1].trigger()
    assert asked.args == [(OccurrenceKey(1),), Decision.CONSIDERING]
    menu.close()
    QApplication.clipboard().clear()
