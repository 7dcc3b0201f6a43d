"""How fast the program is and how much it takes, against the limits it promises. Run by `dev.py bench`.

Each figure is the least of several runs: what else the machine does only ever adds. Figures are printed as a table; a figure
over its limit fails.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from tests.benchmarks.realistic import events as realistic_events
from tests.benchmarks.realistic import filled_folder, open_folder

from scplanner.domain.changes import Change, ChangeSet, created, deleted
from scplanner.domain.events import Decision, Event, OccurrenceKey
from scplanner.domain.query import EventFilter
from scplanner.domain.temporal import DayRange
from scplanner.services import changes, events, history, queries
from scplanner.services.workspace import Workspace

HERE = Path(__file__).parent
FEW, MANY = 10_000, 100_000
TYPED = "barcelona smart 2027"


def least(act: Callable[[], object], times: int = 5) -> float:
    """The least time of several runs, in milliseconds."""
    taken = []
    for _ in range(times):
        began = time.perf_counter()
        act()
        taken.append(time.perf_counter() - began)
    return min(taken) * 1000


def tell(what: str, value: float, limit: float, unit: str = "ms") -> None:
    """Print a figure beside its limit, and hold it to that."""
    print(f"\n{what:<64} {value:9.2f} {unit:<3} (limit {limit:g})", end="")
    assert value <= limit, f"{what}: {value:.2f} {unit}, limit {limit:g}"


@pytest.fixture(scope="session")
def folders(tmp_path_factory) -> dict[int, Path]:
    """Data folders with 10 000 and 100 000 events, made once."""
    root = tmp_path_factory.mktemp("bench")
    made = {}
    for count in (FEW, MANY):
        made[count] = root / f"{count}"
        filled_folder(made[count], count).close()
    return made


@pytest.fixture
def many(folders) -> Iterator[Workspace]:
    ws = open_folder(folders[MANY])
    yield ws
    ws.close()


def test_how_fast_the_machine_is_just_now():
    def turn() -> None:
        for _ in range(1_000_000):
            pass

    print(f"\n{'a million turns of an empty loop, least and median of 20':<64}", end="")
    taken = sorted(least(turn, 1) for _ in range(20))
    print(
        f" {taken[0]:9.1f} ms, {taken[10]:.1f} ms; load {os.getloadavg()[0] if hasattr(os, 'getloadavg') else 0:.1f}",
        end="",
    )


def start(script: str, *arguments: object, times: int = 5) -> list[dict]:
    """What a script says of several starts, best first, after one that warms the caches."""
    environment = os.environ | {"PYTHONDONTWRITEBYTECODE": "", "QT_QPA_PLATFORM": "offscreen"}
    told = []
    for _ in range(times + 1):
        place, *rest = (str(argument) for argument in arguments)
        command = [sys.executable, str(HERE / script), place, str(time.perf_counter()), *rest]
        done = subprocess.run(command, capture_output=True, text=True, check=True, env=environment, timeout=120)
        told.append(json.loads(done.stdout.splitlines()[-1]))
    return sorted(told[1:], key=lambda run: run["settled"])


def test_start_and_memory_with_ten_thousand_events(folders):
    bare = start("bare.py", folders[FEW] / "scplanner.db")[0]["settled"]
    runs = start("window.py", folders[FEW])
    print(f"\n{'bare window with one query':<64} {bare:9.3f} s", end="")
    print(f"\n{'bars in the month it opens on':<64} {runs[0]['bars']:9d}", end="")
    if runs[0]["memory"]:
        tell("memory with the month painted", min(run["memory"] for run in runs), 160, "MB")
    tell("start to a painted, settled month", runs[0]["settled"], 0.6, "s")
    tell("the same as a multiple of the bare window", runs[0]["settled"] / bare, 2, "×")


def test_month_switch_with_a_hundred_thousand_events(folders):
    runs = start("window.py", folders[MANY], 8, times=3)
    best = [min(steps) for steps in zip(*(run["steps"] for run in runs), strict=True)]
    tell("month switch, key to painted, median of 8 months", sorted(best)[4] * 1000, 50)


def test_month_range(many):
    first = date(2012, 5, 28)
    ranges = [DayRange(first + timedelta(days=200 * n), first + timedelta(days=200 * n + 41)) for n in range(20)]
    shown = queries.calendars(many)
    began = time.perf_counter()
    counts = [len(many.store.views.occurrences(days, shown, many.home_zone)) for days in ranges]
    first_look = (time.perf_counter() - began) / len(ranges) * 1000
    print(f"\n{'  the first time in a process':<64} {first_look:9.2f} ms", end="")
    print(f"\n{'occurrences in six weeks, on average':<64} {sum(counts) / len(counts):9.0f}", end="")
    taken = [least(lambda days=days: many.store.views.occurrences(days, shown, many.home_zone)) for days in ranges]
    tell("range of six weeks, average of 20", sum(taken) / len(taken), 5)


@pytest.mark.parametrize("length", range(1, len(TYPED) + 1))
def test_search_as_one_types(many, length):
    typed = TYPED[:length]
    tell(f"search “{typed}”", least(lambda: queries.search(many, typed)), 20)


def test_counts_and_lists(many):
    tell("counts of everything", least(lambda: queries.counts(many), 3), 1000)
    tell("list of everything", least(lambda: queries.agenda(many, EventFilter()), 3), 5000)


def ten_thousand(ws: Workspace) -> list[Event]:
    """The first of them that do not recur."""
    return [event for event in ws.store.events.by_calendar(1) if not event.is_recurring][:FEW]


def apply_ten_thousand(ws: Workspace, step: str) -> float:
    """One step of 10 000 records; returns its seconds, without those of looking the records up."""
    some = ten_thousand(ws)
    made = list(realistic_events(FEW, 1, seed=10**6))
    began = time.perf_counter()
    if step == "create":
        changes.apply(ws, ChangeSet("Import", created(made)))
    elif step == "edit":
        edits = (Change(e, replace(e, summary=f"{e.summary}!", venue="Hall 2")) for e in some)
        changes.apply(ws, ChangeSet("Edit", tuple(edits)))
    elif step == "decide":
        events.decide(ws, [OccurrenceKey(event.id) for event in some], Decision.GOING)
    else:
        changes.apply(ws, ChangeSet("Delete", deleted(some)))
    return time.perf_counter() - began


@pytest.mark.parametrize("step", ["create", "edit", "decide", "delete"])
def test_undo_of_a_step_of_ten_thousand(many, step):
    taken = apply_ten_thousand(many, step)
    print(f"\n{'step of 10 000: ' + step:<64} {taken * 1000:9.0f} ms", end="")
    undone, redone = [], []
    for _ in range(3):
        undone.append(least(lambda: history.undo(many), 1))
        redone.append(least(lambda: history.redo(many), 1))
    history.undo(many)
    print(f"\n{'  redo':<64} {min(redone):9.0f} ms", end="")
    tell("  undo", min(undone), 1000)


def test_first_import_into_an_empty_folder(tmp_path):
    made = list(realistic_events(FEW, 1))

    def fill() -> float:
        ws = open_folder(tmp_path / f"{time.perf_counter()}")
        began = time.perf_counter()
        changes.apply(ws, ChangeSet("Import", created(made)))
        ws.close()
        return time.perf_counter() - began

    tell("storing 10 000 new events, their texts written", min(fill() for _ in range(3)) * 1000, 3000)


def test_import_of_a_file_of_ten_thousand_events(tmp_path):
    from scplanner.formats import ics
    from scplanner.services import importing

    data = ics.write_calendar((ics.write_event(event), "") for event in realistic_events(FEW, 1))
    ws = open_folder(tmp_path / "data")
    began = time.perf_counter()
    review = importing.review_files(ws, [("file.ics", data)], "My plan")
    importing.apply_review(ws, review)
    taken = time.perf_counter() - began
    assert queries.counts(ws).events == FEW
    ws.close()
    tell("import of a file of 10 000 events, review included", taken * 1000, 5000)
