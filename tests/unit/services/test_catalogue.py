from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from scplanner.domain.changes import Origin
from scplanner.domain.events import Decision, Event, EventStatus, OccurrenceKey
from scplanner.domain.merge import Side
from scplanner.domain.review import ReviewKind
from scplanner.errors import PlannerError, UnreadableFile
from scplanner.paths import UserPaths
from scplanner.services import aliases, catalogue, events, history, importing, queries
from scplanner.services.opening import open_workspace
from scplanner.services.workspace import Workspace
from scplanner.sources.catalogue import bundled_catalogue

NEWER = date(2027, 1, 15)
SLUG = "urban-future-2026"


@pytest.fixture
def ws(tmp_path: Path) -> Iterator[Workspace]:
    opened = open_workspace(UserPaths.at(tmp_path), today=date(2026, 1, 10))
    yield opened
    opened.close()


def newer(*changed: tuple[str, str]) -> bytes:
    """The bundled catalogue as a later version, with these texts changed."""
    old = bundled_catalogue()
    text = old.data.decode().replace(f"CATALOGUE:{old.version}", f"CATALOGUE:{NEWER}")
    for before, after in changed:
        assert before in text
        text = text.replace(before, after)
    return text.encode()


def find(ws: Workspace, slug: str = SLUG) -> Event:
    (event,) = queries.find_events(ws, f"{slug}@scplanner")
    return event


def test_a_new_folder_holds_the_bundled_catalogue(ws: Workspace) -> None:
    bundled = bundled_catalogue()
    assert catalogue.version_here(ws) == bundled.version
    assert queries.counts(ws).events == bundled.data.count(b"BEGIN:VEVENT")
    assert find(ws, "scewc-2023").topics[0] == "Digital"
    assert not find(ws).follows


def test_filling_it_is_nothing_to_undo(ws: Workspace) -> None:
    assert history.state(ws).undo is None
    assert {step.origin for step in history.steps(ws)} == {Origin.CATALOGUE}


def test_the_same_version_is_not_taken_twice(ws: Workspace) -> None:
    steps = len(history.steps(ws))
    assert catalogue.apply_bundled(ws) is None
    assert len(history.steps(ws)) == steps


def test_a_newer_version_changes_what_changed_and_keeps_the_users_layer(ws: Workspace) -> None:
    events.decide(ws, [OccurrenceKey(find(ws).id)], Decision.GOING)
    before = find(ws)
    review = catalogue.review_update(ws, newer(("Urban Future 2026 (UF26)", "Urban Future 2026 in Ljubljana")))
    assert {kind: n for kind, n in review.counts.items() if n} == {
        ReviewKind.CHANGED: 1,
        ReviewKind.UNCHANGED: queries.counts(ws).events - 1,
    }
    importing.apply_review(ws, review)
    after = find(ws)
    assert (after.id, after.summary) == (before.id, "Urban Future 2026 in Ljubljana")
    assert not after.follows
    details = queries.details(ws, OccurrenceKey(after.id))
    assert details is not None
    assert details.layer.decision is Decision.GOING
    assert catalogue.version_here(ws) == NEWER


def test_an_edited_event_follows_its_origin(ws: Workspace) -> None:
    event = find(ws)
    events.save_event(ws, OccurrenceKey(event.id), replace(event, venue="Cankarjev dom"))
    data = newer(("Urban Future 2026 (UF26)", "Urban Future 2026 in Ljubljana"))
    importing.apply_review(ws, catalogue.review_update(ws, data))
    after = find(ws)
    assert (after.id, after.venue, after.summary) == (event.id, "Cankarjev dom", "Urban Future 2026 in Ljubljana")
    assert after.follows


def test_a_conflict_with_an_own_edit_is_left_to_the_user(ws: Workspace) -> None:
    event = find(ws)
    events.save_event(ws, OccurrenceKey(event.id), replace(event, summary="UF in spring"))
    data = newer(("Urban Future 2026 (UF26)", "Urban Future 2026 in Ljubljana"))
    report = importing.apply_review(ws, catalogue.review_update(ws, data))
    assert [item.kind for item in report.left_out] == [ReviewKind.CONFLICT]
    assert find(ws).summary == "UF in spring"
    again = catalogue.review_update(ws, data)
    assert again.counts[ReviewKind.CONFLICT] == 1
    importing.apply_review(ws, again, on_conflict=Side.THEIRS)
    assert find(ws).summary == "Urban Future 2026 in Ljubljana"


def test_an_event_to_come_that_is_gone_from_a_newer_version_is_kept_as_withdrawn(ws: Workspace) -> None:
    text = newer().decode()
    start = text.rindex("BEGIN:VEVENT", 0, text.index(f"UID:{SLUG}@"))
    end = text.index("END:VEVENT\r\n", start) + len("END:VEVENT\r\n")
    review = catalogue.review_update(ws, (text[:start] + text[end:]).encode())
    importing.apply_review(ws, review)
    assert find(ws).status is EventStatus.WITHDRAWN


def test_an_older_version_is_refused(ws: Workspace) -> None:
    importing.apply_review(ws, catalogue.review_update(ws, newer()))
    with pytest.raises(PlannerError, match="older than the one you have, of 2027-01-15"):
        catalogue.review_update(ws, bundled_catalogue().data)


def test_an_ordinary_calendar_is_no_version_of_the_catalogue(ws: Workspace) -> None:
    with pytest.raises(UnreadableFile, match="no catalogue"):
        catalogue.review_update(ws, b"BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n", "small.ics")


def test_topics_and_series_are_at_hand() -> None:
    assert [topic.name for topic in catalogue.topics()][:3] == ["Energy", "Governance", "Digital"]
    found = aliases.series_index().find("SCEWC")
    assert found is not None
    assert found.name == "Smart City Expo World Congress"


def test_what_the_user_deleted_does_not_come_back_with_a_newer_version(ws: Workspace) -> None:
    changed = newer(("Urban Future 2026 (UF26)", "Urban Future 2026 in Ljubljana"))
    events.delete(ws, [OccurrenceKey(find(ws).id)])
    before = queries.counts(ws).events
    report = importing.apply_review(ws, catalogue.review_update(ws, changed))
    assert report.review.counts[ReviewKind.NEW] == 0
    assert queries.counts(ws).events == before
    history.take_back(ws, history.steps(ws)[1].id)
    review = catalogue.review_update(ws, changed)
    assert review.counts[ReviewKind.CHANGED] == 1


def test_what_an_undone_import_had_brought_is_new_again(ws: Workspace) -> None:
    more = b"BEGIN:VEVENT\r\nUID:new@x\r\nDTSTAMP:20260101T000000Z\r\nDTSTART;VALUE=DATE:20260901\r\nEND:VEVENT\r\nEND:VCALENDAR"
    data = newer().replace(b"END:VCALENDAR", more)
    for undo in (history.undo, lambda ws: history.take_back(ws, history.steps(ws)[0].id)):
        assert importing.apply_review(ws, catalogue.review_update(ws, data)).applied is not None
        undo(ws)
        assert catalogue.review_update(ws, data).counts[ReviewKind.NEW] == 1
