"""Finding a title by typing its beginning, in any list of titles and without asking a model row by row."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from time import monotonic

from scplanner.domain.folding import fold

PAUSE = 1.2  # seconds after which typing begins anew
OPENING = "/"  # begins a search whose first letter would be a command


class TypeAhead:
    """Collects what is typed without a pause and finds it."""

    def __init__(self, clock: Callable[[], float] = monotonic) -> None:
        self._clock = clock
        self._typed = ""
        self._is_open = False
        self._last = -PAUSE

    @property
    def is_typing(self) -> bool:
        """A search is going on: the next letter belongs to it."""
        return (self._is_open or bool(self._typed)) and self._clock() - self._last <= PAUSE

    @property
    def typed(self) -> str:
        """What was typed so far."""
        return self._typed

    def stop(self) -> None:
        """Begin anew with the next letter."""
        self._typed, self._is_open = "", False

    def find(self, text: str, titles: Sequence[str], current: int | None) -> int | None:
        """Take a letter more and find the place of a title that begins so, or has a word that does.

        The search begins at the current place, at the next one for the first letter or one that is repeated, and goes
        round. None if nothing fits.
        """
        if not self.is_typing:
            self.stop()
        self._last = self._clock()
        if not self._typed and text == OPENING and not self._is_open:
            self._is_open = True
            return current
        self._typed += text
        wanted = fold(self._typed).lstrip()
        if not wanted or not titles:
            return None
        repeated = len(wanted) > 1 and len(set(wanted)) == 1
        letters = {wanted, wanted[0]} if repeated else {wanted}
        start = -1 if current is None else current
        first = start + 1 if len(wanted) == 1 or repeated or current is None else start
        order = [(first + offset) % len(titles) for offset in range(len(titles))]
        by_word: int | None = None
        for place in order:
            title = fold(titles[place])
            if any(title.startswith(each) for each in letters):
                return place
            if by_word is None and f" {wanted}" in title:
                by_word = place
        return by_word
