"""Colours: everything that is read can be read, in both themes."""

from __future__ import annotations

import tomllib

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QGuiApplication, QPalette
from pytestqt.qtbot import QtBot

from scplanner.domain.events import Occurrence, OccurrenceKey
from scplanner.paths import data_dir_bundled, resources_dir
from scplanner.settings import ColorBy, ThemeChoice
from scplanner.ui.painting import BarForm, BarStyle, bar_detail_text, bar_ground, bar_text
from scplanner.ui.theme import Theme, Token, contrast, text_on

READ_ON = {
    Token.TEXT: (Token.BACKGROUND, Token.PANEL, Token.FIELD, Token.HOVER, Token.CHIP, Token.WEEKEND, Token.ACCENT_SOFT,
                 Token.WARNING_SOFT, Token.BAD_SOFT, Token.GOOD_SOFT),
    Token.MUTED: (Token.BACKGROUND, Token.PANEL, Token.FIELD),
    Token.MUTED_STRONG: (Token.BACKGROUND, Token.PANEL, Token.WEEKEND, Token.CHIP, Token.HOVER, Token.ACCENT_SOFT),
    Token.ACCENT_TEXT: (Token.BACKGROUND, Token.PANEL, Token.WEEKEND, Token.ACCENT_SOFT),
    Token.ON_ACCENT: (Token.ACCENT, Token.ACCENT_HOVER),
    Token.WARNING: (Token.BACKGROUND, Token.PANEL, Token.WEEKEND, Token.WARNING_SOFT),
    Token.GOOD: (Token.BACKGROUND, Token.PANEL, Token.GOOD_SOFT),
    Token.BAD: (Token.BACKGROUND, Token.PANEL, Token.BAD_SOFT),
}  # fmt: skip
PAIRS = [(ink, ground) for ink, grounds in READ_ON.items() for ground in grounds]
THEMES = [ThemeChoice.LIGHT, ThemeChoice.DARK]


@pytest.fixture
def theme(qapp: object) -> Theme:
    return Theme()


def topic_colors(theme: Theme) -> list[QColor]:
    path = data_dir_bundled() / "topics.toml"
    names = []
    if path.exists():
        table = tomllib.loads(path.read_text(encoding="utf-8"))
        names = list(table.get("topics", table))
    return [theme.color_for_topic(name) for name in [*names, "anything", "else", "Verkehr", "都市", ""]]


@pytest.mark.parametrize("choice", THEMES)
@pytest.mark.parametrize(("ink", "ground"), PAIRS)
def test_text_contrast(theme: Theme, choice: ThemeChoice, ink: Token, ground: Token) -> None:
    theme.set_choice(choice)
    assert contrast(theme.color(ink), theme.color(ground)) >= 4.5


@pytest.mark.parametrize("choice", THEMES)
@pytest.mark.parametrize("form", list(BarForm))
@pytest.mark.parametrize("is_off", [False, True])
def test_bar_text_contrast(theme: Theme, choice: ThemeChoice, form: BarForm, is_off: bool) -> None:
    theme.set_choice(choice)
    for color in topic_colors(theme):
        style = BarStyle(color, form, is_off=is_off)
        ground = bar_ground(style, theme)
        assert contrast(bar_text(style, theme), ground) >= 4.5, color.name()
        assert contrast(bar_detail_text(style, theme), ground) >= 4.5, color.name()


def test_text_on_takes_the_better_of_black_and_white(qapp: object) -> None:
    for hue in range(0, 360, 15):
        for value in (40, 120, 200, 255):
            ground = QColor.fromHsv(hue, 180, value)
            chosen = contrast(text_on(ground), ground)
            assert chosen == max(contrast(QColor("black"), ground), contrast(QColor("white"), ground)) >= 4.5


def test_both_sets_hold_every_token() -> None:
    tables = tomllib.loads((resources_dir() / "theme.toml").read_text(encoding="utf-8"))
    assert set(tables["light"]) == set(tables["dark"]) == {token.value for token in Token}


def test_choice_changes_palette_and_tells(theme: Theme, qtbot: QtBot) -> None:
    theme.set_choice(ThemeChoice.LIGHT)
    light = theme.palette().color(QPalette.ColorRole.Window)
    with qtbot.waitSignal(theme.changed):
        theme.set_choice(ThemeChoice.DARK)
    assert theme.is_dark
    assert theme.palette().color(QPalette.ColorRole.Window) != light
    theme.set_choice(ThemeChoice.DARK)


def test_the_systems_choice_is_followed_live(theme: Theme, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    system = QGuiApplication.styleHints().colorSchemeChanged
    dark = [True]
    monkeypatch.setattr(Theme, "_system_is_dark", staticmethod(lambda: dark[0]))
    with qtbot.waitSignal(theme.changed):
        system.emit(Qt.ColorScheme.Dark)
    assert theme.is_dark
    assert QGuiApplication.palette().color(QPalette.ColorRole.Window) == theme.color(Token.BACKGROUND)
    dark[0] = False
    system.emit(Qt.ColorScheme.Light)
    assert not theme.is_dark
    theme.set_choice(ThemeChoice.LIGHT)
    dark[0] = True
    with qtbot.assertNotEmitted(theme.changed):
        system.emit(Qt.ColorScheme.Dark)
    assert not theme.is_dark
    theme.set_choice(ThemeChoice.SYSTEM)
    assert theme.is_dark


def test_an_unknown_topic_has_the_same_colour_whatever_its_case(theme: Theme) -> None:
    assert theme.color_for_topic("Überlandbahn") == theme.color_for_topic("uberlandbahn")


def test_colour_by_topic_or_by_calendar(theme: Theme) -> None:
    from datetime import date

    day = date(2023, 10, 18)
    one = Occurrence(OccurrenceKey(1), 7, "u", "EURESFO", day, None, day, day, topics=("Resilience",))
    theme.set_calendar_colors({7: "#123456"})
    assert theme.color_for(one) == theme.color_for_topic("Resilience")
    theme.set_color_by(ColorBy.CALENDAR)
    assert theme.color_for(one) == QColor("#123456")
