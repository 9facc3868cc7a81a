"""The doors of a profile: made, unlocked by PIN, and reset by a one-time code."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field

from desktop.store.attempts import again, begin, remaining, succeeded
from desktop.store.care import DEVICE_FILE
from desktop.store.device import Store
from desktop.store.inward import own_held
from desktop.store.keyring import (
    Keyring,
    lock_by_code,
    lock_by_pin,
    new_keyring,
    unlock_by_code,
    unlock_by_pin,
)
from desktop.store.mending import open_sound
from desktop.store.profile import Profile
from desktop.store.rows import ProfileRow
from desktop.store.schema import PROFILE
from sync.bundle import OWN


@dataclass(frozen=True, slots=True)
class Newcomer:
    """Who makes a profile. `about` is kept inside; `keys` come from a coordinator's code, else are drawn.

    `known_by` is what this PC recognises the person by where there is no NIP.
    """

    nip: str = field(repr=False)
    nickname: str
    initials: str
    role: str
    about: Mapping[str, bytes] = field(repr=False)
    keys: Keyring | None = field(repr=False, default=None)
    known_by: str = field(repr=False, default="")


@dataclass(frozen=True, slots=True)
class Shut:
    """A door that stayed shut: attempts left, or the seconds to wait when there are none."""

    left: int
    wait: int


def create_profile(store: Store, newcomer: Newcomer, pin: str) -> Profile:
    """Make a profile's database and keys and put its tile on the sign-in screen.

    The database is made first: a crash between leaves a file nobody knows, never a tile that opens nothing.
    """
    profile = secrets.token_bytes(16)
    keys = newcomer.keys or new_keyring()
    wraps = lock_by_pin(keys, pin, store.secret, profile)
    code, by_code = lock_by_code(keys, store.secret, profile)
    file = f"profile-{secrets.token_hex(8)}.db"
    row = ProfileRow(
        profile=profile,
        file=file,
        nickname=newcomer.nickname,
        initials=newcomer.initials,
        role=newcomer.role,
        nip_tag=store.nip_tag(newcomer.nip or newcomer.known_by),
        stretch=wraps.stretch,
        database_by_pin=wraps.database_by_pin,
        database_by_code=by_code,
        keys_by_pin=wraps.keys_by_pin,
    )
    opened: Profile = store.with_reserve(lambda: _open(store, row, keys, known=False))
    opened.put_about(**newcomer.about, nip=newcomer.nip.encode("ascii"), reset_code=code.encode("ascii"))
    store.add_profile(row)
    opened.tell_reached()
    return opened


def unlock(store: Store, profile: bytes, pin: str) -> Profile | Shut:
    """Open a profile with its PIN; five wrong ones close it for five minutes. Takes about 0.2 s."""
    row = store.profile(profile)
    shut = _shut(store, row)
    if shut is not None:
        return shut
    left = begin(store, row)
    keys = unlock_by_pin(row, pin, store.secret)
    if keys is None:
        return _wrong(store, profile, left)
    return _enter(store, row, keys)


def confirm(store: Store, profile: bytes, pin: str) -> Shut | None:
    """Check a PIN without opening anything, for a screen that covers a profile; None when it is right."""
    row = store.profile(profile)
    shut = _shut(store, row)
    if shut is not None:
        return shut
    left = begin(store, row)
    if unlock_by_pin(row, pin, store.secret) is None:
        return _wrong(store, profile, left)
    succeeded(store, profile)
    return None


def reset(store: Store, profile: bytes, code: str, pin: str) -> Profile | Shut:
    """Open a profile with its reset code and give it a new PIN, new signing and letter keys, and a new code.

    The old code is used up with this. Wrong codes count like wrong PINs.
    """
    row = store.profile(profile)
    shut = _shut(store, row)
    if shut is not None:
        return shut
    left = begin(store, row)
    keys = unlock_by_code(row, code, store.secret)
    if keys is None:
        return _wrong(store, profile, left)
    opened = _open(store, row, keys)
    rekey(store, opened, keys, pin)
    return _enter(store, row, keys, opened)


def rekey(store: Store, profile: Profile, keys: Keyring, pin: str) -> None:
    """Lock keys of an open profile under a PIN and a fresh reset code, all in one step."""
    wraps = lock_by_pin(keys, pin, store.secret, profile.profile)
    code, by_code = lock_by_code(keys, store.secret, profile.profile)
    # The code is noted first: noted and not in force it is merely useless, in force and not noted it is lost.
    profile.put_about(reset_code=code.encode("ascii"), escrowed=b"")
    store.change_profile(profile.profile, database_by_code=by_code, **wraps.columns())


def relock(store: Store, profile: Profile, pin: str) -> None:
    """Lock the keys of an open profile under its PIN again: one was added. The reset code stays."""
    wraps = lock_by_pin(profile.keys, pin, store.secret, profile.profile)
    store.change_profile(profile.profile, **wraps.columns())


def new_code_for(store: Store, profile: Profile) -> None:
    """Replace the reset code of an open profile, for an office key that has changed hands."""
    code, by_code = lock_by_code(profile.keys, store.secret, profile.profile)
    profile.put_about(reset_code=code.encode("ascii"), escrowed=b"")
    store.change_profile(profile.profile, database_by_code=by_code)


def _enter(store: Store, row: ProfileRow, keys: Keyring, opened: Profile | None = None) -> Profile:
    profile = opened or _open(store, row, keys)
    succeeded(store, row.profile)
    store.used(row.profile)
    store.care.note_missing(row.file, _missing(store, profile))
    profile.catch_up()
    _renew_code(store, profile)
    return profile


def _open(store: Store, row: ProfileRow, keys: Keyring, *, known: bool = True) -> Profile:
    """Open a profile's database, or the newest backup where it is damaged."""
    opened = open_sound(store.folders.data / row.file, keys.database, PROFILE, known=known)
    if opened.copy is not None:
        store.care.note_restored(row.file, opened.copy)
    return Profile(store, row, opened.database, keys)


def _missing(store: Store, profile: Profile) -> int:
    """Count the statements of this key that the PC has counted and the profile does not hold.

    So is noticed what no check of a file can tell: a deleted log of SQLite, an older copy of the file.
    """
    held = own_held(profile.database, profile.profile, profile.keys)
    signing = profile.keys.signing.public
    counted = [
        one.cursors.get(OWN, 0)
        for one in store.reached.all()
        if (one.profile, one.signing) == (profile.profile, signing)
    ]
    return max(0, *(each - held for each in counted), 0)


def _renew_code(store: Store, profile: Profile) -> None:
    """Draw a new reset code where the device's database was put back: it may know an older one."""
    restored = store.care.restored(DEVICE_FILE)
    if restored is None or profile.about("recoded") == (mark := str(restored.restored).encode("ascii")):
        return
    new_code_for(store, profile)
    profile.put_about(recoded=mark)


def _shut(store: Store, row: ProfileRow) -> Shut | None:
    wait = remaining(row, store.clock)
    if not wait:
        return None
    if row.lockup.boot != store.clock.boot() and store.clock.wall() < row.lockup.wall:
        again(store, row)
    return Shut(0, wait)


def _wrong(store: Store, profile: bytes, left: int) -> Shut:
    return Shut(left, remaining(store.profile(profile), store.clock))
