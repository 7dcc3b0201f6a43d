"""Words for values: each value there is has some, and no two of a kind the same."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import pytest

from scplanner.domain.events import AttendanceMode, Confidence, DeadlineKind, Decision, EventStatus, Registration, Role
from scplanner.ui import words


@pytest.mark.parametrize(
    ("say", "values"),
    [
        (words.decision_words, (*Decision, None)),
        (words.role_words, (*Role, None)),
        (words.registration_words, (*Registration, None)),
        (words.status_words, (*EventStatus, None)),
        (words.attendance_words, (*AttendanceMode, None)),
        (words.confidence_words, tuple(Confidence)),
        (words.deadline_words, tuple(DeadlineKind)),
    ],
)
def test_every_value_has_words_of_its_own(say: Callable[[Any], str], values: Sequence[object]) -> None:
    said = [say(value) for value in values]
    assert all(said)
    assert len(set(said)) == len(said)


@pytest.mark.parametrize(("code", "name"), [("PT", "Portugal"), ("", ""), ("Atlantis", "Atlantis"), ("ZX", "ZX")])
def test_countries(code: str, name: str) -> None:
    assert words.country_name(code) == name
