"""Putting a backup of a person's data back by hand: with the PIN, and with the present data set aside."""

from desktop.errors import Problem
from desktop.language import tr
from desktop.people.profiles import confirm_pin, sign_in
from desktop.store.copies import Copy
from desktop.store.device import Store
from desktop.store.profile import Profile
from desktop.store.soundness import Verdict, judge


def choose_copy(store: Store, profile: Profile, number: int, pin: str) -> Copy:
    """Give the backup of that number, whole, to whoever knows the PIN; nothing changes. Raises Problem."""
    confirm_pin(store, profile.profile, pin)
    file = store.profile(profile.profile).file
    chosen = next((one for one in store.care.copies(file) if one.number == number), None)
    if chosen is None or judge(chosen.path, profile.keys.database, closed=True) is not Verdict.SOUND:
        title = tr("Cadangan itu sudah tidak ada, atau rusak.")
        raise Problem(title, tr("Data Anda tidak berubah. Pilih yang lain."))
    return chosen


def restore_copy(store: Store, profile: Profile, copy: Copy, pin: str) -> Profile:
    """Close the profile, set its file aside, put the backup back, and give the profile signed in anew.

    Raises Problem or OSError when the disk refuses; then the profile is closed, and opens as it was.
    """
    file, key = store.profile(profile.profile).file, profile.keys.database
    profile.close()
    store.care.restore(file, key, copy)
    return sign_in(store, profile.profile, pin)
