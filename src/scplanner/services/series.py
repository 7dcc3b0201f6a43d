"""Edits of series: this occurrence, this and the following, all; what hangs on occurrences moves along.

Everything here makes change sets and writes nothing. Overrides and the user's layers name an occurrence by its
recurrence id; whatever shifts the occurrences shifts those names with it. A layer whose occurrence is no more goes to the
series, told in its note.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any
from uuid import uuid4

from scplanner.domain.changes import Change, ChangeSet
from scplanner.domain.events import Event, Layer, empty_layer
from scplanner.domain.fields import differences, label_of
from scplanner.domain.temporal import DayRange, When, day_of, in_zone, is_date, sort_key, to_text
from scplanner.errors import PlannerError
from scplanner.formats import ics
from scplanner.formats import recurrence as rules
from scplanner.services.moved_rules import moved_rule
from scplanner.services.workspace import Workspace

_NEW_MASTER = -1
_COPIED = ("decision", "role", "registration", "tags", "is_hidden")
_TOLD = (
    "decision", "role", "registration", "attended", "travel_before", "travel_after", "hotel_booked", "travel_booked",
    "budget", "budget_currency",
)  # fmt: skip


def new_uid() -> str:
    """A globally unique uid, RFC 7986 §5.3."""
    return f"{uuid4()}@scplanner"


def edit_master(ws: Workspace, before: Event, after: Event, title: str) -> ChangeSet:
    """An edit of a plain event, an override, or a whole series as it is stored."""
    after = replace(after, id=before.id, version=before.version, calendar_id=after.calendar_id or before.calendar_id)
    if not before.is_recurring or before.start is None:
        return ChangeSet(title, (Change(before, after),))
    return ChangeSet(title, tuple(_carry_over(ws, before, after)))


def edit_this(ws: Workspace, master: Event, before: Event, after: Event, recurrence_id: When, title: str) -> ChangeSet:
    """An edit of one occurrence: its override, made if there is none."""
    if before.recurrence_id is not None:
        kept = replace(after, id=before.id, version=before.version, calendar_id=before.calendar_id)
        return ChangeSet(title, (Change(before, kept),))
    override = replace(
        after,
        id=-1,
        calendar_id=master.calendar_id,
        recurrence_id=recurrence_id,
        rrule="",
        rdates=(),
        exdates=(),
        is_this_and_future=False,
        version=0,
    )
    override, texts = _with_text_of(ws, master, override)
    return ChangeSet(title, (Change(None, override),), texts=texts)


def edit_all(ws: Workspace, master: Event, before: Event, after: Event, title: str) -> ChangeSet:
    """An edit made on one occurrence, meant for every one."""
    edited = _edited_fields(before, after)
    calendar_id = after.calendar_id or master.calendar_id
    kept = {k: v for k, v in edited.items() if k not in ("start", "end", "vague")}
    changed = replace(master, calendar_id=calendar_id, **kept)
    if before.start is not None and after.start is not None and ("start" in edited or "end" in edited):
        changed = replace(changed, **_moved_span(master, before, after))
    changes = _carry_over(ws, master, changed)
    if before.recurrence_id is not None:
        # The occurrence that was edited has an override of its own: it shows the edit too.
        mine = next((c for c in changes if isinstance(c.before, Event) and c.before.id == before.id), None)
        if mine is None or isinstance(mine.after, Event):
            own = replace(mine.after if mine is not None and isinstance(mine.after, Event) else before, **edited)
            changes = [*(c for c in changes if c is not mine), Change(before, own)]
    return ChangeSet(title, tuple(changes))


def edit_following(
    ws: Workspace, master: Event, before: Event, after: Event, recurrence_id: When, title: str
) -> ChangeSet:
    """An edit of an occurrence and all later ones: the old series ends before it, a new one begins with it."""
    if master.start is None or not _is_before(master.start, recurrence_id):
        return edit_all(ws, master, before, after, title)
    _refuse_several_rules(ws, master)
    old_rule, new_rule = rules.split_rule(master.rrule, recurrence_id, master.start) if master.rrule else ("", "")
    edited = _edited_fields(before, after)
    is_moved = "start" in edited or "end" in edited
    start, end = recurrence_id, _end_of(master, recurrence_id)
    if is_moved and after.start is not None:
        start = _shifter(before.start or recurrence_id, after.start)(recurrence_id)
        end = None if after.end is None else start + _length(after.start, after.end)
    shift = _shifter(recurrence_id, start)
    later = [when for when in master.rdates if not _is_before(when, recurrence_id)]
    skipped = [when for when in master.exdates if not _is_before(when, recurrence_id)]
    new = replace(
        master,
        **{k: v for k, v in edited.items() if k not in ("rrule", "start", "end")},
        id=_NEW_MASTER,
        uid=new_uid(),
        start=start,
        end=end,
        rrule=after.rrule if "rrule" in edited else moved_rule(new_rule, recurrence_id, start),
        rdates=tuple(shift(when) for when in later),
        exdates=tuple(shift(when) for when in skipped),
        sequence=0,
        base_hash="",
        version=0,
    )
    new, texts = _with_text_of(ws, master, new)
    ended = replace(
        master,
        rrule=old_rule,
        rdates=tuple(when for when in master.rdates if _is_before(when, recurrence_id)),
        exdates=tuple(when for when in master.exdates if _is_before(when, recurrence_id)),
    )
    changes = [Change(None, new), Change(master, ended)]
    overrides = [o for o in ws.store.events.overrides_of(master) if _is_from(recurrence_id, o)]
    layers = ws.store.layers.of_event(master.id)
    stands = _standing(
        new, [shift(when) for when in _names_of(overrides, [la for la in layers if _is_from(recurrence_id, la)])]
    )
    gone: list[str] = []
    for override in overrides:
        assert override.recurrence_id is not None
        if to_text(shift(override.recurrence_id)) not in stands:
            changes.append(Change(override, None))
        else:
            own = edited if override.id == before.id else {}
            moved = replace(_shifted(override, shift), uid=new.uid, **own)
            moved, more = _with_text_of(ws, override, moved)
            texts.update(more)
            changes.append(Change(override, moved))
    for layer in layers:
        if layer.recurrence_id is None:
            # What was decided goes for both; what is due, written or paid was meant once and stays where it is.
            copied = {name: getattr(layer, name) for name in _COPIED}
            changes.append(Change(None, replace(empty_layer(_NEW_MASTER), **copied)))
        elif not _is_from(recurrence_id, layer):
            continue
        elif to_text(shift(layer.recurrence_id)) not in stands:
            gone.append(to_text(layer.recurrence_id))
        else:
            moved_layer = replace(layer, event_id=_NEW_MASTER, recurrence_id=shift(layer.recurrence_id))
            changes.append(Change(layer, moved_layer))
    changes += _settled(ws, master, lambda when: to_text(when) in gone)
    return ChangeSet(title, tuple(changes), texts=texts)


def cut(ws: Workspace, master: Event, recurrence_ids: Sequence[When]) -> list[Change]:
    """Take single occurrences out of a series."""
    names = {to_text(when) for when in recurrence_ids}
    rdates = tuple(when for when in master.rdates if to_text(when) not in names)
    ended = replace(master, exdates=tuple(dict.fromkeys((*master.exdates, *recurrence_ids))), rdates=rdates)
    gone = [o for o in ws.store.events.overrides_of(master) if _name(o.recurrence_id) in names]
    changes = [Change(master, ended), *(Change(override, None) for override in gone)]
    return changes + _settled(ws, master, lambda when: to_text(when) in names)


def cut_following(ws: Workspace, master: Event, recurrence_id: When) -> list[Change]:
    """End a series before one of its occurrences; if that is the first, delete it whole."""
    overrides = ws.store.events.overrides_of(master)
    if master.start is None or not _is_before(master.start, recurrence_id):
        return [Change(event, None) for event in (master, *overrides)]
    _refuse_several_rules(ws, master)
    rule = rules.split_rule(master.rrule, recurrence_id, master.start)[0] if master.rrule else ""
    ended = replace(
        master,
        rrule=rule,
        rdates=tuple(when for when in master.rdates if _is_before(when, recurrence_id)),
        exdates=tuple(when for when in master.exdates if _is_before(when, recurrence_id)),
    )
    gone = [o for o in overrides if o.recurrence_id is not None and not _is_before(o.recurrence_id, recurrence_id)]
    changes = [Change(master, ended), *(Change(override, None) for override in gone)]
    return changes + _settled(ws, master, lambda when: not _is_before(when, recurrence_id))


def _carry_over(ws: Workspace, before: Event, after: Event) -> list[Change]:
    """The changes when a whole series is edited: its overrides and layers follow its occurrences."""
    assert before.start is not None
    start = after.start if after.start is not None else before.start
    shift = _shifter(before.start, start)
    moved = to_text(start) != to_text(before.start)
    if moved:
        after = replace(
            after,
            rdates=after.rdates if after.rdates != before.rdates else tuple(shift(when) for when in before.rdates),
            exdates=after.exdates if after.exdates != before.exdates else tuple(shift(when) for when in before.exdates),
            rrule=after.rrule if after.rrule != before.rrule else moved_rule(before.rrule, before.start, start),
        )
    changes = [Change(before, after)]
    overrides = [o for o in ws.store.events.overrides_of(before) if o.recurrence_id is not None]
    layers = [la for la in ws.store.layers.of_event(before.id) if la.recurrence_id is not None]
    if not overrides and not layers:
        return changes
    stands = _standing(after, [shift(when) for when in _names_of(overrides, layers)])
    gone: list[str] = []
    for override in overrides:
        assert override.recurrence_id is not None
        renamed = shift(override.recurrence_id)
        if to_text(renamed) not in stands:
            changes.append(Change(override, None))
        elif moved or after.calendar_id != before.calendar_id:
            changes.append(Change(override, replace(_shifted(override, shift), calendar_id=after.calendar_id)))
    for layer in layers:
        assert layer.recurrence_id is not None
        renamed = shift(layer.recurrence_id)
        if to_text(renamed) not in stands:
            gone.append(to_text(layer.recurrence_id))
        elif moved:
            changes.append(Change(layer, replace(layer, recurrence_id=renamed)))
    return changes + (_settled(ws, before, lambda when: to_text(when) in gone) if gone else [])


def _names_of(overrides: Iterable[Event], layers: Iterable[Layer]) -> list[When]:
    records: tuple[Event | Layer, ...] = (*overrides, *layers)
    return [record.recurrence_id for record in records if record.recurrence_id is not None]


def _is_from(recurrence_id: When, record: Event | Layer) -> bool:
    """Whether it is about that occurrence of the series or a later one."""
    return record.recurrence_id is not None and not _is_before(record.recurrence_id, recurrence_id)


def _refuse_several_rules(ws: Workspace, master: Event) -> None:
    if rules.has_several_rules(ws.store.texts.get([master.text_hash]).get(master.text_hash, "")):
        raise PlannerError(
            "This series repeats by several rules and can't be cut in two.", "Change one occurrence, or all of them."
        )


def _standing(series: Event, wanted: Sequence[When]) -> set[str]:
    """The names of the occurrences the series has on the days of `wanted`."""
    if not wanted or not series.is_recurring or series.start is None:
        return set()
    days = [day_of(when) for when in wanted]
    around = DayRange(min(days) - timedelta(days=2), max(days) + timedelta(days=2))
    plain = replace(series, id=0)
    found = rules.expand(plain, (), {0: (ics.write_event(plain), "")}, around)
    return {to_text(instance.recurrence_id) for instance in found.instances}


def _settled(ws: Workspace, master: Event, is_gone: Callable[[When], bool]) -> list[Change]:
    """Move what was kept on vanished occurrences to the series, in words."""
    layers = ws.store.layers.of_event(master.id)
    lost = [la for la in layers if la.recurrence_id is not None and is_gone(la.recurrence_id)]
    if not lost:
        return []
    series = next((la for la in layers if la.recurrence_id is None), None)
    after = series or empty_layer(master.id)
    for layer in sorted(lost, key=lambda la: sort_key(la.recurrence_id or date.min)):
        assert layer.recurrence_id is not None
        after = replace(
            after,
            note="\n\n".join(part for part in (after.note, _told(layer)) if part),
            deadlines=(*after.deadlines, *(d for d in layer.deadlines if d not in after.deadlines)),
            files=(*after.files, *(f for f in layer.files if f not in after.files)),
            links=(*after.links, *(li for li in layer.links if li not in after.links)),
            tags=(*after.tags, *(t for t in layer.tags if t not in after.tags)),
            done=(*after.done, *(d for d in layer.done if d not in after.done)),
        )
    return [Change(series, after), *(Change(layer, None) for layer in lost)]


def _told(layer: Layer) -> str:
    """What was kept on an occurrence, in words, as far as it can't be taken over as it is."""
    assert layer.recurrence_id is not None
    nothing = empty_layer(layer.event_id)
    told = [_in_words(name, value) for name in _TOLD if (value := getattr(layer, name)) != getattr(nothing, name)]
    head = f"{day_of(layer.recurrence_id).isoformat()} (no longer takes place)"
    return ": ".join((head, "\n".join(part for part in (", ".join(told), layer.note) if part)))


def _in_words(field: str, value: object) -> str:
    if isinstance(value, StrEnum):
        return str(value)
    answer = {True: "yes", False: "no"}[value] if isinstance(value, bool) else value
    return f"{label_of(field).lower()} {answer}"


def _with_text_of(ws: Workspace, source: Event, made: Event) -> tuple[Event, dict[str, str]]:
    """Give a record made from another the other's text, patched: alarms and unknown properties come along."""
    text = ws.store.texts.get([source.text_hash]).get(source.text_hash)
    if text is None:
        return replace(made, text_hash=""), {}
    patched = ics.patch_event(text, source, made)
    text_hash = ics.text_hash(patched)
    return replace(made, text_hash=text_hash, base_hash=""), {text_hash: patched}


def _edited_fields(before: Event, after: Event) -> dict[str, Any]:
    return {change.field: change.after for change in differences(before, after)}


def _moved_span(master: Event, before: Event, after: Event) -> dict[str, Any]:
    """Start and end of a series one of whose occurrences was given another time."""
    assert master.start is not None and before.start is not None and after.start is not None
    start = _shifter(before.start, after.start)(master.start)
    if after.end is None:
        return {"start": start, "end": None}
    return {"start": start, "end": start + _length(after.start, after.end)}


def _end_of(master: Event, start: When) -> When | None:
    """When the occurrence that begins there ends, if the series says so."""
    if master.start is None or master.end is None:
        return None
    return start + _length(master.start, master.end)


def _shifted(override: Event, shift: Callable[[When], When]) -> Event:
    """An override of an occurrence that moved. Its own time goes along only if it was the occurrence's."""
    assert override.recurrence_id is not None
    recurrence_id = shift(override.recurrence_id)
    if override.start is None or to_text(override.start) != to_text(override.recurrence_id):
        return replace(override, recurrence_id=recurrence_id)
    end = None if override.end is None else recurrence_id + _length(override.start, override.end)
    return replace(override, recurrence_id=recurrence_id, start=recurrence_id, end=end)


def _length(start: When, end: When) -> timedelta:
    if isinstance(start, datetime) and isinstance(end, datetime):
        return end - start
    return day_of(end) - day_of(start)


def _shifter(before: When, after: When) -> Callable[[When], When]:
    """What carries any occurrence's start along when one goes from `before` to `after`, at the hours on the clock."""
    between = day_of(after) - day_of(before)
    if is_date(before) and is_date(after):
        return lambda when: when + between
    if isinstance(before, datetime) and isinstance(after, datetime):
        clock = after.replace(tzinfo=None) - before.replace(tzinfo=None)

        def shift(when: When) -> When:
            told = _told_like(when, before)
            if not isinstance(told, datetime):
                return told
            return (told.replace(tzinfo=None) + clock).replace(tzinfo=after.tzinfo)

        return shift
    if isinstance(after, datetime):
        at = after.timetz()
        return lambda when: datetime.combine(day_of(when) + between, at)
    return lambda when: day_of(_told_like(when, before)) + between


def _told_like(when: When, start: When) -> When:
    """A value of a series (an EXDATE in UTC, say) in the zone of its start."""
    return in_zone(when, start.tzinfo) if isinstance(start, datetime) and start.tzinfo is not None else when


def _is_before(one: When, other: When) -> bool:
    if isinstance(one, datetime) and isinstance(other, datetime) and (one.tzinfo is None) == (other.tzinfo is None):
        return one < other
    return sort_key(one) < sort_key(other)


def _name(when: When | None) -> str:
    return "" if when is None else to_text(when)
