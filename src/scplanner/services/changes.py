"""Applying change sets: the one way anything of the user's is written (docs/adr/0001)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from scplanner.domain.changes import AppliedChanges, Change, ChangeSet, Origin
from scplanner.domain.events import Event
from scplanner.domain.fields import differences
from scplanner.services.workspace import Workspace
from scplanner.store import apply as store_apply

# RFC 5545 §3.8.7.4: a revision that matters to those who hold a copy counts the sequence up.
_SEQUENCE_FIELDS = frozenset(
    {"start", "end", "vague", "location", "venue", "city", "country", "status", "rrule", "rdates", "exdates"}
)


def apply(
    ws: Workspace,
    change_set: ChangeSet,
    *,
    takes_back: int | None = None,
    refused: Iterable[str] = (),
    is_first: bool = False,
) -> AppliedChanges:
    """Write a change set whole, or raise ConflictingChange and write nothing.

    Events that come without a source text of their own get one here: written for a new event, the present text patched
    for an edited one. `takes_back` and `refused` see `services.history.take_back`, `is_first` `services.opening`.
    """
    if change_set.origin is Origin.USER:
        change_set = replace(change_set, origin=ws.origin)
    complete = _with_texts(ws, change_set)
    return store_apply.apply(ws.store.database, complete, takes_back=takes_back, refused=refused, is_first=is_first)


def poll(ws: Workspace) -> bool:
    """True once after another program has written to the data folder."""
    return ws.store.database.has_foreign_changes()


def _with_texts(ws: Workspace, change_set: ChangeSet) -> ChangeSet:
    if not any(_needs_text(change) for change in change_set.changes):
        return change_set
    from scplanner.formats import ics

    hashes = [
        change.before.text_hash
        for change in change_set.changes
        if _needs_text(change) and isinstance(change.before, Event)
    ]
    known = ws.store.texts.get(hashes)
    texts: dict[str, str] = dict(change_set.texts)
    now = ws.now().replace(microsecond=0)
    changes: list[Change] = []
    for change in change_set.changes:
        if not _needs_text(change):
            changes.append(change)
            continue
        after = change.after
        assert isinstance(after, Event)
        after = replace(after, last_modified=now)
        before = change.before
        old_text = _old_text(before, known)
        if old_text is not None and isinstance(before, Event):
            if any(found.field in _SEQUENCE_FIELDS for found in differences(before, after)):
                after = replace(after, sequence=before.sequence + 1)
            text = ics.patch_event(old_text, before, after)
        else:
            text = ics.write_event(after)
        text_hash = ics.text_hash(text)
        texts[text_hash] = text
        changes.append(Change(before, replace(after, text_hash=text_hash)))
    return replace(change_set, changes=tuple(changes), texts=texts)


def _old_text(before: object, known: Mapping[str, str]) -> str | None:
    return known.get(before.text_hash) if isinstance(before, Event) else None


def _needs_text(change: Change) -> bool:
    """A new event without a text, or an edited one whose content moved away from its text."""
    after, before = change.after, change.before
    if not isinstance(after, Event):
        return False
    if not isinstance(before, Event):
        return not after.text_hash
    return after.text_hash == before.text_hash and _says_otherwise(before, after)


def _says_otherwise(before: Event, after: Event) -> bool:
    if (before.uid, before.recurrence_id) != (after.uid, after.recurrence_id):
        return True
    return bool(differences(before, after))
