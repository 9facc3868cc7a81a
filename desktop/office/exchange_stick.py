"""Tukar data: one visit of the coordinator's stick collects everybody's work and brings what waits."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING

from desktop.library.drives import Drives, Found
from desktop.library.preview import PackPreview, PackState
from desktop.office.round_on_stick import pass_on
from desktop.office.stick_words import ready, without_office, worded
from desktop.store.device import Store
from desktop.store.post import STICK, Packed, Post, Took
from desktop.store.trust import adopt_newer
from sync.client.stick import Stick
from sync.client.stick_disk import StickFault, Trouble
from sync.postbag.part import Form, digest_of
from sync.refusal import Refusal

if TYPE_CHECKING:
    from collections.abc import Iterator

_TAKEN = (Form.HOMEWARD, Form.RECEIPT, Form.DOCUMENT, Form.CUSTODY)
"""What a visit brings, in this order: the centre's answer says which documents to believe."""


class ExchangeStep(Enum):
    """What a visit is doing."""

    COPY = "copying the results, which go first"
    CHECK = "reading the copies again"
    TAKE = "taking in what the stick brought"


@dataclass(frozen=True, slots=True)
class ExchangeProgress:
    """How far a visit is: `done` of `total` parts of the step."""

    step: ExchangeStep
    done: int
    total: int


@dataclass(frozen=True, slots=True)
class Exchanged:
    """What a visit did. Everything in it was flushed, read again and compared, also where it was `stopped`.

    `parts` and `statements` were copied to the stick, `letters` wait for their people, `acks` statements are
    newly known to be at the centre, `custody` parts of this PC are vouched for by somebody; `documents` were
    renewed. `removed` parts of anybody left the stick since the centre lists them. `packs` lie there and are
    newer than the shelf; `damaged` files were passed over. `left` names the PCs that are still to be visited,
    as the stick says; None where it does not.
    """

    parts: int = 0
    statements: int = 0
    letters: int = 0
    acks: int = 0
    custody: int = 0
    documents: tuple[str, ...] = ()
    removed: int = 0
    packs: tuple[PackPreview, ...] = ()
    damaged: int = 0
    stopped: bool = False
    left: tuple[str, ...] | None = None


Tell = Callable[[ExchangeProgress], None]
Stopped = Callable[[], bool]


def _silent(_: ExchangeProgress) -> None:
    return None


def _never() -> bool:
    return False


def exchange(
    store: Store,
    stick: Stick,
    progress: Tell = _silent,
    cancelled: Stopped = _never,
    inspect: Callable[[Path], PackPreview] | None = None,
) -> Exchanged:
    """Give the stick what waits here and take what waits there; works while everybody is locked.

    Results go first, after the space was looked at, the question for the next round last. When this returns
    the stick may be pulled. Pulled earlier
    it holds whole parts or none, and the PC still has everything. `inspect` looks at packs (`Installer`).
    Raises Problem.
    """
    if store.office() is None:
        raise without_office()
    with worded():
        ready(stick)
        stick.sweep()
        post = Post(store)
        done = _give(post, stick, progress, cancelled)
        if not done.stopped:
            done = _take(store, stick, done, progress, cancelled)
        if not done.stopped:
            done = replace(done, parts=done.parts + _ask(post, stick), left=pass_on(store, stick))
        if not done.stopped and inspect is not None:
            done = replace(done, packs=packs_on(stick.root, inspect))
        return replace(done, damaged=stick.damaged)


def waiting_for(store: Store, stick: Stick) -> tuple[tuple[Packed, ...], int]:
    """Tell what a visit would copy, and how many answers for this PC lie on the stick. Raises StickFault."""
    post = Post(store)
    mine = sum(post.is_mine(data) for _, data in stick.parts(Form.HOMEWARD))
    return post.outward(_there(post, stick)), mine


def packs_on(root: Path, inspect: Callable[[Path], PackPreview]) -> tuple[PackPreview, ...]:
    """List the packs on a stick that are newer than the shelf and by somebody this PC believes already."""
    found: dict[str, PackPreview] = {}
    for file in Drives(lambda: [root]).files(Found.PACK):
        try:
            seen = inspect(file.path)
        except (Refusal, OSError):
            continue
        held = found.get(seen.course.id)
        newer = held is None or seen.pack.manifest.version > held.pack.manifest.version
        if seen.state in {PackState.NEW, PackState.UPDATE} and not seen.first_use and newer:
            found[seen.course.id] = seen
    return tuple(found.values())


def _there(post: Post, stick: Stick) -> set[bytes]:
    """Tell which parts need not be copied: they lie on the stick, or the centre has listed them already."""
    return _on(stick).union(*(post.listed(data) for _, data in stick.parts(Form.RECEIPT)))


def _on(stick: Stick) -> set[bytes]:
    """Tell which parts lie on the stick."""
    return {part.digest for part, _ in stick.parts(Form.OUTWARD)}


def _give(post: Post, stick: Stick, progress: Tell, cancelled: Stopped) -> Exchanged:
    """Copy what the stick does not hold yet, then read all copies again."""
    packed = post.outward(_there(post, stick))
    if not any(one.runs for one in packed):
        packed = ()  # nothing but a question, which is put when the answers to the last one are in
    stick.needs(len(one.part) for one in packed)
    statements = 0
    for done, one in enumerate(packed):
        progress(ExchangeProgress(ExchangeStep.COPY, done, len(packed)))
        if cancelled():
            return Exchanged(done, statements, stopped=True)
        stick.write(one.part)
        post.handed(one, STICK)
        statements += sum(run.last - run.first + 1 for run in one.runs)
    progress(ExchangeProgress(ExchangeStep.COPY, len(packed), len(packed)))
    _check(stick, packed, progress)
    post.carried_bytes(sent=sum(len(one.part) for one in packed))
    return Exchanged(len(packed), statements)


def _ask(post: Post, stick: Stick) -> int:
    """Leave the question for the next round, which also says what has arrived; gives how many parts.

    What the centre has listed and not acknowledged, now that its answers are in, goes along once more: the
    answer with the ack was lost on the way, and none comes for what nobody offers again.
    """
    packed = post.outward(_on(stick) - post.answered())
    stick.needs(len(one.part) for one in packed)
    for one in packed:
        stick.write(one.part)
        post.handed(one, STICK)
    return len(packed)


def _check(stick: Stick, packed: tuple[Packed, ...], progress: Tell) -> None:
    """Read what was written once more, by the names under which the next PC will look for it."""
    wanted = {one.digest for one in packed}
    if not wanted:
        return
    seen = 0
    for part, _ in stick.parts(Form.OUTWARD):
        if part.digest in wanted:
            seen += 1
            progress(ExchangeProgress(ExchangeStep.CHECK, seen, len(wanted)))
    if seen < len(wanted):
        raise StickFault(Trouble.NOT_DURABLE)


def _take(store: Store, stick: Stick, done: Exchanged, progress: Tell, cancelled: Stopped) -> Exchanged:
    """Take in what the stick brings for this PC, and let go what the centre lists."""
    post = Post(store)
    brought = list(_brought(stick))
    stored: set[bytes] = set()
    for number, data in enumerate(brought):
        progress(ExchangeProgress(ExchangeStep.TAKE, number, len(brought)))
        if cancelled():
            return replace(done, stopped=True)
        took = post.take(data)
        stored.update(took.stored)
        done = _added(done, took)
    progress(ExchangeProgress(ExchangeStep.TAKE, len(brought), len(brought)))
    post.carried_bytes(received=sum(map(len, brought)))
    renewed = _share_office(store, stick)
    removed = stick.remove(stored) if stored else 0
    return replace(done, removed=removed, documents=done.documents + renewed)


def _brought(stick: Stick) -> "Iterator[bytes]":
    """Give the parts of a stick that may concern a PC, those in a borrowed PC's answer among them."""
    answers = [part for _, shipment in stick.answers() for part in shipment.parts]
    for form in _TAKEN:
        seen: set[bytes] = set()
        for part, data in (*stick.parts(form), *answers):
            if part.form is form and digest_of(data) not in seen:
                seen.add(digest_of(data))
                yield data


def _added(done: Exchanged, took: Took) -> Exchanged:
    return replace(
        done,
        letters=done.letters + took.letters,
        acks=done.acks + took.acks,
        custody=done.custody + (took.custody if took.form is Form.CUSTODY else 0),
        documents=done.documents + took.documents,
    )


def _share_office(store: Store, stick: Stick) -> tuple[str, ...]:
    """Let the newer office file win, on whichever side it is; gives whether this PC's was renewed."""
    held, there = store.office(), stick.office_file()
    if held is None or there is None:
        return ()
    if there.header.version > held.header.version:
        try:
            return ("office",) if adopt_newer(store, there.raw) else ()
        except Refusal:
            return ()
    if there.header.version < held.header.version:
        stick.office = held
        stick.prepare()
    return ()
