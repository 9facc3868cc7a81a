"""How a score is shown: to one decimal, and never as the whole mark that it missed."""


def shown(hundredths: int) -> int:
    """Return the hundredths of a percent that are written: 6666 is 6670, and 6996 stays below 70 with 6990.

    Rounded to tenths, half up, but never up to a whole number: marks are whole, and nobody may read 70 and
    not have passed at 70.
    """
    near = (hundredths + 5) // 10 * 10
    return near if near % 100 or near <= hundredths else hundredths // 10 * 10
