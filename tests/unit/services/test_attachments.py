"""Files kept with an event: copied by content, opened as a copy, never lost while a step names them."""

import pytest
from tests.unit.services.test_events import DAY

from scplanner.domain.events import Event, OccurrenceKey
from scplanner.errors import NothingToDo, UnreadableFile
from scplanner.services import attachments, events, history, queries


@pytest.fixture
def key(ws):
    return OccurrenceKey(events.create_event(ws, Event(0, 0, "", summary="Forum", start=DAY)).created[-1])


@pytest.fixture
def slides(tmp_path):
    path = tmp_path / "Folien für Łódź.pdf"
    path.write_bytes(b"%PDF slides")
    return path


def test_a_file_is_copied_and_opened_as_a_copy(ws, key, slides):
    attachments.attach(ws, key, slides)
    slides.unlink()
    (stored,) = queries.layer_for(ws, key).files
    assert (stored.name, stored.size) == ("Folien für Łódź.pdf", 11)
    opened = attachments.open_path(ws, stored)
    assert (opened.name, opened.read_bytes()) == (stored.name, b"%PDF slides")
    opened.write_bytes(b"scribbled on")
    assert attachments.content_path(ws, stored.sha256).read_bytes() == b"%PDF slides"


def test_the_same_file_twice_lies_once(ws, key, slides, tmp_path):
    attachments.attach(ws, key, slides)
    with pytest.raises(NothingToDo, match="already"):
        attachments.attach(ws, key, slides)
    other = tmp_path / "other name.pdf"
    other.write_bytes(b"%PDF slides")
    attachments.attach(ws, key, other)
    assert len(queries.layer_for(ws, key).files) == 2
    assert len([path for path in ws.paths.files.rglob("*") if path.is_file()]) == 1


def test_what_was_taken_off_is_there_again_after_undo(ws, key, slides):
    attachments.attach(ws, key, slides)
    (stored,) = queries.layer_for(ws, key).files
    attachments.detach(ws, key, stored)
    assert queries.layer_for(ws, key).files == ()
    history.undo(ws)
    assert attachments.open_path(ws, queries.layer_for(ws, key).files[0]).read_bytes() == b"%PDF slides"


def test_what_is_no_file_or_is_lost_is_said(ws, key, slides, tmp_path):
    for path in (tmp_path, tmp_path / "missing.pdf"):
        with pytest.raises(UnreadableFile):
            attachments.attach(ws, key, path)
    attachments.attach(ws, key, slides)
    (stored,) = queries.layer_for(ws, key).files
    attachments.content_path(ws, stored.sha256).unlink()
    with pytest.raises(UnreadableFile, match="missing from the data folder"):
        attachments.open_path(ws, stored)


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("../../etc/passwd", "passwd"),
        ("C:\\temp\\a.pdf", "a.pdf"),
        ('a<b>:"c|?*.pdf', "a_b___c___.pdf"),
        ("..", "file"),
        ("", "file"),
        ("tab\there", "tab_here"),
        ("x" * 300, "x" * 150),
    ],
)
def test_names_lead_nowhere(name, safe):
    assert attachments.safe_name(name) == safe


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("../../x.pdf", "x.pdf"),
        ("C:\\folder\\x.pdf", "x.pdf"),
        ("\u202efdp.exe", "_fdp.exe"),
        ("bad\udcff.pdf", "bad_.pdf"),
        ("a\nb:c", "a_b_c"),
        ("..", "file"),
        ("", "file"),
        ("x" * 250 + ".pdf", "x" * 146 + ".pdf"),
        ("\u65e5" * 80 + ".pdf", "\u65e5" * 48 + ".pdf"),
        ("x." + "y" * 250, "x." + "y" * 148),
    ],
)
def test_names_that_lead_elsewhere_or_fit_nowhere_are_made_safe(name, safe):
    assert attachments.safe_name(name) == safe
