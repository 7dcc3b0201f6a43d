"""The store as services see it: one open database, and readers by what they read."""

from __future__ import annotations

from pathlib import Path

from scplanner.store.database import Database
from scplanner.store.history import HistoryReads
from scplanner.store.reads import CalendarReads, EventReads, LayerReads, TextReads
from scplanner.store.views import ViewReads


class Store:
    """An open database. Reads from any thread; what is the user's is written through `store.apply`."""

    def __init__(self, path: Path) -> None:
        self.database = Database(path)
        self.events = EventReads(self.database)
        self.layers = LayerReads(self.database)
        self.calendars = CalendarReads(self.database)
        self.texts = TextReads(self.database)
        self.views = ViewReads(self.database)
        self.history = HistoryReads(self.database)

    def close(self) -> None:
        """Close every connection."""
        self.database.close()
