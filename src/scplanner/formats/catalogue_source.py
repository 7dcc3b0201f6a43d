"""The readable source of the catalogue: TOML files a person edits, read into events and checked.

`data/README.md` says how to write them. Nothing is guessed here: whatever is wrong with an entry is a `SourceFault`,
and an entry with a fault gives no event.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from scplanner.domain.catalogue import Series, SeriesIndex, Topic
from scplanner.domain.events import AttendanceMode, Confidence, Deadline, DeadlineKind, Event, EventStatus, Link
from scplanner.domain.gazetteer import City, Gazetteer
from scplanner.domain.temporal import VagueDate, When, find_zone
from scplanner.formats.catalogue_entries import Entry, SourceFault, list_entries, read_toml, table_entries

CATALOGUE_FILE = "catalogue.toml"
SERIES_FILE = "series.toml"
TOPICS_FILE = "topics.toml"
UID_DOMAIN = "scplanner"

TEXTS = (
    "slug", "title", "series", "edition", "when", "zone", "status", "attendance", "city", "country", "venue",
    "organiser", "url", "parent", "source", "confidence", "description", "remark",
)  # fmt: skip
DATES = ("earliest", "latest", "checked")
TIMES = ("start", "end")
LISTS = ("topics", "deadlines", "links")
EVENT_KEYS = frozenset((*TEXTS, *DATES, *TIMES, *LISTS))
UNKNOWN_ATTENDANCE = "unknown"

_SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_COLOR = re.compile(r"#[0-9A-F]{6}")


@dataclass(frozen=True, slots=True)
class CatalogueSource:
    """The whole catalogue as written: `version` and `checked` are days; events are in the order of the files."""

    name: str
    version: date
    events: tuple[Event, ...]
    topics: tuple[Topic, ...]
    series: tuple[Series, ...]
    faults: tuple[SourceFault, ...]


def uid_of(slug: str) -> str:
    """The UID of the event with that slug."""
    return f"{slug}@{UID_DOMAIN}"


def read_topics(text: str, faults: list[SourceFault] | None = None) -> tuple[Topic, ...]:
    """The topics of `topics.toml`, in its order. Faults go to the list, if one is given."""
    topics = []
    for slug, entry in table_entries(TOPICS_FILE, text, ("name", "color"), [] if faults is None else faults):
        topic = Topic(slug, entry.text("name", needed=True), entry.text("color"))
        if not _COLOR.fullmatch(topic.color):
            entry.fault(f"color is not written #RRGGBB: {topic.color!r}")
        topics.append(topic)
    return tuple(topics)


def read_series(text: str, faults: list[SourceFault] | None = None) -> tuple[Series, ...]:
    """The series of `series.toml`, in its order; a name or alias may stand for one series only."""
    found = [] if faults is None else faults
    series: list[Series] = []
    for entry in list_entries(SERIES_FILE, text, "series", ("name", "aliases", "organiser", "url"), found):
        one = Series(
            entry.text("name", needed=True), entry.texts("aliases"), entry.text("organiser"), entry.text("url")
        )
        index = SeriesIndex(series)
        for name in (one.name, *one.aliases):
            other = index.find(name)
            if other is not None:
                entry.fault(f"{name!r} already stands for {other.name!r}")
        series.append(one)
    return tuple(series)


def read_catalogue_source(files: Mapping[str, str], topics: str, gazetteer: Gazetteer) -> CatalogueSource:
    """Read all files of `data/catalogue` (name → text) and the text of `topics.toml`.

    Never raises for what a file gets wrong; nothing may be built from a source with faults.
    """
    faults: list[SourceFault] = []
    head = Entry(CATALOGUE_FILE, 1, read_toml(CATALOGUE_FILE, files.get(CATALOGUE_FILE, ""), faults), faults, "")
    head.only(("name", "version", "checked"))
    name = head.text("name", needed=True)
    version, checked = head.day("version", needed=True), head.day("checked", needed=True)
    known_topics = read_topics(topics, faults)
    series = read_series(files.get(SERIES_FILE, ""), faults)
    names = {topic.slug: topic.name for topic in known_topics}
    rules = _Rules(names, SeriesIndex(series), gazetteer, checked or date.min)
    entries = [
        entry
        for file in sorted(files)
        if file not in (CATALOGUE_FILE, SERIES_FILE)
        for entry in list_entries(file, files[file], "event", EVENT_KEYS, faults)
    ]
    slugs: set[str] = set()
    for entry in entries:
        slug = entry.text("slug", needed=True)
        if slug and not _SLUG.fullmatch(slug):
            entry.fault("a slug has small letters, digits and single hyphens")
        if slug in slugs:
            entry.fault("this slug is there twice")
        slugs.add(slug)
    read = [(entry, _event(entry, rules, slugs)) for entry in entries]
    faulty = {(fault.file, fault.line) for fault in faults}
    events = tuple(event for entry, event in read if (entry.file, entry.line) not in faulty)
    return CatalogueSource(name, version or date.min, events, known_topics, series, tuple(faults))


@dataclass(frozen=True, slots=True)
class _Rules:
    """What entries are checked against."""

    topics: Mapping[str, str]
    series: SeriesIndex
    gazetteer: Gazetteer
    checked: date


def _event(entry: Entry, rules: _Rules, slugs: set[str]) -> Event:
    """The event of an entry; what is wrong with it is noted at the entry."""
    city = _city(entry, rules.gazetteer)
    country = entry.text("country")
    country_name = rules.gazetteer.country_name(country) if country else ""
    start, end = _span(entry, city)
    venue = entry.text("venue")
    confidence = entry.choice("confidence", Confidence) or Confidence.HIGH
    if confidence is Confidence.LOW and start is not None:
        entry.fault("an entry of low confidence has no exact day: write when, earliest and latest")
    checked = entry.day("checked") or rules.checked
    return Event(
        id=0,
        calendar_id=0,
        uid=uid_of(entry.text("slug")),
        summary=entry.text("title", needed=True),
        start=start,
        end=end,
        vague=_vague(entry),
        description=entry.text("description"),
        location=", ".join(filter(None, (venue, entry.text("city"), country_name))),
        venue=venue,
        city=entry.text("city"),
        country=country,
        latitude=city.latitude if city else None,
        longitude=city.longitude if city else None,
        attendance_mode=_attendance(entry),
        url=entry.text("url"),
        links=_links(entry),
        status=entry.choice("status", EventStatus) or EventStatus.CONFIRMED,
        topics=_topics(entry, rules.topics),
        deadlines=_deadlines(entry, city),
        organizer=entry.text("organiser"),
        series=_series(entry, rules.series),
        edition=entry.text("edition"),
        parent_uid=_parent(entry, slugs),
        last_modified=datetime.combine(checked, time(), UTC),
        source=entry.text("source", needed=True),
        checked=checked,
        confidence=confidence,
        remark=entry.text("remark"),
    )


def _city(entry: Entry, gazetteer: Gazetteer) -> City | None:
    name, country = entry.text("city"), entry.text("country")
    known = gazetteer.find_country(country) if country else None
    if country and (known is None or known.code != country):
        entry.fault(f"unknown country {country!r}: two capital letters of ISO 3166")
        return None
    if not name:
        return None
    if not country:
        entry.fault("a city needs its country")
        return None
    city = gazetteer.find_city(name, country)
    if city is None:
        entry.fault(f"unknown city {name!r} in {country}: see data/gazetteer/additions.tsv")
    return city


def _span(entry: Entry, city: City | None) -> tuple[When | None, When | None]:
    """Start and exclusive end. In the file a last day is written inclusively, a time at which it ends as it is."""
    start, end = entry.when("start"), entry.when("end")
    if ("start" in entry.values) == bool(entry.text("when")):
        entry.fault("either start or when has to be given, and not both")
    if start is None:
        if end is not None:
            entry.fault("end without a start")
        return None, None
    if end is not None and isinstance(start, datetime) != isinstance(end, datetime):
        entry.fault("start and end have to be both dates or both times")
        return None, None
    if end is not None and end < start:
        entry.fault(f"the end, {end}, is before the start, {start}")
        return None, None
    if isinstance(start, datetime):
        zoned_end = None if end is None else _zoned(entry, end, city)
        return _zoned(entry, start, city), zoned_end
    return start, (end or start) + timedelta(days=1)


def _zoned(entry: Entry, when: When, city: City | None) -> When:
    """A local time with the zone the entry names, else its city's; dates stay dates."""
    if not isinstance(when, datetime):
        return when
    name = entry.text("zone") or (city.zone if city else "")
    zone = find_zone(name) if name else None
    if zone is None:
        entry.fault(f"unknown zone {name!r}" if name else "a time needs a zone, or a city to take it from")
        return when
    return when.replace(tzinfo=zone)


def _vague(entry: Entry) -> VagueDate | None:
    text, earliest, latest = entry.text("when"), entry.day("earliest"), entry.day("latest")
    if earliest and latest and latest < earliest:
        entry.fault(f"latest, {latest}, is before earliest, {earliest}")
    if not text:
        if earliest or latest:
            entry.fault("earliest and latest only go with when")
        return None
    return VagueDate(text, earliest, latest)


def _attendance(entry: Entry) -> AttendanceMode | None:
    """How one takes part: on site unless the entry says otherwise."""
    if entry.text("attendance") == UNKNOWN_ATTENDANCE:
        return None
    return entry.choice("attendance", AttendanceMode) or AttendanceMode.ONSITE


def _topics(entry: Entry, known: Mapping[str, str]) -> tuple[str, ...]:
    names = []
    for slug in entry.texts("topics"):
        if slug not in known:
            entry.fault(f"unknown topic {slug!r}: see data/topics.toml")
        elif known[slug] not in names:
            names.append(known[slug])
    return tuple(names)


def _series(entry: Entry, known: SeriesIndex) -> str:
    name = entry.text("series")
    found = known.find(name) if name else None
    if name and (found is None or found.name != name):
        entry.fault(f"unknown series {name!r}: see {SERIES_FILE}")
    return name


def _parent(entry: Entry, slugs: set[str]) -> str:
    parent = entry.text("parent")
    if not parent:
        return ""
    if parent not in slugs or parent == entry.text("slug"):
        entry.fault(f"unknown parent {parent!r}")
    return uid_of(parent)


def _deadlines(entry: Entry, city: City | None) -> tuple[Deadline, ...]:
    deadlines = []
    for one in entry.tables("deadlines", ("kind", "due", "zone", "label")):
        kind, due = one.choice("kind", DeadlineKind), one.when("due")
        if kind is None or due is None:
            one.fault("a deadline needs a kind and the day or time it is due")
            continue
        deadlines.append(Deadline(kind, _zoned(one, due, city), one.text("label")))
    return tuple(deadlines)


def _links(entry: Entry) -> tuple[Link, ...]:
    return tuple(
        Link(one.text("url", needed=True), one.text("title")) for one in entry.tables("links", ("url", "title"))
    )
