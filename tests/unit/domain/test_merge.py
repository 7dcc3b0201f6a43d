"""The three-way merge: theirs against the base, field by field, conflicts left to the user."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scplanner.domain.events import Event, EventStatus
from scplanner.domain.fields import differences
from scplanner.domain.merge import FieldConflict, Side, completed, merge, resolved
from scplanner.domain.temporal import VagueDate

BASE = Event(
    5,
    2,
    "euresfo@example.org",
    summary="EURESFO",
    start=date(2023, 10, 18),
    end=date(2023, 10, 19),
    city="Cascais",
    topics=("Resilience", "Climate"),
    sequence=1,
)


def test_what_only_they_changed_is_taken_and_what_only_i_changed_is_kept():
    mine = replace(BASE, city="Lisbon", version=9)
    result = merge(BASE, mine, replace(BASE, id=0, summary="EURESFO 2023", sequence=2))
    assert result.merged == replace(mine, summary="EURESFO 2023", sequence=2)
    assert [change.field for change in result.changes] == ["summary"]
    assert not result.conflicts


def test_both_changing_one_field_is_a_conflict_in_which_mine_stands():
    mine, theirs = replace(BASE, end=date(2023, 10, 20)), replace(BASE, end=date(2023, 10, 21))
    result = merge(BASE, mine, theirs)
    assert result.conflicts == (FieldConflict("end", date(2023, 10, 20), date(2023, 10, 21), date(2023, 10, 19)),)
    assert result.merged == mine
    assert resolved(result.merged, result.conflicts, Side.THEIRS).end == date(2023, 10, 21)
    assert resolved(result.merged, result.conflicts, {"end": Side.MINE}) == mine


def test_start_and_end_are_never_taken_from_different_sides():
    mine = replace(BASE, start=date(2023, 10, 20), end=date(2023, 10, 21))
    theirs = replace(BASE, end=date(2023, 10, 20))
    result = merge(BASE, mine, theirs)
    assert {conflict.field for conflict in result.conflicts} == {"start", "end"}
    chosen = resolved(result.merged, result.conflicts, Side.THEIRS)
    assert (chosen.start, chosen.end) == (theirs.start, theirs.end)


def test_topics_of_both_sides_stand_together():
    mine = replace(BASE, topics=("Resilience", "Climate", "Mine"))
    result = merge(BASE, mine, replace(BASE, topics=("Climate", "Theirs")))
    assert result.merged.topics == ("Climate", "Mine", "Theirs")
    assert not result.conflicts


def test_without_a_base_what_differs_is_their_change():
    result = merge(None, replace(BASE, sequence=4), replace(BASE, status=EventStatus.CANCELLED))
    assert result.merged == replace(BASE, status=EventStatus.CANCELLED, sequence=4)


def test_the_newer_revision_is_kept():
    new, old = datetime(2024, 1, 1, tzinfo=UTC), datetime(2023, 1, 1, tzinfo=UTC)
    result = merge(BASE, replace(BASE, last_modified=new), replace(BASE, venue="Casa", last_modified=old))
    assert result.merged.last_modified == new


@pytest.mark.parametrize(
    ("mine", "theirs", "expected"),
    [
        ({"city": ""}, {"city": "Cascais", "summary": "x"}, {"summary": "EURESFO", "city": "Cascais"}),
        ({"end": None}, {"end": date(2023, 10, 22)}, {"end": None}),
        ({"start": None, "end": None, "vague": VagueDate("autumn")}, {}, {"start": BASE.start, "vague": None}),
        (
            {"start": None, "vague": VagueDate("autumn")},
            {"start": None, "vague": VagueDate("2023")},
            {"vague": VagueDate("autumn")},
        ),
        ({"topics": ("A",)}, {"topics": ("B", "A")}, {"topics": ("A", "B")}),
    ],
)
def test_merging_a_duplicate_only_fills_what_is_empty(mine, theirs, expected):
    merged = completed(replace(BASE, **mine), replace(BASE, **theirs))
    assert {name: getattr(merged, name) for name in expected} == expected


words = st.sampled_from(["", "a", "b", "c"])
days = st.integers(1, 5).map(lambda day: date(2023, 10, day))
events = st.builds(
    lambda summary, city, start, end, topics: replace(
        BASE, summary=summary, city=city, start=start, end=end, topics=tuple(topics)
    ),
    words,
    words,
    days,
    st.none() | days,
    st.lists(words, unique=True, max_size=3),
)


@given(events, events)
def test_an_untouched_copy_becomes_theirs_and_an_untouched_source_leaves_mine(base, other):
    updated = merge(base, base, other)
    assert not updated.conflicts
    assert not differences(updated.merged, other)
    kept = merge(base, other, base)
    assert kept.merged == other
    assert kept.is_unchanged


@given(events, events, events)
def test_every_difference_is_taken_kept_or_a_conflict(base, mine, theirs):
    result = merge(base, mine, theirs)
    by_them = {change.field for change in differences(base, theirs)}
    by_me = {change.field for change in differences(base, mine)}
    for name in ("summary", "city"):
        is_conflict = name in {conflict.field for conflict in result.conflicts}
        both = name in by_them and name in by_me and getattr(mine, name) != getattr(theirs, name)
        assert is_conflict == both
        if not both:
            assert getattr(result.merged, name) == getattr(theirs if name in by_them else mine, name)
    assert (result.merged.start, result.merged.end) in ((mine.start, mine.end), (theirs.start, theirs.end))
    swapped = merge(base, theirs, mine)
    assert {c.field for c in swapped.conflicts} == {c.field for c in result.conflicts}
