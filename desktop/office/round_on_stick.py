"""The round's list on the stick: the desk writes it, and every PC, also locked, says where it goes next."""

from typing import TYPE_CHECKING

from desktop.office.round import mark_of, round_of
from desktop.store.pc_keys import pc_letters
from sync.client.stick import Stick
from sync.client.stick_disk import StickFault, Trouble
from sync.postbag.round_list import (
    MARKS_FILE,
    ROUND_FILE,
    SIZE_LIMIT,
    STOP_LIMIT,
    RoundList,
    Stop,
    open_round,
    read_marks,
    seal_round,
    write_marks,
)
from sync.refusal import Refusal

if TYPE_CHECKING:
    from desktop.store.device import Store
    from desktop.store.profile import Profile


def round_to(profile: "Profile", stick: Stick) -> None:
    """Write on the stick which PCs this desk's round still goes to; marks of an earlier round go.

    Only the PCs whose letter key has come to the desk can read it. Raises StickFault.
    """
    store = profile.store
    office, letters = store.office(), pc_letters(store)
    known = round_of(store).pcs[:STOP_LIMIT]
    readers = [letters[one.pc] for one in known if one.pc in letters]
    if office is None or not readers or all(one.here for one in known):
        return
    stops = tuple(Stop(one.pc, one.name, mark_of(store, one.pc), one.fresh) for one in known)
    found = RoundList(store.now(), stops)
    stick.put_note(ROUND_FILE, seal_round(found, office.header.office, readers, profile.keys.signing))
    there = read_marks(stick.note(MARKS_FILE, SIZE_LIMIT))
    if there:
        stick.put_note(MARKS_FILE, write_marks(there & {one.mark for one in stops}))


def pass_on(store: "Store", stick: Stick) -> tuple[str, ...] | None:
    """Leave this PC's mark and tell the names of the PCs that are still to be visited, the next one first.

    None where the stick brings no list, or none that this PC can read: as before there were such lists. A
    stick that is too full for a mark names a PC twice. Raises StickFault when it is pulled.
    """
    office = store.office()
    data = stick.note(ROUND_FILE, SIZE_LIMIT)
    if office is None or data is None:
        return None
    header = office.header
    try:
        leading = [one.signing for one in header.coordinators]
        found = open_round(data, header.office, store.device_letter(), leading)
    except Refusal:
        return None
    own = store.pc().id
    marks = read_marks(stick.note(MARKS_FILE, SIZE_LIMIT)) & {one.mark for one in found.stops}
    mine = {one.mark for one in found.stops if one.pc == own}
    if mine - marks:
        marks |= mine
        try:
            stick.put_note(MARKS_FILE, write_marks(marks))
        except StickFault as fault:
            if fault.trouble is Trouble.PULLED:
                raise
    return tuple(one.name for one in found.stops if not one.visited and one.mark not in marks)
