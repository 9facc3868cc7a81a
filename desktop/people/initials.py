"""The letters on the tile of a person."""


def initials(name: str) -> str:
    """Give the two letters of a tile: of the first and the last word, or of the only one."""
    words = [word for word in name.split() if word[0].isalnum()]
    if not words:
        return "?"
    first, last = words[0], words[-1]
    return (first[:1] + last[:1] if len(words) > 1 else first[:2]).upper()
