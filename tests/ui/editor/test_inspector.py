"""The inspector over a real workspace: each edit is one step with the right content, and nothing typed is lost."""

from __future__ import annotations

from datetime import date, datetime, time
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QMimeData, QPoint, Qt, QUrl
from PySide6.QtGui import QAccessible, QDesktopServices, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu, QPushButton, QWidget

from scplanner.domain.events import Deadline, DeadlineKind, Decision, EventStatus, OccurrenceKey, Registration, Role
from scplanner.domain.temporal import VagueDate
from scplanner.services import events, history, queries
from scplanner.services.events import Scope

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from pytestqt.qtbot import QtBot
    from tests.ui.editor.conftest import Plan

    from scplanner.ui.context import Context
    from scplanner.ui.editor.inspector import Inspector

    Settle = Callable[[], None]


# The offscreen platform has no windows to raise and no keyboard to grab when a menu opens.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


@pytest.fixture
def shown(inspector: Inspector, plan: Plan, settle: Settle) -> Callable[[str], None]:
    def show(name: str) -> None:
        inspector.show_key(plan.keys[name])
        settle()

    return show


def test_empty_until_something_is_shown(inspector: Inspector, shown: Callable[[str], None]) -> None:
    assert inspector._empty.isVisible()
    shown("euresfo")
    assert not inspector._empty.isVisible()
    assert inspector.page.header.title.toPlainText() == "European Urban Resilience Forum (EURESFO)"
    assert inspector.page.dates.line.shown_text() == "Wed 18 – Fri 20 October 2023"
    inspector.show_key(None)
    assert inspector._empty.isVisible()


def test_title_in_place(inspector: Inspector, plan: Plan, shown: Callable[[str], None], settle: Settle) -> None:
    shown("own")
    inspector.focus_title()
    QTest.keyClicks(inspector.page.header.title, "Call with Trondheim")
    QTest.keyClick(inspector.page.header.title, Qt.Key.Key_Return)
    settle()
    assert plan.details("own").event.summary == "Call with Trondheim"
    assert len(plan.steps()) == 1


def test_escape_brings_the_title_back(inspector: Inspector, plan: Plan, shown: Callable[[str], None]) -> None:
    shown("own")
    title = inspector.page.header.title
    title.begin()
    QTest.keyClicks(title, "x")
    QTest.keyClick(title, Qt.Key.Key_Escape)
    assert title.toPlainText() == "Call with the project office"
    assert plan.steps() == []


def test_empty_title_is_not_taken(inspector: Inspector, plan: Plan, shown: Callable[[str], None]) -> None:
    shown("own")
    inspector.page.header.title.begin()
    QTest.keyClick(inspector.page.header.title, Qt.Key.Key_Backspace)
    inspector.flush()
    assert inspector.page.header.title.toPlainText() == "Call with the project office"
    assert plan.steps() == []


def test_decision_and_taking_it_back(
    inspector: Inspector, plan: Plan, shown: Callable[[str], None], settle: Settle
) -> None:
    shown("vague")
    inspector.page.decision.switch.button(Decision.WATCHING).click()
    settle()
    assert plan.details("vague").layer.decision is Decision.WATCHING
    inspector.page.decision.switch.button(Decision.WATCHING).click()
    settle()
    assert plan.details("vague").layer.decision is None
    assert len(plan.steps()) == 2


def test_chips_come_with_taking_part(inspector: Inspector, shown: Callable[[str], None], settle: Settle) -> None:
    shown("own")
    assert not inspector.page.chips.hotel.isVisible()
    inspector.page.decision.switch.button(Decision.GOING).click()
    settle()
    assert inspector.page.chips.hotel.isVisible()
    assert inspector.page.chips.registration.text() == "Not registered"


def test_two_quick_edits_do_not_undo_each_other(
    inspector: Inspector, plan: Plan, shown: Callable[[str], None], settle: Settle
) -> None:
    shown("euresfo")
    inspector.page.chips.hotel.click()
    inspector.page.chips.travel.click()
    inspector.page.decision.switch.button(Decision.CONSIDERING).click()
    settle()
    layer = plan.details("euresfo").layer
    assert (layer.hotel_booked, layer.travel_booked, layer.decision) == (True, True, Decision.CONSIDERING)
    assert len(plan.steps()) == 3


def test_registration_and_role_by_menu(
    qtbot: QtBot, inspector: Inspector, plan: Plan, shown: Callable[[str], None], settle: Settle
) -> None:
    shown("euresfo")
    for chip, words in ((inspector.page.chips.registration, "Waiting list"), (inspector.page.chips.role, "Exhibitor")):
        chip.click()
        menu = QApplication.activePopupWidget()
        assert isinstance(menu, QMenu)
        next(action for action in menu.actions() if action.text() == words).trigger()
        menu.close()
        settle()
    layer = plan.details("euresfo").layer
    assert (layer.registration, layer.role) == (Registration.WAITLISTED, Role.EXHIBITOR)


def test_the_last_day_is_inclusive_here_and_exclusive_there(
    inspector: Inspector, plan: Plan, shown: Callable[[str], None], settle: Settle
) -> None:
    shown("euresfo")
    inspector.page.dates.line.click()
    assert inspector.page.dates.fields is not None
    assert inspector.page.dates.fields.last.day() == date(2023, 10, 20)
    inspector.page.dates.fields.last.set_day(date(2023, 10, 21))
    inspector.page.dates.commit()
    settle()
    event = plan.details("euresfo").event
    assert (event.start, event.end) == (date(2023, 10, 18), date(2023, 10, 22))
    assert event.follows
    assert len(plan.steps()) == 1


def test_moving_the_first_day_moves_the_last(
    inspector: Inspector, plan: Plan, shown: Callable[[str], None], settle: Settle
) -> None:
    shown("euresfo")
    inspector.page.dates.unfold()
    assert inspector.page.dates.fields is not None
    inspector.page.dates.fields.first.set_day(date(2023, 11, 30))
    inspector.page.dates.commit()
    settle()
    event = plan.details("euresfo").event
    assert (event.start, event.end) == (date(2023, 11, 30), date(2023, 12, 3))


def test_an_untouched_form_writes_nothing(
    inspector: Inspector, plan: Plan, shown: Callable[[str], None], settle: Settle
) -> None:
    for name in ("euresfo", "vague", "own", "weekly", "second"):
        shown(name)
        for section in (inspector.page.dates, inspector.page.place, inspector.page.links, inspector.page.plan):
            section.unfold()
            section.commit()
        inspector.page.deadlines.unfold(None)
        inspector.flush()
        settle()
    assert plan.steps() == []


def test_all_day_to_a_time_and_zone(
    inspector: Inspector, plan: Plan, shown: Callable[[str], None], settle: Settle
) -> None:
    shown("euresfo")
    inspector.page.dates.unfold()
    fields = inspector.page.dates.fields
    assert fields is not None
    fields.all_day_tick.setChecked(False)
    fields.zone.setEditText("lisbon")
    fields.start.set_clock(time(9, 15))
    fields.end.set_clock(time(17, 0))
    inspector.page.dates.commit()
    settle()
    event = plan.details("euresfo").event
    assert isinstance(event.start, datetime)
    assert event.start.isoformat() == "2023-10-18T09:15:00+01:00"
    assert isinstance(event.end, datetime)
    assert event.end.isoformat() == "2023-10-20T17:00:00+01:00"
    assert (
        "your time" in inspector.page.dates.line.shown_text()
        or "Europe/Warsaw" in inspector.page.dates.line.shown_text()
    )


def test_a_vague_date_and_back(inspector: Inspector, plan: Plan, shown: Callable[[str], None], settle: Settle) -> None:
    shown("vague")
    inspector.page.dates.unfold()
    fields = inspector.page.dates.fields
    assert fields is not None
    assert fields.vague_text.text() == "November 2027"
    fields.vague_text.setText("late 2027")
    fields.earliest.tick.setChecked(False)
    fields.latest.set_day(date(2027, 12, 31), date(2027, 12, 31))
    inspector.page.dates.commit()
    settle()
    assert plan.details("vague").event.vague == VagueDate("late 2027", None, date(2027, 12, 31))
    inspector.page.dates.unfold()
    fields.vague_tick.setChecked(False)
    fields.first.set_day(date(2027, 11, 2))
    fields.last.set_day(date(2027, 11, 4))
    inspector.page.dates.commit()
    settle()
    event = plan.details("vague").event
    assert (event.start, event.end, event.vague) == (date(2027, 11, 2), date(2027, 11, 5), None)


def test_place_with_completion(inspector: Inspector, plan: Plan, shown: Callable[[str], None], settle: Settle) -> None:
    shown("own")
    inspector.page.place.unfold()
    QTest.keyClicks(inspector.page.place.city, "Barcel")
    offered = inspector.page.place._model.stringList()
    assert offered[0].startswith("Barcelona")
    inspector.page.place._take_city(offered[0])
    inspector.page.place.commit()
    settle()
    event = plan.details("own").event
    assert (event.city, event.country) == ("Barcelona", "ES")
    assert "Barcelona, Spain" in inspector.page.place.line.shown_text()


def test_deadlines_are_ticked_added_changed_and_deleted(
    inspector: Inspector, plan: Plan, shown: Callable[[str], None], settle: Settle
) -> None:
    shown("euresfo")
    said = [row.when.text() for row in inspector.page.deadlines.rows]
    assert said == ["22 Sept · done", "11 Oct · tomorrow", "20 Oct 23:59 anywhere on earth · in 11 days", "3 Nov"]
    slides = plan.details("euresfo").event.deadlines[1]
    inspector.page.deadlines.rows[1].tick.click()
    settle()
    assert slides.key in plan.details("euresfo").layer.done
    inspector.page.deadlines.add_button.click()
    form = inspector.page.deadlines.form
    assert form is not None
    form.kind.set_value(DeadlineKind.VISA)
    form.day.set_day(date(2023, 10, 12))
    form.timed.setChecked(True)
    form.clock.set_clock(time(12, 0))
    form.zone.setEditText("Anywhere on earth (AoE)")
    form.done.click()
    settle()
    own = plan.details("euresfo").layer.deadlines
    visa = next(deadline for deadline in own if deadline.kind is DeadlineKind.VISA)
    assert isinstance(visa.due, datetime)
    assert visa.due.isoformat() == "2023-10-12T12:00:00-12:00"
    inspector.page.deadlines.unfold(visa)
    form.delete.click()
    settle()
    assert plan.details("euresfo").layer.deadlines == (Deadline(DeadlineKind.REPORT, date(2023, 11, 3)),)
    assert len(plan.steps()) == 3


def test_a_note_is_one_step_a_session(
    inspector: Inspector, plan: Plan, shown: Callable[[str], None], settle: Settle
) -> None:
    shown("own")
    prose = inspector.page.notes.prose
    prose.begin()
    QTest.keyClicks(prose.field, "Ask about **money**")
    QTest.keyClick(prose.field, Qt.Key.Key_Return)
    QTest.keyClicks(prose.field, "and time")
    QTest.keyClick(prose.field, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    settle()
    assert plan.details("own").layer.note == "Ask about **money**\nand time"
    assert len(plan.steps()) == 1
    assert not prose.is_editing
    assert prose.browser.toPlainText() == "Ask about money and time"


def test_typing_survives_refresh_selection_and_hiding(
    inspector: Inspector, plan: Plan, context: Context, shown: Callable[[str], None], settle: Settle
) -> None:
    shown("own")
    prose = inspector.page.notes.prose
    prose.begin()
    QTest.keyClicks(prose.field, "half a thou")
    context.bus.publish_applied(events.decide(plan.workspace, [plan.keys["own"]], Decision.GOING))
    settle()
    assert prose.is_editing
    assert prose.field.toPlainText() == "half a thou"
    assert inspector.page.decision.switch.value() is Decision.GOING
    QTest.keyClicks(prose.field, "ght")
    inspector.show_key(plan.keys["vague"])
    settle()
    layer = plan.details("own").layer
    assert (layer.note, layer.decision) == ("half a thought", Decision.GOING)
    assert plan.details("vague").layer.note == ""
    prose.begin()
    QTest.keyClicks(prose.field, "another")
    inspector.hide()
    settle()
    assert plan.details("vague").layer.note == "another"


def test_a_note_changed_elsewhere_meanwhile_is_kept_too(
    inspector: Inspector, plan: Plan, context: Context, shown: Callable[[str], None], settle: Settle
) -> None:
    shown("own")
    prose = inspector.page.notes.prose
    prose.begin()
    QTest.keyClicks(prose.field, "mine")
    layer = plan.details("own").layer
    from dataclasses import replace

    context.bus.publish_applied(
        events.save_layer(plan.workspace, plan.keys["own"], replace(layer, note="theirs"), "elsewhere")
    )
    settle()
    inspector.flush()
    settle()
    note = plan.details("own").layer.note
    assert "mine" in note
    assert "theirs" in note


def test_hostile_markdown_fetches_nothing(
    qtbot: QtBot,
    inspector: Inspector,
    plan: Plan,
    context: Context,
    shown: Callable[[str], None],
    settle: Settle,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    opened: list[str] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: opened.append(url.toString()) or True)
    picture = tmp_path / "picture.png"
    picture.write_bytes(b"")
    loaded: list[object] = []
    browser = inspector.page.notes.prose.browser
    original = type(browser).loadResource
    monkeypatch.setattr(
        type(browser), "loadResource", lambda self, kind, name: loaded.append(original(self, kind, name))
    )
    shown("own")
    prose = inspector.page.notes.prose
    prose.begin()
    prose.field.setPlainText(
        f"![x](file://{picture}) ![y](https://example.org/t.png)\n\n<script>alert(1)</script><img src='https://example.org/i'>"
        "\n\n[run](file:///bin/true) [js](javascript:alert(1)) [web](https://example.org)"
    )
    prose.finish()
    settle()
    browser.grab()
    assert all(found is None for found in loaded)
    assert "<script>alert(1)</script>" in browser.toPlainText()
    for url in ("file:///bin/true", "javascript:alert(1)", "https://example.org"):
        browser.anchorClicked.emit(QUrl(url))
    assert opened == ["https://example.org"]
    assert browser.source().isEmpty()


def test_files_are_dropped_listed_and_removed(
    inspector: Inspector, plan: Plan, shown: Callable[[str], None], settle: Settle, tmp_path: Path
) -> None:
    shown("own")
    path = tmp_path / "Casablanca_presentation.pdf"
    path.write_bytes(b"slides" * 300)
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(path))])
    event = QDropEvent(
        QPoint(20, 20), Qt.DropAction.CopyAction, mime, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    )
    inspector.dropEvent(event)
    assert event.isAccepted()
    settle()
    (kept,) = plan.details("own").layer.files
    assert (kept.name, kept.size) == ("Casablanca_presentation.pdf", 1800)
    (row,) = inspector.page.files.rows
    assert row.name.shown_text() == "Casablanca_presentation.pdf\n1.8 kB"
    path.unlink()
    from scplanner.ui.editor.edits import DetachFile

    inspector.page.files.publish(DetachFile(kept))
    settle()
    assert plan.details("own").layer.files == ()
    assert len(plan.steps()) == 2


def test_travel_and_budget_are_one_step(
    inspector: Inspector, plan: Plan, shown: Callable[[str], None], settle: Settle
) -> None:
    shown("euresfo")
    inspector.page.plan.unfold()
    inspector.page.plan.days_after.setValue(2)
    inspector.page.plan.budget.setText("1 450,50")
    inspector.page.plan.commit()
    settle()
    layer = plan.details("euresfo").layer
    assert (layer.travel_before, layer.travel_after, layer.budget, layer.budget_currency) == (1, 2, "1450.50", "EUR")
    assert plan.steps() == ["Plan the journey to “European Urban Resilience Forum (EURESFO)”"]


def test_tags_and_topics(inspector: Inspector, plan: Plan, shown: Callable[[str], None], settle: Settle) -> None:
    shown("euresfo")
    row = inspector.page.tags.row
    row.begin()
    QTest.keyClicks(row.field, "budget 2023")
    QTest.keyClick(row.field, Qt.Key.Key_Return)
    row.finish()
    settle()
    assert plan.details("euresfo").layer.tags == ("follower cities", "budget 2023")
    inspector.page.topics.row.set_values(("Resilience",))
    QTest.keyClick(inspector.page.topics.row._chips[0], Qt.Key.Key_Delete)
    settle()
    assert plan.details("euresfo").event.topics == ()


@pytest.mark.parametrize("scope", [Scope.THIS, Scope.FOLLOWING, Scope.ALL, None])
def test_series_ask_for_the_scope(
    inspector: Inspector, plan: Plan, shown: Callable[[str], None], settle: Settle, scope: Scope | None
) -> None:
    asked: list[QWidget] = []
    inspector.ask_scope = lambda parent: asked.append(parent) or scope
    shown("second")
    inspector.focus_title()
    QTest.keyClicks(inspector.page.header.title, "Steering group, long")
    QTest.keyClick(inspector.page.header.title, Qt.Key.Key_Return)
    settle()
    assert asked == [inspector]
    if scope is None:
        assert inspector.page.header.title.toPlainText() == "Steering group"
        assert plan.steps() == []
        return
    assert len(plan.steps()) == 1
    master = plan.details("weekly").event.summary
    assert master == ("Steering group, long" if scope is Scope.ALL else "Steering group")


def test_a_whole_series_is_not_asked_about(
    inspector: Inspector, plan: Plan, shown: Callable[[str], None], settle: Settle
) -> None:
    inspector.ask_scope = lambda _parent: pytest.fail("the whole series is shown")
    shown("weekly")
    inspector.page.dates.unfold()
    assert inspector.page.dates.repeat is not None
    inspector.page.dates.repeat.count.setValue(5)
    inspector.page.dates.commit()
    settle()
    assert plan.details("weekly").event.rrule == "FREQ=WEEKLY;COUNT=5"


def test_following_shows_the_new_series(
    qtbot: QtBot, inspector: Inspector, plan: Plan, shown: Callable[[str], None], settle: Settle
) -> None:
    inspector.ask_scope = lambda _parent: Scope.FOLLOWING
    shown("second")
    wanted: list[OccurrenceKey] = []
    inspector.selection_requested.connect(wanted.append)
    inspector.page.dates.unfold()
    assert inspector.page.dates.fields is not None
    inspector.page.dates.fields.start.set_clock(time(13, 0))
    inspector.page.dates.fields.end.set_clock(time(14, 0))
    inspector.page.dates.commit()
    settle()
    (key,) = wanted
    assert key.event_id != plan.keys["weekly"].event_id
    found = queries.details(plan.workspace, key)
    assert found is not None
    assert isinstance(found.event.start, datetime)
    assert found.event.start.time() == time(13, 0)


def test_clashes_lead_to_the_other_event(
    inspector: Inspector, plan: Plan, shown: Callable[[str], None], settle: Settle
) -> None:
    shown("euresfo")
    wanted: list[OccurrenceKey] = []
    inspector.selection_requested.connect(wanted.append)
    (line,) = inspector.page.warnings.clash_lines()
    assert "Portugal Smart Cities Summit" in line.shown_text()
    line.click()
    assert wanted == [plan.keys["rival"]]


def test_relations_lead_to_the_other_events(
    inspector: Inspector, plan: Plan, shown: Callable[[str], None], settle: Settle
) -> None:
    shown("euresfo")
    wanted: list[OccurrenceKey] = []
    inspector.selection_requested.connect(wanted.append)
    side, series = inspector.page.relations.buttons()
    assert series.shown_text() == "EURESFO series, edition 10 · 3 earlier editions"
    side.click()
    series.click()
    inspector.page.relations.buttons()[2].click()
    assert wanted == [plan.keys["side"], plan.keys["earlier2"]]


def test_the_catalogues_version_comes_back(
    inspector: Inspector, plan: Plan, shown: Callable[[str], None], settle: Settle
) -> None:
    shown("rival")
    assert not inspector.page.source.take_back.isVisible()
    inspector.focus_title()
    QTest.keyClicks(inspector.page.header.title, "PSCS")
    inspector.flush()
    settle()
    assert inspector.page.source.take_back.isVisible()
    inspector.page.source.take_back.click()
    settle()
    assert plan.details("rival").event.summary == "Portugal Smart Cities Summit"
    assert not inspector.page.source.take_back.isVisible()


def test_undo_brings_the_old_state_back_into_view(
    inspector: Inspector, plan: Plan, context: Context, shown: Callable[[str], None], settle: Settle
) -> None:
    shown("euresfo")
    inspector.page.chips.hotel.click()
    settle()
    assert inspector.page.chips.hotel.text() == "Hotel booked"
    context.bus.publish_applied(history.undo(plan.workspace))
    settle()
    assert inspector.page.chips.hotel.text() == "Hotel not booked"


def test_bottom_row(inspector: Inspector, plan: Plan, shown: Callable[[str], None], settle: Settle) -> None:
    shown("own")
    exported: list[object] = []
    deleted: list[object] = []
    closed: list[bool] = []
    inspector.export_requested.connect(exported.append)
    inspector.delete_requested.connect(deleted.append)
    inspector.closed.connect(lambda: closed.append(True))
    inspector.page.actions_row.export.click()
    menu = inspector.page.actions_row.menu()
    actions = {action.text(): action for action in menu.actions()}
    actions["Delete"].trigger()
    actions["Copy as text"].trigger()
    menu.deleteLater()
    assert exported == [(plan.keys["own"],)]
    assert deleted == [(plan.keys["own"],)]
    assert QApplication.clipboard().text() == "Call with the project office\nTue 10 October 2023, 14:00 – 15:00"
    QTest.keyClick(inspector, Qt.Key.Key_Escape)
    assert closed == [True]


def test_every_control_has_a_name(inspector: Inspector, plan: Plan, shown: Callable[[str], None]) -> None:
    shown("euresfo")
    for section in (inspector.page.dates, inspector.page.place, inspector.page.plan, inspector.page.links):
        section.unfold()
    inspector.page.deadlines.unfold(None)
    nameless = [
        f"{type(widget).__name__} in {type(widget.parent()).__name__}"
        for widget in inspector.findChildren(QWidget)
        if widget.focusPolicy() & Qt.FocusPolicy.TabFocus
        and widget.focusProxy() is None
        and widget.isVisibleTo(inspector)
        and not _spoken(widget)
    ]
    assert nameless == []


def _spoken(widget: QWidget) -> str:
    interface = QAccessible.queryAccessibleInterface(widget)
    return interface.text(QAccessible.Text.Name) if interface is not None and interface.isValid() else ""


def test_tab_walks_from_top_to_bottom(inspector: Inspector, plan: Plan, shown: Callable[[str], None]) -> None:
    shown("euresfo")
    chain: list[QWidget] = []
    inspector.page.header.close_button.setFocus()
    first = QApplication.focusWidget()
    assert first is inspector.page.header.close_button
    for _ in range(80):
        QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
        now = QApplication.focusWidget()
        if now is first:
            break
        chain.append(now)
    tops = [widget.mapTo(inspector._scroll.widget(), QPoint(0, 0)).y() for widget in chain]
    assert len(chain) > 15
    back = [
        (chain[place + 1].accessibleName(), chain[place].accessibleName())
        for place, (earlier, later) in enumerate(pairwise(tops))
        if later < earlier - 12
    ]
    assert back == []


@pytest.mark.parametrize("name", ["euresfo", "vague", "own", "second"])
def test_nothing_is_wider_than_a_narrow_panel(
    qtbot: QtBot, inspector: Inspector, plan: Plan, shown: Callable[[str], None], name: str
) -> None:
    inspector.resize(320, 850)
    shown(name)
    for section in (inspector.page.dates, inspector.page.place, inspector.page.links):
        section.unfold()
    inspector.page.deadlines.unfold(None)
    qtbot.wait(20)
    assert inspector._scroll.widget().width() <= inspector._scroll.viewport().width()


def test_enter_in_a_form_keeps_and_on_cancel_forgets(
    inspector: Inspector, plan: Plan, shown: Callable[[str], None], settle: Settle
) -> None:
    shown("own")
    inspector.page.place.unfold()
    inspector.page.place.venue.setText("Room 1")
    forget = next(button for button in inspector.page.place.findChildren(QPushButton) if button.text() == "Cancel")
    forget.setFocus()
    QTest.keyClick(forget, Qt.Key.Key_Return)
    settle()
    assert not inspector.page.place.is_open
    assert plan.steps() == []
    inspector.page.place.unfold()
    inspector.page.place.venue.setText("Room 2")
    QTest.keyClick(inspector.page.place.venue, Qt.Key.Key_Return)
    settle()
    assert plan.details("own").event.venue == "Room 2"


def test_status_by_the_menu(inspector: Inspector, plan: Plan, shown: Callable[[str], None], settle: Settle) -> None:
    shown("own")
    menu = inspector.page.actions_row.menu()
    states = next(action.menu() for action in menu.actions() if action.text() == "Status of the event")
    assert isinstance(states, QMenu)
    next(action for action in states.actions() if action.text() == "Postponed").trigger()
    menu.deleteLater()
    settle()
    assert plan.details("own").event.status is EventStatus.POSTPONED
    assert inspector.page.chips.status.isVisible()


def test_a_pause_keeps_the_note_and_the_field_stays_open(
    inspector: Inspector, plan: Plan, shown: Callable[[str], None], settle: Settle
) -> None:
    shown("own")
    prose = inspector.page.notes.prose
    prose._pause.setInterval(10)
    prose.begin()
    QTest.keyClicks(prose.field, "kept")
    QTest.qWait(60)
    settle()
    assert plan.details("own").layer.note == "kept"
    assert prose.is_editing
    inspector.flush()
    settle()
    assert len(plan.steps()) == 1
