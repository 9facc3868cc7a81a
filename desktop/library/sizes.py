"""Sizes in words: the same rounding wherever a person reads about space."""


def size_text(size: int) -> str:
    """Write bytes as people read them, with a decimal comma: "48 MB", "1,2 GB", "12 kB"."""
    for unit, scale in (("GB", 1000**3), ("MB", 1000**2), ("kB", 1000)):
        if size >= scale:
            value = size / scale
            # Under ten one decimal tells something; above it only suggests a precision nobody has.
            text = f"{value:.1f}".replace(".", ",") if value < 10 else f"{value:.0f}"
            return f"{text.removesuffix(',0')} {unit}"
    return f"{size} B"
