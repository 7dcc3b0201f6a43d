"""The command line as a script uses it: names, JSON, exit codes, and that every fault is a sentence."""

import csv
import io
import json
import sqlite3
import subprocess
import sys
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from scplanner.cli import main
from scplanner.domain.changes import ChangeSet, created
from scplanner.domain.events import Calendar, CalendarKind, Event
from scplanner.paths import UserPaths
from scplanner.services import calendars, changes, events, queries
from scplanner.services.workspace import Workspace
from scplanner.settings import Settings
from scplanner.sources.catalogue import bundled_catalogue
from scplanner.store.store import Store

RECORD = """uid recurrence_id summary start end last_day all_day tzid duration_days date_text earliest latest location venue
city country latitude longitude attendance_mode url links status topics description organizer calendar follows series
edition parent_uid sequence rrule decision role registration attended travel_before travel_after budget note deadlines
people files source checked last_modified""".split()  # noqa: SIM905


def component(uid, start, end="", title="", *lines):
    head = f"DTSTART;VALUE=DATE:{start}" if len(start) == 8 else f"DTSTART:{start}"
    tail = (f"DTEND;VALUE=DATE:{end}" if len(end) == 8 else f"DTEND:{end}") if end else "X-NO-END:1"
    return "\r\n".join(
        [
            "BEGIN:VEVENT",
            f"UID:{uid}",
            "DTSTAMP:20230101T000000Z",
            head,
            tail,
            f"SUMMARY:{title or uid}",
            *lines,
            "END:VEVENT",
            "",
        ]
    )


def calendar(*components, header=""):
    return f"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//test//EN\r\n{header}{''.join(components)}END:VCALENDAR\r\n".encode()


@pytest.fixture
def folder(tmp_path):
    """A data folder with an empty catalogue, so that a test sees only what it brought in."""
    paths = UserPaths.at(tmp_path / "data")
    paths.root.mkdir()
    ws = Workspace(paths, Store(paths.database), Settings())
    version = bundled_catalogue().version.isoformat()  # nothing newer is due
    made = (Calendar(-1, "Catalogue", CalendarKind.CATALOGUE, source=version), Calendar(-2, "My plan", position=1))
    changes.apply(ws, ChangeSet("First start", created(made)))
    ws.close()
    return paths


@pytest.fixture
def run(folder, capsys):
    """Run a command; the answer is (exit code, what it printed, what it said on standard error)."""

    def call(*arguments, code=0):
        found = main(["--data-dir", str(folder.root), "--today", "2023-09-01", *map(str, arguments)])
        printed = capsys.readouterr()
        assert "Traceback" not in printed.err
        assert found == code, printed.err
        return printed

    return call


@pytest.fixture
def run_json(run):
    def call(*arguments, code=0):
        return json.loads(run(*arguments, "--json", code=code).out)

    return call


@pytest.fixture
def bring_in(run_json, tmp_path):
    def call(*components, options=(), code=0):
        (tmp_path / "in.ics").write_bytes(calendar(*components))
        return run_json("import", tmp_path / "in.ics", *options, code=code)

    return call


FORUM = component("forum@x", "20231018", "20231021", "Urban Forum", "LOCATION:Cascais", "X-SCPLANNER-CITY:Cascais", "X-SCPLANNER-COUNTRY:PT", "CATEGORIES:Resilience")  # fmt: skip


def test_import_answers_by_the_contract(bring_in):
    answer = bring_in(FORUM)
    assert answer["files"] == [{"source": "in.ics", "format": "ics", "encoding": "utf-8", "error": None}]
    assert answer["counts"] == {
        "new": 1,
        "changed": 0,
        "conflict": 0,
        "unchanged": 0,
        "cancelled": 0,
        "duplicate": 0,
        "rejected": 0,
    }
    assert answer["applied"] is True
    assert isinstance(answer["step"], int)
    (item,) = answer["items"]
    assert (item["kind"], item["action"], item["source"], item["duplicate_of"]) == ("event", "new", "in.ics", None)
    assert list(item["record"]) == RECORD
    assert item["record"]["calendar"] == "My plan"


def test_the_same_import_again_is_unchanged(bring_in):
    bring_in(FORUM)
    answer = bring_in(FORUM)
    assert answer["counts"]["unchanged"] == 1
    assert answer["step"] is None
    assert answer["items"][0]["record"] == {"uid": "forum@x", "recurrence_id": None}


def test_a_dry_run_writes_nothing(bring_in, run_json):
    answer = bring_in(FORUM, options=["--dry-run"])
    assert (answer["applied"], answer["step"], answer["counts"]["new"]) == (False, None, 1)
    assert run_json("events")["count"] == 0


def test_changes_are_told_field_by_field(bring_in):
    bring_in(FORUM)
    answer = bring_in(FORUM.replace("20231021", "20231022"))
    assert answer["items"][0]["changes"] == [{"field": "end", "before": "2023-10-21", "after": "2023-10-22"}]


def test_conflicts_are_left_out_unless_a_side_is_named(bring_in, run, run_json, folder):
    bring_in(FORUM)
    ws = Workspace(folder, Store(folder.database), Settings())
    (event,) = ws.store.events.by_uids(["forum@x"])
    events.save_event(ws, events.OccurrenceKey(event.id), replace(event, summary="Mine"))
    ws.close()
    theirs = FORUM.replace("Urban Forum", "Theirs")
    answer = bring_in(theirs, code=1)
    assert answer["counts"]["conflict"] == 1
    assert answer["applied"] is False
    assert answer["items"][0]["changes"] == [{"field": "summary", "before": "Mine", "after": "Theirs"}]
    assert run_json("show", "forum@x")["summary"] == "Mine"
    answer = bring_in(theirs, options=["--on-conflict", "theirs"])
    assert answer["items"][0]["record"]["summary"] == "Theirs"
    assert run_json("show", "forum@x")["summary"] == "Theirs"


def test_what_is_rejected_is_named_with_its_line_and_the_rest_comes_in(run, tmp_path):
    (tmp_path / "in.ics").write_bytes(calendar(component("bad@x", "2023-xx-xx"), FORUM))
    printed = run("import", tmp_path / "in.ics", code=1)
    assert "in.ics, line 4" in printed.err
    assert "1 new" in printed.out


@pytest.mark.parametrize(("choice", "count"), [("both", 2), ("merge", 1), ("skip", 1)])
def test_probable_duplicates_are_treated_as_asked(bring_in, run_json, choice, count):
    bring_in(FORUM)
    copy = FORUM.replace("forum@x", "copy@x").replace("Urban Forum", "The Urban Forum 2023")
    answer = bring_in(copy, options=["--on-duplicate", choice])
    assert answer["items"][0]["action"] == "duplicate"
    assert answer["items"][0]["duplicate_of"] == "forum@x"
    assert run_json("events")["count"] == count


def test_import_reads_standard_input(folder):
    done = subprocess.run(
        [sys.executable, "-c", "import sys; from scplanner.cli import main; sys.exit(main(sys.argv[1:]))",
         "--data-dir", str(folder.root), "import", "-", "--json"],
        input=calendar(FORUM), capture_output=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["counts"]["new"] == 1


def test_unreadable_files_are_a_sentence(run, run_json, tmp_path):
    (tmp_path / "x.ics").write_text("no calendar")
    answer = run_json("import", tmp_path / "x.ics", code=3)
    assert set(answer) == {"error", "hint"}
    run("import", tmp_path / "missing.ics", code=3)
    (tmp_path / "good.ics").write_bytes(calendar(FORUM))
    answer = run_json("import", tmp_path / "missing.ics", tmp_path / "good.ics", code=1)
    assert answer["files"][0]["error"]
    assert answer["counts"]["new"] == 1
    run("import", tmp_path / "good.ics", "--max-size", "0", code=3)
    run("import", tmp_path / "good.ics", "--calendar", "Nowhere", code=3)


def test_event_records_tell_days_and_times_exactly(bring_in, run_json):
    bring_in(
        FORUM,
        component("one-day@x", "20231101"),
        component("utc@x", "20231102T090000Z"),
        component("floating@x", "20231103T220000", "20231104T000000"),
        component("zoned@x", "20231105T090000Z", "", "", "X-A:1").replace(
            "DTSTART:20231105T090000Z", "DTSTART;TZID=Europe/Madrid:20231105T090000"
        ),
        component("vague@x", "20231101").replace(
            "DTSTART;VALUE=DATE:20231101", "X-SCPLANNER-DATE-TEXT:autumn 2027\r\nX-SCPLANNER-EARLIEST:20270901"
        ),
    )
    keys = ("start", "end", "last_day", "all_day", "tzid", "duration_days", "date_text", "earliest")
    told = {record["uid"]: tuple(record[key] for key in keys) for record in run_json("events")["items"]}
    assert told == {
        "forum@x": ("2023-10-18", "2023-10-21", "2023-10-20", True, None, 3, None, None),
        "one-day@x": ("2023-11-01", "2023-11-02", "2023-11-01", True, None, 1, None, None),
        "utc@x": ("2023-11-02T09:00:00+00:00", "2023-11-02T09:00:00+00:00", "2023-11-02", False, "UTC", 1, None, None),
        "floating@x": ("2023-11-03T22:00:00", "2023-11-04T00:00:00", "2023-11-03", False, None, 1, None, None),
        "zoned@x": (
            "2023-11-05T09:00:00+01:00",
            "2023-11-05T09:00:00+01:00",
            "2023-11-05",
            False,
            "Europe/Madrid",
            1,
            None,
            None,
        ),
        "vague@x": (None, None, None, None, None, None, "autumn 2027", "2027-09-01"),
    }


WEEKLY = component("weekly@x", "20231002T090000Z", "20231002T100000Z", "Call", "RRULE:FREQ=WEEKLY;COUNT=4")


def test_a_range_is_inclusive_and_expands_series(bring_in, run_json):
    bring_in(FORUM, WEEKLY)
    assert run_json("events")["count"] == 2, "one row per event"
    found = run_json("events", "--from", "2023-10-09", "--to", "2023-10-18")["items"]
    assert [(r["uid"], r["start"][:10], r["recurrence_id"]) for r in found] == [
        ("weekly@x", "2023-10-09", "2023-10-09T09:00:00+00:00"),
        ("weekly@x", "2023-10-16", "2023-10-16T09:00:00+00:00"),
        ("forum@x", "2023-10-18", None),
    ]
    assert run_json("events", "--from", "2023-10-20")["count"] == 2, "a year from the one bound"
    assert run_json("events", "--to", "2023-10-02")["count"] == 1
    assert run_json("events", "--from", "2022-01-01")["count"] == 0


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        (["--city", "cascais"], {"forum@x"}),
        (["--topic", "resilience"], {"forum@x"}),
        (["--country", "pt"], {"forum@x"}),
        (["--query", "urb"], {"forum@x"}),
        (["--decision", "going"], {"weekly@x"}),
        (["--decision", "going,none"], {"forum@x", "weekly@x"}),
        (["--calendar", "my plan"], {"forum@x", "weekly@x"}),
        (["--calendar", "Catalogue"], set()),
        (["--city", "Atlantis"], set()),
    ],
)
def test_filters(bring_in, run, run_json, options, expected):
    bring_in(FORUM, WEEKLY)
    run("decide", "weekly@x", "going")
    assert {record["uid"] for record in run_json("events", *options)["items"]} == expected


def test_events_as_a_table_for_spreadsheets(bring_in, run):
    bring_in(FORUM)
    (row,) = csv.DictReader(io.StringIO(run("events", "--csv").out))
    assert list(row) == RECORD
    assert (row["uid"], row["topics"], row["start"]) == ("forum@x", "Resilience", "2023-10-18")


def test_decide_sets_everything_in_one_step(bring_in, run, run_json):
    bring_in(FORUM)
    answer = run_json("decide", "forum@x", "going", "--role", "speaker", "--registration", "applied", "--travel-before", "1",
                      "--travel-after", "2", "--attended", "no", "--note", "Book the train")  # fmt: skip
    assert answer["applied"] is True
    assert answer["problems"] == []
    record = run_json("show", "forum@x")
    assert (record["decision"], record["role"], record["registration"], record["attended"]) == (
        "going",
        "speaker",
        "applied",
        False,
    )
    assert (record["travel_before"], record["travel_after"], record["note"]) == (1, 2, "Book the train")
    run("decide", "forum@x", "going", "--note", "Window seat")
    assert run_json("show", "forum@x")["note"] == "Book the train\n\nWindow seat"
    run("undo")
    run("undo")
    assert run_json("show", "forum@x")["decision"] is None


def test_deciding_the_same_again_is_no_step(bring_in, run_json):
    bring_in(FORUM)
    run_json("decide", "forum@x", "going")
    answer = run_json("decide", "forum@x", "going")
    assert (answer["applied"], answer["step"]) == (False, None)
    assert run_json("decide", "forum@x", "none")["applied"] is True


@pytest.mark.parametrize(
    "spelling", ["2023-10-09T09:00:00+00:00", "20231009T090000Z", "2023-10-09", "2023-10-09T11:00:00+02:00"]
)
def test_one_occurrence_of_a_series_can_be_decided_on(bring_in, run, run_json, spelling):
    bring_in(WEEKLY)
    run("decide", f"weekly@x/{spelling}", "declined")
    october = run_json("events", "--from", "2023-10-01", "--to", "2023-10-31")["items"]
    assert [record["decision"] for record in october] == [None, "declined", None, None]
    shown = run_json("show", f"weekly@x/{spelling}")
    assert (shown["start"], shown["recurrence_id"], shown["decision"]) == ("2023-10-09T09:00:00+00:00",) * 2 + (
        "declined",
    )


def test_what_is_not_there_is_a_sentence(bring_in, run):
    bring_in(WEEKLY)
    for arguments in (["show", "nowhere@x"], ["decide", "nowhere@x", "going"], ["delete", "nowhere@x"],
                      ["show", "weekly@x/2023-10-10"], ["show", "weekly@x/soon"], ["take-back", "99"]):  # fmt: skip
        assert run(*arguments, code=3).err.startswith("scplanner: ")


def test_a_uid_may_hold_a_slash(bring_in, run_json):
    bring_in(FORUM.replace("forum@x", "https://example.org/forum/1"))
    assert run_json("show", "https://example.org/forum/1")["summary"] == "Urban Forum"


def test_a_uid_in_two_calendars_has_to_be_told_apart(bring_in, run, run_json, folder):
    bring_in(FORUM)
    ws = Workspace(folder, Store(folder.database), Settings())
    calendars.add(ws, "Other")
    other = queries.find_calendar(ws, "Other")
    events.create_event(ws, Event(0, other.id, "forum@x", summary="Another", start=date(2024, 1, 1)))
    ws.close()
    assert "--calendar" in run("decide", "forum@x", "going", code=3).err
    run("decide", "forum@x", "going", "--calendar", "my plan")
    assert run_json("show", "forum@x", "--calendar", "My plan")["decision"] == "going"
    assert run_json("show", "forum@x", "--calendar", "Other")["decision"] is None


def test_delete_undo_redo_and_history(bring_in, run, run_json):
    bring_in(FORUM, WEEKLY)
    answer = run_json("delete", "forum@x", "weekly@x")
    assert answer["applied"] is True
    assert run_json("events")["count"] == 0
    assert run_json("undo")["step"] == answer["step"]
    assert run_json("events")["count"] == 2
    run_json("redo")
    assert run_json("events")["count"] == 0
    steps = run_json("history")["items"]
    assert set(steps[0]) == {"step", "time", "title", "origin", "counts", "undone"}
    assert steps[0]["counts"] == {"created": 0, "changed": 0, "deleted": 2}
    assert steps[1]["origin"] == "import"
    run("redo", code=3)


def test_deleting_an_occurrence_leaves_the_series(bring_in, run, run_json):
    bring_in(WEEKLY)
    run("delete", "weekly@x/2023-10-09")
    days = [r["start"][:10] for r in run_json("events", "--from", "2023-10-01", "--to", "2023-10-31")["items"]]
    assert days == ["2023-10-02", "2023-10-16", "2023-10-23"]


def test_any_step_can_be_taken_back(bring_in, run, run_json):
    step = bring_in(FORUM)["step"]
    bring_in(WEEKLY)
    run("take-back", step)
    assert [record["uid"] for record in run_json("events")["items"]] == ["weekly@x"]


def test_calendars_are_made_named_coloured_hidden_and_removed(run, run_json):
    run("calendars", "add", "Work", "--color", "#112233")
    run("calendars", "rename", "work", "Office")
    run("calendars", "color", "Office", "#445566")
    run("calendars", "hide", "Office")
    told = {each["name"]: each for each in run_json("calendars", "list")["items"]}
    assert told["Office"] == {"name": "Office", "kind": "own", "color": "#445566", "visible": False, "events": 0}
    run("calendars", "show", "Office")
    run("calendars", "remove", "Office")
    assert "Office" not in run("calendars", "list").out
    run("calendars", "add", "My plan", code=3)
    run("calendars", "remove", "Office", code=3)
    run("calendars", code=2)


def test_search(bring_in, run_json):
    bring_in(FORUM)
    (hit,) = run_json("search", "urb", "casc")["items"]
    assert set(hit) == {"kind", "uid", "title", "snippet", "score"}
    assert (hit["kind"], hit["uid"], hit["title"]) == ("event", "forum@x", "Urban Forum")
    assert run_json("search", "nothing")["count"] == 0


def test_deadlines_of_what_was_decided(bring_in, run, run_json):
    bring_in(
        FORUM.replace(
            "LOCATION",
            "X-SCPLANNER-DEADLINE;KIND=call:20230915\r\nX-SCPLANNER-DEADLINE;KIND=slides;TZID=Etc/GMT+12:20230920T235900\r\nLOCATION",
        )
    )
    run("decide", "forum@x", "considering")
    call, slides = run_json("deadlines")["items"]
    assert (call["uid"], call["summary"], call["kind"], call["date"], call["done"], call["own"]) == (
        "forum@x", "Urban Forum", "call", "2023-09-15", False, False,
    )  # fmt: skip
    assert (slides["datetime"], slides["tzid"]) == ("2023-09-20T23:59:00-12:00", "Etc/GMT+12")


# The 17 dated events of a real newsletter, by city.
SEASON = [
    ("New York", "2023-10-03", "2023-10-04"), ("Trondheim", "2023-10-05", "2023-10-06"), ("Brussels", "2023-10-09", "2023-10-12"),
    ("Lisbon", "2023-10-10", "2023-10-12"), ("Shanghai", "2023-10-12", "2023-10-14"), ("Cascais", "2023-10-18", "2023-10-20"),
    ("Madrid", "2023-10-24", "2023-10-26"), ("Bruxelles", "2023-10-24", "2023-10-25"), ("Cairo", "2023-10-30", "2023-10-31"),
    ("Neuchatel", "2023-10-31", "2023-10-31"), ("Berlin", "2023-11-07", "2023-11-07"), ("Barcelona", "2023-11-07", "2023-11-09"),
    ("Oulu", "2023-11-16", "2023-11-17"), ("New Delhi", "2024-01-17", "2024-01-19"), ("Saigon", "2024-04-17", "2024-04-19"),
    ("Brno", "2024-06-04", "2024-06-06"), ("Rotterdam", "2024-06-05", "2024-06-07"),
]  # fmt: skip


def test_a_real_season_has_seven_overlaps(bring_in, run, run_json):
    def basic(day):
        return day.isoformat().replace("-", "")

    bring_in(*(
        component(city.replace(" ", "-"), basic(date.fromisoformat(first)), basic(date.fromisoformat(last) + timedelta(days=1)), f"In {city}")
        for city, first, last in SEASON
    ))  # fmt: skip
    for city, _, _ in SEASON:
        run("decide", city.replace(" ", "-"), "going")
    answer = run_json("clashes")
    assert answer["count"] == 7
    assert [set(clash["events"]) for clash in answer["items"]] == [
        {"Brussels", "Lisbon"}, {"Brussels", "Shanghai"}, {"Lisbon", "Shanghai"}, {"Bruxelles", "Madrid"},
        {"Cairo", "Neuchatel"}, {"Berlin", "Barcelona"}, {"Brno", "Rotterdam"},
    ]  # fmt: skip
    assert set(answer["items"][0]) == {"kind", "events", "from", "to", "reason", "accepted"}
    assert answer["items"][0]["from"] == "2023-10-10"
    assert run_json("clashes", "--from", "2024-01-01", "--to", "2024-12-31")["count"] == 1


def test_export_and_back(bring_in, run, run_json, tmp_path):
    bring_in(FORUM, WEEKLY)
    run("decide", "forum@x", "going")
    target = tmp_path / "out.ics"
    assert run_json("export", "-o", target, "--for", "plain", "--decision", "going") == {
        "count": 1,
        "paths": [str(target)],
    }
    assert FORUM.encode() in target.read_bytes()
    run("export", "-o", target, code=3)
    run("export", "-o", target, "--force", "--uid", "weekly@x")
    assert b"forum@x" not in target.read_bytes()
    run("export", "-o", target, "--force")
    assert run_json("import", target)["counts"]["unchanged"] == 2
    run("export", "-o", tmp_path / "none.ics", "--uid", "nowhere@x", code=3)


def test_export_to_standard_output_is_the_file_and_nothing_else(bring_in, folder):
    bring_in(FORUM)
    done = subprocess.run(
        [sys.executable, "-c", "import sys; from scplanner.cli import main; sys.exit(main(sys.argv[1:]))",
         "--data-dir", str(folder.root), "export", "-o", "-"],
        capture_output=True, check=True,
    )  # fmt: skip
    assert done.stdout.startswith(b"BEGIN:VCALENDAR\r\n")
    assert done.stdout.endswith(b"END:VCALENDAR\r\n")
    assert done.stderr == b""


def test_backup_restore_and_check(bring_in, run, run_json, tmp_path):
    bring_in(FORUM)
    run("backup", tmp_path / "copy.db")
    run("backup", tmp_path / "copy.db", code=3)
    run("delete", "forum@x")
    run("restore", tmp_path / "copy.db")
    assert run_json("events")["count"] == 1
    assert run_json("check") == {"clean": True, "findings": []}
    (tmp_path / "bad.db").write_text("no database")
    run("restore", tmp_path / "bad.db", code=3)
    assert run_json("events")["count"] == 1


def test_wrong_use_is_status_2(run):
    for arguments in (["bogus"], ["events", "--from", "tomorrow"], ["decide", "x"], ["decide", "x", "perhaps"], ["export"],
                      ["events", "--decision", "going,maybe"], ["import"], ["decide", "x", "going", "--travel-before", "-1"]):  # fmt: skip
        run(*arguments, code=2)
    run("events", "--from", "2023-02-01", "--to", "2023-01-01", code=3)
    assert "usage" in run("--help").out


def test_a_damaged_database_is_a_sentence_and_restore_puts_it_aside(bring_in, run, run_json, folder, tmp_path):
    bring_in(FORUM)
    run("backup", tmp_path / "copy.db")
    for part in folder.root.glob("scplanner.db-*"):
        part.unlink()
    folder.database.write_bytes(b"no database at all, " * 500)
    assert "damaged" in run("events", code=3).err
    run("restore", tmp_path / "copy.db")
    assert run_json("events")["count"] == 1
    assert [path.read_bytes()[:11] for path in folder.root.glob("damaged-*.db")] == [b"no database"]


def test_a_locked_database_is_a_sentence(bring_in, run, folder, monkeypatch):
    bring_in(FORUM)
    monkeypatch.setattr("scplanner.store.database.BUSY_SECONDS", 0.1)
    other = sqlite3.connect(folder.database, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    try:
        assert "Another program" in run("decide", "forum@x", "going", code=3).err
    finally:
        other.close()


def test_a_bug_is_logged_and_told_in_one_sentence(run, folder, monkeypatch, caplog):
    def broken(*arguments):
        raise RuntimeError("a bug")

    monkeypatch.setattr("scplanner.services.queries.search", broken)
    printed = run("search", "x", code=3)
    assert "RuntimeError" in printed.err
    assert "RuntimeError: a bug" in folder.log.read_text(encoding="utf-8")


def test_an_interrupt_leaves_nothing_half_written(run, run_json, tmp_path, monkeypatch):
    def interrupted(*arguments):
        raise KeyboardInterrupt

    monkeypatch.setattr("scplanner.store.derived.refresh", interrupted)
    (tmp_path / "in.ics").write_bytes(calendar(FORUM))
    run("import", tmp_path / "in.ics", code=130)
    monkeypatch.undo()
    assert run_json("events")["count"] == 0
    assert run_json("check")["clean"] is True


def test_a_fresh_folder_holds_the_catalogue_and_my_plan(tmp_path, capsys):
    assert main(["--data-dir", str(tmp_path / "fresh"), "calendars", "list", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)["items"]
    assert [each["name"] for each in told] == ["Smart-city catalogue", "My plan"]
    assert told[0]["events"] > 100


def test_history_says_that_the_command_line_made_a_step(run, run_json, bring_in):
    bring_in(component("a@x", "20231003", "20231005", "A"))
    run("decide", "a@x", "going")
    steps = run_json("history")["items"]
    assert [step["origin"] for step in steps[:2]] == ["cli", "import"]


def test_the_first_command_of_a_day_makes_the_days_backup(folder, run):
    run("events")
    assert [path.name[:6] for path in folder.backups.iterdir()] == ["daily-"]


def test_clashes_of_series_are_found_in_years_nobody_has_looked_at(bring_in, run, run_json):
    bring_in(
        component("weekly@x", "20231002", "20231003", "Weekly class", "RRULE:FREQ=WEEKLY"),
        component("congress@x", "20350101", "20350111", "Congress"),
    )
    for uid in ("weekly@x", "congress@x"):
        run("decide", uid, "going")
    assert run_json("clashes", "--from", "2035-01-01", "--to", "2035-12-31")["count"] == 2


@pytest.mark.parametrize("today", ["0001-01-01", "9999-12-31"])
@pytest.mark.parametrize("command", ["events", "clashes", "deadlines", "history"])
def test_the_ends_of_the_calendar_are_days_like_others(folder, capsys, today, command):
    assert main(["--data-dir", str(folder.root), "--today", today, command, "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["count"] >= 0


@pytest.mark.parametrize(
    "arguments",
    [
        ["take-back", "9" * 30],
        ["take-back", "-1"],
        ["import", "--max-size", "-1", "x.ics"],
        ["--data-dir", "", "events"],
    ],
)
def test_numbers_and_names_that_cannot_be_meant_are_wrong_use(run, arguments):
    run(*arguments, code=2)


def test_show_tells_all_that_is_kept(bring_in, run_json, run, folder):
    bring_in(component("a@x", "20231003", "20231005", "A", "X-SCPLANNER-REMARK:The title says 2022."))
    shown = run_json("show", "a@x")
    assert set(RECORD) < set(shown)
    assert shown["remark"] == "The title says 2022."
    assert shown["hotel_booked"] is False
    assert "The title says 2022." in run("show", "a@x").out


def test_backups_are_listed_and_one_is_restored_by_its_name(bring_in, run, run_json):
    bring_in(FORUM)
    assert [Path(each["file"]).name[:6] for each in run_json("backup")["items"]] == ["daily-"]
    name = Path(run_json("backup")["items"][0]["file"]).name
    assert name in run("backup").out
    run("restore", name)
    assert run_json("events")["count"] == 0


def test_export_writes_what_events_lists(bring_in, run, run_json):
    bring_in(FORUM, component("other@x", "20231101", "20231102", "Other"))
    run("decide", "other@x", "declined")
    assert run_json("events")["count"] == 2
    assert run("export", "-o", "-").out.count("BEGIN:VEVENT") == 2
    assert run("export", "-o", "-", "--decision", "none").out.count("BEGIN:VEVENT") == 1


def test_bytes_that_are_no_text_are_no_bug(bring_in, run, run_json, tmp_path):
    bring_in(FORUM)
    run("decide", "forum@x", "going", "--note", "Tisch \udcff")
    assert run_json("show", "forum@x")["note"] == "Tisch ?"
    run("show", "\udcff", code=3)
    path = tmp_path / "\udcff.ics"
    try:
        path.write_bytes(calendar(component("other@x", "20231101", "20231102", "Other")))
    except (OSError, UnicodeError):
        pytest.skip("this system names files by text only")
    run("import", path)
    assert run_json("history")["items"][0]["title"] == "Import ?.ics"


@pytest.mark.skipif(not Path("/dev/full").is_char_device(), reason="there is no device here that is always full")
@pytest.mark.parametrize("command", [["events", "--json"], ["events"], ["export", "-o", "-"]])
def test_an_output_that_is_full_is_told_in_a_sentence(bring_in, folder, command):
    bring_in(FORUM)
    with Path("/dev/full").open("wb") as full:
        arguments = [sys.executable, "-m", "scplanner", "--data-dir", folder.root, *command]
        done = subprocess.run(arguments, stdout=full, stderr=subprocess.PIPE, check=False)
    assert done.returncode == 3
    assert b"Traceback" not in done.stderr
    assert b"The output can't be written" in done.stderr
