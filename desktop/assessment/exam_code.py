"""The code a proctored attempt begins with: made and checked offline, for one person, quiz, day and office.

Both ends derive it from the office file, which every PC of the office has. So it is a hurdle and no wall: who
reads that file with this program's source can derive it too. What proves an exam is the signed list of its
proctor; resources/decisions/quizzes.md says what that is worth.
"""

import hmac
from dataclasses import dataclass
from datetime import date

from sync.officefile import OfficeFile
from sync.officefile_codes import clean_code, code_of

LENGTH = 8
"""Characters of a code, five bits each."""
SITTINGS = 9
"""Most exams of one quiz on one day."""
_FAR = 400
"""Days before and after today among which a code of another day is recognised, to say which day it is for."""


@dataclass(frozen=True, slots=True)
class Spot:
    """What a code was made for: the day and the how manieth exam of the quiz on that day, from 1."""

    day: date
    sitting: int


def exam_code(office: OfficeFile, activity: str, spot: Spot, person: bytes) -> str:
    """Derive the code of one person."""
    return _written(_mac(office, activity, person), spot)


def read_code(office: OfficeFile, activity: str, person: bytes, typed: str, today: date) -> Spot | None:
    """Tell for which day and exam a typed code was made, nearest days first; None for no code of this person.

    Whoever asks must still look whether that day is today.
    """
    code = clean_code(typed)
    if len(code) != LENGTH:
        return None
    mac = _mac(office, activity, person)
    for away in range(_FAR + 1):
        for ordinal in {today.toordinal() + away, today.toordinal() - away}:
            if not 0 < ordinal <= date.max.toordinal():
                continue
            for sitting in range(1, SITTINGS + 1):
                spot = Spot(date.fromordinal(ordinal), sitting)
                if hmac.compare_digest(_written(mac, spot), code):
                    return spot
    return None


def _mac(office: OfficeFile, activity: str, person: bytes) -> hmac.HMAC:
    key = hmac.digest(office.header.salt, b"suluh exam key 1\0" + office.header.office, "sha256")
    return hmac.new(key, b"suluh exam code 1\0" + person + activity.encode() + b"\0", "sha256")


def _written(mac: hmac.HMAC, spot: Spot) -> str:
    made = mac.copy()
    made.update(f"{spot.day.toordinal()}.{spot.sitting}".encode("ascii"))
    return code_of(int.from_bytes(made.digest()[:5], "big"), LENGTH)
