"""What a person may do at this PC: which rooms their rail shows."""

from enum import Enum

from sync.officefile_entries import Role


class Room(Enum):
    """A room of the window that not everybody has; everyone has the rest."""

    OFFICE = "the coordinator's desk (Kantor)"
    STUDIO = "the trainer's workshop (Studio)"
    GRADING = "the trainer's queue (Penilaian)"
    JURY = "the jury's table (Penjurian)"
    CENTRE = "the central administration (Pusat)"


_ROOMS = {
    Role.LEARNER: frozenset[Room](),
    Role.COORDINATOR: frozenset({Room.OFFICE}),
    Role.TRAINER: frozenset({Room.STUDIO, Room.GRADING}),
    Role.MENTOR: frozenset[Room](),
    Role.JURY: frozenset({Room.JURY}),
    Role.ADMIN: frozenset({Room.CENTRE}),
    Role.GUEST: frozenset[Room](),
}


def role_of(word: str) -> Role:
    """Read a role as it travels; a word from a newer office file is a learner here, never more."""
    return next((role for role in Role if role.value == word), Role.LEARNER)


def rooms_of(role: Role, *, proven: bool) -> frozenset[Room]:
    """Tell the extra rooms of a role. Roles add up: everybody is a learner first.

    `proven` is whether the person's keys are believed (a coordinator's code was typed, or somebody vouched):
    a NIP alone opens no room in which others' work lies.
    """
    return _ROOMS[role] if proven else frozenset()
