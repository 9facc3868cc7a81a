"""Names as SIMPEG prints them, in capitals and with titles, and when two of them are one name."""

from collections.abc import Iterable


def bare(name: str) -> str:
    """Give a name without titles, in small letters and single spaces, for comparing."""
    return _parts(name)[1].casefold()


def settled(known: str, read: str) -> str:
    """Give the spelling to keep of a name that is known and was read again; the read one where it is another.

    Capitals and missing titles are no change; new titles are taken, beside the known spelling of the name.
    """
    if bare(known) != bare(read):
        return read
    before, name, after = _parts(known)
    first, _, last = _parts(read)
    if (not first and not last) or _letters((first, last)) == _letters((before, after)):
        return known
    return _joined(first, name, last)


def natural(name: str) -> str:
    """Write a name that stands in capitals alone with small letters; titles stay as they were read."""
    before, core, after = _parts(name)
    if core.isupper():
        core = " ".join(word.capitalize() for word in core.split())
    return _joined(before, core, after)


def _parts(name: str) -> tuple[str, str, str]:
    """Take a name apart: titles before it (words with a point), the name, titles after the first comma."""
    core, _, after = " ".join(name.split()).partition(",")
    words = core.split()
    count = 0
    while count < len(words) - 1 and words[count].endswith(".") and len(words[count]) > 2:
        count += 1
    return " ".join(words[:count]), " ".join(words[count:]), after.strip()


def _joined(before: str, name: str, after: str) -> str:
    front = f"{before} {name}".strip()
    return f"{front}, {after}" if after else front


def _letters(parts: Iterable[str]) -> str:
    return "|".join("".join(filter(str.isalnum, part.casefold())) for part in parts)
