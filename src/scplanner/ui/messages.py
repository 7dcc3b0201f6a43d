"""What the window says in passing: a sentence, a hint and at most one action. Shown by widgets/message_bar."""

from __future__ import annotations

import logging
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from PySide6.QtCore import QObject, Signal

from scplanner.errors import PlannerError

log = logging.getLogger(__name__)


class Tone(StrEnum):
    """How grave a message is."""

    INFO = "info"
    WARNING = "warning"
    BAD = "bad"


@dataclass(frozen=True)
class Action:
    """The one thing a message offers to do."""

    label: str
    run: Callable[[], None]


@dataclass(frozen=True)
class Message:
    """A sentence, what may be done about it, and an action. A message that `stays` waits to be closed.

    `topic`: a newer message of the same topic takes this one's place ("what was undone" twice is one message).
    """

    text: str
    hint: str = ""
    action: Action | None = None
    tone: Tone = Tone.INFO
    stays: bool = False
    topic: str = ""


class Messages(QObject):
    """The queue of messages: one is shown, the others wait for it to go."""

    current_changed = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._current: Message | None = None
        self._waiting: deque[Message] = deque(maxlen=20)
        self.on_crash: Callable[[BaseException], None] | None = None

    @property
    def current(self) -> Message | None:
        """The message that is shown."""
        return self._current

    @property
    def waiting(self) -> int:
        """How many more there are."""
        return len(self._waiting)

    def show(self, message: Message) -> None:
        """Show a message, at once if none is shown or the one that is may be replaced."""
        current = self._current
        if current is not None and (current.stays or current.tone is Tone.BAD):
            if message.topic and message.topic == current.topic:
                self._set(message)
            else:
                self._waiting.append(message)
            return
        self._set(message)

    def tell(self, text: str, action: Action | None = None, *, topic: str = "") -> None:
        """Say that something was done, with the way back."""
        self.show(Message(text, action=action, topic=topic))

    def warn(self, text: str, hint: str = "", action: Action | None = None) -> None:
        """Say that something did not go as meant."""
        self.show(Message(text, hint, action, Tone.WARNING, stays=True))

    def show_error(self, error: BaseException, action: Action | None = None) -> None:
        """Tell of an error: what a person can do something about here, anything else as the bug it is."""
        if isinstance(error, PlannerError):
            log.info("told the user: %s", error)
            self.show(Message(error.message, error.hint, action, Tone.BAD, stays=True))
            return
        log.error("unexpected error", exc_info=(type(error), error, error.__traceback__))
        if self.on_crash is not None:
            self.on_crash(error)

    def dismiss(self) -> None:
        """Take the shown message away and show the next."""
        self._set(self._waiting.popleft() if self._waiting else None)

    def dismiss_topic(self, topic: str) -> None:
        """Take away what has been overtaken by events."""
        self._waiting = deque((m for m in self._waiting if m.topic != topic), maxlen=20)
        if self._current is not None and self._current.topic == topic:
            self.dismiss()

    def _set(self, message: Message | None) -> None:
        self._current = message
        self.current_changed.emit(message)
