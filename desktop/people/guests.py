"""People without NIP: practitioners, mentors and juries sign up by the code that the office file knows."""

from dataclasses import dataclass, field
from datetime import date

from desktop.errors import Problem
from desktop.formats import long_day
from desktop.language import tr
from desktop.people.handover import stay_over
from desktop.people.initials import initials
from desktop.people.pin import check_pin, pin_problem
from desktop.people.trusted_day import today
from desktop.people.vouching import finish
from desktop.store.device import Store
from desktop.store.doors import Newcomer, create_profile
from desktop.store.entry import BY_CODE
from desktop.store.keyring import new_keyring
from desktop.store.profile import Profile
from sync.officefile import PersonEntry
from sync.officefile_codes import LEARNER_LENGTH, clean_code, enrolment_proof, enrolment_verifier


@dataclass(frozen=True, slots=True)
class GuestSignUp:
    """What a newcomer without NIP typed; the code says who they are."""

    code: str = field(repr=False)
    pin: str = field(repr=False)
    nickname: str


@dataclass(frozen=True, slots=True)
class GuestView:
    """Whom a code names; `until` is the last day of their stay, None for no end. No name: nobody is named."""

    name: str = ""
    unit: str = ""
    role: str = ""
    until: date | None = None
    known_here: bool = False
    fault: str = ""


def look_up_guest(store: Store, typed: str) -> GuestView:
    """Say whom a code names in this PC's office file; takes about 0.2 s."""
    if store.office() is None:
        return GuestView(fault=tr("Komputer ini belum punya berkas kantor. Pasang dahulu berkasnya."))
    entry = _entry(store, typed)
    if entry is None:
        return GuestView(
            fault=tr("Kode ini tidak ada di berkas kantor. Periksa hurufnya dengan koordinator.")
        )
    until = date.fromisoformat(entry.until) if entry.until else None
    ended = "" if until is None or until >= today(store) else over_words(until)
    known = store.profile_of(_tag(entry)) is not None
    return GuestView(entry.name, entry.unit, entry.role, until, known, ended)


def sign_up_guest(store: Store, wish: GuestSignUp) -> Profile:
    """Make a profile for who has no NIP and sign them in, without any network. Raises Problem.

    The code is needed here: nothing else says who they are. A second PC asks for it again, and the
    coordinator vouches there, as for everybody.
    """
    view, entry = look_up_guest(store, wish.code), _entry(store, wish.code)
    if entry is None or view.fault:
        raise Problem(view.fault)
    if view.known_here:
        raise Problem(tr("Kode ini sudah punya profil di komputer ini."), tr("Pilih namanya di layar masuk."))
    fault = check_pin(wish.pin)
    if fault is not None:
        raise pin_problem(fault)
    keys = new_keyring()
    about = {
        "person": entry.person,
        "proof": enrolment_proof(wish.code, keys.signing.public),
        BY_CODE: enrolment_verifier(wish.code),
    }
    nickname = wish.nickname.strip() or (entry.name.split() or [tr("Tamu")])[0]
    newcomer = Newcomer("", nickname, initials(entry.name or nickname), entry.role, about, keys, _tag(entry))
    profile = create_profile(store, newcomer, wish.pin)
    finish(store, profile)
    return profile


def refuse_ended(store: Store, profile: Profile) -> None:
    """Close the profile of a guest whose stay is over and raise Problem; return for everybody else."""
    until = stay_over(store, profile)
    if until:
        profile.close()
        raise Problem(
            over_words(date.fromisoformat(until)),
            tr("Pekerjaan Anda tetap tersimpan. Koordinator dapat memperpanjangnya lewat berkas kantor."),
        )


def over_words(until: date) -> str:
    """Say since when a stay is over."""
    return tr("Masa tamu Anda berakhir pada {tgl}.").format(tgl=long_day(until))


def _entry(store: Store, typed: str) -> PersonEntry | None:
    office = store.office()
    if office is None or len(clean_code(typed)) != LEARNER_LENGTH:
        return None
    return office.find_by_code(enrolment_verifier(typed))


def _tag(entry: PersonEntry) -> str:
    """Give the word by which this PC knows a guest again, in the place of a NIP."""
    return f"guest {entry.person.hex()}"
