"""Ke pusat: what the desk carries goes to the centre PC by PC, and what comes back is sorted by PC."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from desktop.office.carriage import EVERYONE, keep_for_all, pack_own, receipts
from desktop.office.certificates_home import note_certificates
from desktop.office.round import note_sent
from desktop.office.stick_words import ready, worded
from desktop.store.carried import CarriedPiece, HomewardPiece
from desktop.store.pc_keys import pc_keys
from desktop.store.post import Post
from desktop.store.profile import Profile
from sync.client.faults import Failure, Fault
from sync.client.stick import Stick
from sync.journal.sealing import recipients_of
from sync.postbag.part import Form, Part
from sync.postbag.shipment import encode_shipment, read_shipment
from sync.refusal import Refusal

if TYPE_CHECKING:
    from desktop.store.device import Store

Carrier = Callable[[bytes], bytes | Failure]
"""Brings a part or a shipment to the centre and gives the shipment it answered, or why not. Never raises."""
LOAD = 64 * 1024
"""Bytes of parts that go in one request at most; a larger part goes alone. Only a lost answer repeats one."""


@dataclass(frozen=True, slots=True)
class CarryProgress:
    """How far carrying is: bytes of parts that the centre has answered, of all there are."""

    done: int
    total: int


@dataclass(frozen=True, slots=True)
class Carried:
    """What an exchange with the centre brought.

    `stored` parts are listed in its receipts now, `left` are still carried. `letters` are answers that wait
    for `computers` other PCs, `own` for this one; `documents` were renewed here. `failure` is None when
    everything was answered. `missing` parts of an answer file were announced and not in it.
    """

    stored: int = 0
    left: int = 0
    letters: int = 0
    computers: int = 0
    own: int = 0
    acks: int = 0
    documents: tuple[str, ...] = ()
    missing: int = 0
    failure: Failure | None = None
    stopped: bool = False


Tell = Callable[[CarryProgress], None]
Stopped = Callable[[], bool]


def _silent(_: CarryProgress) -> None:
    return None


def _never() -> bool:
    return False


def to_centre(
    profile: Profile, post: Carrier, progress: Tell = _silent, cancelled: Stopped = _never
) -> Carried:
    """Bring every carried part to the centre, this PC's own post too: what is of one PC in one request.

    A request is answered once for a PC, with all that its people have not heard yet. What the centre lists
    is carried no more, at once: a line that breaks loses nothing and repeats one request. A part that it does
    not list, as nobody has introduced its writer there, goes once more behind the others.
    """
    store = profile.store
    pack_own(store)
    waiting, total, done, carried = store.carried.list(), 0, 0, Carried()
    while waiting:
        total += sum(len(one.piece) for one in waiting)
        before = carried.stored
        for load in loads(store, waiting):
            progress(CarryProgress(done, total))
            carried = replace(carried, stopped=True) if cancelled() else _bring(profile, post, load, carried)
            if carried.stopped or carried.failure is not None:
                return _ended(profile, carried)
            done += sum(len(one.piece) for one in load)
        asked = {one.digest for one in waiting} if carried.stored > before else frozenset[bytes]()
        waiting = tuple(one for one in store.carried.list() if one.digest in asked)
    progress(CarryProgress(done, total))
    return _ended(profile, carried)


def loads(store: "Store", waiting: Iterable[CarriedPiece]) -> list[list[CarriedPiece]]:
    """Share parts out over requests: those of one PC together, in the order in which they were written.

    This PC's work goes first, because there lies the word that others are who they say; its question goes
    last, because it asks for what all the others have brought.
    """
    own, found = store.pc().id, dict[tuple[int, bytes], list[list[CarriedPiece]]]()
    for one in waiting:
        turn = 1 if one.pc != own else 0 if store.handed.spans([one.digest]) else 2
        mine = found.setdefault((turn, one.pc), [[]])
        if mine[-1] and sum(len(part.piece) for part in mine[-1]) + len(one.piece) > LOAD:
            mine.append([])
        mine[-1].append(one)
    return [load for place in sorted(found, key=lambda one: one[0]) for load in found[place]]


def _bring(profile: Profile, post: Carrier, load: Sequence[CarriedPiece], carried: Carried) -> Carried:
    """Bring parts of one PC and sort what is answered."""
    office = profile.store.office()
    if len(load) == 1 or office is None:
        answer = post(load[0].piece)
    else:
        answer = post(encode_shipment(office.header.office, [one.piece for one in load]))
    if isinstance(answer, Failure):
        return replace(carried, failure=answer)
    try:
        shipment = read_shipment([answer])
    except Refusal as refusal:
        return replace(carried, failure=Failure(Fault.PORTAL, refusal.code.wire, refusal.values))
    return _sorted(profile, shipment.parts, carried)


def from_answer(
    profile: Profile, stick: Stick, progress: Tell = _silent, cancelled: Stopped = _never
) -> Carried:
    """Take in the answer that a borrowed PC saved on the stick; then the file goes. Raises Problem."""
    carried = Carried()
    with worded():
        ready(stick, new=True)
        answers = list(stick.answers())
        for done, (name, shipment) in enumerate(answers):
            progress(CarryProgress(done, len(answers)))
            if cancelled():
                carried = replace(carried, stopped=True)
                break
            carried = _sorted(profile, shipment.parts, carried)
            carried = replace(carried, missing=carried.missing + len(shipment.missing))
            if not shipment.missing:
                stick.drop_answer(name)
        progress(CarryProgress(len(answers), len(answers)))
    return _ended(profile, carried)


def _sorted(profile: Profile, parts: Sequence[tuple[Part, bytes]], carried: Carried) -> Carried:
    """Keep what an answer brought, durably; only then do its receipts let go of what is carried."""
    store, post = profile.store, Post(profile.store)
    listed = list(receipts(store, (part for part, _ in parts)))
    at = max((one.time for one in listed), default=store.now())
    keys, own = pc_keys(store), store.pc().id
    for part, data in parts:
        if part.form is Form.HOMEWARD:
            pcs = {keys[key] for key in _readers(part) if key in keys} - {own}
            store.homeward.put(HomewardPiece(pc, part.digest, at, data) for pc in pcs)
    for_all: list[tuple[Part, bytes]] = []
    for form in (Form.HOMEWARD, Form.RECEIPT, Form.DOCUMENT):
        for part, data in parts:
            if part.form is not form:
                continue
            took = post.take(data)
            if form is not Form.HOMEWARD and took.refused is None:
                for_all.append((part, data))
            carried = replace(
                carried,
                own=carried.own + took.letters,
                acks=carried.acks + took.acks,
                documents=carried.documents + took.documents,
            )
    keep_for_all(store, for_all, at)
    note_certificates(profile, listed)
    stored = {digest for one in listed for digest in one.stored}
    dropped = stored & {one.digest for one in store.carried.list()}
    store.carried.drop(dropped)
    return replace(carried, stored=carried.stored + len(dropped))


def _readers(part: Part) -> tuple[bytes, ...]:
    try:
        return recipients_of(part.body)
    except Refusal:
        return ()


def _ended(profile: Profile, carried: Carried) -> Carried:
    """Let the coordinator read what came, and say what waits now."""
    store = profile.store
    if profile.take_waiting():
        profile.tell_reached()
    others = [pc for pc in store.homeward.pcs() if pc not in {EVERYONE, store.pc().id}]
    letters = sum(len(store.homeward.for_pc(pc)) for pc in others)
    left = len(store.carried.list())
    if not left and carried.stored:
        note_sent(store)
    return replace(carried, left=left, letters=letters, computers=len(others))
