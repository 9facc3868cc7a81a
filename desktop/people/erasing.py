"""An erasure carried out on this PC: copies and the person's own profile go, and the PC says that it did."""

from desktop.errors import Problem
from desktop.language import tr
from desktop.store.device import Store
from desktop.store.erasure import erased_profiles, is_erased
from desktop.store.profile import Profile
from sync.folds.reach import CARRIED, ERASED


def carry_out(store: Store, profile: Profile) -> bool:
    """Do what this profile has heard of erasures; True when it was its own person's: it is closed and gone.

    Copies of what erased people stated left its database as the word came. Here their profiles on this PC go
    too, without their PIN: only the centre can have said it, and it drops whatever would still come. What
    they had sealed stays in the outbox until the centre has acknowledged it, so nothing waits for ever. The
    PC says so once for each person, before the file goes where it is the person's own key that says it.
    """
    if not profile.facts(kinds=(ERASED,)):
        return False
    known = profile.authority()
    gone = erased_profiles(known)
    mine = profile.profile in gone or is_erased(known, profile.person)
    for tile in store.tiles():
        if tile.profile in gone and tile.profile != profile.profile:
            store.farewells.bid(tile.profile)
    for one in store.farewells.all():
        whose = known.people.get(one.profile) or _claim(profile, one.profile)
        _say(store, profile, whose, own=True)
    if mine:
        profile.repair()  # what a power cut had kept out of the outbox is sealed first
        _say(store, profile, profile.person, own=True)
        profile.close()
        store.farewells.bid(profile.profile)
        return True
    for person in known.erased:
        _say(store, profile, person, own=False)
    return False


def gone_problem() -> Problem:
    """Word what happened, for whoever wanted to sign in."""
    return Problem(
        tr("Data Anda sudah dihapus dari komputer ini."),
        tr(
            "Pusat menghapusnya atas permintaan, atau karena masa simpannya habis."
            " Sertifikat yang sudah terbit tetap dapat diperiksa."
        ),
    )


def _claim(profile: Profile, other: bytes) -> bytes:
    """Tell whom a profile nobody has vouched for claims to be."""
    waiting = profile.authority().waiting.values()
    return next((key.person for key in waiting if key.profile == other), b"")


def _say(store: Store, profile: Profile, person: bytes, *, own: bool) -> None:
    """State it, unless this PC has said as much before."""
    told = store.farewells.told()
    if len(person) != 16 or (told.get(person, not own) >= own and person in told):
        return
    profile.record(CARRIED, person=person, own=int(own))
    store.farewells.tell(person, own=own)
