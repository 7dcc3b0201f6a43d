"""The lines of one VEVENT → the fields of its record (RFC 5545 §3.6.1, 7986, and our own X-SCPLANNER properties)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime, time
from hashlib import blake2b
from typing import Any, Final

from scplanner.domain.events import AttendanceMode, Confidence, Deadline, DeadlineKind, EventStatus, Link
from scplanner.domain.problems import Problem
from scplanner.domain.temporal import VagueDate, When, is_date
from scplanner.formats import contentlines
from scplanner.formats.contentlines import Component, Property, split_escaped, unescape
from scplanner.formats.ics_values import Duration, read_duration, read_when
from scplanner.formats.ics_zones import Zones

_MAX_INTEGER: Final = 2**31 - 1
_FREQUENCIES = frozenset({"SECONDLY", "MINUTELY", "HOURLY", "DAILY", "WEEKLY", "MONTHLY", "YEARLY"})

TEXT_PROPERTIES: Final[Mapping[str, str]] = {
    "UID": "uid",
    "SUMMARY": "summary",
    "DESCRIPTION": "description",
    "LOCATION": "location",
    "X-SCPLANNER-VENUE": "venue",
    "X-SCPLANNER-CITY": "city",
    "X-SCPLANNER-COUNTRY": "country",
    "X-SCPLANNER-SERIES": "series",
    "X-SCPLANNER-EDITION": "edition",
    "X-SCPLANNER-SOURCE": "source",
    "X-SCPLANNER-REMARK": "remark",
}


class NoEvent(Exception):
    """A VEVENT that is no event here: the property and the reason. It never leaves formats."""

    def __init__(self, name: str, reason: str) -> None:
        super().__init__(name, reason)
        self.name, self.reason = name, reason


def uid_from_content(values: Mapping[str, str]) -> str:
    """The same for the same title, times and place, so that a file read again meets its own events."""
    parts = (values.get(name, "") for name in ("SUMMARY", "DTSTART", "DTEND", "DURATION", "LOCATION"))
    return f"{blake2b('|'.join(parts).encode('utf-8', 'replace'), digest_size=16).hexdigest()}@no-uid.scplanner"


class EventReader:
    """One pass over the lines of a VEVENT. `read` raises NoEvent."""

    def __init__(self, component: Component, zones: Zones) -> None:
        self.component = component
        self.zones = zones
        self.problems: list[Problem] = []
        self.fields: dict[str, Any] = {}
        self.values: dict[str, str] = {}
        self.times: dict[str, When] = {}
        self.duration: Duration | None = None
        self.lists: dict[str, list[Any]] = {}

    def complain(self, name: str, reason: str, line: str = "") -> None:
        """Note what is wrong in a property, or in the line that begins like this, without costing the event."""
        if len(self.problems) < contentlines.MAX_PROBLEMS:
            self.problems.append(Problem(self.component.line_of(line or name), name, reason))

    def read(self) -> dict[str, Any]:
        """The fields of the record that are said, by name."""
        fields, values = self.fields, self.values
        for line in self.component.lines():
            item = contentlines.parse_property(line)
            if item is None:
                self.complain("", f"“{line[:40]}” is no content line: kept, but not understood", line[:40])
                continue
            name = item.name
            field = TEXT_PROPERTIES.get(name)
            if field is not None:
                if field not in fields:
                    fields[field] = unescape(item.value)
                    values[name] = item.value
                continue
            handler = _HANDLERS.get(name)
            if handler is not None:
                try:
                    handler(self, item)
                except ValueError as error:
                    if name == "DTSTART":
                        raise NoEvent(name, str(error)) from None
                    self.complain(name, str(error))
        if not fields.get("uid", "x").strip():
            del fields["uid"]
        self._set_times()
        self._set_status()
        for name, found in self.lists.items():
            fields[name] = _unique(found)
        return fields

    def when(self, item: Property, value: str | None = None) -> When:
        """The DATE or DATE-TIME of a property; raises ValueError. A zone that means nothing is complained of."""
        tzid = item.params.get("TZID", "").strip()
        when = read_when(item.value if value is None else value, tzid, self.zones)
        if tzid and isinstance(when, datetime) and when.tzinfo is None:
            self.complain(item.name, f"the time zone “{tzid}” is not known: read as local time wherever one is")
        return when

    def _set_times(self) -> None:
        start, end = self.times.get("DTSTART"), self.times.get("DTEND")
        vague = VagueDate(
            self.fields.pop("date_text", ""), self.fields.pop("earliest", None), self.fields.pop("latest", None)
        )
        if start is None:
            if "X-SCPLANNER-DATE-TEXT" not in self.values:
                raise NoEvent("DTSTART", "is missing: an event without a beginning cannot be shown")
            end = None
        elif end is not None and self.duration is not None:
            self.complain("DURATION", "stands beside DTEND, which counts")
        elif self.duration is not None:
            try:
                end = self.duration.after(start)
            except ValueError as error:
                self.complain("DURATION", str(error))
        if start is not None and end is not None:
            end = self._fitting(start, end)
        if vague != VagueDate(""):
            self.fields["vague"] = vague
        self.fields["start"], self.fields["end"] = start, end

    def _fitting(self, start: When, end: When) -> When:
        """The end as the same kind of value as the start (RFC 5545 §3.8.2.2)."""
        if isinstance(start, datetime) and not isinstance(end, datetime):
            self.complain("DTEND", "is a date though the event begins at a time")
            end = datetime.combine(end, time(), start.tzinfo)
        elif not isinstance(start, datetime) and isinstance(end, datetime):
            self.complain("DTEND", "is a time though the event begins on a date")
            end = end.date()
        if _is_before(end, start):
            self.complain("DTEND", "the event ends before it begins")
        return end

    def _set_status(self) -> None:
        """STATUS, refined by our own property as long as another program has not changed STATUS since."""
        own, status = self.fields.pop("own_status", None), self.fields.get("status")
        if own is not None and (status is None or status is STATUS_BESIDE[own]):
            self.fields["status"] = own

    def list_of(self, field: str) -> list[Any]:
        """The items found so far of a field that is a tuple in the record."""
        return self.lists.setdefault(field, [])


def _unique(items: list[Any]) -> tuple[Any, ...]:
    """Each item once. Deadlines by key: two at one instant told in two zones are equal to Python."""
    found: dict[Any, Any] = {}
    for item in items:
        found.setdefault(item.key if isinstance(item, Deadline) else item, item)
    return tuple(found.values())


STATUS_BESIDE: Final[Mapping[EventStatus, EventStatus]] = {
    EventStatus.TENTATIVE: EventStatus.TENTATIVE,
    EventStatus.CONFIRMED: EventStatus.CONFIRMED,
    EventStatus.CANCELLED: EventStatus.CANCELLED,
    EventStatus.POSTPONED: EventStatus.TENTATIVE,
    EventStatus.WITHDRAWN: EventStatus.CANCELLED,
}


def _is_before(end: When, start: When) -> bool:
    if isinstance(end, datetime) and isinstance(start, datetime):
        if (end.tzinfo is None) != (start.tzinfo is None):
            return False
        return end < start
    return is_date(end) and is_date(start) and end < start


def _time(reader: EventReader, item: Property) -> None:
    if item.name in reader.times:
        reader.complain(item.name, "is written more than once: the first one counts")
        return
    reader.times[item.name] = reader.when(item)
    reader.values[item.name] = item.value


def _duration(reader: EventReader, item: Property) -> None:
    reader.duration = read_duration(item.value)
    reader.values[item.name] = item.value


def _recurrence_id(reader: EventReader, item: Property) -> None:
    reader.fields["recurrence_id"] = reader.when(item)
    reader.fields["is_this_and_future"] = item.params.get("RANGE", "").upper() == "THISANDFUTURE"


def _rrule(reader: EventReader, item: Property) -> None:
    rule = item.value.strip().upper()
    parts = dict(part.partition("=")[::2] for part in rule.split(";"))
    if parts.get("FREQ") not in _FREQUENCIES:
        raise ValueError(f"“{item.value[:40]}” is no rule of recurrence")
    if "rrule" in reader.fields:
        reader.complain("RRULE", "is written more than once: the first one counts")
        return
    reader.fields["rrule"] = rule


def _exrule(_reader: EventReader, _item: Property) -> None:
    raise ValueError("is out of date (RFC 5545 dropped it) and not followed: occurrences may be too many")


def _dates(reader: EventReader, item: Property) -> None:
    found = reader.list_of("rdates" if item.name == "RDATE" else "exdates")
    for value in item.value.split(","):
        if value.strip():
            found.append(reader.when(item, value.partition("/")[0]))  # a PERIOD is told by its start


def _categories(reader: EventReader, item: Property) -> None:
    reader.list_of("topics").extend(topic for text in split_escaped(item.value) if (topic := text.strip()))


def _enum(field: str, kind: Callable[[str], Any]) -> Callable[[EventReader, Property], None]:
    def handle(reader: EventReader, item: Property) -> None:
        text = item.value.strip()
        if text:
            try:
                reader.fields.setdefault(field, kind(text.lower()))
            except ValueError:
                raise ValueError(f"“{text[:40]}” is not one of its values") from None

    return handle


def _status(reader: EventReader, item: Property) -> None:
    _enum("status", lambda text: EventStatus("cancelled" if text == "canceled" else text))(reader, item)


def _upper(field: str) -> Callable[[EventReader, Property], None]:
    def handle(reader: EventReader, item: Property) -> None:
        reader.fields.setdefault(field, contentlines.plain_text(item.value).strip().upper())

    return handle


def _uri(reader: EventReader, item: Property) -> None:
    reader.fields.setdefault("url", contentlines.plain_text(item.value).strip())


def _link(reader: EventReader, item: Property) -> None:
    reader.list_of("links").append(
        Link(contentlines.plain_text(item.value).strip(), contentlines.plain_text(item.params.get("TITLE", "")))
    )


def _geo(reader: EventReader, item: Property) -> None:
    latitude, semicolon, longitude = item.value.replace("\\;", ";").partition(";")
    try:
        place = float(latitude), float(longitude)
    except ValueError:
        raise ValueError(f"“{item.value[:40]}” is no place on the map") from None
    if not (semicolon and abs(place[0]) <= 90 and abs(place[1]) <= 180):
        raise ValueError(f"“{item.value[:40]}” is no place on the map")
    reader.fields.setdefault("latitude", place[0])
    reader.fields.setdefault("longitude", place[1])


def _organizer(reader: EventReader, item: Property) -> None:
    name = contentlines.plain_text(item.params.get("CN", ""))
    address = item.value.strip()
    if address[:7].lower() == "mailto:":
        address = address[7:]
    reader.fields.setdefault("organizer", name or contentlines.plain_text(address))


def _related(reader: EventReader, item: Property) -> None:
    if item.params.get("RELTYPE", "PARENT").upper() == "PARENT":
        reader.fields.setdefault("parent_uid", unescape(item.value))


def _sequence(reader: EventReader, item: Property) -> None:
    try:
        reader.fields["sequence"] = min(max(int(item.value), 0), _MAX_INTEGER)
    except ValueError:
        raise ValueError(f"“{item.value[:40]}” is no number") from None


def _last_modified(reader: EventReader, item: Property) -> None:
    when = reader.when(item)
    if isinstance(when, datetime) and when.tzinfo is not None:
        reader.fields["last_modified"] = when


def _date_text(reader: EventReader, item: Property) -> None:
    reader.values[item.name] = item.value
    reader.fields["date_text"] = unescape(item.value)


def _day(field: str) -> Callable[[EventReader, Property], None]:
    def handle(reader: EventReader, item: Property) -> None:
        when = read_when(item.value, "", reader.zones)
        reader.fields[field] = when.date() if isinstance(when, datetime) else when

    return handle


def _deadline(reader: EventReader, item: Property) -> None:
    try:
        kind = DeadlineKind(item.params.get("KIND", "other").lower())
    except ValueError:
        kind = DeadlineKind.OTHER
    label = contentlines.plain_text(item.params.get("LABEL", ""))
    reader.list_of("deadlines").append(Deadline(kind, reader.when(item), label))


_HANDLERS: Final[Mapping[str, Callable[[EventReader, Property], None]]] = {
    "DTSTART": _time,
    "DTEND": _time,
    "DURATION": _duration,
    "RECURRENCE-ID": _recurrence_id,
    "RRULE": _rrule,
    "EXRULE": _exrule,
    "RDATE": _dates,
    "EXDATE": _dates,
    "CATEGORIES": _categories,
    "STATUS": _status,
    "TRANSP": _upper("transp"),
    "CLASS": _upper("classification"),
    "URL": _uri,
    "GEO": _geo,
    "ORGANIZER": _organizer,
    "RELATED-TO": _related,
    "SEQUENCE": _sequence,
    "LAST-MODIFIED": _last_modified,
    "X-SCPLANNER-STATUS": _enum("own_status", EventStatus),
    "X-SCPLANNER-ATTENDANCE-MODE": _enum("attendance_mode", AttendanceMode),
    "X-SCPLANNER-CONFIDENCE": _enum("confidence", Confidence),
    "X-SCPLANNER-DATE-TEXT": _date_text,
    "X-SCPLANNER-EARLIEST": _day("earliest"),
    "X-SCPLANNER-LATEST": _day("latest"),
    "X-SCPLANNER-CHECKED": _day("checked"),
    "X-SCPLANNER-LINK": _link,
    "X-SCPLANNER-DEADLINE": _deadline,
}
