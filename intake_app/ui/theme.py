"""The design tokens (palette in force, grid, type scale, sizes), and palette, fonts and stylesheet made of them."""

from __future__ import annotations

from enum import Enum
from pathlib import Path
from string import Template
from typing import NamedTuple

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFont, QFontDatabase, QPalette, QStyleHints
from PySide6.QtWidgets import QApplication, QStyleFactory, QToolTip

from intake_app.ui.colours import DARK, HIGH_CONTRAST, LIGHT, Colours
from intake_app.ui.program import FUSION

GRID = 8
"""Every gap and margin is a multiple of this many logical pixels."""
TARGET = 48
"""The least width and height of anything that is pressed (WCAG 2.2 asks 24, the rules for low literacy 44 or more)."""
RADIUS = 12
RING = 4
"""Room around a pressable surface for its focus ring."""
FAMILIES = ("Noto Sans", "Noto Sans Arabic UI", "Noto Sans Ethiopic")
TALL_SCRIPTS = frozenset({"Arab", "Ethi"})
TALL_FACTOR = 1.14
"""Arabic and Ethiopic letters have small bodies: at equal size they read smaller than Latin."""


class TextSize(float, Enum):
    """The four live text sizes, each a factor on the whole type scale."""

    NORMAL = 1.0
    LARGE = 1.15
    LARGER = 1.35
    LARGEST = 1.6


class Scheme(Enum):
    """Which palette is wanted; `SYSTEM` follows what is set on the computer, also while the window is open."""

    SYSTEM = "system"
    LIGHT = "light"
    DARK = "dark"
    CONTRAST = "contrast"


class SystemWish(NamedTuple):
    """What the computer is set to: dark windows, and stronger contrast."""

    dark: bool = False
    contrast: bool = False


TYPE_SCALE: dict[str, tuple[int, bool, str]] = {
    "display": (34, True, "ink"),
    "question": (31, True, "ink"),
    "question_dutch": (18, False, "ink_soft"),
    "title": (23, True, "ink"),
    "title_dutch": (16, False, "ink_soft"),
    "answer": (20, False, "ink"),
    "answer_dutch": (15, False, "ink_soft"),
    "strong": (18, True, "ink"),
    "strong_dutch": (15, False, "ink_soft"),
    "body": (17, False, "ink"),
    "body_dutch": (15, False, "ink_soft"),
    "button": (18, True, "ink"),
    "button_dutch": (14, False, "ink_soft"),
    "small": (15, False, "ink_soft"),
    "small_dutch": (14, False, "ink_soft"),
    "fit": (17, True, "primary"),
    "fit_dutch": (14, False, "ink_soft"),
    "chip": (14, True, "ink_soft"),
    "chip_dutch": (13, False, "ink_soft"),
}
"""Role -> (logical pixels at NORMAL, bold, colour); with `_dutch` the small Dutch line beside its own role."""


class Tokens(NamedTuple):
    """The tokens in force: colours, text size and the folder of icons, pictograms, fonts and styles.

    `scheme` is what was chosen, `colours` what it comes down to on this computer; `motion` is False where the computer
    is set to keep still.
    """

    colours: Colours
    size: TextSize
    resources: Path
    scheme: Scheme = Scheme.SYSTEM
    motion: bool = True

    @property
    def high_contrast(self) -> bool:
        """Whether edges are drawn heavier and colour is never needed to tell things apart."""
        return self.colours is HIGH_CONTRAST

    @property
    def dark(self) -> bool:
        """Whether pictures, which have dark lines, need a light plate to stand on."""
        return self.colours is DARK

    def scaled(self, pixels: float) -> int:
        """A length that grows with the text size."""
        return round(pixels * self.size)

    def text(self, role: str, *, tall: bool = False) -> int:
        """The text height in logical pixels of a role of `TYPE_SCALE`."""
        return self.scaled(TYPE_SCALE[role][0] * (TALL_FACTOR if tall else 1))


_DEFAULT = Tokens(LIGHT, TextSize.NORMAL, Path(__file__).resolve().parents[2] / "resources")
_in_force = [_DEFAULT]


def tokens() -> Tokens:
    """The tokens in force; widgets ask each time they paint, so that a change shows at once."""
    return _in_force[0]


def script_is_tall(code: str) -> bool:
    """Whether a language's letters need a size more to read as large as Latin ones."""
    from intake_app.i18n.languages import language

    return language(code).script in TALL_SCRIPTS


def resolve(scheme: Scheme, wish: SystemWish) -> Colours:
    """The palette that a choice comes down to on a computer that is set so."""
    if scheme is Scheme.CONTRAST or (scheme is Scheme.SYSTEM and wish.contrast):
        return HIGH_CONTRAST
    if scheme is Scheme.DARK or (scheme is Scheme.SYSTEM and wish.dark):
        return DARK
    return LIGHT


def apply(
    app: QApplication,
    resources: Path | None = None,
    *,
    size: TextSize | None = None,
    scheme: Scheme | None = None,
    motion: bool | None = None,
    at_once: bool = True,
) -> Tokens:
    """Put fonts, palette and stylesheet on the program; call again at any time to change size, palette or motion.

    What is not named stays as it is. Every widget hears of it through `QEvent.StyleChange`; colours stand in the
    stylesheet, letters each widget takes from `letters`. Where not all has to be done `at_once`, the window answers
    meanwhile and shows how it looks when all of it is done.
    """
    _follow(app.styleHints())
    now, before = tokens(), tokens()
    now = now._replace(size=size or now.size, scheme=scheme or now.scheme, resources=resources or now.resources)
    now = now._replace(colours=resolve(now.scheme, _wish[0]), motion=now.motion if motion is None else motion)
    _in_force[0] = now
    _load_fonts(now.resources / "fonts")
    if not app.property(FUSION):
        # Under a stylesheet the style has another name and cannot be asked; to set it anew costs every widget a while.
        app.setStyle(QStyleFactory.create("Fusion"))
        app.setProperty(FUSION, True)
        app.setFont(_letters_of_all())
    _show(app, now, larger=now.size is not before.size, at_once=at_once)
    _set_motion(app, now.motion)
    return now


def _show(app: QApplication, now: Tokens, *, larger: bool, at_once: bool) -> None:
    """Put palette and stylesheet on the program where they are others, and let widgets take other letters."""
    sheet, first = stylesheet(now), not app.styleSheet()
    repaints = sheet != app.styleSheet()
    if repaints:
        app.setPalette(palette(now.colours))
    if first:
        app.setStyleSheet(sheet)
    if larger:
        QToolTip.setFont(letters("small"))
    if larger or (repaints and not first):
        from intake_app.ui.restyling import restyling

        if repaints and not first:
            _put_another_sheet(app, sheet)
        restyling(app).begin(polish=repaints and not first, at_once=at_once)


def _put_another_sheet(app: QApplication, sheet: str) -> None:
    """Put another stylesheet on a program that has one; each widget is to be polished by it still.

    Qt itself goes through all that was ever styled, and from each of those down through all that stands in it: a widget
    ten deep is styled ten times. With nothing remembered it styles none, and we each one once.
    """
    app.style().unpolish(app)
    app.setStyleSheet(sheet)


def _letters_of_all() -> QFont:
    """What every widget begins with; how large they are follows from its role."""
    font = QFont()
    font.setFamilies(list(FAMILIES))
    font.setPixelSize(TYPE_SCALE["body"][0])
    font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    return font


def letters(role: str, *, tall: bool = False) -> QFont:
    """Size and weight of the letters of a role of `TYPE_SCALE`, now; the families are those of the program.

    They stand in no stylesheet: to set one anew takes Qt a millisecond for each widget there is, in one go.
    """
    font = QFont()
    font.setPixelSize(tokens().text(role, tall=tall))
    font.setBold(TYPE_SCALE[role][1])
    return font


_wish = [SystemWish()]
_followed: list[QStyleHints] = []


def _follow(hints: QStyleHints) -> None:
    """Ask once how the computer is set, and hear of every change from then on."""
    if hints in _followed:
        return
    _followed.append(hints)
    strong = hints.accessibility().contrastPreference() == Qt.ContrastPreference.HighContrast
    _wish[0] = SystemWish(hints.colorScheme() == Qt.ColorScheme.Dark, strong)
    hints.colorSchemeChanged.connect(_colour_scheme_changed)
    hints.accessibility().contrastPreferenceChanged.connect(_contrast_changed)


def _colour_scheme_changed(wanted: Qt.ColorScheme) -> None:
    _system_wishes(_wish[0]._replace(dark=wanted == Qt.ColorScheme.Dark))


def _contrast_changed(wanted: Qt.ContrastPreference) -> None:
    _system_wishes(_wish[0]._replace(contrast=wanted == Qt.ContrastPreference.HighContrast))


def _system_wishes(wish: SystemWish) -> None:
    _wish[0] = wish
    now, app = tokens(), QApplication.instance()
    if isinstance(app, QApplication) and resolve(now.scheme, wish) is not now.colours:
        apply(app, at_once=False)


_BLINK: list[int] = []


def _set_motion(app: QApplication, motion: bool) -> None:
    """Where nothing may move, the cursor does not blink and lists do not slide open."""
    if not _BLINK:
        _BLINK.append(app.cursorFlashTime())
    app.setCursorFlashTime(_BLINK[0] if motion else 0)
    for effect in (Qt.UIEffect.UI_AnimateMenu, Qt.UIEffect.UI_AnimateCombo, Qt.UIEffect.UI_AnimateTooltip):
        app.setEffectEnabled(effect, motion)


_loaded: set[Path] = set()


def _load_fonts(folder: Path) -> None:
    for path in sorted(folder.glob("*.ttf")):
        if path not in _loaded:
            _loaded.add(path)
            QFontDatabase.addApplicationFont(str(path))


def palette(colours: Colours) -> QPalette:
    """The colours for everything Fusion paints itself."""
    made = QPalette()
    roles = {
        QPalette.ColorRole.Window: colours.ground,
        QPalette.ColorRole.Base: colours.surface,
        QPalette.ColorRole.AlternateBase: colours.sunken,
        QPalette.ColorRole.Button: colours.surface,
        QPalette.ColorRole.WindowText: colours.ink,
        QPalette.ColorRole.Text: colours.ink,
        QPalette.ColorRole.ButtonText: colours.ink,
        QPalette.ColorRole.PlaceholderText: colours.ink_soft,
        QPalette.ColorRole.ToolTipBase: colours.ink,
        QPalette.ColorRole.ToolTipText: colours.surface,
        QPalette.ColorRole.Highlight: colours.primary,
        QPalette.ColorRole.HighlightedText: colours.primary_ink,
        QPalette.ColorRole.Link: colours.primary,
    }
    for role, colour in roles.items():
        made.setColor(role, QColor(colour))
    for role in (QPalette.ColorRole.WindowText, QPalette.ColorRole.Text, QPalette.ColorRole.ButtonText):
        made.setColor(QPalette.ColorGroup.Disabled, role, QColor(colours.off_ink))
    return made


def stylesheet(of: Tokens) -> str:
    """The one stylesheet: `styles/app.qss` with the tokens filled in."""
    template = Template((of.resources / "styles" / "app.qss").read_text(encoding="utf-8"))
    values: dict[str, object] = dict(of.colours._asdict())
    values.update(
        text_roles=_text_roles(of),
        radius=f"{RADIUS}px",
        radius_small=f"{RADIUS // 2}px",
        target=f"{TARGET}px",
        edge_width="2px" if of.high_contrast else "1px",
        icons=(of.resources / "icons").as_posix(),
    )
    return template.substitute(values)


def _text_roles(of: Tokens) -> str:
    rules = []
    for role, (_, _, colour) in TYPE_SCALE.items():
        rules.append(f'QLabel[role="{role}"] {{ color: {getattr(of.colours, colour)}; background: transparent; }}')
    return "\n".join(rules)
