"""What is said, in what order, and how it goes away."""

from __future__ import annotations

import logging

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from scplanner.errors import PlannerError
from scplanner.ui.context import Context
from scplanner.ui.messages import Action, Message, Tone
from scplanner.ui.widgets.message_bar import MessageBar


@pytest.fixture
def bar(context: Context, qtbot: QtBot) -> MessageBar:
    host = QWidget()
    qtbot.addWidget(host)
    host.resize(800, 600)
    host.show()
    bar = MessageBar(context, host)
    bar.host = host  # type: ignore[attr-defined]  # keeps it alive
    return bar


def test_a_message_is_shown_with_its_action(context: Context, bar: MessageBar, qtbot: QtBot) -> None:
    done: list[int] = []
    context.messages.tell("EURESFO was moved to the trash", Action("Undo", lambda: done.append(1)))
    assert bar.isVisible()
    assert bar.findChild(QLabel).text() == "EURESFO was moved to the trash"
    assert bar.accessibleName() == "EURESFO was moved to the trash"
    button = bar.findChild(QPushButton)
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert done == [1]
    assert not bar.isVisible()


def test_a_newer_passing_message_takes_the_place(context: Context, bar: MessageBar) -> None:
    context.messages.tell("one")
    context.messages.tell("two")
    assert context.messages.current == Message("two")
    assert context.messages.waiting == 0


def test_a_message_does_not_go_from_under_the_keyboard(context: Context, bar: MessageBar, qtbot: QtBot) -> None:
    context.messages.tell("one", Action("Undo", lambda: None))
    bar.findChild(QPushButton).setFocus()
    bar._timer.setInterval(1)
    bar._timer.start()
    qtbot.wait(30)
    assert context.messages.current is not None
    bar.window().setFocus()
    qtbot.waitUntil(lambda: context.messages.current is None)


def test_an_error_stays_until_it_is_closed_and_others_wait(context: Context, bar: MessageBar) -> None:
    context.messages.show_error(PlannerError("The disk is full.", "Free some space."))
    context.messages.tell("two")
    assert context.messages.current.text == "The disk is full."
    assert bar.property("tone") == "bad"
    assert bar.findChild(QLabel).text() == "The disk is full. Free some space."
    context.messages.dismiss()
    assert context.messages.current == Message("two")
    context.messages.dismiss()
    assert not bar.isVisible()


def test_a_message_of_the_same_topic_replaces_even_one_that_stays(context: Context) -> None:
    context.messages.show(Message("cannot open", tone=Tone.BAD, stays=True, topic="opening"))
    context.messages.show(Message("still cannot", tone=Tone.BAD, stays=True, topic="opening"))
    assert context.messages.current.text == "still cannot"
    context.messages.dismiss_topic("opening")
    assert context.messages.current is None


def test_the_bar_stays_within_its_window(context: Context, bar: MessageBar) -> None:
    context.messages.tell("word " * 100, Action("Undo", lambda: None))
    assert bar.geometry().right() <= 800
    assert bar.geometry().left() >= 0
    assert bar.geometry().bottom() < 600
    assert bar.height() > 50, "a long text takes several lines"


def test_a_bug_is_logged_and_reported(context: Context, caplog: pytest.LogCaptureFixture) -> None:
    reports: list[BaseException] = []
    context.messages.on_crash = reports.append
    with caplog.at_level(logging.ERROR):
        context.messages.show_error(ZeroDivisionError("division by zero"))
    assert isinstance(reports[0], ZeroDivisionError)
    assert "unexpected error" in caplog.text
    assert context.messages.current is None
