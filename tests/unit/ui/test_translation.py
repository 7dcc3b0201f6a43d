"""Every text a person reads can be translated: the tool that collects them has to see each, written out."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

import scplanner.ui

UI = Path(scplanner.ui.__file__).parent
MODULES = sorted(UI.rglob("*.py"))
# These look texts up that stand in a table, each marked there by QT_TRANSLATE_NOOP.
TABLES = {"commands.py", "dialogs/shortcuts.py", "editor/rule_words.py", "widgets/menus.py", "words.py"}
SHOWN = {
    "QLabel",
    "QPushButton",
    "setText",
    "setToolTip",
    "setAccessibleName",
    "setPlaceholderText",
    "addAction",
    "addRow",
}
NO_WORDS = {"Smart City Planner", "https://"}


def calls(module: Path) -> Iterator[tuple[str, ast.Call]]:
    for node in ast.walk(ast.parse(module.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call):
            if isinstance(node.func, ast.Attribute):
                yield node.func.attr, node
            elif isinstance(node.func, ast.Name):
                yield node.func.id, node


def is_text(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and isinstance(node.value, str)


@pytest.mark.parametrize("module", MODULES, ids=lambda module: module.relative_to(UI).as_posix())
def test_texts_to_translate_are_written_out(module: Path) -> None:
    name = module.relative_to(UI).as_posix()
    for called, call in calls(module):
        if called in ("tr", "QT_TRANSLATE_NOOP") or (called == "translate" and is_text(call.args[0])):
            texts = call.args[:1] if called == "tr" else call.args[:2]
            is_looked_up = name in TABLES and called == "translate"
            assert is_looked_up or all(map(is_text, texts)), f"{name}:{call.lineno}"
        assert called not in ("_tr", "_"), f"{name}:{call.lineno}: no tool sees through an alias"


@pytest.mark.parametrize("module", MODULES, ids=lambda module: module.relative_to(UI).as_posix())
def test_what_is_shown_is_translated(module: Path) -> None:
    for called, call in calls(module):
        if called in SHOWN and call.args and isinstance(call.args[0], ast.Constant):
            text = call.args[0].value
            is_plain = not isinstance(text, str) or not any(map(str.isalpha, text)) or text in NO_WORDS
            assert is_plain, f"{module.name}:{call.lineno}: {text!r}"
