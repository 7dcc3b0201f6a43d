"""The month by mouse: selecting, dragging, creating, the day's list, the wheel, what is painted."""

from datetime import date, timedelta

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QMouseEvent, QWheelEvent
from PySide6.QtWidgets import QApplication
from tests.ui.views.conftest import bar

from scplanner.domain.events import Decision, OccurrenceKey
from scplanner.domain.temporal import TimeSpan
from scplanner.settings import ThemeChoice
from scplanner.ui.views.month import painting
from scplanner.ui.views.month.layout import PieceKind

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")  # the offscreen platform, of any window
LEFT = Qt.MouseButton.LeftButton


def rect_of(view, key, part=0):
    row = view.grid.pieces.event_rows(OccurrenceKey(key))[part]
    return view.grid.visualRect(view.grid.pieces.index(row))


def rect_of_day(view, day):
    return view.grid.visualRect(view.grid.pieces.index(view.grid.pieces.day_row(day)))


def free_spot(view, day):
    return rect_of_day(view, day).bottomRight() - QPoint(8, 8)


def send(view, kind, point, button=LEFT, buttons=LEFT):
    viewport = view.grid.viewport()
    event = QMouseEvent(
        kind, QPointF(point), QPointF(viewport.mapToGlobal(point)), button, buttons, Qt.KeyboardModifier.NoModifier
    )
    QApplication.sendEvent(viewport, event)


def drag(view, start, *points):
    send(view, QEvent.Type.MouseButtonPress, start)
    for point in points:
        send(view, QEvent.Type.MouseMove, point, Qt.MouseButton.NoButton)
    send(view, QEvent.Type.MouseButtonRelease, points[-1], LEFT, Qt.MouseButton.NoButton)


def test_a_click_selects_an_event_and_a_day_selects_none(make_month, qtbot):
    view = make_month()
    with qtbot.waitSignal(view.selection_changed) as selected:
        qtbot.mouseClick(view.grid.viewport(), LEFT, pos=rect_of(view, 5).center())
    assert selected.args == [OccurrenceKey(5)]
    assert view.grid.selectionModel().selectedIndexes()
    with qtbot.waitSignal(view.selection_changed) as selected:
        qtbot.mouseClick(view.grid.viewport(), LEFT, pos=free_spot(view, date(2023, 10, 3)))
    assert selected.args == [None]
    assert view.grid.cursor_day == date(2023, 10, 3)


def test_a_double_click_opens_an_event_and_creates_on_a_day(make_month, qtbot):
    view = make_month()
    with qtbot.waitSignal(view.occurrence_activated) as opened:
        qtbot.mouseDClick(view.grid.viewport(), LEFT, pos=rect_of(view, 5).center())
    assert opened.args == [OccurrenceKey(5)]
    with qtbot.waitSignal(view.create_requested) as created:
        qtbot.mouseDClick(view.grid.viewport(), LEFT, pos=free_spot(view, date(2023, 10, 3)))
    assert created.args == [TimeSpan(date(2023, 10, 3), date(2023, 10, 4))]


def test_a_drag_moves_an_event_by_whole_days(make_month, qtbot):
    view = make_month()
    width = rect_of_day(view, date(2023, 10, 18)).width()
    start = rect_of(view, 5).center()
    with qtbot.waitSignal(view.move_requested) as moved:
        drag(view, start, start + QPoint(width // 2, 0), start - QPoint(width, 0))
    assert moved.args == [OccurrenceKey(5), TimeSpan(date(2023, 10, 17), date(2023, 10, 20))]


def test_a_drag_keeps_the_hours_of_a_timed_event(make_month, qtbot, records):
    view = make_month()
    start = rect_of(view, 3).center()
    down = rect_of_day(view, date(2023, 10, 10)).height()
    with qtbot.waitSignal(view.move_requested) as moved:
        drag(view, start, start + QPoint(0, down // 2), start + QPoint(0, down))
    before = next(each for each in records if each.key == OccurrenceKey(3)).span
    assert moved.args == [OccurrenceKey(3), before.moved(7)]


def test_a_drag_of_an_edge_changes_the_length(make_month, qtbot):
    view = make_month()
    rect = rect_of(view, 5)
    width = rect_of_day(view, date(2023, 10, 18)).width()
    right = QPoint(rect.right() - 2, rect.center().y())
    with qtbot.waitSignal(view.move_requested) as moved:
        drag(view, right, right + QPoint(width // 2, 0), right + QPoint(width, 0))
    assert moved.args == [OccurrenceKey(5), TimeSpan(date(2023, 10, 18), date(2023, 10, 22))]
    left = QPoint(rect.left() + 2, rect.center().y())
    with qtbot.waitSignal(view.move_requested) as moved:
        drag(view, left, left + QPoint(width // 2, 0), left + QPoint(width * 2, 0))
    assert moved.args == [OccurrenceKey(5), TimeSpan(date(2023, 10, 20), date(2023, 10, 21))]


@pytest.mark.parametrize(("edge", "weeks"), [(-1, -1), (1, 1)])
def test_a_drag_held_at_an_edge_goes_on_into_the_weeks_beyond(make_month, qtbot, edge, weeks):
    view = make_month()
    first = view.weeks.first
    start = rect_of(view, 5).center()
    height = view.grid.viewport().height()
    send(view, QEvent.Type.MouseButtonPress, start)
    send(view, QEvent.Type.MouseMove, QPoint(start.x(), -3 if edge < 0 else height + 3), Qt.MouseButton.NoButton)
    held = QPoint(start.x(), -30 if edge < 0 else height + 30)
    send(view, QEvent.Type.MouseMove, held, Qt.MouseButton.NoButton)
    qtbot.waitUntil(lambda: (view.weeks.first - first).days * edge >= 14)
    with qtbot.waitSignal(view.move_requested) as moved:
        send(view, QEvent.Type.MouseButtonRelease, held, LEFT, Qt.MouseButton.NoButton)
    row = 0 if edge < 0 else view._rows - 1
    day = view.grid._by_week[row][0].day + timedelta(days=2)
    assert moved.args[1].start == day
    assert moved.args[1].start.weekday() == 2
    assert not view.grid._edge_timer.isActive()
    stopped = view.weeks.first
    qtbot.wait(400)
    assert abs((view.weeks.first - stopped).days) <= 7


def test_a_drag_that_comes_back_from_the_edge_stops_scrolling(make_month, qtbot):
    view = make_month()
    start = rect_of(view, 5).center()
    send(view, QEvent.Type.MouseButtonPress, start)
    send(view, QEvent.Type.MouseMove, QPoint(start.x(), -30), Qt.MouseButton.NoButton)
    assert view.grid._edge_timer.isActive()
    send(view, QEvent.Type.MouseMove, start + QPoint(0, 20), Qt.MouseButton.NoButton)
    assert not view.grid._edge_timer.isActive()
    send(view, QEvent.Type.MouseMove, QPoint(start.x(), -30), Qt.MouseButton.NoButton)
    qtbot.keyClick(view.grid, Qt.Key.Key_Escape)
    assert not view.grid._edge_timer.isActive()


def test_a_drag_over_free_days_creates(make_month, qtbot):
    view = make_month()
    with qtbot.waitSignal(view.create_requested) as created:
        drag(view, free_spot(view, date(2023, 10, 5)), free_spot(view, date(2023, 10, 4)),
             free_spot(view, date(2023, 10, 3)))  # fmt: skip
    assert created.args == [TimeSpan(date(2023, 10, 3), date(2023, 10, 6))]


def test_where_the_button_goes_up_counts(make_month, qtbot):
    view = make_month()
    start, end = (free_spot(view, date(2023, 10, day)) for day in (2, 5))
    send(view, QEvent.Type.MouseButtonPress, start)
    send(view, QEvent.Type.MouseMove, start + QPoint(40, 0), Qt.MouseButton.NoButton)
    with qtbot.waitSignal(view.create_requested) as created:
        send(view, QEvent.Type.MouseButtonRelease, end, LEFT, Qt.MouseButton.NoButton)
    assert created.args == [TimeSpan(date(2023, 10, 2), date(2023, 10, 6))]


def test_escape_gives_a_drag_up(make_month, qtbot):
    view = make_month()
    start = rect_of(view, 5).center()
    send(view, QEvent.Type.MouseButtonPress, start)
    send(view, QEvent.Type.MouseMove, start + QPoint(200, 0), Qt.MouseButton.NoButton)
    qtbot.keyClick(view.grid, Qt.Key.Key_Escape)
    with qtbot.assertNotEmitted(view.move_requested):
        send(view, QEvent.Type.MouseButtonRelease, start + QPoint(200, 0), LEFT, Qt.MouseButton.NoButton)


def test_a_drag_back_to_where_it_began_changes_nothing(make_month, qtbot):
    view = make_month()
    start = rect_of(view, 5).center()
    with qtbot.assertNotEmitted(view.move_requested):
        drag(view, start, start + QPoint(200, 0), start)


def test_the_ghost_and_the_dates_are_painted_while_dragging(make_month):
    view = make_month()
    still = view.grid.grab().toImage()
    start = rect_of(view, 5).center()
    send(view, QEvent.Type.MouseButtonPress, start)
    send(view, QEvent.Type.MouseMove, start + QPoint(200, 100), Qt.MouseButton.NoButton)
    assert view.grid.grab().toImage() != still


def test_more_opens_the_list_of_the_day(make_month, records, qtbot):
    records += [bar(20 + number, date(2023, 10, 5), 1, f"Side event {number}") for number in range(12)]
    view = make_month()
    (more,) = (piece for piece in view.grid.pieces.pieces if piece.kind is PieceKind.MORE)
    qtbot.mouseClick(view.grid.viewport(), LEFT, pos=view.grid.geometry_of_month.rect(more).center())
    popover = QApplication.activePopupWidget()
    assert popover is not None
    assert popover.list.model().rowCount() == 12
    with qtbot.waitSignal(view.selection_changed) as selected:
        qtbot.keyClick(popover.list, Qt.Key.Key_Down)
    assert selected.args == [OccurrenceKey(21)]
    with qtbot.waitSignal(view.occurrence_activated) as opened:
        qtbot.keyClick(popover.list, Qt.Key.Key_Return)
    assert opened.args == [OccurrenceKey(21)]
    assert QApplication.activePopupWidget() is None


def test_the_list_of_a_day_decides_deletes_and_closes(make_month, qtbot):
    view = make_month()
    anchor = rect_of_day(view, date(2023, 10, 10))
    popover = view.open_day(date(2023, 10, 10), anchor)
    with qtbot.waitSignal(view.decision_requested) as asked:
        qtbot.keyClick(popover.list, Qt.Key.Key_W)
    assert asked.args == [(OccurrenceKey(1),), Decision.WATCHING]
    popover = view.open_day(date(2023, 10, 10), anchor)
    with qtbot.waitSignal(view.delete_requested):
        qtbot.keyClick(popover.list, Qt.Key.Key_Delete)
    popover = view.open_day(date(2023, 10, 10), anchor)
    assert popover.grab().width() > 100
    qtbot.keyClick(popover.list, Qt.Key.Key_Escape)
    assert QApplication.activePopupWidget() is None


def wheel(view, angle, pixels=0):
    viewport = view.grid.viewport()
    point = QPointF(viewport.rect().center())
    event = QWheelEvent(
        point, viewport.mapToGlobal(point), QPoint(0, pixels), QPoint(0, angle), Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(viewport, event)


def test_the_wheel_glides_by_weeks(make_month, qtbot):
    view = make_month()
    wheel(view, -120)
    qtbot.waitUntil(lambda: view.weeks.first == date(2023, 10, 2))
    qtbot.waitUntil(lambda: view.weeks.last == date(2023, 11, 12))
    for _ in range(3):
        wheel(view, -120)
    qtbot.waitUntil(lambda: view.weeks.first == date(2023, 10, 23) and view.weeks.last == date(2023, 12, 3))
    assert view.title() == "November 2023"


def test_a_touchpad_scrolls_by_pixels_and_settles_on_a_week(make_month, qtbot):
    view = make_month()
    wheel(view, -30, -40)
    assert view.grid.geometry_of_month.shift == pytest.approx(40, abs=1)
    assert len(view.grid.pieces.pieces) > 42
    qtbot.waitUntil(lambda: view.grid.geometry_of_month.shift == 0)
    assert view.weeks.first == date(2023, 9, 25)


def test_the_selection_rings_all_segments(make_month):
    view = make_month()
    before = view.grid.grab().toImage()
    view.grid.select_event(OccurrenceKey(6))
    after = view.grid.grab().toImage()
    for part in range(3):
        box = rect_of(view, 6, part).adjusted(-3, -3, 3, 3)
        assert before.copy(box) != after.copy(box)


def test_it_is_painted_anew_in_other_colours(make_month, fake_context):
    view = make_month()
    light = view.grid.grab().toImage()
    fake_context.change_settings(theme=ThemeChoice.DARK)
    dark = view.grid.grab().toImage()
    spot = free_spot(view, date(2023, 10, 3))
    assert light.pixelColor(spot).lightness() > 200
    assert dark.pixelColor(spot).lightness() < 60


def test_a_clash_repaints_its_own_week_alone(make_month, records, monkeypatch):
    view = make_month()
    view.grid.viewport().repaint()
    painted = []
    paint_week = painting.paint_week
    monkeypatch.setattr(painting, "paint_week", lambda week, *rest: painted.append(week) or paint_week(week, *rest))
    view.grid.set_clashing(frozenset({records[0].key}))
    view.grid.viewport().repaint()
    weeks = {piece.week for piece in view.grid._pieces.pieces if piece.occurrence == records[0]}
    assert weeks
    assert set(painted) == weeks


def test_the_tooltip_tells_all_there_is(make_month):
    from scplanner.ui.event_words import hover_card

    card = hover_card(bar(1, date(2023, 10, 18), 3, "A <b> & c", Decision.GOING, "Cascais"), None, has_clash=True)
    assert "A &lt;b&gt; &amp; c" in card
    assert "Wed 18 – Fri 20 October 2023" in card
    assert "Going" in card
    assert "Clashes" in card


def test_from_right_to_left_the_week_begins_on_the_right(make_month, qtbot):
    view = make_month()
    view.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    view.step(1)
    view.step(-1)
    first, second = rect_of_day(view, date(2023, 9, 25)), rect_of_day(view, date(2023, 9, 26))
    assert first.left() > second.left()
    for row in range(view.grid.pieces.rowCount()):
        rect = view.grid.visualRect(view.grid.pieces.index(row))
        assert view.grid.viewport().rect().adjusted(-1, -1, 1, 1).contains(rect)
