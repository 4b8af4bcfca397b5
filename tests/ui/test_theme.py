from __future__ import annotations

import re
from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QFontDatabase, QPalette
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from intake_app.ui import theme
from intake_app.ui.colours import CONTRAST_RULES, DARK, HIGH_CONTRAST, LIGHT, Colours, contrast_ratio
from intake_app.ui.theme import Scheme, SystemWish, resolve
from intake_app.ui.widgets.busy_overlay import BusyOverlay
from intake_app.ui.widgets.buttons import SecondaryButton
from intake_app.ui.widgets.layout import column
from intake_app.ui.widgets.line_entry import LineEntry
from intake_app.ui.widgets.text import Badge, TextLabel

PALETTES = {"light": LIGHT, "dark": DARK, "high contrast": HIGH_CONTRAST}


@pytest.mark.parametrize("colours", PALETTES.values(), ids=PALETTES)
@pytest.mark.parametrize(("ink", "ground", "least"), CONTRAST_RULES)
def test_every_ink_differs_enough_from_its_ground(colours: Colours, ink: str, ground: str, least: float) -> None:
    assert contrast_ratio(getattr(colours, ink), getattr(colours, ground)) >= least


def test_contrast_is_measured_as_the_guideline_says() -> None:
    assert contrast_ratio("#000000", "#FFFFFF") == pytest.approx(21)
    assert contrast_ratio("#777777", "#FFFFFF") == pytest.approx(4.48, abs=0.01)
    assert contrast_ratio("#FFFFFF", "#777777") == contrast_ratio("#777777", "#FFFFFF")


def test_no_text_colour_is_left_out_of_the_contrast_rules() -> None:
    ruled = {ink for ink, _, _ in CONTRAST_RULES}

    assert {colour for _, _, colour in theme.TYPE_SCALE.values()} <= ruled


def test_four_text_sizes_each_larger_than_the_one_before(themed: QApplication) -> None:
    heights = [theme.Tokens(LIGHT, size, theme.tokens().resources).text("question") for size in theme.TextSize]

    assert len(heights) == 4
    assert heights == sorted(set(heights))


def test_arabic_and_tigrinya_are_set_a_size_larger() -> None:
    now = theme.tokens()

    assert theme.script_is_tall("ar")
    assert theme.script_is_tall("ti")
    assert not theme.script_is_tall("uk")
    assert now.text("answer", tall=True) > now.text("answer")


def test_the_stylesheet_has_every_token_filled_in() -> None:
    for colours in PALETTES.values():
        sheet = theme.stylesheet(theme.Tokens(colours, theme.TextSize.LARGE, theme.tokens().resources))

        assert "$" not in sheet
        assert colours.primary in sheet


def test_colours_are_written_in_full() -> None:
    for colours in PALETTES.values():
        assert all(len(value) == 7 and value.startswith("#") for value in colours)


def test_a_change_of_size_or_contrast_shows_at_once(themed: QApplication) -> None:
    before = themed.styleSheet()

    theme.apply(themed, size=theme.TextSize.LARGEST, scheme=theme.Scheme.CONTRAST)

    assert theme.tokens().high_contrast
    assert theme.tokens().size is theme.TextSize.LARGEST
    assert themed.styleSheet() != before


class Heard(TextLabel):
    """Counts how often it is told of another style."""

    told = 0

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 - the name is Qt's
        self.told += event.type() == QEvent.Type.StyleChange
        super().changeEvent(event)


def test_another_size_of_letters_is_told_to_each_widget_once_and_makes_no_new_stylesheet(
    themed: QApplication, shown: Callable[..., QWidget]
) -> None:
    label, field, badge = Heard("Wat kunt u goed?"), LineEntry("Naam"), Badge("Oefening")
    page = QWidget()
    page.setLayout(column(label, field, badge, None))
    shown(page)
    sheet, label.told = themed.styleSheet(), 0
    before = [widget.font().pixelSize() for widget in (label, field, badge)]

    theme.apply(themed, size=theme.TextSize.LARGEST)

    after = [widget.font().pixelSize() for widget in (label, field, badge)]
    assert after == [round(theme.TYPE_SCALE[role][0] * theme.TextSize.LARGEST) for role in ("body", "answer", "chip")]
    assert all(large > usual for large, usual in zip(after, before, strict=True))
    assert (themed.styleSheet(), label.told) == (sheet, 1)


def test_our_own_fonts_are_there_for_every_script(themed: QApplication) -> None:
    assert set(theme.FAMILIES) <= set(QFontDatabase.families())
    assert themed.font().families() == list(theme.FAMILIES)


RULE = re.compile(r"([^{}]+)\{([^{}]*)\}")
COLOUR = re.compile(r"(?<![-\w])(color|background): (#[0-9A-F]{6})")


def on_its_own_ground(sheet: str) -> dict[str, tuple[str, str]]:
    """Selector -> (ink, ground) for every rule of a stylesheet that sets both."""
    found = {}
    for selector, body in RULE.findall(re.sub(r"/\*.*?\*/", "", sheet, flags=re.DOTALL)):
        told = dict(COLOUR.findall(body))
        if len(told) == 2:
            found[selector.strip()] = (told["color"], told["background"])
    return found


@pytest.mark.parametrize("colours", PALETTES.values(), ids=PALETTES)
def test_every_rule_of_the_stylesheet_can_be_read(colours: Colours) -> None:
    sheet = theme.stylesheet(theme.Tokens(colours, theme.TextSize.NORMAL, theme.tokens().resources))
    pairs = on_its_own_ground(sheet)

    assert len(pairs) > 10
    assert {selector: pair for selector, pair in pairs.items() if contrast_ratio(*pair) < 4.5} == {}


@pytest.mark.parametrize("colours", PALETTES.values(), ids=PALETTES)
def test_what_fusion_paints_itself_can_be_read(colours: Colours, themed: QApplication) -> None:
    made = theme.palette(colours)
    role = QPalette.ColorRole
    pairs = [
        (role.WindowText, role.Window),
        (role.Text, role.Base),
        (role.Text, role.AlternateBase),
        (role.ButtonText, role.Button),
        (role.PlaceholderText, role.Base),
        (role.HighlightedText, role.Highlight),
        (role.ToolTipText, role.ToolTipBase),
        (role.Link, role.Base),
    ]

    for ink, ground in pairs:
        assert contrast_ratio(made.color(ink).name(), made.color(ground).name()) >= 4.5, (ink, ground)


def test_in_high_contrast_nothing_is_softer_than_in_the_light_palette() -> None:
    for ink, ground, _ in CONTRAST_RULES:
        strong, usual = (contrast_ratio(getattr(of, ink), getattr(of, ground)) for of in (HIGH_CONTRAST, LIGHT))
        assert strong >= min(usual, 7.0), (ink, ground)


@pytest.mark.parametrize(
    ("scheme", "wish", "colours"),
    [
        (Scheme.SYSTEM, SystemWish(), LIGHT),
        (Scheme.SYSTEM, SystemWish(dark=True), DARK),
        (Scheme.SYSTEM, SystemWish(contrast=True), HIGH_CONTRAST),
        (Scheme.SYSTEM, SystemWish(dark=True, contrast=True), HIGH_CONTRAST),
        (Scheme.LIGHT, SystemWish(dark=True, contrast=True), LIGHT),
        (Scheme.DARK, SystemWish(), DARK),
        (Scheme.CONTRAST, SystemWish(dark=True), HIGH_CONTRAST),
    ],
)
def test_a_choice_comes_before_what_the_computer_is_set_to(scheme: Scheme, wish: SystemWish, colours: Colours) -> None:
    assert resolve(scheme, wish) is colours


@pytest.fixture
def system(themed: QApplication) -> Iterator[QApplication]:
    """A program that follows the computer; afterwards the computer is set as it was."""
    hints = themed.styleHints()
    before = hints.colorScheme(), hints.accessibility().contrastPreference()
    theme.apply(themed, scheme=Scheme.SYSTEM)
    yield themed
    hints.colorSchemeChanged.emit(before[0])
    hints.accessibility().contrastPreferenceChanged.emit(before[1])


def test_the_open_window_follows_the_computer(system: QApplication) -> None:
    system.styleHints().colorSchemeChanged.emit(Qt.ColorScheme.Dark)
    assert theme.tokens().dark
    assert system.palette().window().color().name().upper() == DARK.ground

    system.styleHints().accessibility().contrastPreferenceChanged.emit(Qt.ContrastPreference.HighContrast)
    assert theme.tokens().high_contrast

    system.styleHints().accessibility().contrastPreferenceChanged.emit(Qt.ContrastPreference.NoPreference)
    system.styleHints().colorSchemeChanged.emit(Qt.ColorScheme.Light)
    assert theme.tokens().colours is LIGHT


def test_the_computer_does_not_change_what_a_person_chose(system: QApplication) -> None:
    theme.apply(system, scheme=Scheme.LIGHT)

    system.styleHints().colorSchemeChanged.emit(Qt.ColorScheme.Dark)

    assert theme.tokens().colours is LIGHT


def test_nothing_turns_or_blinks_where_nothing_may_move(themed: QApplication, qtbot: QtBot) -> None:
    page = QWidget()
    qtbot.addWidget(page)
    veil = BusyOverlay(page)
    try:
        theme.apply(themed, motion=False)
        veil.spinner.turn(True)
        assert not veil.spinner.turns
        assert themed.cursorFlashTime() == 0
    finally:
        theme.apply(themed, motion=True)
    veil.spinner.turn(True)
    assert veil.spinner.turns
    assert themed.cursorFlashTime() > 0
    veil.spinner.turn(False)


def test_every_state_of_a_button_looks_different(themed: QApplication, shown: Callable[..., QWidget]) -> None:
    button = SecondaryButton("Verder")
    shown(button, 300, 90)
    button.clearFocus()
    looks = {"rest": picture(button)}
    button.setFocus(Qt.FocusReason.TabFocusReason)
    looks["focus"] = picture(button)
    button.clearFocus()
    button.setDown(True)
    looks["pressed"] = picture(button)
    button.setDown(False)
    button.setEnabled(False)
    looks["off"] = picture(button)

    assert len(set(looks.values())) == len(looks)


def picture(widget: QWidget) -> bytes:
    QApplication.processEvents()
    image = widget.grab().toImage()
    return bytes(image.constBits())
