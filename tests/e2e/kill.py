"""Kill a program while it writes, again and again, and look each time whether all of the write is there or nothing.

usage: python tests/e2e/kill.py [KILLS] [--seed N] [--events N]

Each round a child process works on one data folder: it applies change sets of 2 000 events, edits, decides and deletes them,
undoes and redoes, and is killed (SIGKILL) at a random moment. Then the folder is opened as the program opens it, and looked
at: the file is whole, `check` finds nothing, every step of the history is there with all that belongs to it or not at
all, and undo and redo still walk.
"""

from __future__ import annotations

import argparse
import random
import subprocess
import sys
import tempfile
import time
from collections import Counter
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

from scplanner.domain.changes import Change, ChangeSet, Origin, created, deleted
from scplanner.domain.events import Calendar, Decision, Event, Layer
from scplanner.errors import ConflictingChange, NothingToDo
from scplanner.paths import UserPaths
from scplanner.services import changes, checking, history
from scplanner.services.workspace import Workspace
from scplanner.settings import Settings
from scplanner.store.store import Store

EVENTS = 2000
FIRST = date(2027, 1, 1)


def open_folder(folder: Path) -> Workspace:
    """Open the folder, with one calendar in it."""
    paths = UserPaths.at(folder)
    paths.root.mkdir(parents=True, exist_ok=True)
    ws = Workspace(paths, Store(paths.database), Settings())
    if not ws.store.calendars.all():
        changes.apply(ws, ChangeSet("First start", created([Calendar(-1, "Plan")]), Origin.CATALOGUE))
    return ws


def work(folder: Path, seed: int, count: int) -> None:
    """Write without end; say so after each commit. Killed from outside."""
    ws = open_folder(folder)
    dice = random.Random(seed)
    print("open", flush=True)
    while True:
        alive = ws.store.events.by_calendar(1)
        act = dice.choice(["create", "create", "edit", "delete", "decide", "undo", "redo"] if alive else ["create"])
        try:
            write(ws, act, alive[:count], count, dice)
        except NothingToDo:
            continue
        print(act, flush=True)


def write(ws: Workspace, act: str, some: list[Event], count: int, dice: random.Random) -> None:
    """Do one thing, of `count` records where there are that many."""
    if act in ("undo", "redo"):
        getattr(history, act)(ws)
    elif act == "create":
        made = [
            Event(
                -n,
                1,
                f"{dice.random()}@x",
                summary=f"Event {n}",
                start=FIRST + timedelta(n % 700),
                description="x " * 99,
            )
            for n in range(1, count + 1)
        ]
        changes.apply(ws, ChangeSet("create", created(made)))
    elif act == "edit":
        mark = f"{dice.random()}"
        edits = (Change(e, replace(e, summary=mark, start=e.start + timedelta(1))) for e in some if e.start)
        changes.apply(ws, ChangeSet("edit", tuple(edits)))
    elif act == "delete":
        changes.apply(ws, ChangeSet("delete", deleted(some)))
    elif act == "decide":
        held = {layer.event_id for layer in ws.store.layers.of_events([e.id for e in some])}
        layers = [Layer(0, e.id, decision=Decision.GOING, note="so") for e in some if e.id not in held]
        changes.apply(ws, ChangeSet("decide", created(layers)))


def faults(folder: Path) -> list[str]:
    """What is wrong with a folder after a kill; empty if nothing is."""
    ws = open_folder(folder)
    try:
        found = [finding.what for finding in checking.check(ws).findings]
        with ws.store.database.read() as connection:
            halves = connection.exec_driver_sql(
                "SELECT s.id, s.title, s.created + s.changed + s.deleted, count(c.step_id) FROM steps s "
                "LEFT JOIN step_changes c ON c.step_id = s.id GROUP BY s.id HAVING s.created + s.changed + s.deleted "
                "<> count(c.step_id)"
            ).all()
            strays = connection.exec_driver_sql(
                "SELECT (SELECT count(*) FROM events WHERE version NOT IN (SELECT id FROM steps)) + "
                "(SELECT count(*) FROM layers WHERE version NOT IN (SELECT id FROM steps)) + "
                "(SELECT count(*) FROM step_changes WHERE step_id NOT IN (SELECT id FROM steps))"
            ).scalar_one()
        found += [f"step {row[0]} ({row[1]}) has {row[3]} of {row[2]} records" for row in halves]
        found += [f"{strays} records belong to no step"] if strays else []
        found += walk(ws)
    finally:
        ws.close()
    return found


def walk(ws: Workspace) -> list[str]:
    """Walk one step back and forth, and forth and back: each compares every record with what the step says of it."""
    try:
        for there, back in (("undo", "redo"), ("redo", "undo")):
            if getattr(history.state(ws), there):
                getattr(history, there)(ws)
                getattr(history, back)(ws)
    except ConflictingChange as error:
        return [str(error)]
    return []


def kill_once(folder: Path, seed: int, count: int, dice: random.Random) -> tuple[int, str]:
    """Start the child, let it work for a random while, kill it. Returns its writes and the last thing it said."""
    command = [sys.executable, __file__, "--work", str(folder), "--seed", str(seed), "--events", str(count)]
    child = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    assert child.stdout is not None
    child.stdout.readline()
    said = [child.stdout.readline().strip() for _ in range(dice.randrange(5))]
    time.sleep(dice.uniform(0.0, 0.5))
    child.kill()
    said += child.stdout.read().split()
    child.wait()
    child.stdout.close()
    return len(said), said[-1] if said else "nothing"


def run(kills: int, seed: int = 1, count: int = EVENTS, folder: Path | None = None) -> list[str]:
    """Kill that many times and return everything that was wrong. A fresh folder is taken every tenth time."""
    dice = random.Random(seed)
    wrong: list[str] = []
    said: Counter[str] = Counter()
    writes = 0
    with tempfile.TemporaryDirectory(dir=folder) as root:
        for number in range(kills):
            place = Path(root) / f"{number // 10}"
            done, last = kill_once(place, seed + number, count, dice)
            writes += done
            said[last] += 1
            wrong += [f"kill {number}: {fault}" for fault in faults(place)]
    print(f"{kills} kills, {writes} writes committed before them, last seen: {dict(said.most_common())}")
    print("\n".join(wrong) or "after each: all or nothing, check clean")
    return wrong


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("kills", nargs="?", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--events", type=int, default=EVENTS)
    parser.add_argument("--work", type=Path, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.work is not None:
        work(given.work, given.seed, given.events)
    return 1 if run(given.kills, given.seed, given.events) else 0


if __name__ == "__main__":
    sys.exit(main())
