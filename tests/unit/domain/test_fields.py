"""The table of fields names every field of the records and tells what differs between two versions."""

from dataclasses import fields, replace
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from scplanner.domain.events import Event, Layer, empty_layer
from scplanner.domain.fields import EVENT_FIELDS, LAYER_FIELDS, FieldChange, differences

PARIS, MADRID = ZoneInfo("Europe/Paris"), ZoneInfo("Europe/Madrid")
EVENT = Event(1, 1, "a@example.org", summary="Urban Forum", start=date(2023, 10, 18), end=date(2023, 10, 21))


@pytest.mark.parametrize(("record", "table"), [(Event, EVENT_FIELDS), (Layer, LAYER_FIELDS)])
def test_each_field_of_a_record_has_a_spec(record, table):
    assert [spec.name for spec in table] == [field.name for field in fields(record)]
    assert all(spec.label for spec in table)


def test_only_content_differs():
    later = replace(
        EVENT,
        summary="Urban Forum 2023",
        version=7,
        sequence=3,
        text_hash="x",
        last_modified=datetime(2023, 1, 1, tzinfo=UTC),
    )
    assert differences(EVENT, later) == (FieldChange("summary", "Urban Forum", "Urban Forum 2023"),)
    assert differences(EVENT, EVENT) == ()


def test_layers_are_compared_by_their_own_table():
    layer = empty_layer(1)
    assert differences(layer, replace(layer, note="x", version=2)) == (FieldChange("note", "", "x"),)


def test_an_end_that_was_only_implied_is_no_difference():
    one_day = replace(EVENT, end=None)
    assert differences(one_day, replace(one_day, end=date(2023, 10, 19))) == ()
    assert differences(one_day, replace(one_day, end=date(2023, 10, 20))) == (
        FieldChange("end", None, date(2023, 10, 20)),
    )


def test_an_instant_told_in_utc_does_not_replace_the_zone():
    nine = replace(EVENT, start=datetime(2023, 10, 18, 9, tzinfo=PARIS), end=None)
    assert differences(nine, replace(nine, start=datetime(2023, 10, 18, 7, tzinfo=UTC))) == ()
    assert [
        change.field for change in differences(nine, replace(nine, start=datetime(2023, 10, 18, 9, tzinfo=MADRID)))
    ] == ["start"]


def test_the_order_of_topics_means_nothing():
    topics = replace(EVENT, topics=("Energy", "Mobility"))
    assert differences(topics, replace(EVENT, topics=("Mobility", "Energy"))) == ()
