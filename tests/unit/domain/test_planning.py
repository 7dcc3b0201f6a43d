"""Clashes: what overlaps among what the user goes to, or may go to."""

import time
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import combinations
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scplanner.domain.events import Decision, EventStatus, Occurrence, OccurrenceKey
from scplanner.domain.planning import find_clashes

PARIS = ZoneInfo("Europe/Paris")


def occurrence(number, first, last, *, title="", city="", **values):
    """An all-day occurrence from one day to another, decided going."""
    shown = Occurrence(
        OccurrenceKey(number),
        1,
        f"{number}@x",
        title or f"Event {number}",
        first,
        last + timedelta(days=1),
        first,
        last,
        city=city,
    )
    return replace(shown, **{"decision": Decision.GOING, **values})


def timed(number, start, end, **values):
    """A timed occurrence, on the days of its own zone."""
    shown = occurrence(number, start.date(), end.date(), **values)
    return replace(shown, start=start, end=end)


def day(number):
    return date(2024, 3, number)


def at(hour, on=1, zone=PARIS):
    return datetime(2024, 3, on, hour, tzinfo=zone)


def pairs(*occurrences):
    return [clash.events for clash in find_clashes(occurrences, PARIS)]


# The 17 dated events of the newsletter "Smart City Events in 2023"; two of them have lost their title.
SEASON = [
    ("Smart City Expo USA", "New York", date(2023, 10, 3), date(2023, 10, 4)),
    ("+CityxChange Final event with Scalable Cities", "Trondheim", date(2023, 10, 5), date(2023, 10, 6)),
    ("European Week of Regions", "Brussels", date(2023, 10, 9), date(2023, 10, 12)),
    ("", "Lisbon", date(2023, 10, 10), date(2023, 10, 12)),
    ("Smart City Expo Shanghai", "Shanghai", date(2023, 10, 12), date(2023, 10, 14)),
    ("European Urban Resilience Forum", "Cascais", date(2023, 10, 18), date(2023, 10, 20)),
    ("Global Mobility Call 2023", "Madrid", date(2023, 10, 24), date(2023, 10, 26)),
    ("RE-energising Europe", "Brussels", date(2023, 10, 24), date(2023, 10, 25)),
    ("Intelligent Cities Exhibition & Conference 2023", "Cairo", date(2023, 10, 30), date(2023, 10, 31)),
    ("Smart City Day", "Neuchâtel", date(2023, 10, 31), date(2023, 10, 31)),
    ("Smart Country Convention", "Berlin", date(2023, 11, 7), date(2023, 11, 7)),
    ("Smart City Expo World Congress", "Barcelona", date(2023, 11, 7), date(2023, 11, 9)),
    ("", "Oulu", date(2023, 11, 16), date(2023, 11, 17)),
    ("9th Smart Cities India Expo", "New Delhi", date(2024, 1, 17), date(2024, 1, 19)),
    ("Smart City Asia 2023", "Ho Chi Minh City", date(2024, 4, 17), date(2024, 4, 19)),
    ("Urbis Smart City Fair 2024", "Brno", date(2024, 6, 4), date(2024, 6, 6)),
    ("Urban Future Global Conference 2024", "Rotterdam", date(2024, 6, 5), date(2024, 6, 7)),
]


def test_the_seventeen_events_of_a_real_season_overlap_seven_times():
    season = [occurrence(n, first, last, title=title, city=city) for n, (title, city, first, last) in enumerate(SEASON)]
    found = [tuple(SEASON[int(uid.split("@")[0])][1] for uid in clash.events) for clash in find_clashes(season, PARIS)]
    assert found == [
        ("Brussels", "Lisbon"),
        ("Brussels", "Shanghai"),
        ("Lisbon", "Shanghai"),
        ("Brussels", "Madrid"),
        ("Cairo", "Neuchâtel"),
        ("Berlin", "Barcelona"),
        ("Brno", "Rotterdam"),
    ]


def test_a_clash_says_on_which_days_and_why():
    (clash,) = find_clashes(
        [occurrence(1, day(4), day(6), title="Urbis"), occurrence(2, day(5), day(7), title="Urban Future")], PARIS
    )
    assert (clash.kind, clash.first, clash.last, clash.accepted) == ("overlap", day(5), day(6), False)
    assert clash.reason == "“Urbis” and “Urban Future” overlap on 5–6 March 2024"
    assert clash.keys == (OccurrenceKey(1), OccurrenceKey(2))


@pytest.mark.parametrize("decision", [None, Decision.WATCHING, Decision.DECLINED])
def test_what_is_not_planned_never_clashes(decision):
    assert not pairs(occurrence(1, day(1), day(3)), occurrence(2, day(2), day(2), decision=decision))


def test_considering_is_planned():
    assert pairs(occurrence(1, day(1), day(3)), occurrence(2, day(2), day(2), decision=Decision.CONSIDERING))


@pytest.mark.parametrize(
    ("status", "clashes"), [(EventStatus.CANCELLED, 0), (EventStatus.WITHDRAWN, 0), (EventStatus.TENTATIVE, 1)]
)
def test_what_is_called_off_never_clashes(status, clashes):
    assert len(pairs(occurrence(1, day(1), day(3)), occurrence(2, day(2), day(2), status=status))) == clashes


def test_vague_dates_never_clash():
    vague = replace(occurrence(2, day(1), day(30)), start=None, end=None, date_text="March 2024")
    assert not pairs(occurrence(1, day(1), day(3)), vague)


@pytest.mark.parametrize(
    ("one", "other", "clashes"),
    [
        ((at(9), at(12)), (at(11), at(13)), True),
        ((at(9), at(12)), (at(12), at(13)), False),
        ((at(9), at(9)), (at(9), at(9)), True),
        ((at(9), at(12)), (at(10), at(10)), True),
        ((at(9), at(12)), (at(12), at(12)), False),
        ((at(9), at(10)), (at(9, zone=UTC), at(11, zone=UTC)), False),
        ((at(10), at(11)), (at(9, zone=UTC), at(11, zone=UTC)), True),
        ((at(9), at(12)), (at(11, zone=None), at(13, zone=None)), True),
        (
            (at(1, on=2), at(3, on=2)),
            (at(20, zone=ZoneInfo("America/New_York")), at(22, zone=ZoneInfo("America/New_York"))),
            True,
        ),
    ],
)
def test_timed_events_clash_by_their_instants(one, other, clashes):
    assert bool(pairs(timed(1, *one), timed(2, *other))) is clashes
    assert bool(pairs(timed(2, *other), timed(1, *one))) is clashes


def test_an_all_day_event_clashes_with_a_timed_one_by_days():
    assert pairs(occurrence(1, day(1), day(3)), timed(2, at(9, on=3), at(10, on=3)))
    assert not pairs(occurrence(1, day(1), day(3)), timed(2, at(9, on=4), at(10, on=4)))


def test_an_event_never_clashes_with_its_parent_or_that_one_s():
    congress = occurrence(1, day(1), day(3), title="Congress")
    track = occurrence(2, day(1), day(2), title="Track", parent_uid="1@x")
    talk = timed(3, at(9), at(10), title="Talk", parent_uid="2@x")
    assert not pairs(congress, track, talk)
    assert pairs(congress, replace(track, parent_uid="other@x"))


def test_siblings_clash_only_by_their_times():
    first = timed(2, at(9), at(11), parent_uid="1@x", title="Opening")
    second = timed(3, at(10), at(12), parent_uid="1@x", title="Tour")
    assert pairs(first, second)
    assert not pairs(first, timed(3, at(11), at(12), parent_uid="1@x", title="Tour"))
    assert not pairs(first, occurrence(3, day(1), day(1), parent_uid="1@x", title="Tour"))
    assert not pairs(*(occurrence(n, day(1), day(1), parent_uid="1@x") for n in (2, 3)))


def test_an_event_never_clashes_with_itself_its_copy_or_its_probable_duplicate():
    congress = occurrence(1, day(1), day(3), title="Smart City Expo World Congress", city="Barcelona")
    again = replace(congress, key=OccurrenceKey(1, "2024-03-02"), first_day=day(2))
    copy = replace(congress, key=OccurrenceKey(2), city="")
    duplicate = replace(congress, key=OccurrenceKey(3), uid="3@x", summary="Smart City Expo World Congress 2024")
    for other in (again, copy, duplicate):
        assert not pairs(congress, other)
    assert pairs(congress, replace(duplicate, city="Oslo"))
    assert pairs(congress, replace(copy, summary="Another event under the same uid"))


def occurrences_strategy():
    first = st.integers(1, 20)
    kinds = st.sampled_from(["all-day", "timed"])
    return st.lists(
        st.tuples(kinds, first, st.integers(0, 4), st.integers(0, 22), st.sampled_from([PARIS, UTC, ZoneInfo("Pacific/Auckland")]),
                  st.sampled_from(["", "0@x", "1@x"]), st.sampled_from([*Decision, None])),
        max_size=12,
    )  # fmt: skip


@given(occurrences_strategy())
def test_the_sweep_finds_what_comparing_all_pairs_finds(drawn):
    made = []
    for number, (kind, first, length, hour, zone, parent, decision) in enumerate(drawn):
        values = {
            "parent_uid": parent if parent != f"{number}@x" else "",
            "decision": decision,
            "title": f"Event {number}",
        }
        if kind == "all-day":
            made.append(occurrence(number, day(first), day(first + length), **values))
        else:
            start = at(hour, on=first, zone=zone)
            made.append(timed(number, start, start + timedelta(days=length, hours=1), **values))
    swept = {frozenset(clash.events) for clash in find_clashes(made, PARIS)}
    assert len(swept) == len(find_clashes(made, PARIS)), "one entry a pair"
    alone = {frozenset(c.events) for one, other in combinations(made, 2) for c in find_clashes([one, other], PARIS)}
    chains = {frozenset((f"{n}@x", "0@x")) for n in range(len(made))} | {
        frozenset((f"{n}@x", "1@x")) for n in range(len(made))
    }
    assert swept <= alone
    assert alone - swept <= chains, "only a parent's parent, which a pair alone does not know, makes a difference"


def test_ten_thousand_are_swept_in_a_moment():
    many = [
        occurrence(
            n, start := date(2020, 1, 1) + timedelta(days=n // 4), start + timedelta(days=n % 3), title=f"Event {n}"
        )
        for n in range(10_000)
    ]
    begun = time.process_time()
    assert find_clashes(many, PARIS)
    assert time.process_time() - begun < 5
