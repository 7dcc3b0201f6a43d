"""Records → iCalendar: the VEVENT of an event made here, and the lines in which a record says each property."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Final

from scplanner.domain.events import Event
from scplanner.domain.temporal import When
from scplanner.formats.contentlines import escape, fold, plain_text, quote_param
from scplanner.formats.ics_event import STATUS_BESIDE, TEXT_PROPERTIES
from scplanner.formats.ics_values import UTC_ZONE, wall_text, write_when

# An address is demanded even where only a name is known (RFC 5545 §3.8.4.3).
NO_ADDRESS: Final = "invalid:nomail"


@dataclass(frozen=True, slots=True)
class PropertyLines:
    """How one or a few properties come from a record: `lines` gives their logical lines, none where nothing is said.

    Two records differ in a property if these lines differ; that is what decides what a patch changes.
    """

    names: tuple[str, ...]
    lines: Callable[[Event], list[str]]


def write_event(event: Event) -> str:
    """The VEVENT of a record: CRLF, folded, the same text for the same record. Ids, hashes and version are not in it.

    An event never changed bears the DTSTAMP of its LAST-MODIFIED, or 1970 without one.
    """
    stamp = event.last_modified or datetime(1970, 1, 1, tzinfo=UTC_ZONE)
    lines = ["BEGIN:VEVENT", f"DTSTAMP:{wall_text(stamp.astimezone(UTC_ZONE))}"]
    for item in PROPERTIES:
        lines += item.lines(event)
    lines.append("END:VEVENT")
    return "".join(fold(line) for line in lines)


def _text(name: str, field: str) -> PropertyLines:
    def lines(event: Event) -> list[str]:
        value = getattr(event, field)
        return [f"{name}:{escape(value)}"] if value else []

    return PropertyLines((name,), lines)


def _word(name: str, field: str) -> PropertyLines:
    """A property of one word, an enumeration's value or a plain string, written in capitals."""

    def lines(event: Event) -> list[str]:
        value = getattr(event, field)
        return [f"{name}:{escape(str(value)).upper()}"] if value else []

    return PropertyLines((name,), lines)


def _dates(name: str, field: str) -> PropertyLines:
    def lines(event: Event) -> list[str]:
        return [name + write_when(when) for when in getattr(event, field)]

    return PropertyLines((name,), lines)


def _when_line(name: str, when: When | None) -> list[str]:
    return [] if when is None else [name + write_when(when)]


def _recurrence_id(event: Event) -> list[str]:
    name = "RECURRENCE-ID;RANGE=THISANDFUTURE" if event.is_this_and_future else "RECURRENCE-ID"
    return _when_line(name, event.recurrence_id)


def _times(event: Event) -> list[str]:
    return _when_line("DTSTART", event.start) + (_when_line("DTEND", event.end) if event.start is not None else [])


def _vague(event: Event) -> list[str]:
    if event.vague is None:
        return [] if event.start is not None else ["X-SCPLANNER-DATE-TEXT:"]
    lines = [f"X-SCPLANNER-DATE-TEXT:{escape(event.vague.text)}"]
    for name, day in (("EARLIEST", event.vague.earliest), ("LATEST", event.vague.latest)):
        if day is not None:
            lines.append(f"X-SCPLANNER-{name}:{wall_text(day)}")
    return lines


def _status(event: Event) -> list[str]:
    if event.status is None:
        return []
    lines = [f"STATUS:{STATUS_BESIDE[event.status].upper()}"]
    if STATUS_BESIDE[event.status] is not event.status:
        lines.append(f"X-SCPLANNER-STATUS:{event.status.upper()}")
    return lines


def _geo(event: Event) -> list[str]:
    if event.latitude is None or event.longitude is None:
        return []
    return [f"GEO:{_decimal(event.latitude)};{_decimal(event.longitude)}"]


def _decimal(number: float) -> str:
    """The shortest text that reads back equal, never with an exponent."""
    return format(Decimal(repr(number)), "f")


def _categories(event: Event) -> list[str]:
    return [f"CATEGORIES:{','.join(escape(topic) for topic in event.topics)}"] if event.topics else []


def _url(event: Event) -> list[str]:
    return [f"URL:{uri(event.url)}"] if event.url else []


def uri(address: str) -> str:
    """An address on one line: it is no TEXT, so nothing in it is escaped."""
    return " ".join(plain_text(address).split())


def _links(event: Event) -> list[str]:
    return [
        f"X-SCPLANNER-LINK;TITLE={quote_param(link.title)}:{uri(link.url)}"
        if link.title
        else f"X-SCPLANNER-LINK:{uri(link.url)}"
        for link in event.links
    ]


def _organizer(event: Event) -> list[str]:
    name = event.organizer
    if not name:
        return []
    if "@" in name and " " not in name and name.isprintable():
        return [f"ORGANIZER:mailto:{name}"]
    return [f"ORGANIZER;CN={quote_param(name)}:{NO_ADDRESS}"]


def _parent(event: Event) -> list[str]:
    return [f"RELATED-TO;RELTYPE=PARENT:{escape(event.parent_uid)}"] if event.parent_uid else []


def _sequence(event: Event) -> list[str]:
    return [f"SEQUENCE:{event.sequence}"] if event.sequence else []


def _last_modified(event: Event) -> list[str]:
    when = event.last_modified
    return [] if when is None else [f"LAST-MODIFIED:{wall_text(when.astimezone(UTC_ZONE))}"]


def _rrule(event: Event) -> list[str]:
    return [f"RRULE:{plain_text(event.rrule)}"] if event.rrule else []


def _checked(event: Event) -> list[str]:
    return [] if event.checked is None else [f"X-SCPLANNER-CHECKED:{wall_text(event.checked)}"]


def _deadlines(event: Event) -> list[str]:
    lines = []
    for deadline in event.deadlines:
        label = f";LABEL={quote_param(deadline.label)}" if deadline.label else ""
        lines.append(f"X-SCPLANNER-DEADLINE;KIND={deadline.kind}{label}{write_when(deadline.due)}")
    return lines


TIMES: Final = PropertyLines(("DTSTART", "DTEND"), _times)
RECURRENCE_ID: Final = PropertyLines(("RECURRENCE-ID",), _recurrence_id)
LAST_MODIFIED: Final = PropertyLines(("LAST-MODIFIED",), _last_modified)
CATEGORIES: Final = PropertyLines(("CATEGORIES",), _categories)
LISTS_OF_DATES: Final = (_dates("RDATE", "rdates"), _dates("EXDATE", "exdates"))

# In the order in which they are written.
PROPERTIES: Final[tuple[PropertyLines, ...]] = (
    _text("UID", "uid"),
    LAST_MODIFIED,
    PropertyLines(("SEQUENCE",), _sequence),
    RECURRENCE_ID,
    TIMES,
    PropertyLines(("X-SCPLANNER-DATE-TEXT", "X-SCPLANNER-EARLIEST", "X-SCPLANNER-LATEST"), _vague),
    PropertyLines(("RRULE",), _rrule),
    *LISTS_OF_DATES,
    _text("SUMMARY", "summary"),
    PropertyLines(("STATUS", "X-SCPLANNER-STATUS"), _status),
    _word("TRANSP", "transp"),
    _word("CLASS", "classification"),
    _text("LOCATION", "location"),
    PropertyLines(("GEO",), _geo),
    PropertyLines(("URL",), _url),
    CATEGORIES,
    PropertyLines(("ORGANIZER",), _organizer),
    PropertyLines(("RELATED-TO",), _parent),
    _text("DESCRIPTION", "description"),
    *(_text(name, field) for name, field in TEXT_PROPERTIES.items() if name.startswith("X-")),
    _word("X-SCPLANNER-ATTENDANCE-MODE", "attendance_mode"),
    PropertyLines(("X-SCPLANNER-DEADLINE",), _deadlines),
    PropertyLines(("X-SCPLANNER-LINK",), _links),
    PropertyLines(("X-SCPLANNER-CHECKED",), _checked),
    _word("X-SCPLANNER-CONFIDENCE", "confidence"),
)
