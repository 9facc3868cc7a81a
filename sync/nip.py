"""The NIP of a civil servant: ten rules that catch a typing error before it becomes somebody else's work."""

from dataclasses import dataclass
from datetime import date
from enum import Enum

LENGTH = 18
_SEPARATORS = str.maketrans("", "", " .-\u00a0\u2009\u202f\t")
_PART_TIME_CONTRACTS = frozenset({24})  # seen in one published example of a part-time contract, not confirmed


class NipKind(Enum):
    """What digits 13-14 tell about the holder."""

    PNS = "permanent civil servant: the digits are the month of appointment"
    PPPK = "servant on contract: the digits are a contract number from 21"
    PPPK_PARUH_WAKTU = "servant on a part-time contract"


class NipFault(Enum):
    """Why a NIP is refused."""

    FORMAT = "not 18 digits 0-9 once spaces, dots and hyphens are gone"
    BIRTHDATE = "digits 1-8 are not a day that existed"
    SEX = "digit 15 is neither 1 nor 2"
    SERIAL = "digits 16-18 are 000"
    TMT = "digits 13-14 are neither a month nor a contract number from 21"
    AGE_LOW = "the holder would have been appointed as a child"
    MISMATCH = "the birth date typed again is not the one in digits 1-8"


class NipWarning(Enum):
    """What looks odd about a NIP and is let through."""

    AGE_HIGH = "the holder would have been appointed beyond the usual age"
    TMT_LATER = "the appointment lies after the date this PC can trust"
    NOT_IN_ROSTER = "the office's signed roster does not list it: menunggu verifikasi"


@dataclass(frozen=True, slots=True)
class NipCheck:
    """What the ten rules say about one typed NIP.

    `nip` is the 18 digits without separators, or empty when the format is wrong. `kind` and `birth` are None
    where the digits do not tell. `faults` forbid signing up, `warnings` do not.
    """

    nip: str
    kind: NipKind | None
    birth: date | None
    faults: tuple[NipFault, ...]
    warnings: tuple[NipWarning, ...]

    @property
    def accepted(self) -> bool:
        """Whether its holder may sign up with it."""
        return not self.faults


def clean_nip(text: str) -> str:
    """Return the 18 digits of a typed NIP, empty when it is not 18 ASCII digits (rule 1)."""
    digits = text.translate(_SEPARATORS)
    return digits if len(digits) == LENGTH and digits.isascii() and digits.isdigit() else ""


def kind_of(nip: str) -> NipKind | None:
    """Tell the kind by digits 13-14 of a clean NIP tell, or None (rule 5)."""
    number = int(nip[12:14])
    if 1 <= number <= 12:
        return NipKind.PNS
    if number < 21:
        return None
    return NipKind.PPPK_PARUH_WAKTU if number in _PART_TIME_CONTRACTS else NipKind.PPPK


def birth_of(nip: str) -> date | None:
    """Read the birth date in digits 1-8 of a clean NIP; None when that day never existed (rule 2)."""
    try:
        return date(int(nip[:4]), int(nip[4:6]), int(nip[6:8]))
    except ValueError:
        return None


def check_nip(
    text: str, *, today: date, in_roster: bool | None = None, birth: date | None = None
) -> NipCheck:
    """Apply the ten rules to a typed NIP.

    `today` is the trusted date, never the bare PC clock. `in_roster` is None while this PC has no office:
    nothing is then said about the roster. `birth` is the date the learner typed again, None if not asked.
    Real rosters hold NIPs that break the rules, and the signed roster wins: for one it lists only the format
    and the birth date typed again are judged.
    """
    nip = clean_nip(text)
    if not nip:
        return NipCheck("", None, None, (NipFault.FORMAT,), ())
    born, kind = birth_of(nip), kind_of(nip)
    faults: list[NipFault] = []
    warnings: list[NipWarning] = []
    if not in_roster:
        faults += _impossible(nip, born, kind)
        young, old, later = _ages(nip, born, kind, today)
        faults += [NipFault.AGE_LOW] * young
        warnings += [NipWarning.AGE_HIGH] * old + [NipWarning.TMT_LATER] * later
    if in_roster is False:
        warnings.append(NipWarning.NOT_IN_ROSTER)
    if birth is not None and born is not None and birth != born:
        faults.append(NipFault.MISMATCH)
    return NipCheck(nip, kind, born, tuple(faults), tuple(warnings))


def spaced(nip: str) -> str:
    """Group a clean NIP for reading: birth date, appointment, sex, serial."""
    return f"{nip[:8]} {nip[8:14]} {nip[14]} {nip[15:]}"


def short_form(nip: str) -> str:
    """Show the tail of a clean NIP, for narrow tables: enough to tell two people of one office apart."""
    return f"… {nip[14]} {nip[15:]}"


def _impossible(nip: str, born: date | None, kind: NipKind | None) -> list[NipFault]:
    """Rules 2 to 5: digits that no NIP can have."""
    found = []
    if born is None:
        found.append(NipFault.BIRTHDATE)
    if nip[14] not in "12":
        found.append(NipFault.SEX)
    if nip[15:] == "000":
        found.append(NipFault.SERIAL)
    if kind is None:
        found.append(NipFault.TMT)
    return found


def _ages(nip: str, born: date | None, kind: NipKind | None, today: date) -> tuple[bool, bool, bool]:
    """Rules 6 to 8: too young, too old, appointed later than today; lenient where the month is unknown."""
    year = int(nip[8:12])
    if born is None or kind is None or year == 0:
        return (False, False, False)
    month = int(nip[12:14]) if kind is NipKind.PNS else None
    first, last = date(year, month or 1, 1), date(year, month or 12, 1 if month else 31)
    least, most = (18, 46) if kind is NipKind.PNS else (20, 59)
    return (_age(born, last) < least, _age(born, first) > most, first > today)


def _age(born: date, day: date) -> int:
    """Whole years between two days."""
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))
