"""iCalendar, the whole of it: what the rest of the program imports (the modules `ics_*` are its parts)."""

from scplanner.formats.ics_calendar import write_calendar
from scplanner.formats.ics_patch import patch_event
from scplanner.formats.ics_read import (
    ParsedEvent,
    ParsedFile,
    RejectedComponent,
    parse_event,
    read,
    text_hash,
)
from scplanner.formats.ics_write import write_event

__all__ = [
    "ParsedEvent",
    "ParsedFile",
    "RejectedComponent",
    "parse_event",
    "patch_event",
    "read",
    "text_hash",
    "write_calendar",
    "write_event",
]
