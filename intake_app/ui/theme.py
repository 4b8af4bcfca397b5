"""The design tokens (colours, grid, type scale, sizes) and what turns them into a palette, fonts and one stylesheet."""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace
from enum import Enum
from pathlib import Path
from string import Template

from PySide6.QtGui import QColor, QFont, QFontDatabase, QPalette
from PySide6.QtWidgets import QApplication, QStyleFactory

from intake_app.i18n.languages import language

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


class TextSize(Enum):
    """The four live text sizes, each a factor on the whole type scale."""

    NORMAL = 1.0
    LARGE = 1.15
    LARGER = 1.35
    LARGEST = 1.6


@dataclass(frozen=True)
class Colours:
    """Named colours; `CONTRAST_RULES` says which stand on which, and how much they must differ."""

    ground: str
    surface: str
    sunken: str
    ink: str
    ink_soft: str
    line: str
    edge: str
    primary: str
    primary_strong: str
    primary_ink: str
    primary_soft: str
    primary_tint: str
    accent: str
    accent_soft: str
    accent_ink: str
    focus: str
    info: str
    info_soft: str
    good: str
    good_soft: str
    warning: str
    warning_soft: str
    error: str
    error_soft: str
    off_ink: str
    off: str


LIGHT = Colours(
    ground="#F6F3EC",
    surface="#FFFFFF",
    sunken="#ECE7DC",
    ink="#17282D",
    ink_soft="#46575D",
    line="#DDD6C8",
    edge="#7C8A8C",
    primary="#0B625C",
    primary_strong="#074640",
    primary_ink="#FFFFFF",
    primary_soft="#DCEFEB",
    primary_tint="#F0F8F6",
    accent="#E08A2C",
    accent_soft="#FCEBD5",
    accent_ink="#7A4200",
    focus="#1D4ED8",
    info="#1F4B87",
    info_soft="#E6EEF9",
    good="#1C633A",
    good_soft="#E3F3E8",
    warning="#7A4A00",
    warning_soft="#FFF1D6",
    error="#9B2423",
    error_soft="#FCE9E6",
    off_ink="#6B787B",
    off="#EFECE5",
)

HIGH_CONTRAST = Colours(
    ground="#FFFFFF",
    surface="#FFFFFF",
    sunken="#F0F0F0",
    ink="#000000",
    ink_soft="#1A1A1A",
    line="#000000",
    edge="#000000",
    primary="#003B36",
    primary_strong="#001F1C",
    primary_ink="#FFFFFF",
    primary_soft="#FFEB80",
    primary_tint="#FFF8D6",
    accent="#8A4B00",
    accent_soft="#FFF3CC",
    accent_ink="#4A2800",
    focus="#0000D6",
    info="#002B66",
    info_soft="#FFFFFF",
    good="#003D1B",
    good_soft="#FFFFFF",
    warning="#4A2C00",
    warning_soft="#FFFFFF",
    error="#7A0000",
    error_soft="#FFFFFF",
    off_ink="#4D4D4D",
    off="#F0F0F0",
)

CONTRAST_RULES: tuple[tuple[str, str, float], ...] = (
    *((ink, ground, 4.5) for ink in ("ink", "ink_soft") for ground in ("ground", "surface", "sunken", "primary_soft")),
    *(("ink", ground, 7.0) for ground in ("ground", "surface", "primary_soft", "primary_tint", "accent_soft")),
    *((kind, f"{kind}_soft", 4.5) for kind in ("info", "good", "warning", "error")),
    *(("ink", f"{kind}_soft", 7.0) for kind in ("info", "good", "warning", "error")),
    *(("ink_soft", ground, 4.5) for ground in ("primary_tint", "accent_soft")),
    ("primary_ink", "primary", 4.5),
    ("primary_ink", "primary_strong", 4.5),
    ("primary", "surface", 4.5),
    ("primary", "ground", 4.5),
    ("primary", "primary_soft", 4.5),
    ("accent_ink", "accent_soft", 4.5),
    ("off_ink", "off", 3.0),
    *(("edge", ground, 3.0) for ground in ("ground", "surface")),
    *(("focus", ground, 3.0) for ground in ("ground", "surface", "sunken")),
    *((kind, "surface", 4.5) for kind in ("info", "good", "warning", "error")),
)
"""(ink, ground, least ratio): WCAG 2.2 criteria 1.4.3 (4.5), 1.4.6 (7) for texts of the talk, 1.4.11 (3) for edges."""

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


@dataclass(frozen=True)
class Tokens:
    """The tokens in force: colours, text size and the folder of icons, pictograms, fonts and styles."""

    colours: Colours
    size: TextSize
    resources: Path

    @property
    def high_contrast(self) -> bool:
        """Whether edges are drawn heavier and colour is never needed to tell things apart."""
        return self.colours is HIGH_CONTRAST

    def scaled(self, pixels: float) -> int:
        """A length that grows with the text size."""
        return round(pixels * self.size.value)

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
    return language(code).script in TALL_SCRIPTS


def apply(
    app: QApplication, resources: Path | None = None, *, size: TextSize | None = None, contrast: bool | None = None
) -> Tokens:
    """Put fonts, palette and stylesheet on the program; call again at any time to change size or contrast.

    What is not named stays as it is. Every widget hears of it through `QEvent.StyleChange`.
    """
    now = tokens()
    if contrast is not None:
        now = replace(now, colours=HIGH_CONTRAST if contrast else LIGHT)
    now = replace(now, size=size or now.size, resources=resources or now.resources)
    _in_force[0] = now
    _load_fonts(now.resources / "fonts")
    if app.style().name() != "fusion":
        app.setStyle(QStyleFactory.create("Fusion"))
    font = QFont()
    font.setFamilies(list(FAMILIES))
    font.setPixelSize(now.text("body"))
    font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    app.setFont(font)
    app.setPalette(palette(now.colours))
    app.setStyleSheet(stylesheet(now))
    return now


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
    values: dict[str, object] = dict(asdict(of.colours))
    values.update({f"size_{role}": f"{of.text(role)}px" for role in TYPE_SCALE})
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
    for role, (_, bold, colour) in TYPE_SCALE.items():
        weight = "bold" if bold else "normal"
        rules.append(
            f'QLabel[role="{role}"] {{ font-size: {of.text(role)}px; font-weight: {weight};'
            f" color: {getattr(of.colours, colour)}; background: transparent; }}"
        )
        rules.append(f'QLabel[role="{role}"][tall="true"] {{ font-size: {of.text(role, tall=True)}px; }}')
    return "\n".join(rules)


def relative_luminance(colour: str) -> float:
    """The relative luminance, 0 to 1, of a colour written `#RRGGBB` (WCAG 2.2, definition)."""
    parts = [int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast_ratio(one: str, other: str) -> float:
    """The contrast ratio, 1 to 21, of two colours written `#RRGGBB` (WCAG 2.2, definition)."""
    dark, light = sorted((relative_luminance(one), relative_luminance(other)))
    return (light + 0.05) / (dark + 0.05)
