"""The records of the calendar: calendars, events, occurrences and the user's own layer on them.

Names follow RFC 5545 and RFC 7986; what a conference needs beyond them (series, edition, deadlines, vague dates)
travels in X-SCPLANNER properties. Records are frozen; whatever changes them makes a new one.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from scplanner.domain.temporal import TimeSpan, VagueDate, When, to_text


class CalendarKind(StrEnum):
    """Where a calendar's events come from."""

    OWN = "own"
    IMPORTED = "imported"
    SUBSCRIBED = "subscribed"
    CATALOGUE = "catalogue"


class DaysBy(StrEnum):
    """Which day a timed event stands on: the one at its place, or the one in the user's zone."""

    PLACE = "place"
    MINE = "mine"


class EventStatus(StrEnum):
    """What the organiser says. `postponed` and `withdrawn` are ours; RFC 5545 has the other three."""

    TENTATIVE = "tentative"
    CONFIRMED = "confirmed"
    POSTPONED = "postponed"
    CANCELLED = "cancelled"
    WITHDRAWN = "withdrawn"

    @property
    def is_off(self) -> bool:
        """It will not take place as listed."""
        return self in (EventStatus.CANCELLED, EventStatus.WITHDRAWN)


class AttendanceMode(StrEnum):
    """How one takes part (schema.org eventAttendanceMode)."""

    ONSITE = "onsite"
    ONLINE = "online"
    HYBRID = "hybrid"


class Decision(StrEnum):
    """What the user means to do about an event. Undecided is None."""

    GOING = "going"
    CONSIDERING = "considering"
    WATCHING = "watching"
    DECLINED = "declined"


class Role(StrEnum):
    """As what the user takes part."""

    PARTICIPANT = "participant"
    SPEAKER = "speaker"
    EXHIBITOR = "exhibitor"
    ORGANISER = "organiser"


class Registration(StrEnum):
    """How far the user's registration is. Nothing done yet is None."""

    APPLIED = "applied"
    REGISTERED = "registered"
    WAITLISTED = "waitlisted"


class DeadlineKind(StrEnum):
    """What is due."""

    CALL = "call"
    EARLY_BIRD = "early-bird"
    REGISTRATION = "registration"
    VISA = "visa"
    HOTEL = "hotel"
    SLIDES = "slides"
    REPORT = "report"
    OTHER = "other"


class Confidence(StrEnum):
    """How sure the source of a catalogue entry is of its dates."""

    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"


@dataclass(frozen=True, slots=True)
class Calendar:
    """A named collection of events. `color` is `#RRGGBB`; `version` see docs/adr/0011."""

    id: int
    name: str
    kind: CalendarKind = CalendarKind.OWN
    color: str = "#2F6FDE"
    is_visible: bool = True
    position: int = 0
    days_by: DaysBy = DaysBy.PLACE
    source: str = ""
    version: int = 0

    @property
    def is_source(self) -> bool:
        """Its events come from elsewhere, and an edited one follows its origin."""
        return self.kind in (CalendarKind.CATALOGUE, CalendarKind.SUBSCRIBED)


@dataclass(frozen=True, slots=True)
class Deadline:
    """Something due. `due` is a date, or a zoned time; anywhere-on-earth is zone `Etc/GMT+12`."""

    kind: DeadlineKind
    due: When
    label: str = ""

    @property
    def key(self) -> str:
        """Tells this deadline of an event from the others; a moved deadline is another one."""
        return f"{self.kind}|{to_text(self.due)}|{self.label}"


@dataclass(frozen=True, slots=True)
class Link:
    """An address with the words it is shown with."""

    url: str
    title: str = ""


@dataclass(frozen=True, slots=True)
class StoredFile:
    """A file the user keeps with an event. Its bytes lie in the data folder under `sha256`; `size` in bytes."""

    name: str
    sha256: str
    size: int


@dataclass(frozen=True, slots=True)
class Event:
    """A VEVENT master, or an override of one occurrence (`recurrence_id` set).

    `id` 0 or below is a placeholder until the store has given it one. `start` None means the date is only vaguely
    known or unknown: `vague` then says what is known. `end` is exclusive. `text_hash` names the source text the event came
    as (patched by every edit), `shell_hash` the calendar properties and VTIMEZONEs of its file, `base_hash` the last
    version seen from its source, which is the merge base. `version` see docs/adr/0011.
    """

    id: int
    calendar_id: int
    uid: str
    recurrence_id: When | None = None
    summary: str = ""
    start: When | None = None
    end: When | None = None
    vague: VagueDate | None = None
    description: str = ""
    location: str = ""
    venue: str = ""
    city: str = ""
    country: str = ""
    latitude: float | None = None
    longitude: float | None = None
    attendance_mode: AttendanceMode | None = None
    url: str = ""
    links: tuple[Link, ...] = ()
    status: EventStatus | None = None
    transp: str = ""
    classification: str = ""
    topics: tuple[str, ...] = ()
    deadlines: tuple[Deadline, ...] = ()
    organizer: str = ""
    series: str = ""
    edition: str = ""
    parent_uid: str = ""
    sequence: int = 0
    last_modified: datetime | None = None
    rrule: str = ""
    rdates: tuple[When, ...] = ()
    exdates: tuple[When, ...] = ()
    is_this_and_future: bool = False
    source: str = ""
    checked: date | None = None
    confidence: Confidence | None = None
    remark: str = ""
    text_hash: str = ""
    shell_hash: str = ""
    base_hash: str = ""
    version: int = 0

    @property
    def span(self) -> TimeSpan | None:
        """When it is; None for a vague date."""
        return None if self.start is None else TimeSpan(self.start, self.end)

    @property
    def is_recurring(self) -> bool:
        """It is a series."""
        return bool(self.rrule or self.rdates)

    @property
    def is_of_series(self) -> bool:
        """It is a series or an override of one: its occurrences have to be worked out."""
        return self.is_recurring or self.recurrence_id is not None

    @property
    def follows(self) -> bool:
        """It came from elsewhere, was edited here, and keeps the version it came as for its merge base."""
        return bool(self.base_hash) and self.base_hash != self.text_hash

    @property
    def place(self) -> str:
        """Where it is, in one line, as short as it can be said: city, else location, else venue."""
        return self.city or self.location or self.venue


@dataclass(frozen=True, slots=True)
class OccurrenceKey:
    """Names one occurrence for selection and commands: `recurrence_id` is the canonical text, or empty."""

    event_id: int
    recurrence_id: str = ""


@dataclass(frozen=True, slots=True)
class Layer:
    """What the user keeps about an event. No import, feed or sync ever writes it.

    It belongs to an event's id, or with `recurrence_id` set to one occurrence of a series. `travel_before` and
    `travel_after` are whole days. `budget` is a decimal number as text, `budget_currency` an ISO 4217 code.
    `done` holds the keys of deadlines ticked off, the event's and the user's own.
    """

    id: int
    event_id: int
    recurrence_id: When | None = None
    decision: Decision | None = None
    role: Role | None = None
    registration: Registration | None = None
    attended: bool | None = None
    travel_before: int = 0
    travel_after: int = 0
    hotel_booked: bool = False
    travel_booked: bool = False
    budget: str = ""
    budget_currency: str = ""
    note: str = ""
    deadlines: tuple[Deadline, ...] = ()
    done: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    files: tuple[StoredFile, ...] = ()
    links: tuple[Link, ...] = ()
    is_hidden: bool = False
    version: int = 0

    @property
    def key(self) -> OccurrenceKey:
        """The event or occurrence it belongs to."""
        return OccurrenceKey(self.event_id, "" if self.recurrence_id is None else to_text(self.recurrence_id))

    @property
    def is_empty(self) -> bool:
        """Nothing is kept in it."""
        return self == Layer(self.id, self.event_id, self.recurrence_id, version=self.version)


@dataclass(frozen=True, slots=True)
class EventDetails:
    """Everything about one event or one of its occurrences, for an inspector or a `show`."""

    event: Event
    calendar: Calendar
    layer: Layer
    recurrence_id: When | None = None
    span: TimeSpan | None = None
    parent: Event | None = None
    side_events: tuple[Event, ...] = ()
    editions: tuple[Event, ...] = ()


@dataclass(frozen=True, slots=True)
class Occurrence:
    """One row of a calendar view: an expanded instance with just what is painted and filtered.

    `first_day` and `last_day` (inclusive) are where it stands, by its calendar's rule. A vague event has no `start`, and
    the two are its bounds (`date.max` when nothing is known).
    """

    key: OccurrenceKey
    calendar_id: int
    uid: str
    summary: str
    start: When | None
    end: When | None
    first_day: date
    last_day: date
    date_text: str = ""
    city: str = ""
    country: str = ""
    topics: tuple[str, ...] = ()
    status: EventStatus | None = None
    attendance_mode: AttendanceMode | None = None
    decision: Decision | None = None
    registration: Registration | None = None
    transp: str = ""
    series: str = ""
    parent_uid: str = ""
    is_recurring: bool = False
    is_hidden: bool = False
    is_low_confidence: bool = False
    travel_before: int = 0
    travel_after: int = 0

    @property
    def is_vague(self) -> bool:
        """No day is known."""
        return self.start is None

    @property
    def span(self) -> TimeSpan | None:
        """When it is; None for a vague date."""
        return None if self.start is None else TimeSpan(self.start, self.end)


def empty_layer(event_id: int, recurrence_id: When | None = None) -> Layer:
    """The layer of an event about which nothing is kept yet (placeholder id 0)."""
    return Layer(0, event_id, recurrence_id)
