"""PCs that give their work to a carrier, and what they believe of what the carrier brings back."""

import secrets
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from sync.bundle import open_piece
from sync.journal.keys import LetterKey
from sync.journal.sealing import key_id, recipients_of, seal
from sync.postbag.document import Document, read_document
from sync.postbag.homeward import Homeward, open_homeward
from sync.postbag.outward import Outward, Want, seal_outward
from sync.postbag.part import Form, Part, digest_of
from sync.postbag.shipment import encode_shipment, read_shipment
from sync.postbag.words import read_receipt
from tests.builders.centre import Line, Office, Pc


@dataclass
class Machine:
    """One PC with whoever sits at it: a letter key of its own, an outbox, and what came home."""

    office: Office
    people: list[Pc] = field(default_factory=list)
    letter: LetterKey = field(default_factory=LetterKey.generate)
    pc: bytes = field(default_factory=lambda: secrets.token_bytes(16))
    versions: dict[str, int] = field(default_factory=dict)
    outbox: list[bytes] = field(default_factory=list)

    def seat(self, nip: str = "", **more: object) -> Pc:
        """Sit somebody of the roster down here; without a NIP a stranger."""
        if nip:
            person = Pc.of(self.office, nip, pc=self.pc, **more)
        else:
            person = Pc(self.office.file.header.centre, pc=self.pc, **more)  # type: ignore[arg-type]
        self.people.append(person)
        return person

    @property
    def recipients(self) -> tuple[bytes, bytes]:
        header = self.office.file.header
        return header.office_letter, header.centre_letter

    def puts(self, *segments: bytes) -> None:
        """Put segments into the outbox, sealed as the write door seals them."""
        self.outbox += [seal(one, self.recipients) for one in segments]

    def outward(self, wants: Sequence[Want] | None = None) -> Outward:
        if wants is None:
            wants = [Want(one.profile, one.signing.public, dict(one.cursors)) for one in self.people]
        return Outward(
            self.pc, "PC Loket", self.letter.public, 1, self.versions, tuple(wants), tuple(self.outbox)
        )

    def gives(self, wants: Sequence[Want] | None = None) -> tuple[bytes, ...]:
        """Write this PC's parts, as one visit with the stick does."""
        header = self.office.file.header
        return seal_outward(self.outward(wants), header.office, self.recipients)

    def gives_apart(self) -> list[bytes]:
        """Write one part for each segment of the outbox, as many visits do, and one with the wants alone."""
        kept, self.outbox = self.outbox, []
        parts = []
        for one in kept:
            self.outbox = [one]
            parts += self.gives(())
        self.outbox = []
        parts += self.gives()
        self.outbox = kept
        return parts

    def finds(self, brought: "Brought") -> list[Homeward]:
        """Open what is for this PC, and let its people read their letters."""
        found = []
        for part in brought.of(Form.HOMEWARD):
            if recipients_of(part.body) != (key_id(self.letter.public),):
                continue
            home = open_homeward(part, self.letter, self.office.file.header.centre)
            assert home.pc == self.pc
            for person in self.people:
                person.acks |= {ack.log: ack.seq for ack in home.acks}
            for letter in home.letters:
                (person,) = (one for one in self.people if one.profile == letter.profile)
                piece = open_piece(letter.piece, person.letter, person.centre_public)
                assert piece.start <= person.cursors.get(piece.scope, 0), "the feed has a gap"
                person.cursors[piece.scope] = max(piece.end, person.cursors.get(piece.scope, 0))
                person.pieces.append(piece)
            found.append(home)
        return found


@dataclass
class Brought:
    """A shipment that came back."""

    office: Office
    parts: tuple[Part, ...]

    def of(self, form: Form) -> list[Part]:
        return [part for part in self.parts if part.form is form]

    @property
    def stored(self) -> set[bytes]:
        """What the centre's receipts list."""
        centre = self.office.file.header.centre
        return {digest for part in self.of(Form.RECEIPT) for digest in read_receipt(part, centre).stored}

    @property
    def documents(self) -> dict[str, Document]:
        found = [read_document(part) for part in self.of(Form.DOCUMENT)]
        return {one.name: one for one in found}


def shipment(office: Office, parts: Iterable[bytes]) -> bytes:
    return encode_shipment(office.file.header.office, tuple(parts))


def brought(office: Office, body: bytes) -> Brought:
    """Read an answer, whole and in the order that a carrier may rely on."""
    found = read_shipment([body])
    assert found.missing == ()
    parts = tuple(part for part, _ in found.parts)
    order = [(Form.RECEIPT, Form.DOCUMENT, Form.HOMEWARD).index(part.form) for part in parts]
    assert order == sorted(order)
    return Brought(office, parts)


def carries(office: Office, line: Line, body: bytes) -> Brought:
    """Bring a part or a shipment to the centre."""
    answer = line.send(body, "/v1/carry")
    assert answer.status == 200, answer
    return brought(office, answer.body)


def names(parts: Iterable[bytes]) -> set[bytes]:
    return {digest_of(part) for part in parts}
