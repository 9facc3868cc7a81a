"""Which names a pack may use: an ASCII allow-list, the same when a pack is made and when it is received."""

import re

MEDIA_TYPES = {
    "md": "text/markdown",
    "gift": "text/x-gift",
    "soal": "application/x-suluh-soal",  # questions with their keys sealed
    "vtt": "text/vtt",
    "svg": "image/svg+xml",
    "png": "image/png",
    "jpg": "image/jpeg",
    "jpeg": "image/jpeg",
    "webp": "image/webp",
    "pdf": "application/pdf",
    "mp4": "video/mp4",
    "webm": "video/webm",
    "mp3": "audio/mpeg",
    "m4a": "audio/mp4",
    "ogg": "audio/ogg",
    "opus": "audio/ogg",
}
MAX_PATH = 160
MAX_DEPTH = 6

_PART = re.compile(r"[a-z0-9](?:[a-z0-9._-]{0,62}[a-z0-9])?\Z")
_ID = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,62}[a-z0-9])?\Z")
_PACK = re.compile(r"[a-z0-9](?:[a-z0-9.-]{0,62}[a-z0-9])?\Z")
# Names that Windows gives to devices, whatever the extension.
_DEVICES = frozenset(
    {"con", "prn", "aux", "nul", *(f"{port}{n}" for port in ("com", "lpt") for n in range(10))}
)


def is_object_path(path: str) -> bool:
    """Tell whether `path` may name an object of a pack: lower-case ASCII, a known extension."""
    parts = path.split("/")
    return (
        len(path) <= MAX_PATH
        and len(parts) <= MAX_DEPTH
        and all(
            _PART.match(part) and ".." not in part and part.split(".")[0] not in _DEVICES for part in parts
        )
        and media_type(path) is not None
    )


def is_id(text: str) -> bool:
    """Tell whether `text` may name a module or an activity."""
    return bool(_ID.match(text))


def is_pack_id(text: str) -> bool:
    """Tell whether `text` may name a course, and so its pack; a publisher's prefix may end in a dot."""
    return bool(_PACK.match(text)) and ".." not in text


def media_type(path: str) -> str | None:
    """Return the media type a path's extension stands for, None where a pack may not carry such a file."""
    _, dot, extension = path.rpartition(".")
    return MEDIA_TYPES.get(extension) if dot else None
