"""How a page looks: the window's own colours and type as one style sheet, and its icons."""

import base64
import hashlib
import json
from functools import cache
from importlib.resources import files

_FLAME = (
    "M13 1.5c.7 4 6.4 6.2 6.4 11.9A6.8 6.8 0 0 1 12.6 20.3 6.8 6.8 0 0 1 5.8 13.5c0-2.8 1.5-4.6 2.9-6"
    " .4 1.8 1.1 2.8 2.1 3.1C10.3 7.2 11.3 3.9 13 1.5z"
)
_HEART = (
    "M12.8 12.2c.3 1.5 1.9 2.2 1.9 4a2.2 2.2 0 0 1-4.4 0c0-1.2.7-1.7 1.2-2.3.3.5.6.7.8.7 0-.9.1-1.7.5-2.4z"
)
_GRIP = "M9.3 26.6h6.6l-1.5 6.9a1 1 0 0 1-1 .8h-1.6a1 1 0 0 1-1-.8z"
_TORCH = (
    '<svg xmlns="http://www.w3.org/2000/svg" class="mark" viewBox="5 .6 15 35" aria-hidden="true">'
    f'<path fill="{{ember}}" d="{_FLAME}"/><path fill="{{heart}}" d="{_HEART}"/>'
    f'<path fill="{{grip}}" d="{_GRIP}"/><path d="M6.8 23.4h11.6" fill="none" stroke="{{grip}}"'
    ' stroke-width="2.6" stroke-linecap="round"/></svg>'
)


@cache
def sheet() -> str:
    """Return the style sheet: light, dark where the browser asks for it, high contrast likewise."""
    looks = _tokens()["colours"]
    rules = files("resources").joinpath("style", "page.css").read_text("utf-8")
    dark, contrast = _variables(looks["dark"]), _variables(looks["contrast"])
    return (
        f":root{{color-scheme:light dark;{_variables(looks['light'])}}}"
        f"@media (prefers-color-scheme:dark){{:root{{{dark}}}}}"
        f"@media (prefers-contrast:more){{:root{{{contrast}}}}}"
        f"{rules}"
    )


@cache
def sheet_source() -> str:
    """Return how a content policy names this one sheet, so that no other style counts."""
    return f"'sha256-{base64.b64encode(hashlib.sha256(sheet().encode()).digest()).decode()}'"


@cache
def icon(name: str) -> str:
    """Return one of the window's icons as SVG that takes the colour of the words beside it."""
    drawing = files("resources").joinpath("icons", f"{name}.svg").read_text("utf-8").strip()
    return drawing.replace("<svg ", '<svg aria-hidden="true" ', 1)


@cache
def torch() -> str:
    """Return the mark of Suluh for the dark band on top."""
    return _TORCH.format(ember="var(--ember)", heart="var(--rail)", grip="var(--rail_on)")


@cache
def tab_icon() -> str:
    """Return the mark as a data address for the browser's tab."""
    light = _tokens()["colours"]["light"]
    drawn = _TORCH.format(ember=light["ember"], heart=light["rail"], grip=light["rail"])
    return "data:image/svg+xml;base64," + base64.b64encode(drawn.encode()).decode()


@cache
def _tokens() -> dict[str, dict[str, dict[str, str]]]:
    """Read the window's token file."""
    text = files("resources").joinpath("style", "tokens.json").read_text("utf-8")
    found: dict[str, dict[str, dict[str, str]]] = json.loads(text)
    return found


def _variables(colours: dict[str, str]) -> str:
    return "".join(
        f"--{name}:{value};" for name, value in colours.items() if isinstance(value, str) and len(value) == 7
    )
