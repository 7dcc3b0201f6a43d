"""Folding: what people type plain finds what is written with marks."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scplanner.domain.folding import fold


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Łódź", "lodz"),
        ("Tromsø", "tromso"),
        ("Straße", "strasse"),
        ("STRAẞE", "strasse"),
        ("İstanbul", "istanbul"),
        ("e\u0301", "e"),
        ("ﬁne", "fine"),
        ("ΣΊΣΥΦΟΣ", "σισυφοσ"),
        ("上海", "上海"),
        ("", ""),
    ],
)
def test_marks_and_case_are_folded(text, folded):
    assert fold(text) == folded


@given(st.text(), st.text())
def test_a_text_is_folded_piece_by_piece(one, other):
    assert fold(f"{one} {other}") == f"{fold(one)} {fold(other)}"
