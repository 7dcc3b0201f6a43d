"""Records as the JSON of the command line has them: plain dictionaries, unknown values None, never invented."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from enum import Enum
from typing import Any

from scplanner.domain.changes import HistoryStep
from scplanner.domain.events import Deadline, Event, Layer, Link, StoredFile
from scplanner.domain.planning import Clash
from scplanner.domain.review import ReviewItem, ReviewKind
from scplanner.domain.temporal import TimeSpan, VagueDate, When, tzid_of
from scplanner.services.backups import Backup
from scplanner.services.listing import Listed
from scplanner.services.queries import DueRow, SearchHit

Json = dict[str, Any]


def event_record(listed: Listed) -> Json:
    """The event record of the contract, all fields, with what the user keeps about it."""
    event, layer = listed.event, listed.layer
    own: Json = {
        "decision": _word(layer.decision),
        "role": _word(layer.role),
        "registration": _word(layer.registration),
        "attended": layer.attended,
        "travel_before": layer.travel_before,
        "travel_after": layer.travel_after,
        "budget": {"amount": layer.budget, "currency": layer.budget_currency or None} if layer.budget else None,
        "note": layer.note or None,
        "deadlines": _deadlines(event, layer),
        "people": [],
        "files": [plain(file) for file in layer.files],
    }
    return {
        **_identity(event),
        "summary": event.summary or None,
        **_times(event),
        "location": event.location or None,
        "venue": event.venue or None,
        "city": event.city or None,
        "country": event.country or None,
        "latitude": event.latitude,
        "longitude": event.longitude,
        "attendance_mode": _word(event.attendance_mode),
        "url": event.url or None,
        "links": [plain(link) for link in (*event.links, *layer.links)],
        "status": _word(event.status),
        "topics": list(event.topics),
        "description": event.description or None,
        "organizer": event.organizer or None,
        "calendar": listed.calendar.name,
        "follows": event.follows,
        "series": event.series or None,
        "edition": event.edition or None,
        "parent_uid": event.parent_uid or None,
        "sequence": event.sequence,
        "rrule": event.rrule or None,
        **own,
        "source": event.source or None,
        "checked": plain(event.checked),
        "last_modified": plain(event.last_modified),
    }


def full_record(listed: Listed) -> Json:
    """The event record and all else that is kept about an event, as `show` gives it."""
    event, layer = listed.event, listed.layer
    return {
        **event_record(listed),
        "remark": event.remark or None,
        "confidence": _word(event.confidence),
        "tags": list(layer.tags),
        "hotel_booked": layer.hotel_booked,
        "travel_booked": layer.travel_booked,
        "hidden": layer.is_hidden,
    }


def backup_record(backup: Backup) -> Json:
    """An entry of `backup` without a file."""
    return {"file": str(backup.path), "time": plain(backup.time), "size": backup.size}


def clash_record(clash: Clash) -> Json:
    """An entry of `clashes`."""
    return {
        "kind": str(clash.kind),
        "events": list(clash.events),
        "from": clash.first.isoformat(),
        "to": clash.last.isoformat(),
        "reason": clash.reason,
        "accepted": clash.accepted,
    }


def due_record(row: DueRow) -> Json:
    """An entry of `deadlines`."""
    return {
        "uid": row.uid,
        "summary": row.summary or None,
        **_deadline(row.deadline, is_done=row.is_done, is_own=row.is_own),
    }


def step_record(step: HistoryStep) -> Json:
    """An entry of `history`."""
    return {
        "step": step.id,
        "time": plain(step.time),
        "title": step.title,
        "origin": str(step.origin),
        "counts": {"created": step.created, "changed": step.changed, "deleted": step.deleted},
        "undone": step.is_undone,
    }


def hit_record(hit: SearchHit) -> Json:
    """An entry of `search`."""
    return {"kind": hit.kind, "uid": hit.uid, "title": hit.title, "snippet": hit.snippet, "score": hit.score}


def item_record(item: ReviewItem, record: Json | None) -> Json:
    """An item of `import`; `record` is the event record of what would stand after applying."""
    if item.kind is ReviewKind.UNCHANGED and item.current is not None:
        record = _identity(item.current)
    changes = [{"field": c.field, "before": plain(c.before), "after": plain(c.after)} for c in item.changes]
    conflicts = [{"field": c.field, "before": plain(c.mine), "after": plain(c.theirs)} for c in item.conflicts]
    return {
        "source": item.source,
        "kind": "event",
        "action": str(item.kind),
        "record": record,
        "changes": changes + conflicts,
        "duplicate_of": item.duplicate_of.uid if item.duplicate_of is not None else None,
        "doubts": [{"field": doubt.field, "reason": doubt.reason} for doubt in item.doubts],
        "problems": [{"line": p.line, "property": p.property, "reason": p.reason} for p in item.problems],
    }


def plain(value: object) -> Any:
    """Any value of a record as JSON can hold it."""
    match value:
        case Enum():
            return value.value
        case datetime() | date():
            return when_text(value)
        case VagueDate():
            return {"date_text": value.text or None, "earliest": plain(value.earliest), "latest": plain(value.latest)}
        case Deadline():
            return {"kind": str(value.kind), "label": value.label or None, **_due(value.due)}
        case Link():
            return {"url": value.url, "title": value.title or None}
        case StoredFile():
            return {"name": value.name, "sha256": value.sha256, "size": value.size}
        case tuple():
            return [plain(each) for each in value]
        case "":
            return None
    return value


def when_text(when: When) -> str:
    """`2023-10-18`, or a time with its offset (UTC as +00:00), without one if it is floating."""
    return when.isoformat(timespec="seconds") if isinstance(when, datetime) else when.isoformat()


def _identity(event: Event) -> Json:
    return {"uid": event.uid, "recurrence_id": plain(event.recurrence_id)}


def _times(event: Event) -> Json:
    span, vague = event.span, event.vague or VagueDate("")
    return {
        "start": plain(event.start),
        "end": plain(span.effective_end) if span else None,
        "last_day": plain(span.last_day) if span else None,
        "all_day": span.is_all_day if span else None,
        "tzid": tzid_of(event.start),
        "duration_days": _days(span),
        "date_text": vague.text or None,
        "earliest": plain(vague.earliest),
        "latest": plain(vague.latest),
    }


def _days(span: TimeSpan | None) -> int | None:
    return span.duration_days if span else None


def _word(value: Enum | None) -> str | None:
    return None if value is None else str(value.value)


def _deadlines(event: Event, layer: Layer) -> list[Json]:
    due: Sequence[tuple[Deadline, bool]] = [(d, False) for d in event.deadlines] + [(d, True) for d in layer.deadlines]
    return [_deadline(deadline, is_done=deadline.key in layer.done, is_own=is_own) for deadline, is_own in due]


def _deadline(deadline: Deadline, *, is_done: bool, is_own: bool) -> Json:
    return {
        "kind": str(deadline.kind),
        "label": deadline.label or None,
        **_due(deadline.due),
        "done": is_done,
        "own": is_own,
    }


def _due(due: When) -> Json:
    if isinstance(due, datetime):
        return {"datetime": when_text(due), "tzid": tzid_of(due)}
    return {"date": when_text(due), "tzid": None}
