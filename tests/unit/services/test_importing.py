"""Importing: what a file would change, what is written of it, and that nothing of the user's is lost."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from scplanner.domain.changes import ChangeSet, created
from scplanner.domain.events import Calendar, CalendarKind, Decision, EventStatus, OccurrenceKey
from scplanner.domain.merge import Side
from scplanner.domain.query import EventFilter
from scplanner.domain.review import Choice, ReviewKind
from scplanner.errors import ConflictingChange, PlannerError, UnreadableFile
from scplanner.paths import UserPaths
from scplanner.services import changes, events, history, importing, queries
from scplanner.services.workspace import Workspace
from scplanner.settings import Settings
from scplanner.store.store import Store

FORUM = """BEGIN:VEVENT
UID:forum@example.org
DTSTAMP:20230101T000000Z
DTSTART;VALUE=DATE:20231018
DTEND;VALUE=DATE:20231021
SUMMARY:Urban Resilience Forum
LOCATION:Casa das Histórias\\, Cascais
X-SCPLANNER-CITY:Cascais
X-KEPT;FOO=bar:as it came
BEGIN:VALARM
ACTION:DISPLAY
TRIGGER:-P1D
END:VALARM
END:VEVENT
"""


@pytest.fixture
def ws(tmp_path):
    workspace = Workspace(UserPaths.at(tmp_path), Store(tmp_path / "test.db"), Settings(), date(2023, 9, 1))
    made = (
        Calendar(-1, "Catalogue", CalendarKind.CATALOGUE),
        Calendar(-2, "My plan", position=1),
        Calendar(-3, "Work", position=2),
    )
    changes.apply(workspace, ChangeSet("First", created(made)))
    yield workspace
    workspace.close()


def calendar_file(*components, header=""):
    body = "".join(components)
    text = f"BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:-//test//EN\n{header}{body}END:VCALENDAR\n"
    return "file.ics", text.replace("\n", "\r\n").encode()


def edited(text, **values):
    """A component with other values for some of its properties (by their names before the colon)."""
    for name, value in values.items():
        head = next(line for line in text.splitlines() if line.startswith(name))
        text = text.replace(head, f"{head.partition(':')[0]}:{value}")
    return text


def review(ws, *components, calendar=None, header=""):
    return importing.review_files(ws, [calendar_file(*components, header=header)], calendar)


def bring_in(ws, *components, calendar=None, header="", **choices):
    return importing.apply_review(ws, review(ws, *components, calendar=calendar, header=header), **choices)


def kinds(found):
    return [item.kind for item in found.items]


def the_event(ws, uid="forum@example.org"):
    (event,) = queries.find_events(ws, uid)
    return event


def edit(ws, event, **values):
    events.save_event(ws, OccurrenceKey(event.id), replace(event, **values))


def test_a_review_writes_nothing(ws):
    found = review(ws, FORUM)
    assert kinds(found) == [ReviewKind.NEW]
    assert found.counts[ReviewKind.NEW] == 1
    assert found.counts[ReviewKind.CONFLICT] == 0
    assert queries.find_events(ws, "forum@example.org") == []
    assert len(history.steps(ws)) == 1


def test_new_events_go_to_my_plan_in_one_step_that_undo_takes_back(ws):
    report = bring_in(ws, FORUM, edited(FORUM, UID="other@example.org", SUMMARY="Dinner"))
    assert report.applied.title == "Import file.ics"
    event = the_event(ws)
    assert queries.find_calendar(ws, "my plan").id == event.calendar_id
    assert (event.summary, event.start, event.end) == ("Urban Resilience Forum", date(2023, 10, 18), date(2023, 10, 21))
    assert not event.follows
    history.undo(ws)
    assert queries.find_events(ws, "forum@example.org") == []
    history.redo(ws)
    assert the_event(ws) == event


def test_the_text_is_kept_as_it_came(ws):
    bring_in(ws, FORUM)
    assert queries.text_of(ws, the_event(ws)) == FORUM.replace("\n", "\r\n")


def test_the_same_file_again_is_unchanged_and_writes_nothing(ws):
    bring_in(ws, FORUM)
    report = bring_in(ws, FORUM)
    assert kinds(report.review) == [ReviewKind.UNCHANGED]
    assert report.applied is None
    assert not report.left_out


def test_another_stamp_alone_is_no_change(ws):
    bring_in(ws, FORUM)
    assert kinds(review(ws, edited(FORUM, DTSTAMP="20230909T000000Z"))) == [ReviewKind.UNCHANGED]


def test_a_changed_field_is_shown_old_to_new_and_written(ws):
    bring_in(ws, FORUM)
    report = bring_in(ws, edited(FORUM, DTEND="20231022"))
    (item,) = report.review.items
    assert item.kind is ReviewKind.CHANGED
    assert [(c.field, c.before, c.after) for c in item.changes] == [("end", date(2023, 10, 21), date(2023, 10, 22))]
    assert the_event(ws).end == date(2023, 10, 22)
    assert kinds(review(ws, edited(FORUM, DTEND="20231022"))) == [ReviewKind.UNCHANGED]


def test_what_no_field_stands_for_is_taken_too(ws):
    bring_in(ws, FORUM)
    report = bring_in(ws, edited(FORUM, TRIGGER="-P7D"))
    assert [change.field for change in report.review.items[0].changes] == ["text"]
    assert "TRIGGER:-P7D" in queries.text_of(ws, the_event(ws))


def test_the_user_s_layer_outlives_every_import(ws):
    bring_in(ws, FORUM)
    key = OccurrenceKey(the_event(ws).id)
    events.decide(ws, [key], Decision.GOING)
    bring_in(ws, edited(FORUM, SUMMARY="Forum 2023"))
    assert queries.layer_for(ws, key).decision is Decision.GOING


def test_my_edit_and_theirs_of_other_fields_stand_together(ws):
    bring_in(ws, FORUM)
    edit(ws, the_event(ws), venue="Room 1")
    report = bring_in(ws, edited(FORUM, SUMMARY="Forum 2023", **{"X-KEPT": "changed"}))
    assert [change.field for change in report.review.items[0].changes] == ["summary"]
    event = the_event(ws)
    assert (event.summary, event.venue) == ("Forum 2023", "Room 1")
    text = queries.text_of(ws, event)
    assert "X-SCPLANNER-VENUE:Room 1" in text
    assert "SUMMARY:Forum 2023" in text
    assert kinds(review(ws, edited(FORUM, SUMMARY="Forum 2023", **{"X-KEPT": "changed"}))) == [ReviewKind.UNCHANGED]


def test_the_source_s_old_version_never_undoes_my_edit(ws):
    bring_in(ws, FORUM)
    edit(ws, the_event(ws), summary="My name for it")
    assert kinds(review(ws, FORUM)) == [ReviewKind.UNCHANGED]


def test_a_conflict_is_left_out_until_decided(ws):
    bring_in(ws, FORUM)
    edit(ws, the_event(ws), end=date(2023, 10, 20))
    theirs = edited(FORUM, DTEND="20231022")
    report = bring_in(ws, theirs)
    (item,) = report.left_out
    assert item.kind is ReviewKind.CONFLICT
    assert [(c.field, c.mine, c.theirs, c.base) for c in item.conflicts] == [
        ("end", date(2023, 10, 20), date(2023, 10, 22), date(2023, 10, 21))
    ]
    assert report.applied is None
    assert the_event(ws).end == date(2023, 10, 20)


@pytest.mark.parametrize(("side", "day"), [(Side.MINE, 20), (Side.THEIRS, 22)])
def test_a_decided_conflict_is_not_asked_again(ws, side, day):
    bring_in(ws, FORUM)
    edit(ws, the_event(ws), end=date(2023, 10, 20))
    theirs = edited(FORUM, DTEND="20231022")
    report = bring_in(ws, theirs, on_conflict=side)
    assert not report.left_out
    assert the_event(ws).end == date(2023, 10, day)
    assert f"DTEND;VALUE=DATE:202310{day}" in queries.text_of(ws, the_event(ws))
    assert kinds(review(ws, theirs)) == [ReviewKind.UNCHANGED]


def test_one_field_can_be_decided_mine_and_another_theirs(ws):
    bring_in(ws, FORUM)
    edit(ws, the_event(ws), end=date(2023, 10, 20), summary="Mine")
    found = review(ws, edited(FORUM, DTEND="20231022", SUMMARY="Theirs"))
    chosen = replace(found.items[0], sides={"end": Side.THEIRS, "summary": Side.MINE}, is_ticked=True)
    importing.apply_review(ws, replace(found, items=(chosen,)))
    assert (the_event(ws).summary, the_event(ws).end) == ("Mine", date(2023, 10, 22))


def test_one_uid_for_another_event_is_a_conflict_that_can_keep_both(ws):
    bring_in(ws, FORUM)
    other = edited(FORUM, SUMMARY="Gala dinner", DTSTART="20240301", DTEND="20240302")
    found = review(ws, other)
    (item,) = found.items
    assert item.kind is ReviewKind.CONFLICT
    assert item.is_other_event
    importing.apply_review(ws, replace(found, items=(replace(item, choice=Choice.BOTH, is_ticked=True),)))
    assert {event.summary for event in queries.find_events(ws, "forum@example.org")} == {
        "Urban Resilience Forum",
        "Gala dinner",
    }


def test_cancelled_is_a_status_and_never_a_deletion(ws):
    bring_in(ws, FORUM)
    report = bring_in(ws, FORUM.replace("X-KEPT", "STATUS:CANCELLED\nX-KEPT"))
    assert kinds(report.review) == [ReviewKind.CANCELLED]
    assert the_event(ws).status is EventStatus.CANCELLED


def test_a_cancellation_sent_by_method_changes_nothing_but_the_status(ws):
    bring_in(ws, FORUM)
    bare = "BEGIN:VEVENT\nUID:forum@example.org\nDTSTAMP:20230601T000000Z\nDTSTART;VALUE=DATE:20231018\nSEQUENCE:1\nEND:VEVENT\n"
    report = bring_in(ws, bare, header="METHOD:CANCEL\n")
    assert kinds(report.review) == [ReviewKind.CANCELLED]
    event = the_event(ws)
    assert (event.status, event.summary, event.city) == (EventStatus.CANCELLED, "Urban Resilience Forum", "Cascais")
    assert "STATUS:CANCELLED" in queries.text_of(ws, event)


def test_an_older_revision_is_offered_unticked(ws):
    newer = FORUM.replace("X-KEPT", "SEQUENCE:3\nX-KEPT")
    bring_in(ws, newer)
    report = bring_in(ws, edited(newer, SEQUENCE="2", SUMMARY="Old title"))
    (item,) = report.left_out
    assert [doubt.field for doubt in item.doubts] == ["sequence"]
    assert the_event(ws).summary == "Urban Resilience Forum"


def test_the_same_event_under_a_new_uid_is_recognised_and_keeps_its_own(ws):
    bring_in(ws, FORUM)
    assert kinds(review(ws, edited(FORUM, UID="0815@office"))) == [ReviewKind.UNCHANGED]
    bring_in(ws, edited(FORUM, UID="0815@office", LOCATION="Elsewhere"))
    event = the_event(ws)
    assert event.location == "Elsewhere"
    assert "UID:forum@example.org" in queries.text_of(ws, event)


DUPLICATE = FORUM.replace("forum@example.org", "copy@elsewhere").replace(
    "Urban Resilience Forum", "The Urban Resilience Forum 2023"
)


@pytest.mark.parametrize(("choice", "count"), [(Choice.BOTH, 2), (Choice.MERGE, 1), (Choice.SKIP, 1)])
def test_a_probable_duplicate_is_kept_merged_or_skipped(ws, choice, count):
    bring_in(ws, FORUM.replace("LOCATION", "X-OLD-LOCATION"))
    report = bring_in(ws, DUPLICATE, on_duplicate=choice)
    assert kinds(report.review) == [ReviewKind.DUPLICATE]
    assert report.review.items[0].duplicate_of.uid == "forum@example.org"
    assert len(queries.agenda(ws, EventFilter())) == count
    location = the_event(ws).location
    assert location == ("Casa das Histórias, Cascais" if choice is Choice.MERGE else "")


def test_an_event_of_the_catalogue_follows_its_origin_when_a_file_changes_it(ws):
    bring_in(ws, FORUM, calendar="Catalogue")
    bring_in(ws, edited(FORUM, SUMMARY="As my colleague calls it"))
    event = the_event(ws)
    assert queries.find_calendar(ws, "Catalogue").id == event.calendar_id
    assert event.follows
    assert kinds(review(ws, edited(FORUM, SUMMARY="As my colleague calls it"))) == [ReviewKind.UNCHANGED]
    found = review(ws, edited(FORUM, SUMMARY="New name from the source"))
    assert kinds(found) == [ReviewKind.CONFLICT]


SERIES = """BEGIN:VEVENT
UID:weekly@example.org
DTSTAMP:20230101T000000Z
DTSTART:20231002T090000Z
DTEND:20231002T100000Z
RRULE:FREQ=WEEKLY;COUNT=3
SUMMARY:Planning call
END:VEVENT
"""
OVERRIDE = """BEGIN:VEVENT
UID:weekly@example.org
DTSTAMP:20230101T000000Z
RECURRENCE-ID:20231009T090000Z
DTSTART:20231009T140000Z
DTEND:20231009T150000Z
SUMMARY:Planning call (later)
END:VEVENT
"""


def test_a_series_comes_with_its_overrides_and_is_expanded(ws):
    report = bring_in(ws, SERIES, OVERRIDE)
    assert kinds(report.review) == [ReviewKind.NEW, ReviewKind.NEW]
    shown = queries.agenda(ws, EventFilter(range=importing.DayRange(date(2023, 10, 1), date(2023, 10, 31))))
    assert [(o.summary, o.first_day.day) for o in shown] == [
        ("Planning call", 2),
        ("Planning call (later)", 9),
        ("Planning call", 16),
    ]
    assert kinds(review(ws, SERIES, OVERRIDE)) == [ReviewKind.UNCHANGED, ReviewKind.UNCHANGED]


def test_a_new_override_joins_its_series_in_whichever_calendar(ws):
    bring_in(ws, SERIES, calendar="Work")
    found = review(ws, SERIES, OVERRIDE)
    assert kinds(found) == [ReviewKind.UNCHANGED, ReviewKind.NEW]
    assert found.items[1].result.calendar_id == queries.find_calendar(ws, "Work").id


def test_a_bad_component_is_rejected_with_its_line_and_costs_no_other(ws):
    broken = "BEGIN:VEVENT\nUID:broken@example.org\nDTSTART:next Tuesday\nSUMMARY:Broken\nEND:VEVENT\n"
    report = bring_in(ws, broken, FORUM)
    assert sorted(kinds(report.review)) == [ReviewKind.NEW, ReviewKind.REJECTED]
    (item,) = report.left_out
    assert item.problems[0].property == "DTSTART"
    assert item.line == 4
    assert the_event(ws)


def test_two_files_of_one_command_are_one_step_and_the_later_version_counts(ws):
    first, second = (
        calendar_file(FORUM),
        ("b.ics", calendar_file(edited(FORUM, SUMMARY="Urban Resilience Forum", LOCATION="B"))[1]),
    )
    found = importing.review_files(ws, [first, second])
    assert kinds(found) == [ReviewKind.REJECTED, ReviewKind.NEW]
    report = importing.apply_review(ws, found)
    assert report.applied.title == "Import 2 files"
    assert the_event(ws).location == "B"


def test_what_is_no_calendar_is_refused_in_words(ws, tmp_path):
    with pytest.raises(UnreadableFile):
        importing.review_files(ws, [("x.ics", b"\x89PNG")])
    with pytest.raises(UnreadableFile, match="can't be read"):
        importing.review_files(ws, [tmp_path / "missing.ics"])
    with pytest.raises(UnreadableFile):
        importing.review_files(ws, [tmp_path])
    with pytest.raises(UnreadableFile, match="MB"):
        importing.review_files(ws, [calendar_file(FORUM)], max_size=10)
    found = importing.review_files(ws, [tmp_path / "missing.ics", calendar_file(FORUM)])
    assert [bool(source.error) for source in found.sources] == [True, False]


def test_an_unknown_calendar_is_named(ws):
    with pytest.raises(PlannerError, match="Nowhere"):
        review(ws, FORUM, calendar="Nowhere")


def test_a_review_that_was_overtaken_writes_nothing(ws):
    bring_in(ws, FORUM)
    found = review(
        ws,
        edited(FORUM, SUMMARY="Theirs"),
        edited(FORUM, UID="new@x", SUMMARY="New", DTSTART="20240101", DTEND="20240102"),
    )
    edit(ws, the_event(ws), summary="Mine meanwhile")
    with pytest.raises(ConflictingChange):
        importing.apply_review(ws, found)
    assert queries.find_events(ws, "new@x") == []


def test_a_cancel_from_progress_goes_through(ws):
    def stop(text, fraction):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        importing.review_files(ws, [calendar_file(FORUM)], None, stop)


def whole(*components):
    return calendar_file(*components, header="X-SCPLANNER-CATALOGUE:2023-09-01\n")


def numbered(number, **values):
    return edited(FORUM, UID=f"{number}@catalogue", SUMMARY=f"Event {number}", **values)


def refresh(ws, *components):
    return importing.apply_review(ws, importing.review_files(ws, [whole(*components)]))


def test_a_version_of_the_catalogue_updates_the_catalogue(ws):
    refresh(ws, *(numbered(n) for n in range(4)))
    assert {event.calendar_id for event in ws.store.events.by_uids([f"{n}@catalogue" for n in range(4)])} == {
        queries.find_calendar(ws, "Catalogue").id
    }
    refresh(ws, *(numbered(n, LOCATION="Moved") for n in range(4)))
    assert the_event(ws, "1@catalogue").location == "Moved"
    assert not the_event(ws, "1@catalogue").follows


def test_what_a_whole_source_no_longer_lists_is_withdrawn_and_may_come_back(ws):
    all_four = [numbered(n) for n in range(4)]
    refresh(ws, *all_four)
    refresh(ws, *all_four[1:])
    assert the_event(ws, "0@catalogue").status is EventStatus.WITHDRAWN
    assert refresh(ws, *all_four[1:]).applied is None
    refresh(ws, *all_four)
    assert the_event(ws, "0@catalogue").status is None


def test_more_than_a_third_at_once_are_not_withdrawn_unasked(ws):
    all_four = [numbered(n) for n in range(4)]
    refresh(ws, *all_four)
    report = refresh(ws, *all_four[2:])
    assert report.applied is None
    assert len(report.left_out) == 2


def test_the_version_of_the_catalogue_is_noted_in_the_same_step_and_an_older_one_refused(ws):
    refresh(ws, numbered(1))
    assert queries.find_calendar(ws, "Catalogue").source == "2023-09-01"
    older = calendar_file(numbered(1), header="X-SCPLANNER-CATALOGUE:2022-01-01\n")
    with pytest.raises(PlannerError, match="older"):
        importing.review_files(ws, [older])
    history.undo(ws)
    assert queries.find_calendar(ws, "Catalogue").source == ""


def test_what_has_ended_is_not_withdrawn(ws):
    past = numbered(0, DTSTART="20220301", DTEND="20220302")
    refresh(ws, past, *(numbered(n) for n in range(1, 4)))
    assert refresh(ws, *(numbered(n) for n in range(1, 4))).applied is None


def test_a_version_the_user_took_back_is_not_offered_again(ws):
    refresh(ws, numbered(1))
    moved = importing.review_files(ws, [whole(numbered(1, LOCATION="Moved"))])
    report = importing.apply_review(ws, moved, origin=importing.Origin.CATALOGUE)
    history.take_back(ws, report.applied.step)
    assert refresh(ws, numbered(1, LOCATION="Moved")).applied is None
    assert refresh(ws, numbered(1, LOCATION="Moved again")).applied is not None


@pytest.mark.skipif(not Path("/dev/zero").exists(), reason="there is no file without an end here")
def test_a_file_without_an_end_is_refused(ws):
    with pytest.raises(UnreadableFile, match="more than is read unasked"):
        importing.review_files(ws, [Path("/dev/zero")], max_size=1000)
