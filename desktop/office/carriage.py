"""What the desk puts on a stick and takes off it: its word of custody, letters for PCs, the file for town."""

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from desktop.language import tr
from desktop.store.carried import CarriedPiece, HomewardPiece
from desktop.store.pc_keys import note_letter
from desktop.store.post import Post
from desktop.store.trust import centres
from sync.client.stick import Stick
from sync.postbag.document import read_document
from sync.postbag.part import Form, Part, read_part
from sync.postbag.shipment import encode_shipment
from sync.postbag.words import Receipt, read_custody, read_receipt, sign_custody
from sync.refusal import Refusal

if TYPE_CHECKING:
    from desktop.store.device import Store
    from desktop.store.profile import Profile

EVERYONE = b""
"""Among the PCs for which something waits: what every PC may read, receipts and documents."""
_DAY = 86_400
KEPT = 120 * _DAY
"""Seconds for which the desk hands on the centre's receipts: a stick may lie in a drawer for a quarter."""
RECEIPTS = 128
"""Receipts that are handed on at most, the newest."""


def receipts(store: "Store", parts: Iterable[Part]) -> Iterator[Receipt]:
    """Read the receipts among parts; one that the office's centre has not signed is none."""
    office = store.office()
    believed = frozenset[bytes]() if office is None else centres(store, office)
    for part in parts:
        for centre in believed if part.form is Form.RECEIPT else ():
            try:
                yield read_receipt(part, centre)
            except Refusal:
                continue
            break


def stored_at_centre(store: "Store") -> frozenset[bytes]:
    """Tell the digests of all parts that receipts at this desk list."""
    kept = (read_part(one.piece) for one in store.homeward.for_pc(EVERYONE))
    return frozenset(digest for receipt in receipts(store, kept) for digest in receipt.stored)


def pack_own(store: "Store") -> None:
    """Put this PC's own post among what is carried, unless it lies there; an older question is withdrawn.

    Only a question that this PC knows to be one: another PC made from the same disk image has its id too, and
    what came from there is work that is signed for.
    """
    post, own, now = Post(store), store.pc().id, store.now()
    note_letter(store, store.device_letter().public, own)
    mine = {one.digest for one in store.carried.list() if one.pc == own}
    for packed in post.outward(mine):
        store.carried.put([CarriedPiece(packed.digest, own, now, 0, packed.part)])
        post.handed(packed)
        if packed.wants:
            asked = mine & store.handed.digests()
            store.carried.drop(digest for digest in asked if not store.handed.spans([digest]))


def with_work(store: "Store") -> bool:
    """Tell whether anybody's work is carried: a question of this PC alone is no reason to go to town."""
    own = store.pc().id
    return any(one.pc != own or store.handed.spans([one.digest]) for one in store.carried.list())


def clear_up(store: "Store", stick: Stick, arrived: Iterable[bytes] = ()) -> int:
    """Take off a stick what the centre has listed, and answers that their PCs have said they took."""
    listed, old = set(stored_at_centre(store)), []
    for part, _ in stick.parts(Form.RECEIPT):
        for receipt in receipts(store, [part]):
            listed.update(receipt.stored)
            if receipt.time < store.proven() - KEPT:
                old.append(part.digest)
    stick.clear(Form.RECEIPT, old)
    delivered = frozenset(arrived)
    if delivered:
        stick.clear(Form.HOMEWARD, delivered)
    return stick.remove(listed) if listed else 0


def custody_to(profile: "Profile", stick: Stick) -> None:
    """Give the stick the coordinator's signed word for all that this desk carries; older ones go."""
    store, office = profile.store, profile.store.office()
    carried = [one.digest for one in store.carried.list()]
    if office is None or not carried:
        return
    said = sign_custody(store.now(), carried, office.header.office, profile.keys.signing)
    stick.write(said)
    known, mine = frozenset(carried) | stored_at_centre(store), read_part(said).digest
    older = []
    for part, _ in stick.parts(Form.CUSTODY):
        try:
            custody = read_custody(part, [profile.keys.signing.public])
        except Refusal:
            continue
        if part.digest != mine and known.issuperset(custody.parts):
            older.append(part.digest)
    stick.clear(Form.CUSTODY, older)


def letters_to(store: "Store", stick: Stick) -> int:
    """Write on the stick what waits for other PCs, and what all may read; gives how many files were new."""
    own = store.pc().id
    waiting = [one for pc in store.homeward.pcs() if pc != own for one in store.homeward.for_pc(pc)]
    there = {part.digest for form in Form if form is not Form.OUTWARD for part, _ in stick.parts(form)}
    missing = [one for one in waiting if one.digest not in there]
    stick.needs(len(one.piece) for one in missing)
    return sum(stick.write(one.piece) for one in missing)


def put_up(store: "Store", stick: Stick) -> None:
    """Put everything that is carried into the one file for a borrowed PC; without anything there is none."""
    office = store.office()
    pieces = [one.piece for one in store.carried.list()]
    if office is None or not pieces:
        stick.drop_up()
        return
    shipment = encode_shipment(office.header.office, pieces)
    stick.needs([len(shipment), 0])
    stick.write_up(shipment, readme(office.header.name, office.header.servers))


def keep_for_all(store: "Store", parts: Iterable[tuple[Part, bytes]], at: int) -> None:
    """Keep receipts and documents that came at Unix time `at`, to be handed on to every PC for a while."""
    now = store.proven()
    store.homeward.put([HomewardPiece(EVERYONE, part.digest, at, data) for part, data in parts])
    held = [(one, read_part(one.piece)) for one in store.homeward.for_pc(EVERYONE)]
    documents = [(read_document(part), one.digest) for one, part in held if part.form is Form.DOCUMENT]
    newest: dict[str, int] = {}
    for document, _ in documents:
        newest[document.name] = max(document.version, newest.get(document.name, 0))
    listed = sorted((one for one, part in held if part.form is Form.RECEIPT), key=lambda one: -one.at)
    old = [one.digest for one, _ in held if one.at < now - KEPT]
    old += [one.digest for one in listed[RECEIPTS:]]
    old += [digest for document, digest in documents if document.version < newest[document.name]]
    store.homeward.drop(EVERYONE, old)


def readme(office: str, servers: Iterable[str]) -> str:
    """Word the page beside the file: for whoever sits at the borrowed PC, and for an honest finder."""
    where = next(iter(servers), "")
    lines = (
        tr("Flashdisk ini milik {kantor}.").format(kantor=office),
        "",
        tr("Mengirim hasil ke pusat dari komputer mana pun:"),
        tr("1. Buka {alamat} di peramban.").format(alamat=f"{where}/kirim" if where else tr("halaman pusat")),
        tr("2. Pilih berkas KIRIM-KE-PUSAT."),
        tr("3. Simpan JAWABAN-PUSAT ke flashdisk yang sama."),
        "",
        tr("Isinya terkunci dan tidak dapat dibaca orang lain. Bila Anda menemukan flashdisk ini, mohon"
           " kembalikan ke kantor tersebut."),
        "",
    )  # fmt: skip
    return "\n".join(lines)
