"""The month by keyboard and by voice."""

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QAbstractItemModelTester
from tests.ui.views.conftest import bar, timed, vague

from scplanner.domain.events import Decision, OccurrenceKey
from scplanner.domain.temporal import TimeSpan
from scplanner.ui.models.occurrences import Role
from scplanner.ui.views.month.layout import PieceKind

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")  # the offscreen platform, of any window
Key = Qt.Key


def press(qtbot, view, *keys):
    for key in keys:
        qtbot.keyClick(view.grid, key)


def current(view):
    return view.grid.pieces.piece(view.grid.currentIndex())


def test_the_cursor_begins_on_today_in_its_month(make_month):
    view = make_month()
    assert view.title() == "October 2023"
    assert view.subtitle() == "6 events"
    view.go_today()
    assert current(view).day == date(2023, 10, 10)
    assert current(view).kind is PieceKind.DAY


def test_down_walks_through_the_day_and_then_to_the_next_week(make_month, qtbot):
    view = make_month()
    view.go_today()
    seen = []
    for _ in range(4):
        press(qtbot, view, Key.Key_Down)
        piece = current(view)
        seen.append(piece.occurrence.summary if piece.occurrence else piece.day)
    assert seen == [
        "European Week of Regions",
        "Portugal Smart Cities Summit",
        "Call with Trondheim",
        date(2023, 10, 17),
    ]
    press(qtbot, view, Key.Key_Up)
    assert current(view).occurrence.summary == "Call with Trondheim"


def test_left_and_right_go_by_days_and_keep_the_lane(make_month, qtbot):
    view = make_month()
    view.go_today()
    press(qtbot, view, Key.Key_Right)
    assert current(view).day == date(2023, 10, 11)
    press(qtbot, view, Key.Key_Left, Key.Key_Down, Key.Key_Right)
    # From the bar of 9 to 12 October to the day after it.
    assert current(view).day == date(2023, 10, 13)


def test_months_by_page_keys_and_their_ends_by_home_and_end(make_month, qtbot):
    view = make_month()
    view.go_today()
    press(qtbot, view, Key.Key_PageDown)
    assert view.title() == "November 2023"
    assert current(view).day == date(2023, 11, 10)
    press(qtbot, view, Key.Key_PageUp, Key.Key_PageUp)
    assert view.title() == "September 2023"
    press(qtbot, view, Key.Key_Home)
    assert current(view).day == date(2023, 9, 1)
    press(qtbot, view, Key.Key_End)
    assert current(view).day == date(2023, 9, 30)


def test_leaving_the_weeks_by_arrows_shows_the_next_month(make_month, qtbot):
    view = make_month()
    view.go_today()
    press(qtbot, view, Key.Key_End)
    for _ in range(2):
        press(qtbot, view, Key.Key_Down)
    assert view.title() == "November 2023"


def test_enter_opens_an_event_and_creates_on_a_day(make_month, qtbot):
    view = make_month()
    view.go_today()
    with qtbot.waitSignal(view.create_requested) as created:
        press(qtbot, view, Key.Key_Return)
    assert created.args == [TimeSpan(date(2023, 10, 10), date(2023, 10, 11))]
    press(qtbot, view, Key.Key_Down)
    with qtbot.waitSignal(view.occurrence_activated) as opened:
        press(qtbot, view, Key.Key_Return)
    assert opened.args == [OccurrenceKey(1)]


@pytest.mark.parametrize(
    ("key", "decision"),
    [
        (Key.Key_G, None),  # it is Going already: the same again takes it back
        (Key.Key_C, Decision.CONSIDERING),
        (Key.Key_W, Decision.WATCHING),
        (Key.Key_N, Decision.DECLINED),
    ],
)
def test_letters_decide(make_month, qtbot, key, decision):
    view = make_month()
    view.grid.select_event(OccurrenceKey(5))
    with qtbot.waitSignal(view.decision_requested) as asked:
        press(qtbot, view, key)
    assert asked.args == [(OccurrenceKey(5),), decision]


def test_delete_asks_for_it(make_month, qtbot):
    view = make_month()
    view.grid.select_event(OccurrenceKey(5))
    with qtbot.waitSignal(view.delete_requested) as asked:
        press(qtbot, view, Key.Key_Delete)
    assert asked.args == [(OccurrenceKey(5),)]


def test_typing_finds_a_title(make_month, qtbot):
    view = make_month()
    with qtbot.waitSignal(view.selection_changed) as selected:
        qtbot.keyClicks(view.grid, "sma")
    assert selected.args == [OccurrenceKey(4)]
    assert view.selected_keys() == (OccurrenceKey(4),)


def test_a_slash_lets_a_search_begin_with_a_letter_that_decides(make_month, qtbot):
    view = make_month()
    view.grid.select_event(OccurrenceKey(5))
    with qtbot.assertNotEmitted(view.decision_requested):
        qtbot.keyClicks(view.grid, "/cal")
    assert view.selected_keys() == (OccurrenceKey(3),)


def test_control_and_arrows_go_from_event_to_event(make_month, qtbot):
    view = make_month()
    view.grid.select_event(OccurrenceKey(1))
    seen = []
    for _ in range(4):
        qtbot.keyClick(view.grid, Key.Key_Right, Qt.KeyboardModifier.ControlModifier)
        seen.append(current(view).occurrence.key.event_id)
    assert seen == [2, 3, 4, 5]


def test_selection_is_shared_by_key_and_not_told_back(make_month, qtbot, fake_context):
    view = make_month()
    with qtbot.assertNotEmitted(view.selection_changed):
        fake_context.select(OccurrenceKey(5))
    assert view.selected_keys() == (OccurrenceKey(5),)
    assert current(view).occurrence.summary == "EURESFO"


def test_spoken_names(make_month):
    view = make_month()
    pieces = view.grid.pieces
    spoken = [pieces.data(pieces.index(row), Qt.ItemDataRole.AccessibleTextRole) for row in range(pieces.rowCount())]
    assert "Tuesday 10 October, 3 events" in spoken
    assert "Wednesday 25 October, 1 event" in spoken
    assert "Monday 2 October" in spoken
    assert "EURESFO, 18 to 20 October 2023, Cascais, going" in spoken
    assert "Long tour, 20 October to 2 November 2023, Graz, part 2 of 3" in spoken
    assert "Call with Trondheim, 10 October 2023, 14:00" in spoken
    assert all(spoken)


def test_assistive_tools_see_the_pieces(make_month):
    view = make_month()
    interface = QAccessible.queryAccessibleInterface(view.grid)
    assert interface.text(QAccessible.Text.Name) == "Month"
    names = {interface.child(number).text(QAccessible.Text.Name) for number in range(interface.childCount())}
    assert "EURESFO, 18 to 20 October 2023, Cascais, going" in names


def test_the_models_keep_the_rules_of_item_models(make_month, records, qtbot):
    view = make_month()
    testers = [
        QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
        for model in (view.grid.pieces, view.model)
    ]
    view.step(1)
    records.append(bar(7, date(2023, 11, 7), 3, "World Congress"))
    view.refresh_now()
    view.step(-1)
    assert len(testers) == 2
    assert view.model.data(view.model.index(0), Role.RECORD).summary == "European Week of Regions"


def test_every_index_is_found_again_by_its_rectangle(make_month):
    view = make_month()
    pieces = view.grid.pieces
    for row in range(pieces.rowCount()):
        index = pieces.index(row)
        rect = view.grid.visualRect(index)
        assert not rect.isEmpty()
        if pieces.piece(index).kind is not PieceKind.DAY:
            assert view.grid.indexAt(rect.center()) == index
        else:
            assert view.grid.indexAt(rect.bottomRight()) == index


def test_vague_events_stand_in_the_tray_and_on_no_day(make_month, records, qtbot):
    records.append(vague(8, date(2023, 10, 1), date(2023, 10, 31), "October 2023"))
    view = make_month()
    assert view.tray.isVisible()
    (link,) = view.tray.links
    assert "Vague 8" in link.text()
    assert not view.grid.pieces.event_rows(OccurrenceKey(8))
    with qtbot.waitSignal(view.selection_changed) as selected:
        link.click()
    assert selected.args == [OccurrenceKey(8)]
    view.step(1)
    assert not view.tray.isVisible()


def test_an_event_known_only_by_its_year_is_not_said_to_be_in_the_month(make_month, records):
    records.append(vague(8, date(2023, 10, 1), date(2023, 10, 31), "October 2023"))
    records.append(vague(9, date(2023, 1, 1), date(2023, 12, 31), "some day in 2023"))
    view = make_month(1600, 900)
    assert view.tray._label.text() == "No day yet:"
    inside, wide = view.tray.links
    assert "October 2023" not in inside.text()
    assert wide.text().endswith("some day in 2023")


def test_more_vague_events_than_fit_are_in_a_menu(make_month, records):
    first, last = date(2023, 10, 1), date(2023, 10, 31)
    records += [vague(number, first, last, "October 2023") for number in range(20, 50)]
    view = make_month(700, 600)
    shown = len(view.tray.links)
    assert 0 < shown < 30
    assert len(view.tray._more.menu().actions()) == 30 - shown


def test_an_empty_month_is_a_month(make_month, records):
    records.clear()
    view = make_month()
    assert view.grid.pieces.rowCount() == 42
    assert view.subtitle() == ""
    assert not view.tray.isVisible()


def test_ten_thousand_events_in_a_month(make_month, records, qtbot):
    records[:] = [bar(n, date(2023, 10, 1 + n % 28), 1 + n % 4) for n in range(1, 9_001)]
    records += [timed(n, date(2023, 10, 1 + n % 28), n % 24) for n in range(9_001, 10_001)]
    view = make_month()
    assert view.grid.pieces.rowCount() < 500
    hidden = sum(piece.hidden for piece in view.grid.pieces.pieces)
    assert hidden > 9_000
    view.step(1)
    view.step(-1)


def test_a_low_window_counts_everything_beside_the_numbers(make_month):
    view = make_month(500, 220)
    kinds = {piece.kind for piece in view.grid.pieces.pieces}
    assert PieceKind.BAR not in kinds
    assert sum(piece.hidden for piece in view.grid.pieces.pieces if piece.day == date(2023, 10, 10)) == 3


def test_the_first_weekday_follows_the_setting(make_month, fake_context):
    view = make_month()
    assert view.grid.pieces.pieces[0].day.weekday() == 0
    fake_context.change_settings(first_weekday=6)
    assert view.grid.pieces.pieces[0].day.weekday() == 6
    assert view.title() == "October 2023"
