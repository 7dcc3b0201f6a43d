"""Errors a person is told about carry what happened and what to do."""

import inspect

import pytest

from scplanner import errors
from scplanner.errors import PlannerError

KINDS = [kind for _, kind in inspect.getmembers(errors, inspect.isclass) if issubclass(kind, Exception)]


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
def test_every_error_carries_message_and_hint(kind: type[PlannerError]) -> None:
    error = kind("The database is in use.", "Close the other window.")
    assert isinstance(error, PlannerError)
    assert (error.message, error.hint) == ("The database is in use.", "Close the other window.")
    assert str(error) == "The database is in use. Close the other window."


def test_without_a_hint_the_message_stands_alone() -> None:
    assert str(PlannerError("Nothing was changed.")) == "Nothing was changed."


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
def test_every_error_says_what_it_is_for(kind: type[PlannerError]) -> None:
    assert kind.__doc__
    assert "\n" not in kind.__doc__
