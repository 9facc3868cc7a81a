"""Build hook: cuts the bundled fonts and compiles the catalogues, for wheels and editable installs alike."""

from __future__ import annotations

import importlib.resources
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

WEIGHTS = {"Regular": 400, "SemiBold": 600}
# Latin with regional and European letters, typographic signs, arrows, and the few symbols our texts use.
RANGES = (
    (0x0020, 0x007E),
    (0x00A0, 0x024F),
    (0x02C6, 0x02DD),
    (0x0300, 0x036F),
    (0x1E00, 0x1EFF),
    (0x2000, 0x206F),
    (0x2070, 0x209F),
    (0x20A0, 0x20BF),
    (0x2100, 0x214F),
    (0x2150, 0x215F),
    (0x2190, 0x21FF),
    (0x2200, 0x22FF),
    (0x25A0, 0x25FF),
)
FEATURES = ("kern", "liga", "mark", "mkmk", "ccmp", "locl", "tnum", "lnum", "case")


def cut_fonts(target: Path) -> list[Path]:
    """Cut static Regular and SemiBold, Latin only, out of the variable Noto Sans.

    Qt takes Bold for SemiBold from the variable file, so each weight is its own small face. A face that is
    already there stays: the source package is pinned, and cutting takes seconds.
    """
    made = []
    for style, weight in WEIGHTS.items():
        file = target / f"NotoSans-{style}.ttf"
        if not file.is_file():
            _cut(file, style, weight)
        made.append(file)
    return made


def _cut(file: Path, style: str, weight: int) -> None:
    from fontTools.subset import Options, Subsetter  # noqa: PLC0415 - only when a face must be cut
    from fontTools.ttLib import TTFont  # noqa: PLC0415
    from fontTools.varLib.instancer import instantiateVariableFont  # noqa: PLC0415

    source = importlib.resources.files("fontpkg_noto_sans") / "files" / "NotoSans[wdth,wght].ttf"
    with importlib.resources.as_file(source) as variable:
        font = TTFont(variable)
        options = Options(layout_features=list(FEATURES), notdef_outline=True, hinting=True, name_IDs=["*"])
        wanted = [code for first, last in RANGES for code in range(first, last + 1)]
        # Subset first: fewer outlines to instantiate.
        subsetter = Subsetter(options)
        subsetter.populate(unicodes=wanted)
        subsetter.subset(font)
        font = instantiateVariableFont(font, {"wght": weight, "wdth": 100}, inplace=True)
    _rename(font, style, weight)
    file.parent.mkdir(parents=True, exist_ok=True)
    part = file.with_suffix(".part")
    font.save(part)
    part.replace(file)


def _rename(font: Any, style: str, weight: int) -> None:
    """Name the face so that every platform finds SemiBold under the family `Noto Sans`."""
    names = font["name"]
    regular = style == "Regular"
    texts = {
        1: "Noto Sans" if regular else f"Noto Sans {style}",
        2: "Regular",
        3: f"Suluh;NotoSans-{style}",
        4: f"Noto Sans {style}",
        6: f"NotoSans-{style}",
        16: "Noto Sans",
        17: style,
    }
    for number in (21, 22, 25):
        names.removeNames(nameID=number)
    for number, text in texts.items():
        names.removeNames(nameID=number)
        names.setName(text, number, 3, 1, 0x409)
    font["OS/2"].usWeightClass = weight
    font["OS/2"].fsSelection = (font["OS/2"].fsSelection & ~0x61) | (0x40 if regular else 0)
    font["head"].macStyle = 0
    if "STAT" in font:
        del font["STAT"]


def compile_catalogues(folder: Path) -> list[Path]:
    """Compile each `XX.po` to `XX/LC_MESSAGES/suluh.mo`, where gettext looks."""
    from babel.messages.mofile import write_mo  # noqa: PLC0415
    from babel.messages.pofile import read_po  # noqa: PLC0415

    made = []
    for source in sorted(folder.glob("*.po")):
        with source.open("rb") as stream:
            catalogue = read_po(stream, locale=source.stem)
        file = folder / source.stem / "LC_MESSAGES" / "suluh.mo"
        file.parent.mkdir(parents=True, exist_ok=True)
        with file.open("wb") as stream:
            write_mo(stream, catalogue)
        made.append(file)
    return made


class ResourcesHook(BuildHookInterface[Any]):
    """What hatchling runs before it collects the files of a wheel, also for `pip install -e`."""

    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Make fonts and catalogues in place and list them as part of the wheel."""
        del version
        if self.target_name != "wheel":
            return
        root = Path(self.root)
        made = cut_fonts(root / "resources" / "fonts") + compile_catalogues(root / "resources" / "i18n")
        build_data["artifacts"] += [f"/{file.relative_to(root).as_posix()}" for file in made]
