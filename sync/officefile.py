"""The office file: who works here, who coordinates, and which keys and servers this office believes."""

import os
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import TypeVar

import msgspec

from sync.journal.keys import LetterKey, SigningKey, VerifyKey
from sync.journal.sealing import seal, unseal
from sync.officefile_codes import (
    COORDINATOR_LENGTH,
    LEARNER_LENGTH,
    RECOVERY_LENGTH,
    clean_code,
    enrolment_check,
    enrolment_verifier,
    new_code,
)
from sync.officefile_entries import (
    Coordinator,
    EnrolmentCode,
    Header,
    NipRecord,
    OfficeDraft,
    PersonDraft,
    PersonEntry,
    Role,
)
from sync.officefile_locks import Cost, Lock, close, code_key, code_lock_of, lock_of, open_closed
from sync.refusal import Code, Refusal

MAGIC = b"SULUH-KANTOR\x01"
SIGNED = b"suluh office file 1\0"
ROSTER = b"suluh roster 1"
OFFICE_KEYS = b"suluh office keys 1"
SIZE_LIMIT = 32 * 1024 * 1024
_T = TypeVar("_T")
__all__ = [
    "Coordinator",
    "CoordinatorKeys",
    "Cost",
    "EnrolmentCode",
    "NipRecord",
    "OfficeDraft",
    "OfficeFile",
    "PersonDraft",
    "PersonEntry",
    "RecoveryCode",
    "Role",
    "close_recovery",
    "read_office",
    "unlock_coordinator",
    "unlock_recovery",
    "write_office",
]


@dataclass(frozen=True, slots=True)
class CoordinatorKeys:
    """The private keys a coordinator's long code opens; `office` maps each generation to its key."""

    signing: SigningKey
    letter: LetterKey
    office: Mapping[int, LetterKey]


@dataclass(frozen=True, slots=True)
class RecoveryCode:
    """A fresh recovery code: `code` goes on paper into a safe, `closed` into the office file."""

    code: str = field(repr=False)
    closed: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class OfficeFile:
    """A verified office file. `raw` is the signed file itself, which travels on unchanged."""

    header: Header
    raw: bytes = field(repr=False)

    def find(self, nip: str) -> PersonEntry | None:
        """Find the person with this clean NIP; None if the roster lists no such NIP. Takes about 0.2 s."""
        return self._open(lock_of(nip, self.header.salt, self._cost))

    def find_by_code(self, verifier: bytes) -> PersonEntry | None:
        """Find the person without NIP whose enrolment code has this verifier; None for nobody. 0.2 s."""
        return self._open(code_lock_of(verifier, self.header.salt, self._cost))

    @property
    def _cost(self) -> Cost:
        return Cost(self.header.memory, self.header.passes)

    def _open(self, lock: Lock) -> PersonEntry | None:
        closed = self.header.entries.get(lock.tag)
        data = None if closed is None else open_closed(lock.key, closed, self.header.office)
        return None if data is None else self._with_keys(_decode(data, PersonEntry))

    def desk(self, office_key: LetterKey) -> tuple[PersonEntry, ...]:
        """Open the whole roster with the office key. Raises Refusal when the key is of another generation."""
        data = unseal(self.header.roster, office_key, ROSTER + self.header.office)
        people = _decode(data, tuple[PersonEntry, ...])
        return tuple(self._with_keys(entry) for entry in people)

    def office_keys(self, person: bytes, letter: LetterKey) -> Mapping[int, LetterKey]:
        """Open every generation of the office key this coordinator was given; none for another letter key."""
        for coordinator in self.header.coordinators:
            if coordinator.person == person and coordinator.letter == letter.public:
                return _office_keys(coordinator, letter)
        return {}

    def _with_keys(self, entry: PersonEntry) -> PersonEntry:
        mine = next((one for one in self.header.coordinators if one.person == entry.person), None)
        return entry if mine is None else msgspec.structs.replace(entry, coordinator=mine)


def read_office(data: bytes, centre_public: bytes | None = None) -> OfficeFile:
    """Verify an office file and read its clear header.

    Without `centre_public` the file is believed by the key it names itself: trust on first use, for a PC that
    knows no centre yet. Raises Refusal: MALFORMED for a damaged or foreign file, SIGNATURE for a forged one.
    """
    if len(data) > SIZE_LIMIT or not data.startswith(MAGIC):
        raise Refusal(Code.MALFORMED, what="office")
    signature, body = data[len(MAGIC) : len(MAGIC) + 64], data[len(MAGIC) + 64 :]
    header = _decode(body, Header)
    if centre_public is not None and header.centre != centre_public:
        raise Refusal(Code.SIGNATURE, what="office")
    VerifyKey(header.centre).verify(signature, SIGNED + body)
    sizes = (len(header.office), len(header.salt), len(header.centre_letter), len(header.office_letter))
    if sizes != (16, 16, 32, 32) or not Cost(header.memory, header.passes).bearable:
        raise Refusal(Code.MALFORMED, what="office")
    return OfficeFile(header, data)


def write_office(draft: OfficeDraft, centre: SigningKey) -> tuple[bytes, tuple[EnrolmentCode, ...]]:
    """Write and sign an office file; gives it with the codes that were drawn for people who had none.

    Who has no NIP is found by their code. A NIP that two people of the draft share is refused (MALFORMED): it
    would open only one of them. Takes about 0.2 s of one core for each NIP.
    """
    salt = draft.salt or os.urandom(16)
    nips = [record.nip for person in draft.people for record in person.nips]
    if len(set(nips)) != len(nips):
        raise Refusal(Code.MALFORMED, what="roster")
    issued = tuple(_enrol(person, draft) for person in draft.people)
    entries = tuple(entry for entry, _ in issued)
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        locked = {
            lock.tag: close(lock.key, msgspec.msgpack.encode(_for_owner(entry)), draft.office)
            for found in pool.map(lambda entry: _locks(entry, salt, draft.cost), entries)
            for lock, entry in found
        }
    generation = max(draft.office_keys)
    office_letter = LetterKey(draft.office_keys[generation]).public
    desk = tuple(msgspec.structs.replace(entry, coordinator=None) for entry in entries)
    header = Header(
        office=draft.office,
        name=draft.name,
        zone=draft.zone,
        version=draft.version,
        issued=draft.issued,
        coordinator=draft.coordinator,
        servers=draft.servers,
        centre=centre.public,
        centre_letter=draft.centre_letter,
        office_letter=office_letter,
        generation=generation,
        units=draft.units,
        coordinators=tuple(entry.coordinator for entry in entries if entry.coordinator is not None),
        salt=salt,
        memory=draft.cost.memory,
        passes=draft.cost.passes,
        entries={tag: locked[tag] for tag in sorted(locked)},
        roster=seal(msgspec.msgpack.encode(desk), (office_letter,), ROSTER + draft.office),
        root=draft.root,
        trust=draft.trust,
        recovery=draft.recovery,
    )
    body = msgspec.msgpack.encode(header)
    return MAGIC + centre.sign(SIGNED + body) + body, tuple(code for _, code in issued if code is not None)


def unlock_coordinator(entry: PersonEntry, code: str) -> CoordinatorKeys | None:
    """Open a coordinator's private keys with the long code; None when code or person is not right."""
    mine, typed = entry.coordinator, clean_code(code)
    data = None if mine is None else open_closed(code_key(typed, mine.person), mine.wrapped, mine.person)
    if mine is None or data is None:
        return None
    signing, letter = _decode(data, tuple[bytes, bytes])
    keys = LetterKey(letter)
    return CoordinatorKeys(SigningKey(signing), keys, _office_keys(mine, keys))


def close_recovery(office: bytes, keys: Mapping[int, bytes]) -> RecoveryCode:
    """Draw a code that opens the office's private keys without the centre and without any coordinator."""
    code = new_code(RECOVERY_LENGTH)
    return RecoveryCode(code, close(code_key(code, office), msgspec.msgpack.encode(dict(keys)), office))


def unlock_recovery(office: OfficeFile, code: str) -> Mapping[int, LetterKey]:
    """Open every generation of the office key with the recovery code; none when it is not the right one."""
    header, typed = office.header, clean_code(code)
    if not header.recovery or len(typed) != RECOVERY_LENGTH:
        return {}
    data = open_closed(code_key(typed, header.office), header.recovery, header.office)
    found = {} if data is None else _decode(data, dict[int, bytes])
    return {generation: LetterKey(raw) for generation, raw in found.items()}


def _office_keys(coordinator: Coordinator, letter: LetterKey) -> Mapping[int, LetterKey]:
    data = unseal(coordinator.office_keys, letter, OFFICE_KEYS + coordinator.person)
    return {generation: LetterKey(raw) for generation, raw in _decode(data, dict[int, bytes]).items()}


def _decode(data: bytes, kind: type[_T]) -> _T:
    try:
        return msgspec.msgpack.decode(data, type=kind)
    except (msgspec.DecodeError, msgspec.ValidationError, UnicodeDecodeError, RecursionError) as fault:
        raise Refusal(Code.MALFORMED, what="office") from fault


def _enrol(person: PersonDraft, draft: OfficeDraft) -> tuple[PersonEntry, EnrolmentCode | None]:
    """Make a person's entry, drawing a code and a coordinator's keys where the draft brings none."""
    leads = person.role is Role.COORDINATOR
    code, verifier, coordinator = "", person.verifier, person.coordinator
    if (leads and coordinator is None) or (person.needs_code and not verifier):
        code = new_code(COORDINATOR_LENGTH if leads else LEARNER_LENGTH)
        verifier, coordinator = enrolment_verifier(code), None
    if leads:
        if coordinator is None:
            coordinator = _new_coordinator(person.person, code)
        keys = seal(
            msgspec.msgpack.encode(dict(draft.office_keys)),
            (coordinator.letter,),
            OFFICE_KEYS + person.person,
        )
        coordinator = msgspec.structs.replace(coordinator, office_keys=keys)
    entry = PersonEntry(
        person.person,
        person.nips,
        person.name,
        person.unit,
        person.role.value,
        enrolment_check(verifier) if verifier else b"",
        verifier,
        coordinator if leads else None,
        person.until,
    )
    fresh = EnrolmentCode(person.person, person.name, code, verifier, entry.coordinator) if code else None
    return entry, fresh


def _new_coordinator(person: bytes, code: str) -> Coordinator:
    """Make a coordinator's signing and letter key and wrap them under the long code."""
    signing, letter = SigningKey.generate(), LetterKey.generate()
    wrapped = close(code_key(code, person), msgspec.msgpack.encode((signing.raw, letter.raw)), person)
    return Coordinator(person, signing.public, letter.public, wrapped, b"")


def _locks(entry: PersonEntry, salt: bytes, cost: Cost) -> tuple[tuple[Lock, PersonEntry], ...]:
    """Derive what opens an entry: each NIP of the person, or the code of who has none."""
    locks = [lock_of(record.nip, salt, cost) for record in entry.nips]
    if not locks and entry.verifier:
        locks = [code_lock_of(entry.verifier, salt, cost)]
    return tuple((lock, entry) for lock in locks)


def _for_owner(entry: PersonEntry) -> PersonEntry:
    """Strip from an entry what its own NIP must not open: the verifier, and what stands in clear anyway."""
    return msgspec.structs.replace(entry, verifier=b"", coordinator=None)
