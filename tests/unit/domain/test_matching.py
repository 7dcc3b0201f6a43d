"""Matching: UID here, UID elsewhere, title and days here, probable duplicates; one to one."""

import time
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from scplanner.domain.events import Event
from scplanner.domain.matching import MatchedBy, is_other_event, is_probable_duplicate, match, superseded

HERE, ELSEWHERE = 2, 1
FORUM = Event(
    1,
    HERE,
    "forum@x",
    summary="Urban Forum",
    start=date(2023, 10, 18),
    end=date(2023, 10, 21),
    city="Cascais",
    text_hash="f",
)


class Stored:
    """What a store would answer."""

    def __init__(self, *events):
        self.events = events

    def by_uids(self, uids):
        return [event for event in self.events if event.uid in uids]

    def by_calendar(self, calendar_id):
        return [event for event in self.events if event.calendar_id == calendar_id]

    def by_days(self, first, last):
        return [
            event
            for event in self.events
            if event.span and event.span.first_day <= last and event.span.last_day >= first
        ]


def incoming(event, **values):
    return replace(event, **{"id": 0, "calendar_id": HERE, "text_hash": "", **values})


def found(theirs, *stored):
    return [(m.by, m.current.id if m.current else None) for m in match(theirs, HERE, Stored(*stored))]


def test_uid_in_the_target_calendar_comes_before_uid_elsewhere():
    there = replace(FORUM, id=7, calendar_id=ELSEWHERE)
    assert found([incoming(FORUM)], there, FORUM) == [(MatchedBy.UID, 1)]
    assert found([incoming(FORUM)], there) == [(MatchedBy.UID_ELSEWHERE, 7)]


def test_an_override_is_matched_by_the_instant_it_replaces():
    paris = datetime(2023, 10, 18, 9, tzinfo=ZoneInfo("Europe/Paris"))
    override = replace(FORUM, id=2, recurrence_id=paris)
    assert found([incoming(FORUM)], override) == [(MatchedBy.NOTHING, None)]
    assert found([incoming(FORUM, recurrence_id=paris.astimezone(UTC)), incoming(FORUM)], FORUM, override) == [
        (MatchedBy.UID, 2),
        (MatchedBy.UID, 1),
    ]


def test_a_new_uid_for_the_same_title_days_and_city_is_the_same_event():
    renamed = incoming(FORUM, uid="new@x", summary="urban  forum!")
    assert found([renamed], FORUM) == [(MatchedBy.TITLE, 1)]
    assert found([renamed], replace(FORUM, calendar_id=ELSEWHERE)) == [(MatchedBy.DUPLICATE, 1)]
    assert found([replace(renamed, city="Porto")], FORUM) == [(MatchedBy.NOTHING, None)]


def test_each_stored_event_is_matched_once():
    twice = [incoming(FORUM, uid="a@x"), incoming(FORUM, uid="b@x")]
    assert found(twice, FORUM) == [(MatchedBy.TITLE, 1), (MatchedBy.NOTHING, None)]


def test_of_several_with_one_uid_the_likest_pair():
    workshop = replace(FORUM, id=3, summary="Workshop", text_hash="w")
    theirs = [incoming(workshop), incoming(FORUM, start=date(2024, 1, 1)), incoming(FORUM, summary="Dinner")]
    assert found(theirs, FORUM, workshop) == [(MatchedBy.UID, 3), (MatchedBy.UID, 1), (MatchedBy.NOTHING, None)]
    same_text = incoming(FORUM, summary="Else", text_hash="w")
    assert found([incoming(FORUM, summary="Workshop"), same_text], FORUM, workshop)[1] == (MatchedBy.UID, 3)


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ({}, True),
        ({"summary": "The Urban Forum 2023", "start": date(2023, 10, 20), "end": date(2023, 10, 22)}, True),
        ({"city": "", "location": "Casa das Histórias, Cascais, Portugal"}, True),
        ({"city": "", "location": ""}, False),
        ({"city": "Porto"}, False),
        ({"start": date(2023, 10, 21), "end": None}, False),
        ({"summary": "Urban Forum 2"}, False),
        ({"start": None, "end": None}, False),
    ],
)
def test_probable_duplicates(values, expected):
    assert is_probable_duplicate(incoming(FORUM, **values), FORUM) is expected


def test_no_event_is_a_duplicate_of_one_of_its_own_file():
    other = incoming(FORUM, uid="other@x", summary="The Urban Forum")
    assert found([incoming(FORUM), other], FORUM) == [(MatchedBy.UID, 1), (MatchedBy.NOTHING, None)]
    assert found([incoming(FORUM), other]) == [(MatchedBy.NOTHING, None)] * 2


def test_one_uid_with_another_title_and_other_days_is_perhaps_another_event():
    assert is_other_event(FORUM, incoming(FORUM, summary="Dinner", start=date(2024, 1, 1), end=None))
    assert not is_other_event(FORUM, incoming(FORUM, summary="Dinner"))
    assert not is_other_event(FORUM, incoming(FORUM, start=date(2024, 1, 1), end=None))
    assert not is_other_event(FORUM, incoming(FORUM, summary="", start=date(2024, 1, 1), end=None))


def test_of_two_versions_in_one_import_the_older_gives_way():
    old, new = incoming(FORUM, sequence=1, text_hash="1"), incoming(FORUM, sequence=2, text_hash="2")
    assert superseded([old, new], ["f", "f"]) == {0}
    assert superseded([new, old], ["f", "f"]) == {1}
    assert superseded([new, new], ["f", "f"]) == {1}
    assert superseded([old, replace(new, summary="Dinner")], ["f", "f"]) == set()
    assert superseded([old, replace(old, text_hash="3")], ["f", "f"]) == set(), "neither is older: both are kept"
    assert superseded([old, replace(old, text_hash="3")], ["f", "g"]) == {0}, "the later file is the newer one"


def test_ten_thousand_are_matched_in_a_moment():
    stored = [
        replace(
            FORUM,
            id=n,
            uid=f"{n}@x",
            summary=f"Forum {n % 97} of city {n % 89}",
            start=(start := date(2023 + n % 3, 1 + n % 12, 1 + n % 28)),
            end=start + timedelta(days=n % 5),
        )
        for n in range(10_000)
    ]
    theirs = [incoming(event, uid=f"new-{event.uid}", summary=f"{event.summary} again") for event in stored]
    begun = time.process_time()
    match(theirs, HERE, Stored(*stored))
    match([incoming(event, uid="1@x") for event in stored], HERE, Stored(*stored))
    assert time.process_time() - begun < 6
