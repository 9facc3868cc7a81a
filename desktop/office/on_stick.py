"""What lies on the coordinator's stick: results that are not merged yet, letters, and the centre's answer."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from desktop.office.carriage import clear_up, letters_to, put_up, stored_at_centre
from desktop.office.stick_words import ready, worded
from sync.client.stick import Stick, StickState
from sync.journal.sealing import key_id, recipients_of
from sync.postbag.outward import open_outward
from sync.postbag.part import Form, Part
from sync.refusal import Refusal

if TYPE_CHECKING:
    from desktop.store.device import Store
    from desktop.store.profile import Profile


def load_stick(store: "Store", stick: Stick) -> None:
    """Put on a stick what this PC's desk has for others, and take off what the centre has listed.

    Nobody has to be signed in: letters are sealed and the centre's words are in clear. Raises Problem.
    """
    with worded():
        clear_up(store, stick)
        letters_to(store, stick)
        put_up(store, stick)


@dataclass(frozen=True, slots=True)
class OnStick:
    """What a desk finds on its stick. `pcs` gave results that are not merged yet, in parts of `octets` bytes.

    `letters` wait on it for PCs; `answer`: a borrowed PC saved the centre's answer there. `free` is in bytes,
    None where the system does not say.
    """

    pcs: frozenset[bytes]
    octets: int
    letters: int
    answer: bool
    free: int | None


class Contents:
    """Looks at sticks for one desk; a part that was opened once is remembered, by its digest."""

    def __init__(self, profile: "Profile") -> None:
        self._profile = profile
        self._pcs: dict[bytes, bytes] = {}

    def look(self, stick: Stick) -> OnStick:
        """Tell what lies on a stick of this office. Raises Problem for any other."""
        with worded():
            if ready(stick, new=True) is StickState.NEW:
                return OnStick(frozenset(), 0, 0, answer=any(stick.answers()), free=stick.free())
            parts = list(stick.parts(Form.OUTWARD, believe_names=False))
            letters = sum(1 for _ in stick.parts(Form.HOMEWARD))
            octets = sum(len(data) for _, data in parts)
            return OnStick(self.unmerged(parts), octets, letters, any(stick.answers()), stick.free())

    def unmerged(self, parts: Iterable[tuple[Part, bytes]]) -> frozenset[bytes]:
        """Tell whose parts this desk has not merged yet; its own PC's are never among them."""
        store = self._profile.store
        known = {one.digest for one in store.carried.list()} | stored_at_centre(store)
        pcs = {self._pc(part) for part, _ in parts if part.digest not in known}
        return frozenset(pcs - {b"", store.pc().id})

    def _pc(self, part: Part) -> bytes:
        """Tell whose part it is; empty for one that this desk cannot open, which merging tells of."""
        found = self._pcs.get(part.digest)
        if found is None:
            found = self._pcs[part.digest] = self._opened(part)
        return found

    def _opened(self, part: Part) -> bytes:
        try:
            readers = recipients_of(part.body)
            keys = (key for key in self._profile.keys.office.values() if key_id(key.public) in readers)
            key = next(keys, None)
            return b"" if key is None else open_outward(part, key).pc
        except Refusal:
            return b""
