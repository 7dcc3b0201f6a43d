"""What of a kept VEVENT no field stands for."""

from scplanner.formats.ics_other import other_lines

TEXT = """BEGIN:VEVENT
UID:a@x
DTSTAMP:20230101T000000Z
SUMMARY:Forum
ATTENDEE;CN=Ada:mailto:ada@example.org
X-FOO:a long line that is
  folded
BEGIN:VALARM
TRIGGER:-P1D
BEGIN:X-INNER
SUMMARY:of the inner component
END:X-INNER
END:VALARM
END:VEVENT
""".replace("\n", "\r\n")


def test_attendees_alarms_and_unknown_properties_are_other_lines():
    assert other_lines(TEXT) == (
        "ATTENDEE;CN=Ada:mailto:ada@example.org",
        "BEGIN:VALARM\nTRIGGER:-P1D\nBEGIN:X-INNER\nSUMMARY:of the inner component\nEND:X-INNER\nEND:VALARM",
        "X-FOO:a long line that is folded",
    )


def test_stamps_known_properties_and_order_make_no_difference():
    moved = (
        TEXT.replace("20230101", "20240101")
        .replace("SUMMARY:Forum\r\n", "")
        .replace("UID:a@x\r\n", "UID:b@x\r\nSUMMARY:B\r\n")
    )
    assert other_lines(moved) == other_lines(TEXT)
