"""Who is counted in reports and hours: the office's own people, not those here for a role alone. Pure."""

from collections.abc import Iterable
from typing import Protocol, TypeVar

_GUEST = "guest"
_BY_ROLE = frozenset({"mentor", "jury"})


class Listed(Protocol):
    """What a line of a roster or a report says of somebody."""

    @property
    def role(self) -> str:
        """Their role, as the office file has it."""

    @property
    def nip_tail(self) -> str:
        """The last digits of their NIP; empty for who has none."""


L = TypeVar("L", bound=Listed)


def is_staff(one: Listed) -> bool:
    """Whether somebody owes hours here: no guest, and no mentor or jury who has no NIP.

    Whoever has no NIP yet and is to learn here (a learner who was added by hand) is one of the office.
    """
    return one.role != _GUEST and (bool(one.nip_tail) or one.role not in _BY_ROLE)


def staff(lines: Iterable[L]) -> list[L]:
    """Keep those who are counted, in their order."""
    return [one for one in lines if is_staff(one)]
