"""Hypothesis strategies for whole event records, as far as iCalendar can carry them."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import strategies as st

from scplanner.domain.events import (
    AttendanceMode,
    Confidence,
    Deadline,
    DeadlineKind,
    Event,
    EventStatus,
    Link,
)
from scplanner.domain.temporal import VagueDate, When

ZONES = (
    "UTC",
    "Europe/Paris",
    "Europe/London",
    "America/New_York",
    "America/St_Johns",
    "Africa/Casablanca",
    "Asia/Kolkata",
    "Asia/Jerusalem",
    "Australia/Lord_Howe",
    "Pacific/Kiritimati",
    "Pacific/Pago_Pago",
    "Etc/GMT+12",
)

_CHARACTERS = st.characters(exclude_categories=("Cs", "Cc"), include_characters="\n\t")
TEXTS = st.one_of(
    st.text(_CHARACTERS, max_size=40),
    st.text(st.sampled_from("a:;,\"\\^\n\tñ漢😀 nN'"), max_size=30),
    st.text(st.sampled_from("aé漢😀, "), min_size=150, max_size=400),
)
WORDS = st.text(st.sampled_from('ab:;,"\\^ñ漢😀-'), min_size=1, max_size=12)
URLS = st.text(st.sampled_from("abc/:?&=;,#%é~'"), min_size=1, max_size=120).map(lambda text: f"https://{text}")
DAYS = st.dates(date(1971, 1, 1), date(2099, 12, 31))
INSTANTS = st.datetimes(datetime(1971, 1, 1), datetime(2099, 12, 31), timezones=st.just(UTC)).map(  # noqa: DTZ001
    lambda moment: moment.replace(microsecond=0, fold=0)
)
UTC_TIMES = INSTANTS.map(lambda moment: moment.astimezone(ZoneInfo("UTC")))


@st.composite
def whens(draw: st.DrawFn, kind: str = "") -> When:
    """A date, a floating time, or a time in one of ZONES that is written in one way only."""
    kind = kind or draw(st.sampled_from(("date", "floating", *ZONES)))
    if kind == "date":
        return draw(DAYS)
    moment = draw(INSTANTS)
    if kind == "floating":
        return moment.replace(tzinfo=None)
    return moment.astimezone(ZoneInfo(kind)).replace(fold=0)


@st.composite
def times(draw: st.DrawFn) -> tuple[When | None, When | None, VagueDate | None]:
    """Start, end and vague date, as they go together."""
    if draw(st.integers(0, 9)) == 0:
        text, days = draw(TEXTS.filter(bool)), sorted((draw(DAYS), draw(DAYS)))
        return (
            None,
            None,
            draw(st.sampled_from((VagueDate(text), VagueDate(text, *days), VagueDate("", days[0]), None))),
        )
    start = draw(whens())
    if draw(st.booleans()):
        return start, None, None
    length = draw(st.integers(0, 10 * 86400))
    if not isinstance(start, datetime):
        return start, start + timedelta(days=1 + length // 86400), None
    if start.tzinfo is None:
        return start, start + timedelta(seconds=length), None
    end = (start.astimezone(UTC) + timedelta(seconds=length)).astimezone(start.tzinfo)
    return start, end.replace(fold=0), None


def _tuples(items: st.SearchStrategy, key=lambda item: item) -> st.SearchStrategy:
    return st.lists(items, max_size=3, unique_by=key).map(tuple)


DEADLINES = st.builds(Deadline, st.sampled_from(DeadlineKind), whens(), TEXTS)
LINKS = st.builds(Link, URLS, TEXTS)


@st.composite
def events(draw: st.DrawFn) -> Event:
    """Any record an event may be, ids and hashes left out."""
    start, end, vague = draw(times())
    event = draw(
        st.builds(
            Event,
            st.just(0),
            st.just(0),
            WORDS,
            summary=TEXTS,
            description=TEXTS,
            location=TEXTS,
            venue=TEXTS,
            city=TEXTS,
            country=st.sampled_from(("", "ES", "MA")),
            attendance_mode=st.none() | st.sampled_from(AttendanceMode),
            url=st.just("") | URLS,
            links=_tuples(LINKS),
            status=st.none() | st.sampled_from(EventStatus),
            transp=st.sampled_from(("", "OPAQUE", "TRANSPARENT")),
            classification=st.sampled_from(("", "PUBLIC", "PRIVATE")),
            topics=_tuples(WORDS),
            deadlines=_tuples(DEADLINES, lambda deadline: deadline.key),
            organizer=TEXTS | st.just("info@example.org"),
            series=TEXTS,
            edition=TEXTS,
            parent_uid=st.just("") | WORDS,
            sequence=st.integers(0, 2**31 - 1),
            last_modified=st.none() | UTC_TIMES,
            rrule=st.sampled_from(("", "FREQ=YEARLY", "FREQ=WEEKLY;BYDAY=MO,WE;COUNT=10")),
            source=TEXTS,
            checked=st.none() | DAYS,
            confidence=st.none() | st.sampled_from(Confidence),
            remark=TEXTS,
        )
    )
    place = draw(st.none() | st.tuples(st.floats(-90, 90), st.floats(-180, 180)))
    if place is not None:
        event = replace(event, latitude=place[0] + 0.0, longitude=place[1] + 0.0)
    if start is not None:
        kind = "date" if not isinstance(start, datetime) else "floating" if start.tzinfo is None else str(start.tzinfo)
        dates = _tuples(whens(kind), lambda when: when)
        override = draw(st.none() | whens(kind))
        event = replace(
            event,
            rdates=draw(dates),
            exdates=draw(dates),
            recurrence_id=override,
            is_this_and_future=override is not None and draw(st.booleans()),
        )
    return replace(event, start=start, end=end, vague=vague)
