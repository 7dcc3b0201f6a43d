from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from scplanner.domain.events import AttendanceMode, Confidence, Deadline, DeadlineKind, EventStatus, Link
from scplanner.domain.gazetteer import CITY_COLUMNS, COUNTRY_COLUMNS, parse_gazetteer
from scplanner.domain.temporal import VagueDate
from scplanner.formats.catalogue_source import CatalogueSource, read_catalogue_source, read_series, read_topics

TOPICS = """
[energy]
name = "Energy"
color = "#9A5F00"

[data-ai]
name = "Data & AI"
color = "#4B4FC4"
"""
HEAD = 'name = "Catalogue"\nversion = 2026-11-22\nchecked = 2026-11-01\n'
SERIES = """
[[series]]
name = "European Urban Resilience Forum"
aliases = ["EURESFO"]
organiser = "ICLEI"
"""
GAZETTEER = parse_gazetteer(
    "\t".join(CITY_COLUMNS) + "\n2269594\tCascais\tPT\t14\t38.6979\t-9.4215\tEurope/Lisbon\t212474\t\n",
    "\t".join(COUNTRY_COLUMNS) + "\nPT\tPortugal\tEU\tLisbon\tprt\nSI\tSlovenia\tEU\tLjubljana\tsvn\n",
)
ENTRY = {
    "slug": '"forum-2023"',
    "title": '"Forum 2023"',
    "start": "2023-10-18",
    "source": '"https://example.org/list"',
}


def read(**values: str) -> CatalogueSource:
    """The catalogue with one event: `ENTRY` changed by these values; an empty one takes the key away."""
    entry = {key: value for key, value in (ENTRY | values).items() if value}
    text = "# Events\n\n[[event]]\n" + "\n".join(f"{key} = {value}" for key, value in entry.items())
    return read_files(text)


def read_files(text: str, more: dict[str, str] | None = None) -> CatalogueSource:
    files = {"catalogue.toml": HEAD, "series.toml": SERIES, "2023.toml": text, **(more or {})}
    return read_catalogue_source(files, TOPICS, GAZETTEER)


def test_an_entry_becomes_an_event_with_all_that_its_city_tells() -> None:
    source = read(
        end="2023-10-20", city='"Cascais"', country='"PT"', venue='"Centre"', topics='["data-ai", "energy"]',
        series='"European Urban Resilience Forum"', edition='"10"', organiser='"ICLEI"', attendance='"hybrid"',
        confidence='"medium"', remark='"The year is derived."', description='"A forum."', url='"https://example.org"',
        links='[{ url = "https://example.org/old", title = "Old" }]',
    )  # fmt: skip
    assert source.faults == ()
    (event,) = source.events
    assert event.uid == "forum-2023@scplanner"
    assert (event.start, event.end) == (date(2023, 10, 18), date(2023, 10, 21))
    assert (event.location, event.latitude, event.longitude) == ("Centre, Cascais, Portugal", 38.6979, -9.4215)
    assert event.topics == ("Data & AI", "Energy")
    assert (event.series, event.edition, event.organizer) == ("European Urban Resilience Forum", "10", "ICLEI")
    assert (event.attendance_mode, event.status) == (AttendanceMode.HYBRID, EventStatus.CONFIRMED)
    assert (event.confidence, event.remark) == (Confidence.MEDIUM, "The year is derived.")
    assert event.links == (Link("https://example.org/old", "Old"),)
    assert event.source == "https://example.org/list"


def test_an_event_without_an_end_lasts_one_day() -> None:
    (event,) = read().events
    assert event.span is not None
    assert event.span.last_day == date(2023, 10, 18)


def test_it_is_on_site_unless_the_entry_says_otherwise() -> None:
    assert [read(attendance=mode).events[0].attendance_mode for mode in ("", '"online"', '"unknown"')] == [
        AttendanceMode.ONSITE,
        AttendanceMode.ONLINE,
        None,
    ]


def test_last_modified_comes_from_the_day_it_was_checked_and_not_from_a_clock() -> None:
    assert read().events[0].last_modified == datetime(2026, 11, 1, tzinfo=UTC)
    assert read(checked="2026-11-20").events[0].last_modified == datetime(2026, 11, 20, tzinfo=UTC)


def test_times_are_local_to_the_city() -> None:
    (event,) = read(start="2023-10-18T09:00:00", end="2023-10-18T12:30:00", city='"Cascais"', country='"PT"').events
    assert event.start == datetime(2023, 10, 18, 9, tzinfo=ZoneInfo("Europe/Lisbon"))
    assert event.end == datetime(2023, 10, 18, 12, 30, tzinfo=ZoneInfo("Europe/Lisbon"))


def test_a_zone_of_its_own_goes_before_the_citys() -> None:
    (event,) = read(start="2023-10-18T10:00:00", zone='"Europe/Ljubljana"', city='"Cascais"', country='"PT"').events
    assert event.start == datetime(2023, 10, 18, 10, tzinfo=ZoneInfo("Europe/Ljubljana"))


def test_a_vague_date_keeps_its_words_and_gets_no_day() -> None:
    (event,) = read(
        start="", when='"autumn 2027"', earliest="2027-09-01", latest="2027-11-30", confidence='"low"'
    ).events
    assert event.start is None
    assert event.vague == VagueDate("autumn 2027", date(2027, 9, 1), date(2027, 11, 30))


def test_deadlines_are_days_or_local_times() -> None:
    (event,) = read(
        city='"Cascais"',
        country='"PT"',
        deadlines='[{ kind = "call", due = 2023-05-01, label = "Papers" }, '
        '{ kind = "registration", due = 2023-10-01T12:00:00 }, '
        '{ kind = "slides", due = 2023-10-02T23:59:00, zone = "Etc/GMT+12" }]',
    ).events
    assert event.deadlines == (
        Deadline(DeadlineKind.CALL, date(2023, 5, 1), "Papers"),
        Deadline(DeadlineKind.REGISTRATION, datetime(2023, 10, 1, 12, tzinfo=ZoneInfo("Europe/Lisbon"))),
        Deadline(DeadlineKind.SLIDES, datetime(2023, 10, 2, 23, 59, tzinfo=ZoneInfo("Etc/GMT+12"))),
    )


def test_a_parent_may_stand_in_another_file() -> None:
    parent = '[[event]]\nslug = "host"\ntitle = "Host"\nstart = 2024-01-01\nsource = "x"\n'
    child = '[[event]]\nslug = "side"\ntitle = "Side"\nstart = 2024-01-01\nsource = "x"\nparent = "host"\n'
    source = read_files(child, {"2024.toml": parent})
    assert source.faults == ()
    assert source.events[0].parent_uid == "host@scplanner"


@pytest.mark.parametrize(
    ("values", "reason"),
    [
        ({"city": '"Wushu"', "country": '"PT"'}, "unknown city 'Wushu' in PT"),
        ({"city": '"Cascais"'}, "a city needs its country"),
        ({"country": '"Portugal"'}, "unknown country 'Portugal'"),
        ({"country": '"pt"'}, "unknown country 'pt'"),
        ({"end": "2023-10-17"}, "the end, 2023-10-17, is before the start, 2023-10-18"),
        ({"end": "2023-10-18T10:00:00"}, "both dates or both times"),
        ({"start": "", "end": "2023-10-18"}, "end without a start"),
        ({"start": '"18 October"'}, "start is no date"),
        ({"start": "2023-10-18T09:00:00Z"}, "start is no date or local time"),
        ({"start": "2023-10-18T09:00:00"}, "a time needs a zone"),
        ({"start": "2023-10-18T09:00:00", "zone": '"Mars/Base"'}, "unknown zone 'Mars/Base'"),
        ({"start": ""}, "either start or when"),
        ({"when": '"2023"'}, "either start or when"),
        ({"earliest": "2023-01-01"}, "earliest and latest only go with when"),
        ({"start": "", "when": '"2023"', "earliest": "2023-12-31", "latest": "2023-01-01"}, "is before earliest"),
        ({"start": "", "when": '"2023"', "latest": '"December"'}, "latest is no date"),
        ({"confidence": '"low"'}, "low confidence has no exact day"),
        ({"confidence": '"quite"'}, "unknown confidence 'quite'"),
        ({"source": ""}, "source is missing"),
        ({"source": '" "'}, "source is missing"),
        ({"title": ""}, "title is missing"),
        ({"slug": ""}, "slug is missing"),
        ({"slug": '"Forum 2023"'}, "a slug has small letters"),
        ({"title": "2023"}, "title has to be a text"),
        ({"topics": '["energy", "cheese"]'}, "unknown topic 'cheese'"),
        ({"topics": '"energy"'}, "topics has to be a list"),
        ({"series": '"Cheese Fair"'}, "unknown series 'Cheese Fair'"),
        ({"series": '"EURESFO"'}, "unknown series 'EURESFO'"),
        ({"parent": '"nobody"'}, "unknown parent 'nobody'"),
        ({"parent": '"forum-2023"'}, "unknown parent 'forum-2023'"),
        ({"citty": '"Cascais"'}, "unknown key 'citty'"),
        ({"status": '"perhaps"'}, "unknown status 'perhaps'"),
        ({"attendance": '"both"'}, "unknown attendance 'both'"),
        ({"checked": '"today"'}, "checked is no date"),
        ({"deadlines": '[{ kind = "cheese", due = 2023-01-01 }]'}, "unknown kind 'cheese'"),
        ({"deadlines": '[{ kind = "call" }]'}, "a deadline needs a kind and the day"),
        ({"deadlines": '[{ kind = "call", due = 2023-01-01, day = 1 }]'}, "unknown key 'day'"),
        ({"deadlines": '"2023-01-01"'}, "deadlines has to be a list"),
        ({"links": '[{ title = "Programme" }]'}, "url is missing"),
    ],
)
def test_what_is_wrong_is_told_with_file_line_and_entry(values: dict[str, str], reason: str) -> None:
    source = read(**values)
    assert source.events == ()
    assert any(reason in fault.reason for fault in source.faults), source.faults
    assert {(fault.file, fault.line) for fault in source.faults} == {("2023.toml", 3)}
    slug = "" if values.get("slug") == "" else values.get("slug", ENTRY["slug"]).strip('"')
    assert {fault.slug for fault in source.faults} == {slug}


def test_a_slug_may_stand_only_once_in_all_files() -> None:
    entry = '[[event]]\nslug = "a"\ntitle = "A"\nstart = 2023-01-01\nsource = "x"\n'
    source = read_files(entry, {"2024.toml": "\n" + entry})
    assert [str(fault) for fault in source.faults] == ["2024.toml:2: a: this slug is there twice"]


def test_one_bad_entry_does_not_hide_the_others() -> None:
    good = '[[event]]\nslug = "{}"\ntitle = "A"\nstart = 2023-01-01\nsource = "x"\n'
    source = read_files(good.format("a") + good.format("b").replace("2023-01-01", '"soon"') + good.format("c"))
    assert [event.uid for event in source.events] == ["a@scplanner", "c@scplanner"]
    assert [(fault.slug, fault.line) for fault in source.faults] == [("b", 6)]


@pytest.mark.parametrize(
    ("text", "line"),
    [("[[event]]\nslug = a\n", 2), ("[[evnet]]\nslug = 'a'\n", 1), ("event = 1\n", 1)],
    ids=["no TOML", "another kind of entry", "no list"],
)
def test_a_file_that_holds_no_events_is_told(text: str, line: int) -> None:
    source = read_files(text)
    assert [(fault.file, fault.line) for fault in source.faults] == [("2023.toml", line)]


def test_the_catalogue_needs_a_version() -> None:
    source = read_catalogue_source({"catalogue.toml": 'name = "C"\nchecked = 2026-01-01\n'}, TOPICS, GAZETTEER)
    assert [fault.reason for fault in source.faults] == ["version is missing"]


def test_a_name_stands_for_one_series_only() -> None:
    faults: list = []
    read_series(SERIES + '[[series]]\nname = "Another"\naliases = ["euresfo"]\n', faults)
    assert [fault.reason for fault in faults] == ["'euresfo' already stands for 'European Urban Resilience Forum'"]


def test_a_topic_needs_a_name_and_a_colour() -> None:
    faults: list = []
    read_topics('[energy]\ncolor = "orange"\n', faults)
    assert [fault.reason for fault in faults] == ["name is missing", "color is not written #RRGGBB: 'orange'"]
