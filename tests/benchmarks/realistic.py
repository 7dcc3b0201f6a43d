"""Events as twenty years of a conference calendar hold them: mixed lengths, zones, topics, descriptions, deadlines."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from scplanner.domain.changes import ChangeSet, created
from scplanner.domain.events import AttendanceMode, Calendar, CalendarKind, Deadline, DeadlineKind, Event, EventStatus
from scplanner.paths import UserPaths
from scplanner.services import changes, recurrence
from scplanner.services.workspace import PLAN_NAME, Workspace
from scplanner.settings import Settings
from scplanner.store.store import Store

FIRST, DAYS = date(2008, 1, 1), 7300
BUSY = date(2026, 11, 16)
"""A day in a month that every generated calendar has events in."""

_CITIES = [
    line.split("|")
    for line in """Barcelona|ES|Europe/Madrid
Lyon|FR|Europe/Paris
Łódź|PL|Europe/Warsaw
Tromsø|NO|Europe/Oslo
Casablanca|MA|Africa/Casablanca
Singapore|SG|Asia/Singapore
Taipei|TW|Asia/Taipei
Dubai|AE|Asia/Dubai
Montréal|CA|America/Toronto
São Paulo|BR|America/Sao_Paulo
Denver|US|America/Denver
Seoul|KR|Asia/Seoul
Helsinki|FI|Europe/Helsinki
Vienna|AT|Europe/Vienna
Cascais|PT|Europe/Lisbon
Kigali|RW|Africa/Kigali
Melbourne|AU|Australia/Melbourne
Bologna|IT|Europe/Rome
Ghent|BE|Europe/Brussels
Tallinn|EE|Europe/Tallinn
Utrecht|NL|Europe/Amsterdam
Nagoya|JP|Asia/Tokyo
Bengaluru|IN|Asia/Kolkata
Bogotá|CO|America/Bogota""".splitlines()
]
_KINDS = [
    "Expo",
    "Congress",
    "Forum",
    "Summit",
    "Conference",
    "Workshop",
    "Week",
    "Symposium",
    "Hackathon",
    "Fair",
    "Assembly",
    "Webinar",
]
_THEMES = [
    "Smart City",
    "Urban Resilience",
    "Mobility",
    "Energy Transition",
    "Open Data",
    "Digital Twins",
    "Smart Water",
    "Climate Adaptation",
    "Connected Vehicles",
    "Circular Economy",
    "Public Space",
    "Governance",
    "Citizen Participation",
    "Cybersecurity",
    "Housing",
    "Logistics",
]
_WORDS = [
    "platform",
    "pilot",
    "district",
    "neighbourhood",
    "sensor",
    "network",
    "policy",
    "funding",
    "municipality",
    "transport",
    "electric",
    "charging",
    "mapping",
    "heat",
    "island",
    "drainage",
    "retrofit",
    "procurement",
    "standard",
    "interoperability",
    "privacy",
    "inclusive",
    "accessible",
    "partners",
    "keynote",
    "session",
    "track",
    "exhibition",
    "plenary",
    "visit",
    "site",
    "regional",
    "council",
    "mayors",
    "association",
    "research",
    "university",
    "industry",
    "startup",
    "investment",
    "roadmap",
    "strategy",
    "results",
    "lessons",
    "deployment",
    "monitoring",
    "maintenance",
    "the",
    "of",
    "and",
    "for",
    "in",
    "with",
    "from",
    "between",
    "about",
    "after",
]


def events(count: int, calendar_id: int, seed: int = 1) -> Iterator[Event]:
    """That many events, the same for the same seed; ids are placeholders from -1 down."""
    dice = random.Random(seed)
    for number in range(1, count + 1):
        yield _event(dice, number, calendar_id, seed)


def _event(dice: random.Random, number: int, calendar_id: int, seed: int) -> Event:
    city, country, zone = dice.choice(_CITIES)
    theme, kind = dice.choice(_THEMES), dice.choice(_KINDS)
    day = FIRST + timedelta(days=dice.randrange(DAYS))
    start: date | datetime = day
    length = timedelta(days=dice.choices((1, 2, 3, 4, 5, 10, 60), (30, 25, 25, 10, 6, 3, 1))[0])
    if dice.random() < 0.3:
        start = datetime(day.year, day.month, day.day, dice.randrange(8, 19), tzinfo=ZoneInfo(zone))
        length = timedelta(hours=dice.randrange(1, 9))
    deadlines = (Deadline(DeadlineKind.CALL, day - timedelta(days=120)),) if dice.random() < 0.2 else ()
    return Event(
        -number,
        calendar_id,
        f"{seed}-{number}@example.org",
        summary=f"{theme} {kind} {city} {day.year}",
        start=start,
        end=start + length,
        description=" ".join(dice.choices(_WORDS, k=dice.randrange(45, 120))),
        location=f"Congress centre, {city}",
        city=city,
        country=country,
        attendance_mode=dice.choice((AttendanceMode.ONSITE, AttendanceMode.HYBRID, None)),
        url=f"https://example.org/{number}",
        status=dice.choice((EventStatus.CONFIRMED, EventStatus.TENTATIVE, None)),
        topics=tuple(dice.sample(_THEMES, dice.randrange(1, 3))),
        deadlines=deadlines,
        organizer=f"{city} {theme} Association",
        series=f"{theme} {kind}" if dice.random() < 0.5 else "",
        last_modified=datetime(2026, 1, 1, tzinfo=UTC),
        rrule=f"FREQ=WEEKLY;COUNT={dice.randrange(4, 40)}" if dice.random() < 0.02 else "",
    )


def open_folder(folder: Path) -> Workspace:
    """Open a data folder with a catalogue that nothing newer is due for, and a plan."""
    from scplanner.sources.catalogue import bundled_catalogue

    paths = UserPaths.at(folder)
    paths.root.mkdir(parents=True, exist_ok=True)
    ws = Workspace(paths, Store(paths.database), Settings(), BUSY)
    if not ws.store.calendars.all():
        version = bundled_catalogue().version.isoformat()
        made = (Calendar(-1, "Catalogue", CalendarKind.CATALOGUE, source=version), Calendar(-2, PLAN_NAME, position=1))
        changes.apply(ws, ChangeSet("First start", created(made)))
        with ws.store.database.write() as connection:
            from scplanner.store import derived

            derived.rebuild(connection)
    return ws


def filled_folder(folder: Path, count: int) -> Workspace:
    """A data folder with that many events, added as imports of 10 000 each, series worked out."""
    ws = open_folder(folder)
    for part in range(0, count, 10_000):
        some = created(events(min(10_000, count - part), 1, seed=part + 1))
        changes.apply(ws, ChangeSet(f"Import {part}", some))
    recurrence.cover(ws, recurrence.default_range(ws))
    return ws
