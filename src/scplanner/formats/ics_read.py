"""iCalendar (RFC 5545, 7986) → records. What a file gets wrong becomes a Problem; the rest goes through.

The records are filled from our own content lines, without a library's objects between them (docs/adr/0013): a file of
10 000 events is read in less than a second. Expanding recurrence is left to those that know it (`recurrence`).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from hashlib import blake2b
from typing import Final

from scplanner.domain.events import Event
from scplanner.domain.problems import Problem
from scplanner.errors import UnreadableFile
from scplanner.formats import contentlines
from scplanner.formats.contentlines import Component, unescape
from scplanner.formats.ics_event import EventReader, NoEvent, uid_from_content
from scplanner.formats.ics_zones import Zones, zones_of

Progress = Callable[[int, int], None]

_PROGRESS_STEP: Final = 500
_BARE: Final = frozenset({"VEVENT", "VTODO", "VJOURNAL", "VFREEBUSY", "VAVAILABILITY"})


@dataclass(frozen=True, slots=True)
class ParsedEvent:
    """A VEVENT: its record (ids 0, hashes filled), its own text, and its file's shell (see `shell_of`).

    `problems` are what was wrong in it without costing the event; `line` is that of its BEGIN, from 1.
    """

    event: Event
    text: str
    shell: str
    problems: tuple[Problem, ...]
    line: int


@dataclass(frozen=True, slots=True)
class RejectedComponent:
    """A VEVENT that is no event here: its text, to be seen and saved, and why."""

    text: str
    shell: str
    problem: Problem
    line: int


@dataclass(frozen=True, slots=True)
class ParsedFile:
    """What one file holds. `others` are the texts of components that are kept but not shown (VTODO, VJOURNAL …).

    `problems` are those of the file as a whole and of what was rejected. `is_whole`: the file claims to hold all there is
    (a catalogue), so that what is missing from it is gone. `color` as written; `catalogue` is the version's date.
    """

    source: str
    format: str
    encoding: str
    events: tuple[ParsedEvent, ...] = ()
    problems: tuple[Problem, ...] = ()
    name: str = ""
    color: str = ""
    method: str = ""
    is_whole: bool = False
    others: tuple[str, ...] = ()
    rejected: tuple[RejectedComponent, ...] = ()
    catalogue: str = ""


def text_hash(text: str) -> str:
    """The name of a text in the store: BLAKE2b, 16 bytes, in hexadecimal, of its UTF-8."""
    return blake2b(text.encode("utf-8", "replace"), digest_size=16).hexdigest()


def read(data: bytes, source: str = "", progress: Progress | None = None) -> ParsedFile:
    """Read a calendar file. `progress` is told (events read, events in all) now and then, and at the end.

    Never raises for what a file gets wrong, except UnreadableFile when it is no calendar at all. An exception raised by
    `progress` (a cancel) goes through.
    """
    document = contentlines.parse(data)
    calendars = [component for component in document.components if component.name == "VCALENDAR"]
    bare = [component for component in document.components if component.name in _BARE]
    if not calendars and not bare:
        raise _not_a_calendar(document.components, source)
    problems = list(document.problems)
    header = _read_header(calendars[0]) if calendars else {}
    batches = [(shell_of(calendar), calendar.children) for calendar in calendars]
    if bare:
        problems.append(Problem(bare[0].line, bare[0].name, "stands outside any VCALENDAR"))
        batches.append(("", bare))
    total = sum(child.name == "VEVENT" for _, children in batches for child in children)
    events: list[ParsedEvent] = []
    rejected: list[RejectedComponent] = []
    others: list[str] = []
    for shell, children in batches:
        zones = zones_of(shell)
        shell_hash = text_hash(shell)
        for child in children:
            if child.name == "VEVENT":
                found = _read_component(child, zones, shell, shell_hash)
                if isinstance(found, ParsedEvent):
                    events.append(found)
                else:
                    rejected.append(found)
                    problems.append(found.problem)
                done = len(events) + len(rejected)
                if progress is not None and done % _PROGRESS_STEP == 0:
                    progress(done, total)
            elif child.name != "VTIMEZONE":
                others.append(child.text)
    if progress is not None:
        progress(total, total)
    return ParsedFile(
        source,
        "ics",
        document.encoding,
        tuple(events),
        tuple(problems),
        name=header.get("NAME") or header.get("X-WR-CALNAME", ""),
        color=header.get("COLOR") or header.get("X-APPLE-CALENDAR-COLOR", ""),
        method=header.get("METHOD", "").upper(),
        is_whole="X-SCPLANNER-CATALOGUE" in header,
        others=tuple(others),
        rejected=tuple(rejected),
        catalogue=header.get("X-SCPLANNER-CATALOGUE", ""),
    )


def parse_event(text: str, shell: str) -> ParsedEvent:
    """Read one VEVENT alone, with the VTIMEZONEs of its shell. Raises UnreadableFile if it is no event."""
    roots, problems = contentlines.cut(text)
    for component in roots:
        if component.name == "VEVENT":
            found = _read_component(component, zones_of(shell), shell, text_hash(shell))
            if isinstance(found, ParsedEvent):
                return replace(found, problems=(*problems, *found.problems))
            raise UnreadableFile(f"This is no event: {found.problem.reason}.")
    raise UnreadableFile("This text holds no event.")


def shell_of(calendar: Component) -> str:
    """A VCALENDAR's own properties and its VTIMEZONEs, as one text: what its events need to be read alone."""
    zones = "".join(child.text for child in calendar.children if child.name == "VTIMEZONE")
    return f"BEGIN:VCALENDAR\r\n{calendar.own_text}{zones}END:VCALENDAR\r\n"


def _not_a_calendar(components: tuple[Component, ...], source: str) -> UnreadableFile:
    name = source or "This file"
    if any(component.name == "VCARD" for component in components):
        return UnreadableFile(f"{name} holds contacts, not a calendar.", "Choose a file that ends in .ics.")
    return UnreadableFile(f"{name} is not a calendar.", "Choose a file that ends in .ics.")


def _read_header(calendar: Component) -> dict[str, str]:
    header: dict[str, str] = {}
    for line in calendar.lines():
        item = contentlines.parse_property(line)
        if item is not None:
            header.setdefault(item.name, unescape(item.value).strip())
    return header


def _read_component(component: Component, zones: Zones, shell: str, shell_hash: str) -> ParsedEvent | RejectedComponent:
    text = component.text
    reader = EventReader(component, zones)
    try:
        fields = reader.read()
    except NoEvent as error:
        problem = Problem(component.line_of(error.name), error.name, error.reason)
        return RejectedComponent(text, shell, problem, component.line)
    if "uid" not in fields:
        fields["uid"] = uid_from_content(reader.values)
        head, line_end, rest = text.partition("\r\n")
        text = f"{head}{line_end}UID:{fields['uid']}\r\n{rest}"
        reader.complain("UID", "is missing: one was made from the content")
    event = Event(0, 0, **fields, text_hash=text_hash(text), shell_hash=shell_hash)
    return ParsedEvent(event, text, shell, tuple(reader.problems), component.line)
