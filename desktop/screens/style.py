"""The look: one token file becomes the palette, the style sheet, fonts and sizes of every screen."""

import json
import re
import sys
from collections.abc import Mapping
from pathlib import Path

from PySide6.QtGui import QColor, QFont, QFontDatabase, QPalette
from PySide6.QtWidgets import QApplication

from desktop.settings import Theme

__all__ = [
    "FAMILY",
    "RESOURCES",
    "SCALE_MAX",
    "SCALE_MIN",
    "Look",
    "Theme",
    "apply",
    "calm_theme",
    "load_fonts",
    "look",
    "palette",
    "sp",
    "style_sheet",
    "tokens",
]

RESOURCES = Path(__file__).resolve().parents[2] / "resources"
SCALE_MIN, SCALE_MAX = 0.9, 2.0
WINDOWS = sys.platform == "win32"
FAMILY = "Segoe UI" if WINDOWS else "Noto Sans"


class Look:
    """The theme and text scale in force; painted widgets ask it each time they paint."""

    def __init__(self, tokens: Mapping[str, object], theme: Theme, scale: float) -> None:
        self.theme = theme
        self.scale = min(SCALE_MAX, max(SCALE_MIN, scale))
        self._type: Mapping[str, tuple[int, int]] = tokens["type"]  # type: ignore[assignment]
        self.hex: Mapping[str, str] = tokens["colours"][theme.value]  # type: ignore[index]
        covers = tokens["covers"][theme.value]  # type: ignore[index]
        self.tints: list[list[str]] = covers["tints"]
        self.deep: list[str] = covers["deep"]
        self._colours: dict[str, QColor] = {}

    @property
    def contrast(self) -> bool:
        """High contrast: outlines carry what tints carry elsewhere."""
        return self.theme is Theme.CONTRAST

    @property
    def border(self) -> int:
        """Width of a card's edge, px."""
        return 2 if self.contrast else 1

    def colour(self, name: str) -> QColor:
        """Colour of a token (`primary`), or of a literal `#RRGGBB`."""
        found = self._colours.get(name)
        if found is None:
            found = QColor(self.hex.get(name, name))
            self._colours[name] = found
        return found

    def sp(self, pixels: float) -> int:
        """A size that grows with the text, in whole px."""
        return round(pixels * self.scale)

    def font(self, role: str) -> QFont:
        """The font of a text role (`title`) of the token file."""
        pixels, weight = self._type[role]
        return self.sized(pixels, weight)

    def sized(self, pixels: float, weight: int = 400) -> QFont:
        """A font of this many px at 100 %, scaled."""
        font = QFont(FAMILY)
        font.setPixelSize(max(1, self.sp(pixels)))
        font.setWeight(QFont.Weight(weight))
        font.setHintingPreference(QFont.HintingPreference.PreferVerticalHinting)
        return font


_state: dict[str, Look] = {}
_state_style: list[str] = []
_tokens: dict[str, object] = {}


def tokens() -> Mapping[str, object]:
    """The token file, read once."""
    if not _tokens:
        _tokens.update(json.loads((RESOURCES / "style" / "tokens.json").read_text("utf-8")))
    return _tokens


def look() -> Look:
    """The look in force (light at 100 % before `apply`)."""
    found = _state.get("look")
    if found is None:
        found = _state["look"] = Look(tokens(), Theme.LIGHT, 1.0)
    return found


def calm_theme() -> Theme:
    """The theme to return to when high contrast is switched off."""
    calm = _state.get("calm")
    return calm.theme if calm is not None else Theme.LIGHT


def sp(pixels: float) -> int:
    """A size that grows with the text, in whole px of the look in force."""
    return look().sp(pixels)


def load_fonts() -> None:
    """Register the bundled Noto Sans; Windows has its own face and needs none."""
    if WINDOWS or "fonts" in _tokens.get("loaded", ""):  # type: ignore[operator]
        return
    tokens()
    _tokens["loaded"] = "fonts"
    for file in sorted((RESOURCES / "fonts").glob("*.ttf")):
        QFontDatabase.addApplicationFont(str(file))


def apply(app: QApplication, theme: Theme, scale: float = 1.0) -> Look:
    """Put a theme and a text scale (0.9 to 2.0) in force for the whole application."""
    chosen = Look(tokens(), theme, scale)
    _state["look"] = chosen
    if theme is not Theme.CONTRAST:
        _state["calm"] = chosen
    if not _state_style and app.style().objectName().lower() != "fusion":
        app.setStyle("Fusion")
    _state_style.append("fusion")  # under a style sheet Qt names its own wrapper
    load_fonts()
    app.setFont(chosen.font("body"))
    app.setPalette(palette(chosen))
    app.setStyleSheet(style_sheet(chosen))
    return chosen


def palette(chosen: Look) -> QPalette:
    """Qt's palette, for the parts a style sheet does not reach (text cursors, selections, menus)."""
    made = QPalette()
    role = QPalette.ColorRole
    pairs = (
        (role.Window, "bg"),
        (role.Base, "surface"),
        (role.AlternateBase, "sunken"),
        (role.Text, "text"),
        (role.WindowText, "text"),
        (role.Button, "surface"),
        (role.ButtonText, "text"),
        (role.Highlight, "selection"),
        (role.HighlightedText, "on_selection"),
        (role.PlaceholderText, "muted"),
        (role.Link, "primary"),
        (role.LinkVisited, "primary"),
        (role.ToolTipBase, "text"),
        (role.ToolTipText, "bg"),
        (role.Mid, "line"),
        (role.Accent, "primary"),
    )
    for colour_role, name in pairs:
        made.setColor(colour_role, chosen.colour(name))
    disabled = QPalette.ColorGroup.Disabled
    for colour_role in (role.Text, role.WindowText, role.ButtonText):
        made.setColor(disabled, colour_role, chosen.colour("muted"))
    return made


def style_sheet(chosen: Look) -> str:
    """The QSS template with `$token` filled in and every `12sp` turned into scaled px."""
    text = (RESOURCES / "style" / "window.qss").read_text("utf-8")
    extra = {
        "family": FAMILY,
        "border": f"{chosen.border}px",
        "box_border": f"{chosen.border if chosen.contrast else 0}px",
        "off_border": "1px dashed" if chosen.contrast else "1px solid",
    }

    def fill(found: re.Match[str]) -> str:
        name = found.group(1)
        return extra.get(name) or chosen.hex[name]

    text = re.sub(r"\$(\w+)", fill, text)
    return re.sub(r"(\d+(?:\.\d+)?)sp\b", lambda found: f"{chosen.sp(float(found.group(1)))}px", text)
