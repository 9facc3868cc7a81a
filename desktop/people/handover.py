"""When an office file changes: another role, another office key, and a deputy who takes over by paper."""

from dataclasses import replace
from datetime import datetime

from desktop.store.device import Store
from desktop.store.doors import rekey
from desktop.store.entry import own_entry
from desktop.store.keyring import with_letters, with_office_keys
from desktop.store.profile import Profile
from sync.journal.keys import LetterKey, SigningKey
from sync.officefile import OfficeFile, Role, unlock_recovery

_FOLLOWED, _DRAWN, _DEPUTY, _UNTIL = "followed", "drawn", "deputy", "until"


def is_newer(store: Store, profile: Profile) -> bool:
    """Tell whether the office file is one that this profile has not followed yet. Cheap."""
    office = store.office()
    return office is not None and profile.about(_FOLLOWED) != _mark(office)


def follow(store: Store, profile: Profile) -> None:
    """Let the office file that holds now take effect for a profile; 0.2 s where it is a new one.

    Office keys sealed to this coordinator are taken, and the role is the one of today's roster. Who left the
    office, or whose NIP now stands with somebody else, learns on as who they were. A newer NIP is borne from
    now on, on papers too. Who coordinates again with a key that has read as a learner's, or marks from now
    on, reads the office's feed anew: it had passed over the work of others.
    """
    office = store.office()
    if office is None:
        return
    profile.keys = with_office_keys(profile.keys, office.office_keys(profile.person, profile.keys.letter))
    if profile.person and not is_newer(store, profile):
        _end_role(store, profile)
        return
    entry = own_entry(office, profile)
    if entry is not None and not profile.person:
        profile.put_about(person=entry.person)
    if profile.person:
        mine = entry is not None and entry.person == profile.person
        role = entry.role if entry is not None and mine else Role.LEARNER.value
        if profile.about(_DEPUTY) and office.header.generation in profile.keys.office:
            role = Role.COORDINATOR.value
        if role in {Role.COORDINATOR.value, Role.TRAINER.value} and role != profile.role:
            profile.read_office_anew()  # before the role: what is cut off here is done again
        store.change_profile(profile.profile, role=role)
        profile.role = role
        if entry is not None and mine and entry.nips:
            profile.put_about(nip=entry.nips[-1].nip.encode("ascii"))  # a new contract is a new number
        until = entry.until if entry is not None and mine else ""
        profile.put_about(**{_FOLLOWED: _mark(office), _UNTIL: until.encode()})
        _end_role(store, profile)


def _end_role(store: Store, profile: Profile) -> None:
    """Let a role whose last day is over be over: from then on the person learns, as everybody does.

    Who has no NIP was here for the role alone, so their stay is over: `stay_over` says so at the door.
    """
    ended = _is_over(store, profile) and not profile.about(_DEPUTY)
    if ended and profile.nip and profile.role != Role.LEARNER.value:
        store.change_profile(profile.profile, role=Role.LEARNER.value)
        profile.role = Role.LEARNER.value


def last_day(profile: Profile) -> str:
    """Give the last day (ISO) of a profile's role by the office file it has followed; empty for no end."""
    return (profile.about(_UNTIL) or b"").decode()


def stay_over(store: Store, profile: Profile) -> str:
    """Give the last day (ISO) of a guest whose stay is over; empty for everybody else."""
    return last_day(profile) if not profile.nip and _is_over(store, profile) else ""


def _is_over(store: Store, profile: Profile) -> bool:
    until = last_day(profile)
    return bool(until) and until < datetime.fromtimestamp(store.now(), profile.zone()).date().isoformat()


def leads_no_more(store: Store, profile: Profile) -> bool:
    """Tell whether a profile still signs with a coordinator's key that the office file names no more.

    Such a key came with a code on paper and may be revoked; whoever learns on needs one of their own.
    """
    office = store.office()
    signing = profile.keys.signing.public
    if office is None or not profile.keys.office or profile.about(_DRAWN) == signing:
        return False
    return all(one.signing != signing for one in office.header.coordinators)


def draw_own_keys(store: Store, profile: Profile, pin: str) -> None:
    """Give a profile keys of its own in place of a coordinator's; old office keys and letters stay readable.

    The profile must be opened anew afterwards. What the old key signed stays signed by it.
    """
    keys = replace(profile.keys, signing=SigningKey.generate(), letter=LetterKey.generate())
    keys = with_letters(keys, (profile.keys.letter,))
    profile.put_about(**{_DRAWN: keys.signing.public})
    rekey(store, profile, keys, pin)


def take_over(store: Store, profile: Profile, code: str, pin: str) -> bool:
    """Open the office's key with the recovery code from the safe; False when it is not that code.

    The deputy then collects, reads and delivers at once, without the centre. To vouch and to hand out reset
    codes takes a coordinator's own key, which comes with the centre's next office file. The profile must be
    opened anew afterwards; `pin` has been checked.
    """
    office = store.office()
    opened = {} if office is None else unlock_recovery(office, code)
    if not opened:
        return False
    profile.put_about(**{_DRAWN: profile.keys.signing.public, _DEPUTY: b"1"})
    rekey(store, profile, with_office_keys(profile.keys, opened), pin)
    store.change_profile(profile.profile, role=Role.COORDINATOR.value)
    return True


def _mark(office: OfficeFile) -> bytes:
    return b"%d" % office.header.version
