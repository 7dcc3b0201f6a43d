"""The catalogue as it is bundled: what its source says, without building it."""

import time
from collections import Counter
from datetime import date, datetime, timedelta
from itertools import combinations
from pathlib import Path

import pytest

from scplanner.domain.catalogue import SeriesIndex
from scplanner.domain.events import AttendanceMode, Confidence, DeadlineKind, Event, EventStatus
from scplanner.domain.temporal import day_of
from scplanner.errors import UnreadableFile
from scplanner.formats.catalogue_source import CatalogueSource, read_catalogue_source, read_series
from scplanner.sources.catalogue import bundled_series, bundled_source, bundled_topics, read_catalogue, version_of
from scplanner.sources.gazetteer import bundled_gazetteer

# The dated events of the Urban Technology Alliance's list for 2023 and 2024: city → first and last day.
LIST_OF_2023 = {
    "smart-city-expo-usa-2023": ("New York City", date(2023, 10, 3), date(2023, 10, 4)),
    "cityxchange-final-event-2023": ("Trondheim", date(2023, 10, 5), date(2023, 10, 6)),
    "eu-regions-week-2023": ("Brussels", date(2023, 10, 9), date(2023, 10, 12)),
    "portugal-smart-cities-summit-2023": ("Lisbon", date(2023, 10, 10), date(2023, 10, 12)),
    "smart-city-expo-shanghai-2023": ("Shanghai", date(2023, 10, 12), date(2023, 10, 14)),
    "euresfo-2023": ("Cascais", date(2023, 10, 18), date(2023, 10, 20)),
    "global-mobility-call-2023": ("Madrid", date(2023, 10, 24), date(2023, 10, 26)),
    "re-energising-europe-2023": ("Brussels", date(2023, 10, 24), date(2023, 10, 25)),
    "icec-2023": ("Cairo", date(2023, 10, 30), date(2023, 10, 31)),
    "smart-city-day-2023": ("Neuchâtel", date(2023, 10, 31), date(2023, 10, 31)),
    "sccon-2023": ("Berlin", date(2023, 11, 7), date(2023, 11, 9)),
    "scewc-2023": ("Barcelona", date(2023, 11, 7), date(2023, 11, 9)),
    "power-up-your-city-2023": ("Oulu", date(2023, 11, 16), date(2023, 11, 17)),
    "smart-cities-india-2024": ("New Delhi", date(2024, 1, 17), date(2024, 1, 19)),
    "smart-city-asia-2024": ("Ho Chi Minh City", date(2024, 4, 17), date(2024, 4, 19)),
    "urbis-2024": ("Brno", date(2024, 6, 4), date(2024, 6, 6)),
    "urban-future-2024": ("Rotterdam", date(2024, 6, 5), date(2024, 6, 7)),
}


@pytest.fixture(scope="module")
def source() -> CatalogueSource:
    return read_catalogue_source(bundled_source(), bundled_topics(), bundled_gazetteer())


@pytest.fixture(scope="module")
def events(source: CatalogueSource) -> dict[str, Event]:
    return {event.uid.removesuffix("@scplanner"): event for event in source.events}


def days(event: Event) -> tuple[date, date]:
    assert event.span is not None
    return event.span.first_day, event.span.last_day


def test_the_source_has_no_fault(source: CatalogueSource) -> None:
    assert [str(fault) for fault in source.faults] == []
    assert len(source.events) > 300


def test_events_lie_in_the_file_of_their_year() -> None:
    for name, text in bundled_source().items():
        if name[:4].isdigit():
            source = read_catalogue_source({name: text}, bundled_topics(), bundled_gazetteer())
            first_days = {
                (event.vague.earliest if event.vague else day_of(event.start or date.min)) for event in source.events
            }
            assert {day.year for day in first_days if day} <= {int(name[:4])}


@pytest.mark.parametrize("slug", LIST_OF_2023)
def test_the_list_of_2023_stands_on_its_days_in_its_cities(events: dict[str, Event], slug: str) -> None:
    city, first, last = LIST_OF_2023[slug]
    assert (events[slug].city, *days(events[slug])) == (city, first, last)
    assert events[slug].start == first, "a day, not a time"


def test_going_to_the_whole_list_of_2023_gives_seven_overlaps(events: dict[str, Event]) -> None:
    going = [(events[slug].city, *days(events[slug])) for slug in LIST_OF_2023]
    overlaps = {
        (max(a[1], b[1]), frozenset((a[0], b[0]))) for a, b in combinations(going, 2) if a[1] <= b[2] and b[1] <= a[2]
    }
    assert overlaps == {
        (date(2023, 10, 10), frozenset({"Brussels", "Lisbon"})),
        (date(2023, 10, 12), frozenset({"Brussels", "Shanghai"})),
        (date(2023, 10, 12), frozenset({"Lisbon", "Shanghai"})),
        (date(2023, 10, 24), frozenset({"Madrid", "Brussels"})),
        (date(2023, 10, 31), frozenset({"Cairo", "Neuchâtel"})),
        (date(2023, 11, 7), frozenset({"Berlin", "Barcelona"})),
        (date(2024, 6, 5), frozenset({"Brno", "Rotterdam"})),
    }


@pytest.mark.parametrize(
    ("slug", "said"),
    [
        ("smart-city-asia-2024", "The title says 2023, the date 2024."),
        ("smart-city-expo-shanghai-2023", "Called a two-day event, but 12–14 October are three days."),
        ("sccon-2023", "7 November only"),
        ("smart-city-expo-usa-2023", "4–5 October"),
        ("portugal-smart-cities-summit-2023", "heading is missing"),
        ("power-up-your-city-2023", "heading is missing"),
        ("grey-to-green-2018", "three days of programme, the dates give two"),
        ("ieee-isc2-2015", "without a year"),
    ],
)
def test_contradictions_of_the_sources_are_told(events: dict[str, Event], slug: str, said: str) -> None:
    assert said in events[slug].remark


@pytest.mark.parametrize(
    ("slug", "days_now", "old_days", "status"),
    [
        ("innovative-city-nice-2019", (date(2019, 10, 15), date(2019, 10, 15)), "10–11 July 2019", "confirmed"),
        ("smart-city-expo-curitiba-2020", (date(2020, 6, 18), date(2020, 6, 19)), "26–27 March 2020", "cancelled"),
        ("portugal-smart-cities-summit-2020", (date(2020, 9, 22), date(2020, 9, 24)), "6–8 May 2020", "confirmed"),
        ("uitp-summit-2021", (date(2021, 12, 14), date(2021, 12, 17)), "6–9 June 2021", "cancelled"),
        ("its-european-congress-2023", (date(2023, 5, 22), date(2023, 5, 24)), "18–20 May 2020", "confirmed"),
        ("global-mobility-call-2023", (date(2023, 10, 24), date(2023, 10, 26)), "12–14 September 2023", "confirmed"),
    ],
)
def test_a_moved_event_is_one_with_its_new_days(
    events: dict[str, Event], slug: str, days_now: tuple[date, date], old_days: str, status: str
) -> None:
    event = events[slug]
    assert days(event) == days_now
    assert old_days in event.remark
    assert event.status == status
    same = [
        one
        for one in events.values()
        if (one.series, one.edition, one.city) == (event.series, event.edition, event.city)
    ]
    years = {day_of(one.start).year for one in same if one.start}
    assert len(years) == len(same), "no second entry for the same edition"


def test_two_dates_of_one_event_are_one_tentative_event(events: dict[str, Event]) -> None:
    found = [event for slug, event in events.items() if slug.startswith("smart-city-expo-usa-2023")]
    assert [event.status for event in found] == [EventStatus.TENTATIVE]


def test_events_of_low_confidence_are_vague_and_have_no_invented_day(events: dict[str, Event]) -> None:
    low = {slug: event for slug, event in events.items() if event.confidence is Confidence.LOW}
    assert len(low) >= 36
    assert all(event.start is None and event.end is None and event.vague and event.vague.text for event in low.values())
    assert all(event.remark for event in low.values())
    assert events["smart-cities-connect-2017"].vague is not None
    assert events["smart-cities-connect-2017"].vague.text == "June 2017 (last day 28 June)"


def test_what_is_vague_is_of_low_confidence(source: CatalogueSource) -> None:
    assert {event.confidence for event in source.events if event.start is None} == {Confidence.LOW}


def test_derived_days_say_how_they_were_derived(source: CatalogueSource) -> None:
    silent = [event.uid for event in source.events if event.confidence is Confidence.MEDIUM and not event.remark]
    assert silent == []


@pytest.mark.parametrize(
    ("slug", "start", "end", "zone"),
    [
        ("from-dream-to-reality-2019", "2019-10-08T14:30", "2019-10-08T17:00", "Europe/Brussels"),
        ("eukn-policy-lab-slovenia-2023", "2023-10-24T10:00", "2023-10-24T13:00", "Europe/Ljubljana"),
        ("pwsc-webinar-2017", "2017-04-12T12:00", "2017-04-12T13:00", "America/New_York"),
        ("usercentricities-summit-2022", "2022-11-15T12:00", "2022-11-15T13:30", "Europe/Madrid"),
    ],
)
def test_times_that_are_known_stand_in_the_zone_of_the_place(
    events: dict[str, Event], slug: str, start: str, end: str, zone: str
) -> None:
    event = events[slug]
    assert isinstance(event.start, datetime)
    assert isinstance(event.end, datetime)
    assert (f"{event.start:%Y-%m-%dT%H:%M}", f"{event.end:%Y-%m-%dT%H:%M}", str(event.start.tzinfo)) == (
        start,
        end,
        zone,
    )


def test_the_time_given_as_utc_plus_two_is_that_time(events: dict[str, Event]) -> None:
    start = events["eukn-policy-lab-slovenia-2023"].start
    assert isinstance(start, datetime)
    assert start.utcoffset() == timedelta(hours=2)


def test_early_birds_are_told_from_registrations_and_calls(events: dict[str, Event]) -> None:
    kinds = {
        slug: [deadline.kind for deadline in events[slug].deadlines]
        for slug in ("isocarp-2016", "polis-conference-2023", "cities-forum-2023", "velo-city-2025")
    }
    assert kinds == {
        "isocarp-2016": [DeadlineKind.CALL, DeadlineKind.EARLY_BIRD],
        "polis-conference-2023": [DeadlineKind.EARLY_BIRD],
        "cities-forum-2023": [DeadlineKind.REGISTRATION],
        "velo-city-2025": [DeadlineKind.CALL],
    }


def test_every_deadline_is_due_before_its_event_ends(source: CatalogueSource) -> None:
    late = [event.uid for event in source.events for one in event.deadlines if day_of(one.due) > days(event)[1]]
    assert late == []


def test_online_editions_are_confirmed_and_online(events: dict[str, Event]) -> None:
    event = events["urban-mobility-days-2020"]
    assert (event.status, event.attendance_mode) == (EventStatus.CONFIRMED, AttendanceMode.ONLINE)


def test_side_events_hang_on_their_host(events: dict[str, Event]) -> None:
    at_barcelona = {slug for slug, event in events.items() if event.parent_uid == "scewc-2023@scplanner"}
    assert at_barcelona == {
        "bforplanet-2023",
        "puzzle-x-2023",
        "tomorrow-blue-economy-2023",
        "tomorrow-building-2023",
        "tomorrow-mobility-2023",
    }


def test_every_event_in_a_city_has_a_position(source: CatalogueSource) -> None:
    assert [event.uid for event in source.events if event.city and event.latitude is None] == []


def test_every_topic_is_used_and_has_a_colour_of_its_own(source: CatalogueSource) -> None:
    used = Counter(topic for event in source.events for topic in event.topics)
    assert set(used) == {topic.name for topic in source.topics}
    assert len({topic.color for topic in source.topics}) == len(source.topics)


@pytest.mark.parametrize(
    ("said", "series"),
    [
        ("SCEWC", "Smart City Expo World Congress"),
        ("euresfo", "European Urban Resilience Forum"),
        ("ISC2", "IEEE International Smart Cities Conference"),
        ("SCCON", "Smart Country Convention"),
        ("EU Regions Week", "European Week of Regions and Cities"),
        ("Tomorrow.Ocean", "Tomorrow.Blue Economy"),
        ("CityxChange", "+CityxChange"),
        ("ICEC", "Intelligent Cities Exhibition & Conference"),
        ("wuf", "World Urban Forum"),
    ],
)
def test_series_are_found_by_what_people_call_them(said: str, series: str) -> None:
    index = SeriesIndex(read_series(bundled_series()))
    found = index.find(said)
    assert found is not None
    assert found.name == series
    assert said.casefold() in {name.casefold() for name in index.names_of(series)}


def test_every_series_has_an_event(source: CatalogueSource) -> None:
    used = {event.series for event in source.events}
    assert [one.name for one in source.series if one.name not in used] == []


def test_the_gazetteer_loads_quickly() -> None:
    timings = []
    for _ in range(3):
        bundled_gazetteer.cache_clear()
        began = time.process_time()
        bundled_gazetteer()
        timings.append(time.process_time() - began)
    assert min(timings) < 0.15


def test_a_catalogue_file_tells_its_version(tmp_path: Path) -> None:
    path = tmp_path / "newer.ics"
    path.write_bytes(b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nX-SCPLANNER-CATALOGUE:2027-03-01\r\nEND:VCALENDAR\r\n")
    found = read_catalogue(path)
    assert (found.version, found.source) == (date(2027, 3, 1), "newer.ics")
    assert found.data == path.read_bytes()


@pytest.mark.parametrize(
    "data",
    [b"BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n", b"X-SCPLANNER-CATALOGUE:2027-02-31\r\n", b"", b"\xff\xfe\x00"],
    ids=["an ordinary calendar", "no such day", "empty", "no text"],
)
def test_another_file_is_refused_as_a_catalogue(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "other.ics"
    path.write_bytes(data)
    assert version_of(data) is None
    with pytest.raises(UnreadableFile, match=r"other\.ics is no catalogue"):
        read_catalogue(path)


def test_a_missing_file_is_told(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFile, match=r"gone\.ics can't be read"):
        read_catalogue(tmp_path / "gone.ics")
