"""What stands in an office file: its clear header, its people, and what a centre drafts it from."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum

import msgspec

from sync.officefile_locks import DEFAULT_COST, Cost


class Role(Enum):
    """What a person may do besides learning; roles travel as these words."""

    LEARNER = "learner"
    COORDINATOR = "coordinator"
    TRAINER = "trainer"
    MENTOR = "mentor"
    JURY = "jury"
    ADMIN = "admin"
    GUEST = "guest"


class NipRecord(msgspec.Struct, frozen=True, omit_defaults=True):
    """One NIP of a person, its kind, and the days (ISO, may be empty) between which it was valid.

    `contract` is the first day of the newest contract under it (ISO), empty where none is known; `earlier`
    are those of contracts before it under the same number, the oldest first.
    """

    nip: str
    kind: str = ""
    valid_from: str = ""
    valid_to: str = ""
    contract: str = ""
    earlier: tuple[str, ...] = ()

    @property
    def contracts(self) -> tuple[str, ...]:
        """The first days of all contracts under this number, the oldest first."""
        return (*self.earlier, self.contract) if self.contract else self.earlier


class Coordinator(msgspec.Struct, frozen=True):
    """A coordinator in clear: a person without a name, public keys, and private keys nobody else opens.

    `wrapped` holds the signing and letter key under the coordinator's long code; `office_keys` holds every
    generation of the office key, sealed to the letter key.
    """

    person: bytes
    signing: bytes
    letter: bytes
    wrapped: bytes
    office_keys: bytes


class PersonEntry(msgspec.Struct, frozen=True):
    """What the office knows of one person.

    `check` tells a mistyped enrolment code (empty: no code needed). `verifier`, by which a proof of the code
    is judged, stands only in what the desk opens. `coordinator` is set for coordinators. `until` is the last
    day of the role (ISO, empty for no end): from the next day on the person is a learner.
    """

    person: bytes
    nips: tuple[NipRecord, ...]
    name: str
    unit: str
    role: str = Role.LEARNER.value
    check: bytes = b""
    verifier: bytes = b""
    coordinator: Coordinator | None = None
    until: str = ""


class Header(msgspec.Struct, frozen=True):
    """Everything in the file, as it is signed. Names: only those of the office, its units and coordinator.

    `recovery` holds every generation of the office's private key under the recovery code on paper; files
    made before there was such a code have none.
    """

    office: bytes
    name: str
    zone: str
    version: int
    issued: int
    coordinator: str
    servers: tuple[str, ...]
    centre: bytes
    centre_letter: bytes
    office_letter: bytes
    generation: int
    units: tuple[str, ...]
    coordinators: tuple[Coordinator, ...]
    salt: bytes
    memory: int
    passes: int
    entries: Mapping[bytes, bytes]
    roster: bytes
    root: bytes
    trust: bytes
    recovery: bytes = b""


@dataclass(frozen=True, slots=True)
class PersonDraft:
    """A person as the centre lists them.

    `verifier` and `coordinator` are what an earlier `EnrolmentCode` gave back: with them no new code is
    drawn, so a later version of the file leaves codes on paper valid. `needs_code` False lets a person sign
    up by NIP alone.
    """

    person: bytes
    nips: tuple[NipRecord, ...]
    name: str
    unit: str
    role: Role = Role.LEARNER
    needs_code: bool = True
    verifier: bytes = b""
    coordinator: Coordinator | None = None
    until: str = ""


@dataclass(frozen=True, slots=True)
class OfficeDraft:
    """All a centre decides about an office.

    `office_keys` maps every generation still in use to its raw private key; the greatest is the current one.
    `salt` is kept from version to version, empty only for the first. `issued` is Unix time in seconds.
    `recovery` is what `close_recovery` gave, kept from version to version as long as the keys are the same.
    """

    office: bytes
    name: str
    zone: str
    version: int
    issued: int
    coordinator: str
    servers: tuple[str, ...]
    centre_letter: bytes
    office_keys: Mapping[int, bytes] = field(repr=False)
    units: tuple[str, ...]
    people: tuple[PersonDraft, ...]
    root: bytes = b""
    trust: bytes = b""
    salt: bytes = b""
    recovery: bytes = b""
    cost: Cost = DEFAULT_COST


@dataclass(frozen=True, slots=True)
class EnrolmentCode:
    """A fresh one-time code: `code` goes on paper, the rest the centre keeps for later versions."""

    person: bytes
    name: str
    code: str = field(repr=False)
    verifier: bytes = field(repr=False)
    coordinator: Coordinator | None = None
