"""Packs bent at random in every way a stick, a program or a forger could: each must be refused, with a reason.

Planted faults (`--fault`): `hash` takes objects unseen, `signature` takes any signature, `spelling` takes a
document in any spelling, `headers` leaves the zip's fixed fields unread.
"""

import builtins
import json
import random
from dataclasses import replace
from types import SimpleNamespace
from unittest import mock

from sync.packs import archive, documents, objects, verify
from sync.packs.objects import hash_object
from sync.refusal import Refusal
from tests.builders.crafted import Part, parts_of, stored, zip_of
from tests.builders.packs import Authority, make_pack, read_here

OF_PYTHON = {name for name, thing in vars(builtins).items() if isinstance(thing, type)}
"""A refusal that names one of these says nothing to anybody: it counts as damage."""
QUICK, LONG = 20_000, 5_000_000
WORDS = (
    b"",
    b"\0",
    b"..",
    b"/",
    b"\\",
    b'"',
    b"PK\3\4",
    b"PK\1\2",
    b"PK\5\6",
    b"\xff" * 4,
    b"null",
    b"-1",
    b"[[[[",
    b"{}",
)


def run(folder, *, rounds, seed, fault=""):
    """Bend good packs `rounds` times. `lost` counts wrong packs taken, `damaged` crashes that are no refusal."""
    dice, ours = random.Random(seed), Authority()
    folder.mkdir(exist_ok=True)
    packs = [
        make_pack(folder, ours, version=version, page=version).read_bytes() for version in ("1.0", "1.1")
    ]
    bent = _Bent(dice, packs)
    path, store = folder / "x", ours.store()
    genuine = [contents(data) for data in packs]
    figures = {"rounds": rounds, "refused": 0, "same": 0, "lost": 0, "damaged": 0, "reasons": {}}
    with planted(fault):
        for _ in range(rounds):
            data = bent.pack()
            if data in packs:
                figures["same"] += 1
                continue
            path.write_bytes(data)
            try:
                take(path, store)
                # Papers of trust may be missing from a pack without harm: the PC has its own. No other byte may.
                figures["same" if contents(data) in genuine else "lost"] += 1
            except Refusal as told:
                figures["refused"] += 1
                figures["damaged"] += not OF_PYTHON.isdisjoint(map(str, told.values.values()))
                reason = f"{told.code.wire} {told.values.get('reason', '')}".strip()
                figures["reasons"][reason] = figures["reasons"].get(reason, 0) + 1
            except Exception as crash:  # noqa: BLE001 - that is what is looked for
                figures["damaged"] += 1
                figures["reasons"][repr(crash)[:80]] = 1
    figures["reasons"] = dict(sorted(figures["reasons"].items(), key=lambda pair: -pair[1])[:30])
    return figures


def contents(data):
    """Everything in a pack but its papers of trust; None where it cannot be taken apart."""
    try:
        return [(part.name, part.packed()) for part in parts_of(data) if not part.name.startswith(b"trust/")]
    except Exception:  # noqa: BLE001 - bent as it is, this may end in any way
        return None


def take(path, store):
    """Check a pack as an installation does, without the process around its reader."""
    pack = verify.verify(read_here(path), store)
    with path.open("rb") as file:
        for thing in pack.manifest.content.objects:
            hash_object(file, pack.objects[thing.sha256], thing)


def planted(fault):
    """Plant a fault that the harness must find."""
    if fault == "hash":
        return mock.patch.object(objects, "hashlib", SimpleNamespace(sha256=_Agrees))
    if fault == "signature":
        return mock.patch.object(
            verify, "signed_by", lambda metadata, _keys: frozenset(list(metadata.signatures)[:1])
        )
    if fault == "spelling":
        return mock.patch.object(documents, "_misspelt", return_value="")
    if fault == "headers":
        return mock.patch.object(archive, "local_header", _Blind)
    if fault:
        raise ValueError(fault)
    return mock.patch.object(archive, "MAX_DEPTH", archive.MAX_DEPTH)


def _believes(metadata, _keys):
    return frozenset(list(metadata.signatures)[:1])


class _Agrees:
    """A hash that says whatever is expected."""

    def __init__(self, data=b""):
        self.data = data

    def update(self, data):
        """Look at nothing."""

    def hexdigest(self):
        """Agree."""
        return _Anything()


class _Anything(str):
    __slots__ = ()

    def __eq__(self, other):
        return True

    def __ne__(self, other):
        return False

    __hash__ = str.__hash__


class _Blind(bytes):
    """A header that is equal to every other of its length."""

    def __new__(cls, entry):
        return super().__new__(cls, archive.LOCAL.size + len(entry.name))

    def __ne__(self, other):
        return False

    def __eq__(self, other):
        return True

    __hash__ = bytes.__hash__


class _Bent:
    """Draws one bent pack after the other."""

    def __init__(self, dice, packs):
        self.dice = dice
        self.packs = packs
        self.parts = [parts_of(data) for data in packs]

    def pack(self):
        ways = (self._bits, self._bits, self._cut, self._splice, self._field, self._entry, self._document)
        return self.dice.choice(ways)()

    def _bits(self):
        data = bytearray(self.dice.choice(self.packs))
        for _ in range(self.dice.choice((1, 1, 1, 2, 8))):
            data[self.dice.randrange(len(data))] ^= 1 << self.dice.randrange(8)
        return bytes(data)

    def _cut(self):
        data = bytearray(self.dice.choice(self.packs))
        start = self.dice.randrange(len(data))
        length = self.dice.choice((0, 1, 4, 22, 46, 200, len(data)))
        data[start : start + length] = self.dice.choice(
            (*WORDS, bytes(data[:length]), self.dice.randbytes(9))
        )
        return bytes(data)

    def _splice(self):
        one, other = self.dice.sample(self.packs, 2)
        at = self.dice.randrange(len(one))
        return one[:at] + other[self.dice.choice((at, self.dice.randrange(len(other)))) :]

    def _field(self):
        """Write another number over one of the zip's."""
        data = bytearray(self.dice.choice(self.packs))
        places = [i for i in range(len(data) - 50) if data[i : i + 2] == b"PK"]
        at = self.dice.choice(places) + self.dice.randrange(4, 46)
        width = self.dice.choice((1, 2, 4))
        data[at : at + width] = self.dice.choice((0, 1, 255, 2**31, 2**32 - 1)).to_bytes(4, "little")[:width]
        return bytes(data)

    def _entry(self):
        """Write a right zip with one wrong entry: only hash, list and names can refuse it."""
        parts = list(self.dice.choice(self.parts))
        at = self.dice.randrange(len(parts))
        way = self.dice.randrange(6)
        if way == 0:
            del parts[at]
        elif way == 1:
            parts.insert(at, replace(parts[at]))
        elif way == 2:
            other = self.dice.randrange(len(parts))
            parts[at], parts[other] = parts[other], parts[at]
        elif way == 3:
            data = bytearray(parts[at].data)
            data[self.dice.randrange(len(data))] ^= 1 << self.dice.randrange(8)
            parts[at] = Part(parts[at].name, bytes(data))
        elif way == 4:
            name = bytearray(parts[at].name)
            name[self.dice.randrange(len(name))] = self.dice.randrange(256)
            parts[at] = replace(parts[at], name=bytes(name))
        else:
            theirs = self.parts[self.dice.randrange(2)]
            parts[at] = replace(self.dice.choice(theirs), name=parts[at].name)
        return zip_of(parts)

    def _document(self):
        """Change one value of a signed document, spelt as it must be."""
        parts = list(self.dice.choice(self.parts))
        at = self.dice.randrange(3)
        document = json.loads(parts[at].data)
        if self.dice.random() < 0.1:  # the same words, spelt otherwise
            spelt = json.dumps(
                document, sort_keys=self.dice.random() < 0.5, indent=self.dice.choice((None, 1))
            )
            parts[at] = stored(parts[at].name.decode(), spelt.encode())
            return zip_of(parts)
        place = document
        while True:
            key = self.dice.choice(sorted(place) if isinstance(place, dict) else range(len(place)))
            inner = place[key]
            if not isinstance(inner, dict | list) or not inner or self.dice.random() < 0.1:
                break
            place = inner
        place[key] = self.dice.choice(
            (None, True, 0, -1, 10**15, "", "../x", "0" * 64, "é", [], {}, [place[key]])
        )
        data = json.dumps(document, sort_keys=True, separators=(",", ":")).encode()
        parts[at] = stored(parts[at].name.decode(), data)
        return zip_of(parts)
