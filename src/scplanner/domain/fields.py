"""One table of what an event and its layer are made of: how each field is called, compared and merged.

Reviews, merges, history and the forms read this table; a field that is not in it fails a test.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum

from scplanner.domain.events import Event, Layer
from scplanner.domain.temporal import zone_name


class FieldKind(StrEnum):
    """How a value is shown and edited."""

    TEXT = "text"
    LONG_TEXT = "long text"
    NUMBER = "number"
    MOMENT = "moment"
    MOMENTS = "moments"
    VAGUE = "vague"
    CHOICE = "choice"
    WORDS = "words"
    RECORDS = "records"
    FLAG = "flag"
    HASH = "hash"

    @property
    def is_set(self) -> bool:
        """What both sides add or remove can stand together: the order means nothing."""
        return self in (FieldKind.WORDS, FieldKind.MOMENTS)


class FieldUse(StrEnum):
    """What a field is for when two versions of a record meet."""

    CONTENT = "content"
    """Compared, merged and shown in a review."""

    REVISION = "revision"
    """Says how new a version is: taken along with a change, never one itself."""

    IDENTITY = "identity"
    """Tells records apart, or is the store's bookkeeping: neither compared nor merged."""


@dataclass(frozen=True, slots=True)
class FieldSpec:
    """One field of a record. Fields of one `group` only make sense together: a merge takes all from one side."""

    name: str
    label: str
    kind: FieldKind
    use: FieldUse = FieldUse.CONTENT
    group: str = ""


@dataclass(frozen=True, slots=True)
class FieldChange:
    """A field whose value differs between two versions of a record."""

    field: str
    before: object
    after: object


def _identity(name: str, label: str, kind: FieldKind = FieldKind.NUMBER) -> FieldSpec:
    return FieldSpec(name, label, kind, FieldUse.IDENTITY)


EVENT_FIELDS: tuple[FieldSpec, ...] = (
    _identity("id", "Number"),
    _identity("calendar_id", "Calendar"),
    _identity("uid", "UID", FieldKind.TEXT),
    _identity("recurrence_id", "Occurrence", FieldKind.MOMENT),
    FieldSpec("summary", "Title", FieldKind.TEXT),
    FieldSpec("start", "Start", FieldKind.MOMENT, group="when"),
    FieldSpec("end", "End", FieldKind.MOMENT, group="when"),
    FieldSpec("vague", "Date as announced", FieldKind.VAGUE, group="when"),
    FieldSpec("description", "Description", FieldKind.LONG_TEXT),
    FieldSpec("location", "Location", FieldKind.TEXT),
    FieldSpec("venue", "Venue", FieldKind.TEXT),
    FieldSpec("city", "City", FieldKind.TEXT),
    FieldSpec("country", "Country", FieldKind.TEXT),
    FieldSpec("latitude", "Latitude", FieldKind.NUMBER, group="coordinates"),
    FieldSpec("longitude", "Longitude", FieldKind.NUMBER, group="coordinates"),
    FieldSpec("attendance_mode", "Attendance", FieldKind.CHOICE),
    FieldSpec("url", "Website", FieldKind.TEXT),
    FieldSpec("links", "Links", FieldKind.RECORDS),
    FieldSpec("status", "Status", FieldKind.CHOICE),
    FieldSpec("transp", "Shown as", FieldKind.TEXT),
    FieldSpec("classification", "Visibility", FieldKind.TEXT),
    FieldSpec("topics", "Topics", FieldKind.WORDS),
    FieldSpec("deadlines", "Deadlines", FieldKind.RECORDS),
    FieldSpec("organizer", "Organiser", FieldKind.TEXT),
    FieldSpec("series", "Series", FieldKind.TEXT),
    FieldSpec("edition", "Edition", FieldKind.TEXT),
    FieldSpec("parent_uid", "Part of", FieldKind.TEXT),
    FieldSpec("sequence", "Revision", FieldKind.NUMBER, FieldUse.REVISION),
    FieldSpec("last_modified", "Last changed", FieldKind.MOMENT, FieldUse.REVISION),
    FieldSpec("rrule", "Repeats", FieldKind.TEXT),
    FieldSpec("rdates", "Extra dates", FieldKind.MOMENTS),
    FieldSpec("exdates", "Dates left out", FieldKind.MOMENTS),
    FieldSpec("is_this_and_future", "This and all following", FieldKind.FLAG),
    FieldSpec("source", "Source", FieldKind.TEXT),
    FieldSpec("checked", "Checked on", FieldKind.MOMENT),
    FieldSpec("confidence", "Confidence", FieldKind.CHOICE),
    FieldSpec("remark", "Remark", FieldKind.LONG_TEXT),
    _identity("text_hash", "Source text", FieldKind.HASH),
    _identity("shell_hash", "Calendar of the source text", FieldKind.HASH),
    _identity("base_hash", "Last version of the source", FieldKind.HASH),
    _identity("version", "Version"),
)

LAYER_FIELDS: tuple[FieldSpec, ...] = (
    _identity("id", "Number"),
    _identity("event_id", "Event"),
    _identity("recurrence_id", "Occurrence", FieldKind.MOMENT),
    FieldSpec("decision", "Decision", FieldKind.CHOICE),
    FieldSpec("role", "Role", FieldKind.CHOICE),
    FieldSpec("registration", "Registration", FieldKind.CHOICE),
    FieldSpec("attended", "Attended", FieldKind.FLAG),
    FieldSpec("travel_before", "Travel days before", FieldKind.NUMBER),
    FieldSpec("travel_after", "Travel days after", FieldKind.NUMBER),
    FieldSpec("hotel_booked", "Hotel booked", FieldKind.FLAG),
    FieldSpec("travel_booked", "Travel booked", FieldKind.FLAG),
    FieldSpec("budget", "Budget", FieldKind.TEXT, group="budget"),
    FieldSpec("budget_currency", "Currency", FieldKind.TEXT, group="budget"),
    FieldSpec("note", "Note", FieldKind.LONG_TEXT),
    FieldSpec("deadlines", "My deadlines", FieldKind.RECORDS),
    FieldSpec("done", "Deadlines done", FieldKind.WORDS),
    FieldSpec("tags", "Tags", FieldKind.WORDS),
    FieldSpec("files", "Files", FieldKind.RECORDS),
    FieldSpec("links", "Links", FieldKind.RECORDS),
    FieldSpec("is_hidden", "Hidden", FieldKind.FLAG),
    _identity("version", "Version"),
)

EVENT_CONTENT: tuple[FieldSpec, ...] = tuple(spec for spec in EVENT_FIELDS if spec.use is FieldUse.CONTENT)
LAYER_CONTENT: tuple[FieldSpec, ...] = tuple(spec for spec in LAYER_FIELDS if spec.use is FieldUse.CONTENT)


OTHER_PROPERTIES = "text"
"""The name a change goes by that lies in lines of the source text which no field stands for."""

_LABELS = {spec.name: spec.label for spec in (*LAYER_FIELDS, *EVENT_FIELDS)} | {OTHER_PROPERTIES: "Other properties"}


def label_of(field: str) -> str:
    """The words for a field that a change or a conflict names."""
    return _LABELS.get(field, field)


def differences(before: Event | Layer, after: Event | Layer) -> tuple[FieldChange, ...]:
    """What a person would call different between two versions of one record, in the order of the table."""
    specs = EVENT_CONTENT if isinstance(before, Event) else LAYER_CONTENT
    found = [
        FieldChange(spec.name, old, new)
        for spec in specs
        if not same_value(old := getattr(before, spec.name), new := getattr(after, spec.name), spec.kind)
    ]
    if isinstance(before, Event) and isinstance(after, Event) and _is_end_only_written_out(before, after, found):
        found = [change for change in found if change.field != "end"]
    return tuple(found)


def same_value(one: object, other: object, kind: FieldKind) -> bool:
    """Whether two values of a field say the same. One instant told in UTC and in a zone is the same moment."""
    if isinstance(one, datetime) and isinstance(other, datetime):
        return one == other and _is_same_zone(one, other)
    if kind.is_set and isinstance(one, tuple) and isinstance(other, tuple):
        return one == other or set(one) == set(other)
    return one == other


def _is_same_zone(one: datetime, other: datetime) -> bool:
    if one.tzinfo is None or other.tzinfo is None or one.tzinfo is other.tzinfo:
        return True
    names = {zone_name(one.tzinfo), zone_name(other.tzinfo)}
    return len(names) == 1 or zone_name(UTC) in names


def _is_end_only_written_out(before: Event, after: Event, found: list[FieldChange]) -> bool:
    """An all-day event without an end and one that ends on the next day are the same, and so on for RFC 5545's others."""
    names = {change.field for change in found}
    if "end" not in names or "start" in names or before.span is None or after.span is None:
        return False
    return before.span.effective_end == after.span.effective_end
