"""Checking a data folder: what is wrong is said, what can be made anew is mended."""

from tests.unit.services.test_events import make

from scplanner.services import checking, queries


def spoil(ws, *statements):
    with ws.store.database.write() as connection:
        connection.exec_driver_sql("PRAGMA defer_foreign_keys = ON")
        for statement in statements:
            connection.exec_driver_sql(statement)


def test_a_sound_folder_is_clean(ws):
    make(ws)
    assert checking.check(ws).is_clean


def test_derived_tables_are_mended(ws):
    make(ws)
    spoil(ws, "DELETE FROM occurrences", "UPDATE search_rows SET title = 'x'")
    report = checking.check(ws)
    assert [finding.is_mended for finding in report.findings] == [True, True]
    assert checking.check(ws).is_clean
    assert queries.search(ws, "forum")


def test_a_lost_source_text_is_said(ws):
    make(ws)
    spoil(ws, "DELETE FROM texts")
    (finding,) = checking.check(ws).findings
    assert "lost their source text" in finding.what
    assert not finding.is_mended
