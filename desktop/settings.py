"""What people set for this PC: language, size of text, theme, address of the centre, data a month."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum

SMALLEST_TEXT, LARGEST_TEXT = 90, 200
MOST_DATA = 1_000_000
"""MB: a terabyte a month is no limit any more."""


class Theme(Enum):
    """How the window is coloured; the value is what is written down."""

    LIGHT = "light"
    DARK = "dark"
    CONTRAST = "contrast"


@dataclass(frozen=True, slots=True)
class Settings:
    """The settings of a PC; they hold for everybody who uses it.

    `text_percent` lies between 90 and 200. `server` is an address typed by hand, empty for that of the office
    file. `data_limit` is how many MB a month deliveries may use by themselves (1 MB is 1,000,000 bytes); 0 is
    no limit.
    """

    language: str = "id"
    text_percent: int = 100
    theme: Theme = Theme.LIGHT
    server: str = ""
    data_limit: int = 0


def read_settings(get: Callable[[str, str], str]) -> Settings:
    """Read the settings; whatever cannot be read counts as never set. `get` is `Store.setting`."""
    usual = Settings()
    language = get("language", usual.language)
    percent = get("text_percent", "")
    theme = get("theme", usual.theme.value)
    limit = get("data_limit", "")
    return Settings(
        language=language if language in {"id", "en"} else usual.language,
        text_percent=_bounded(int(percent))
        if percent.isascii() and percent.isdigit()
        else usual.text_percent,
        theme=next((one for one in Theme if one.value == theme), usual.theme),
        server=get("server", usual.server),
        data_limit=min(MOST_DATA, int(limit)) if limit.isascii() and limit.isdigit() else usual.data_limit,
    )


def write_settings(put: Callable[[str, str], None], settings: Settings) -> None:
    """Write the settings; `put` is `Store.put_setting`."""
    put("language", settings.language)
    put("text_percent", str(_bounded(settings.text_percent)))
    put("theme", settings.theme.value)
    put("server", settings.server.strip())
    put("data_limit", str(min(MOST_DATA, max(0, settings.data_limit))))


def _bounded(percent: int) -> int:
    return min(LARGEST_TEXT, max(SMALLEST_TEXT, percent))
