"""The content-line layer takes any bytes, loses nothing of them, and says where something was wrong."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scplanner.formats import contentlines
from scplanner.formats.contentlines import (
    MAX_DEPTH,
    cut,
    decode,
    escape,
    fold,
    parse,
    parse_property,
    quote_param,
    raw_lines,
    split_escaped,
    unescape,
    unfold,
)

NASTY = st.lists(
    st.sampled_from(
        (
            *(b"BEGIN:VEVENT", b"END:VEVENT", b"begin:vcalendar ", b"END:VCALENDAR", b"BEGIN:VALARM", b"END:VALARM"),
            *(b"BEGIN:", b"END:", b"BEGIN:VCARD", b"\r\n", b"\n", b"\r", b"\r\r\n", b"\r\n ", b"\n\t", b" ", b"\0"),
            *(
                b"SUMMARY:caf\xc3\xa9",
                b"\xc3",
                b"\xa9",
                b"\xff\xfe",
                b'X;Y="a:b":c',
                b"no colon",
                b":",
                b";=:",
                b"\x85",
            ),
        )
    ),
    max_size=30,
).map(b"".join)


@given(st.binary(max_size=300) | NASTY)
@settings(max_examples=300)
def test_no_bytes_raise_and_every_component_is_whole(data: bytes) -> None:
    document = parse(data)
    waiting = list(document.components)
    while waiting:
        component = waiting.pop()
        waiting += component.children
        text = component.text
        assert text.startswith(f"BEGIN:{component.name}\r\n")
        assert text.endswith(f"END:{component.name}\r\n")
        again, problems = cut(text)
        assert [item.text for item in again] == [text]
        assert problems == []
        for line in component.lines():
            parse_property(line)


@given(st.text(st.characters(exclude_categories=("Cs",)), max_size=300))
def test_a_folded_line_unfolds_to_itself(text: str) -> None:
    line = "X:" + text.replace("\r", "").replace("\n", "")
    folded = fold(line)
    assert unfold(folded) == [line]
    assert all(len(piece.encode()) <= 75 for piece in folded.split("\r\n"))


@given(st.text(max_size=100))
def test_an_escaped_text_reads_back(text: str) -> None:
    plain = contentlines.plain_text(text)
    assert unescape(escape(text)) == plain
    assert split_escaped(f"{escape(text)},x") == [plain, "x"]
    item = parse_property(f"X;P={quote_param(text)}:v")
    assert item is not None
    assert (item.params["P"], item.value) == (plain, "v")


@given(NASTY)
def test_raw_lines_are_the_text(data: bytes) -> None:
    text, _, _ = decode(data)
    assert "".join(raw_lines(text)) == text


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r", "\r\r\n"])
def test_every_kind_of_line_end_is_read(end: str) -> None:
    lines = ["BEGIN:VEVENT", "SUMMARY:a", " b", "END:VEVENT", ""]
    component = parse(end.join(lines).encode()).components[0]
    assert component.lines() == ["SUMMARY:ab"]
    assert component.text == "BEGIN:VEVENT\r\nSUMMARY:a\r\n b\r\nEND:VEVENT\r\n"


@pytest.mark.parametrize(
    ("data", "encoding", "text"),
    [
        ("Łódź\n".encode(), "utf-8", "Łódź\r\n"),
        (b"\xef\xbb\xbf" + "Łódź".encode(), "utf-8", "Łódź\r\n"),
        ("\ufeffBEGIN:X".encode("utf-16-le"), "utf-16-le", "BEGIN:X\r\n"),
        ("\ufeffBEGIN:X".encode("utf-16-be"), "utf-16-be", "BEGIN:X\r\n"),
        ("BEGIN:X".encode("utf-16-le"), "utf-16-le", "BEGIN:X\r\n"),
        (b"caf\xc3\r\n \xa9 au lait", "utf-8", "café\r\n  au lait\r\n"),
    ],
)
def test_the_charset_is_found(data: bytes, encoding: str, text: str) -> None:
    assert decode(data) == (text, encoding, [])


def test_what_is_no_utf8_is_read_as_windows_1252_line_by_line_and_said() -> None:
    text, encoding, problems = decode("Łódź\n".encode() + b"caf\xe9 \x80\n\x81\n")
    assert text == "Łódź\r\ncafé €\r\n\x81\r\n"
    assert encoding == "cp1252"
    assert [(problem.line, problem.reason) for problem in problems] == [
        (2, "not valid UTF-8 (and 1 more lines): read as Windows-1252")
    ]


def test_components_know_their_lines_and_their_own_text() -> None:
    data = b"BEGIN:VCALENDAR\nVERSION:2.0\nBEGIN:VEVENT\nX:1\nBEGIN:VALARM\nX:2\nEND:VALARM\nY:3\nEND:VEVENT\nEND:VCALENDAR"
    calendar = parse(data).components[0]
    event = calendar.children[0]
    assert (calendar.line, event.line, event.children[0].line) == (1, 3, 5)
    assert (calendar.lines(), event.lines(), event.children[0].lines()) == (["VERSION:2.0"], ["X:1", "Y:3"], ["X:2"])
    assert event.line_of("Y") == 8
    assert event.own_text == "X:1\r\nY:3\r\n"


def test_missing_ends_are_put_where_they_belong() -> None:
    document = parse(b"BEGIN:VCALENDAR\nBEGIN:VEVENT\nX:1\nBEGIN:VALARM\nBEGIN:VEVENT\nX:2\nEND:VCALENDAR\n")
    first, second = document.components[0].children
    assert first.text == "BEGIN:VEVENT\r\nX:1\r\nBEGIN:VALARM\r\nEND:VALARM\r\nEND:VEVENT\r\n"
    assert second.text == "BEGIN:VEVENT\r\nX:2\r\nEND:VEVENT\r\n"
    assert [(problem.line, problem.reason) for problem in document.problems] == [
        (5, "the END of the VALARM that begins on line 4 is missing"),
        (5, "the END of the VEVENT that begins on line 2 is missing"),
        (7, "the END of the VEVENT that begins on line 5 is missing"),
    ]


def test_a_stray_end_is_left_out() -> None:
    document = parse(b"BEGIN:VEVENT\nX:1\nEND:VALARM\nX:2\nEND:VEVENT\nEND:VEVENT\n")
    assert [component.text for component in document.components] == ["BEGIN:VEVENT\r\nX:1\r\nX:2\r\nEND:VEVENT\r\n"]
    assert [problem.line for problem in document.problems] == [3, 6]


def test_odd_borders_are_written_plainly() -> None:
    component = parse(b"begin:vevent \nX:1\nEnd:VEV\n ENT\n").components[0]
    assert component.text == "BEGIN:VEVENT\r\nX:1\r\nEND:VEVENT\r\n"


def test_blank_lines_vanish() -> None:
    component = parse(b"BEGIN:VEVENT\r\n\r\nX:1\r\n\r\n\r\n 2\r\nEND:VEVENT").components[0]
    assert component.lines() == ["X:12"]


def test_deep_nesting_ends_somewhere() -> None:
    depth = 5000
    document = parse(b"BEGIN:A\n" * depth + b"END:A\n" * depth)
    component, levels = document.components[0], 1
    while component.children:
        component, levels = component.children[0], levels + 1
    assert levels == MAX_DEPTH
    assert document.problems == ()


@pytest.mark.parametrize(
    ("line", "name", "params", "value"),
    [
        ("SUMMARY:a:b", "SUMMARY", {}, "a:b"),
        ('x-a;Alt="c:d;e":v', "X-A", {"ALT": "c:d;e"}, "v"),
        ("A;CN=^'Jo^'^nB^^:v", "A", {"CN": '"Jo"\nB^'}, "v"),
        ('A;M="a","b";N=1:v', "A", {"M": '"a","b"', "N": "1"}, "v"),
        ('A;CN="open:v', "A", {}, "v"),
        ("X-GOOGLE TALK:v", "X-GOOGLE TALK", {}, "v"),
    ],
)
def test_a_property_is_taken_apart(line: str, name: str, params: dict[str, str], value: str) -> None:
    item = parse_property(line)
    assert item is not None
    assert (item.name, item.value) == (name, value)
    assert params.items() <= dict(item.params).items()


@pytest.mark.parametrize("line", ["no colon", ": value", "we meet: at ten", ""])
def test_what_is_no_content_line_is_none(line: str) -> None:
    assert parse_property(line) is None


def test_unknown_escapes_stay() -> None:
    assert unescape(r"a\,b\;c\nd\Ne\\f\"g\xh\:i") == 'a,b;c\nd\ne\\f"g\\xh:i'


def test_no_number_of_errors_makes_a_list_without_end() -> None:
    assert len(parse(b"END:X\n" * 5000).problems) == contentlines.MAX_PROBLEMS


def test_what_is_nested_too_deep_and_never_ended_spoils_nothing_after_it() -> None:
    nested = "BEGIN:DAYLIGHT\r\n" * (MAX_DEPTH + 5) + "END:DAYLIGHT\r\n" * 2
    event = "BEGIN:VEVENT\r\nUID:a@x\r\nEND:VEVENT\r\n"
    (root,), _ = cut(f"BEGIN:VCALENDAR\r\nBEGIN:VTIMEZONE\r\n{nested}{event}{event}END:VCALENDAR\r\n")
    zone, *events = root.children
    assert [item.text for item in events] == [event, event]
    assert zone.text.count("BEGIN:") == zone.text.count("END:") == MAX_DEPTH + 6
    assert cut(zone.text)[1] == []
