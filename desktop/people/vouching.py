"""Saying whose keys are whose: what a profile introduces by itself, and what a coordinator vouches for."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from desktop.errors import Problem
from desktop.language import tr
from desktop.people.handover import follow
from desktop.people.letters import escrow_letter, take_letters
from desktop.store.device import Store
from desktop.store.doors import new_code_for
from desktop.store.erasure import is_erased
from desktop.store.facts import Scope
from desktop.store.profile import Profile
from sync.journal.keys import key_mark
from sync.journal.sealing import seal, unseal
from sync.journal.statement import Fact, Value
from sync.officefile import OfficeFile, Role
from sync.refusal import Refusal

_ESCROW = b"suluh reset code 1\0"
__all__ = [
    "ResetCode",
    "WaitingKey",
    "finish",
    "hand_out",
    "key_mark",
    "reset_codes",
    "vouch",
    "waiting_keys",
]


@dataclass(frozen=True, slots=True)
class WaitingKey:
    """A profile's key that nobody has vouched for yet, as the coordinator's desk shows it.

    `person` is whom it claims to be by the roster, or empty.
    """

    profile: bytes
    signing: bytes
    letter: bytes
    person: bytes
    pc_name: str


@dataclass(frozen=True, slots=True)
class ResetCode:
    """A profile's one-time reset code, for the person who stands before the coordinator."""

    profile: bytes
    person: bytes
    pc_name: str
    code: str = field(repr=False)


def finish(store: Store, profile: Profile, *, caught_up: bool = False) -> None:
    """State what a profile owes the office and has not stated yet; safe to call any number of times.

    Its keys when they are new, whose profile it is once an office says so, its reset code, sealed to the
    desk, and its letter key, sealed to the centre. So a crash between making a profile and stating it, or an
    office that came later, leaves no gap. A newer office file takes effect with it. A profile that has
    `caught_up` just now needs no repair besides: what it states here is sealed as it is stated.
    """
    office = store.office()
    follow(store, profile)
    told = profile.facts(Scope.OWN, kinds=("profile.opened", "profile.keyed"))
    signing, letter = profile.keys.signing.public, profile.keys.letter.public
    opening: dict[str, Value] = {
        "signing": signing,
        "letter": letter,
        "person": profile.person,
        "proof": profile.about("proof") or b"",
        "pc_name": store.pc().name,
    }
    openings = [one.statement.fields for one in told if one.statement.kind == "profile.opened"]
    introduced = any(one.statement.fields["signing"] == signing for one in told)
    if not openings or _adds(opening, openings):
        profile.record("profile.opened", **opening)
    elif not introduced:
        profile.record("profile.keyed", signing=signing, letter=letter)
    if office is not None:
        _escrow(store, profile, office)
        escrow_letter(profile, office)
        take_letters(profile)
    if not caught_up:
        profile.repair()


def waiting_keys(profile: Profile) -> tuple[WaitingKey, ...]:
    """List the keys nobody has vouched for, as far as this coordinator's desk has heard.

    A coordinator's own key is not among them: the signed office file speaks for it. Nor an erased person's.
    """
    known = profile.authority()
    return tuple(
        WaitingKey(one.profile, one.signing, one.letter, one.person, one.pc_name)
        for one in known.waiting.values()
        if one.signing not in known.roots.coordinators and not is_erased(known, one.person)
    )


def vouch(profile: Profile, key: WaitingKey, person: bytes, role: Role = Role.LEARNER) -> None:
    """State, as a coordinator, whose key it is. It acts at once and is in the log. Raises Problem."""
    _coordinator(profile)
    profile.record(
        "profile.vouched",
        profile=key.profile,
        signing=key.signing,
        letter=key.letter,
        person=person,
        role=role.value,
    )


def reset_codes(profile: Profile, person: bytes) -> tuple[ResetCode, ...]:
    """Open the reset codes of a person's profiles, newest each, with the coordinator's office keys.

    Raises Problem when this profile is no coordinator's. Showing one is stated by `hand_out`.
    """
    _coordinator(profile)
    known = profile.authority()
    owners = {one.profile: one.person for one in known.waiting.values()}
    owners |= {one: whose for one in known.people if (whose := known.person_of(one)) is not None}
    names = _pc_names(profile)
    newest: dict[bytes, tuple[int, str]] = {}
    for fact in profile.facts(kinds=("pin.escrowed",)):
        opened = _opened(profile, fact) if owners.get(fact.header.profile) == person else None
        if opened is not None:
            newest[fact.header.profile] = max(opened, newest.get(fact.header.profile, opened))
    return tuple(ResetCode(one, person, names.get(one, ""), code) for one, (_, code) in newest.items())


def hand_out(profile: Profile, code: ResetCode) -> str:
    """State that a reset code was handed out, and give it for showing."""
    profile.record("pin.reset", profile=code.profile)
    return code.code


def _adds(opening: Mapping[str, Value], before: Iterable[Mapping[str, Value]]) -> bool:
    """Tell whether an opening says more than those before: whose profile it is, or a proof for this key."""
    same = [one for one in before if one["person"] == opening["person"]]
    proven = any(one["proof"] == opening["proof"] for one in same)
    return bool(opening["person"]) and (not same or bool(opening["proof"] and not proven))


def _escrow(store: Store, profile: Profile, office: OfficeFile) -> None:
    """Seal the reset code to the office's key; anew when that key, or the code, is another than last time."""
    mark = office.header.generation.to_bytes(4, "big") + office.header.office_letter
    if profile.about("escrowed") == mark:
        return
    code = profile.about("reset_code")
    if not code:
        new_code_for(store, profile)
        code = profile.about("reset_code") or b""
    # The number tells the desk which code is the newest: clocks of PCs are not to be relied on for that.
    number = 1 + int(profile.about("escrows") or b"0")
    word = b"%d %s" % (number, code)
    sealed = seal(word, (office.header.office_letter,), _ESCROW + profile.profile)
    profile.put_about(escrows=b"%d" % number)
    profile.record("pin.escrowed", sealed=sealed)
    profile.put_about(escrowed=mark, reset_code=b"")


def _opened(profile: Profile, fact: Fact) -> tuple[int, str] | None:
    """Open an escrowed code with any office key held; gives its number and the code."""
    sealed = fact.statement.fields.get("sealed")
    if not isinstance(sealed, bytes):
        return None
    for key in profile.keys.office.values():
        try:
            number, code = unseal(sealed, key, _ESCROW + fact.header.profile).decode("ascii").split(" ")
            return int(number), code
        except (Refusal, ValueError):
            continue
    return None


def _pc_names(profile: Profile) -> dict[bytes, str]:
    return {
        fact.header.profile: str(fact.statement.fields.get("pc_name", ""))
        for fact in profile.facts(kinds=("profile.opened",))
    }


def _coordinator(profile: Profile) -> None:
    if not profile.keys.office:
        raise Problem(
            tr("Hanya koordinator kantor ini yang dapat melakukannya."),
            tr("Masuklah dengan profil koordinator yang didaftarkan dengan kodenya."),
        )
