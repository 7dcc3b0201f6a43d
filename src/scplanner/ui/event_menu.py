"""The context menu of an event, the same in every view."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QAction, QActionGroup, QGuiApplication
from PySide6.QtWidgets import QMenu

from scplanner.domain.events import Decision, Occurrence
from scplanner.ui.event_words import plain_words
from scplanner.ui.words import decision_words

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtCore import QObject

    from scplanner.ui.context import Context
    from scplanner.ui.event_view import EventView

_KEYS = {Decision.GOING: "G", Decision.CONSIDERING: "C", Decision.WATCHING: "W", Decision.DECLINED: "N", None: ""}


def event_menu(context: Context, view: EventView, chosen: Sequence[Occurrence]) -> QMenu:
    """Open, decide, copy, delete, for one event or several. The menu deletes itself when it closes."""
    menu = QMenu(view)
    menu.aboutToHide.connect(menu.deleteLater)
    first = chosen[0]
    _add(
        menu,
        QCoreApplication.translate("EventMenu", "Open"),
        "Enter",
        lambda: view.request_activation(first.key),
        context,
        "pencil",
    )
    decisions = menu.addMenu(QCoreApplication.translate("EventMenu", "Decision"))
    group = QActionGroup(decisions)
    for decision in (Decision.GOING, Decision.CONSIDERING, Decision.WATCHING, Decision.DECLINED, None):
        text = decision_words(decision)
        action = _action(decisions, text, _KEYS[decision], _decide(view, chosen, decision))
        action.setCheckable(True)
        action.setChecked(all(each.decision is decision for each in chosen))
        group.addAction(action)
        decisions.addAction(action)
    menu.addSeparator()
    _add(
        menu,
        QCoreApplication.translate("EventMenu", "Copy"),
        "Ctrl+C",
        lambda: copy_events(context, chosen),
        context,
        "copy",
    )
    menu.addSeparator()
    keys = tuple(each.key for each in chosen)
    _add(
        menu,
        QCoreApplication.translate("EventMenu", "Move to the trash"),
        "Del",
        lambda: view.request_deletion(keys),
        context,
        "trash",
    )
    return menu


def copy_events(context: Context, chosen: Sequence[Occurrence]) -> None:
    """Put title, days, place and address of each on the clipboard, as plain text."""
    from scplanner.services import queries

    texts = []
    for each in chosen:
        details = queries.details(context.workspace, each.key) if context.is_open else None
        texts.append(plain_words(each, details.event.url if details is not None else ""))
    QGuiApplication.clipboard().setText("\n\n".join(texts))


def _decide(view: EventView, chosen: Sequence[Occurrence], decision: Decision | None) -> Callable[[], None]:
    keys = tuple(each.key for each in chosen)
    return lambda: view.request_decision(keys, decision)


def _action(parent: QObject, text: str, key: str, run: Callable[[], None]) -> QAction:
    # The key stands in the text as a hint only: a shortcut of its own would take the letter from other widgets.
    action = QAction(f"{text}\t{key}" if key else text, parent)
    action.triggered.connect(lambda _checked=False: run())
    return action


def _add(menu: QMenu, text: str, key: str, run: Callable[[], None], context: Context, icon: str) -> None:
    action = _action(menu, text, key, run)
    action.setIcon(context.icons.icon(icon))
    menu.addAction(action)
