"""Who sits here: signing up with a NIP, signing in with a PIN, and starting again with a reset code."""

from dataclasses import dataclass, field, replace
from datetime import date

from desktop.errors import Problem
from desktop.language import tr
from desktop.people.erasing import carry_out, gone_problem
from desktop.people.guests import refuse_ended
from desktop.people.handover import draw_own_keys, leads_no_more, take_over
from desktop.people.initials import initials
from desktop.people.pin import check_pin, pin_problem, shut_problem
from desktop.people.trusted_day import today
from desktop.people.vouching import finish
from desktop.store.device import Store
from desktop.store.doors import Newcomer, Shut, confirm, create_profile, rekey, relock, reset, unlock
from desktop.store.keyring import Keyring, new_keyring, with_letters
from desktop.store.profile import Profile
from sync.nip import NipCheck, NipFault, check_nip, clean_nip
from sync.officefile import PersonEntry, Role, unlock_coordinator
from sync.officefile_codes import (
    RECOVERY_LENGTH,
    clean_code,
    enrolment_check,
    enrolment_proof,
    enrolment_verifier,
)


@dataclass(frozen=True, slots=True)
class SignUp:
    """What a newcomer typed. `birth` is the birth date typed again; `code` the enrolment code, or empty."""

    nip: str = field(repr=False)
    birth: date
    pin: str = field(repr=False)
    nickname: str
    code: str = field(repr=False, default="")


@dataclass(frozen=True, slots=True)
class NipView:
    """What the office knows of a typed NIP, for the sign-up page; `name` is empty when it is not listed."""

    check: NipCheck
    name: str
    unit: str
    needs_code: bool
    known_here: bool


def look_up(store: Store, typed: str, birth: date | None = None) -> NipView:
    """Judge a typed NIP by the ten rules and the roster; takes about 0.2 s where there is an office."""
    return _judge(store, typed, birth)[0]


def _judge(store: Store, typed: str, birth: date | None) -> tuple[NipView, PersonEntry | None]:
    """Look a NIP up in the roster, once because it costs, and judge it."""
    nip = clean_nip(typed)
    entry = _entry(store, nip)
    office = store.office()
    listed = None if office is None else entry is not None
    check = check_nip(typed, today=today(store), in_roster=listed, birth=birth)
    nips = {nip} if entry is None else {record.nip for record in entry.nips}  # also under an earlier contract
    known = any(one and store.profile_of(one) is not None for one in nips)
    if entry is None:
        return NipView(check, "", "", needs_code=False, known_here=known), None
    return NipView(check, entry.name, entry.unit, needs_code=bool(entry.check), known_here=known), entry


def sign_up(store: Store, wish: SignUp) -> Profile:
    """Make a profile and sign its owner in, without any network. Raises Problem with what to mend.

    A NIP that the roster does not list may begin and waits for the coordinator. An enrolment code is
    optional, but one that is typed must be right; a coordinator's code brings the coordinator's own keys.
    """
    view, entry = _judge(store, wish.nip, wish.birth)
    if view.check.faults:
        raise nip_problem(view.check.faults[0])
    if view.known_here:
        raise Problem(tr("NIP ini sudah punya profil di komputer ini."), tr("Pilih namanya di layar masuk."))
    fault = check_pin(wish.pin, view.check.birth)
    if fault is not None:
        raise pin_problem(fault)
    nip = view.check.nip
    keys = _keys(entry, wish.code)
    proof = enrolment_proof(wish.code, keys.signing.public) if wish.code and entry is not None else b""
    nickname = wish.nickname.strip() or (
        entry.name.split()[0] if entry and entry.name.split() else tr("Peserta")
    )
    about = {"person": b"" if entry is None else entry.person, "proof": proof}
    role = Role.LEARNER.value if entry is None else entry.role
    newcomer = Newcomer(nip, nickname, initials(entry.name if entry else nickname), role, about, keys)
    profile = create_profile(store, newcomer, wish.pin)
    finish(store, profile)
    return profile


def sign_in(store: Store, profile: bytes, pin: str) -> Profile:
    """Unlock a profile by its PIN and make good what a power cut left undone. Raises Problem.

    Who coordinates no more by the newest office file gets keys of their own, which wait for vouching.
    """
    opened = _opened(unlock(store, profile, pin), code=False)
    if leads_no_more(store, opened):
        draw_own_keys(store, opened, pin)
        opened.close()
        opened = _opened(unlock(store, profile, pin), code=False)
    held = opened.keys.letters
    finish(store, opened, caught_up=True)
    if carry_out(store, opened):
        raise gone_problem()
    if opened.keys.letters != held:
        relock(store, opened, pin)  # letter keys that came back lie under the PIN from now on
    refuse_ended(store, opened)
    return opened


def confirm_pin(store: Store, profile: bytes, pin: str) -> None:
    """Check the PIN of whoever is signed in and locked the screen. Raises Problem like `sign_in`."""
    shut = confirm(store, profile, pin)
    if shut is not None:
        raise shut_problem(shut)


def reset_pin(store: Store, profile: bytes, code: str, pin: str) -> Profile:
    """Unlock a profile by the coordinator's one-time code and give it a new PIN. Raises Problem.

    The new keys wait for vouching; what was done before stays, and counts as before.
    """
    fault = check_pin(pin)
    if fault is not None:
        raise pin_problem(fault)
    opened = _opened(reset(store, profile, code, pin), code=True)
    finish(store, opened, caught_up=True)
    refuse_ended(store, opened)
    return opened


def enrol_later(store: Store, profile: Profile, code: str, pin: str) -> Profile:
    """Type an enrolment code after signing up, or again after a PIN reset; gives the profile, signed in anew.

    A coordinator gets the coordinator's keys; a learner's key gets its proof; the recovery code of the office
    makes a deputy of anybody. Raises Problem for a code that is not this person's or a PIN that is not right;
    the profile given is closed only when both are.
    """
    if len(clean_code(code)) == RECOVERY_LENGTH:
        confirm_pin(store, profile.profile, pin)
        if take_over(store, profile, code, pin):
            profile.close()
            return sign_in(store, profile.profile, pin)
    entry = _entry(store, profile.nip)
    keys = replace(_keys(entry, code), database=profile.keys.database)
    if entry is None or not code:
        raise Problem(
            tr("Kode pendaftaran tidak cocok dengan NIP ini."), tr("Periksa kodenya, lalu coba lagi.")
        )
    confirm_pin(store, profile.profile, pin)
    keys = with_letters(keys, (*profile.keys.letters, profile.keys.letter)) if keys.office else profile.keys
    profile.put_about(proof=enrolment_proof(code, keys.signing.public))
    rekey(store, profile, keys, pin)
    profile.close()
    return sign_in(store, profile.profile, pin)


def nip_problem(fault: NipFault) -> Problem:
    """Word why a NIP is not taken."""
    if fault is NipFault.MISMATCH:
        return Problem(
            tr("Tanggal lahir tidak sama dengan 8 angka pertama NIP."),
            tr("Periksa keduanya, lalu ketik lagi."),
        )
    if fault in {NipFault.FORMAT, NipFault.BIRTHDATE}:
        return Problem(tr("NIP harus 18 angka. Periksa tanggal lahir pada 8 angka pertama."))
    places = {
        NipFault.SEX: tr("Angka ke-15 harus 1 atau 2."),
        NipFault.SERIAL: tr("Tiga angka terakhir tidak boleh 000."),
        NipFault.TMT: tr("Angka ke-13 dan ke-14 harus bulan 01-12 (PNS) atau 21 ke atas (PPPK)."),
        NipFault.AGE_LOW: tr("Tanggal lahir dan tahun pengangkatan tidak cocok."),
    }
    return Problem(tr("NIP ini tampaknya salah ketik."), places[fault])


def _opened(door: Profile | Shut, *, code: bool) -> Profile:
    if isinstance(door, Shut):
        raise shut_problem(door, code=code)
    return door


def _entry(store: Store, nip: str) -> PersonEntry | None:
    office = store.office()
    return None if office is None or not nip else office.find(nip)


def _keys(entry: PersonEntry | None, code: str) -> Keyring:
    """Draw keys, or take those a coordinator's code opens. Raises Problem for a code of somebody else."""
    drawn = new_keyring()
    if not code or entry is None:
        return drawn
    if not clean_code(code) or enrolment_check(enrolment_verifier(code)) != entry.check:
        raise Problem(
            tr("Kode pendaftaran tidak cocok dengan NIP ini."),
            tr("Periksa kodenya, atau kosongkan; koordinator akan memeriksa."),
        )
    brought = unlock_coordinator(entry, code)
    return (
        drawn if brought is None else Keyring(drawn.database, brought.signing, brought.letter, brought.office)
    )
