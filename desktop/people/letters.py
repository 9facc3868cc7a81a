"""Letters sealed to a person: the key in escrow at the centre, keys that came back, opening with any."""

from desktop.store.keyring import with_letters
from desktop.store.profile import Profile
from sync.journal.keys import LetterKey
from sync.journal.letters import ESCROWED, RETURNED, escrow, open_return
from sync.journal.secret_fields import opened
from sync.journal.statement import Fact
from sync.officefile import OfficeFile
from sync.refusal import Code, Refusal

_MARK = "letter_escrowed"


def escrow_letter(profile: Profile, office: OfficeFile) -> None:
    """State the letter key for the centre alone; once for each key, and anew for another centre's key."""
    letter, centre = profile.keys.letter, office.header.centre_letter
    mark = centre + letter.public
    if profile.about(_MARK) == mark:
        return
    profile.record(ESCROWED, sealed=escrow(letter, centre, profile.profile))
    profile.put_about(**{_MARK: mark})


def take_letters(profile: Profile) -> bool:
    """Take older letter keys that the centre has given back; tells whether any was new. Cheap where none is.

    They are the person's own of before a PIN reset, returned by hand of the centre's operator.
    """
    returned = profile.facts(kinds=(RETURNED,))
    if not returned:
        return False
    known, before = profile.authority(), profile.keys
    for fact in known.accepted(returned):
        given = open_return(fact, letters_of(profile))
        if given is not None:
            profile.keys = with_letters(profile.keys, given.letters)
    return profile.keys != before


def letters_of(profile: Profile) -> tuple[LetterKey, ...]:
    """Give every letter key of a profile, today's first."""
    return (profile.keys.letter, *profile.keys.letters)


def open_secret(profile: Profile, fact: Fact) -> Fact:
    """Open the sealed fields of a fact with whichever of the profile's letter keys fits, for a fold.

    Raises Refusal(RECIPIENT) when it is for none of them: from before a PIN reset, or somebody else's.
    """
    for key in letters_of(profile):
        try:
            return opened(fact, key)
        except Refusal as refusal:
            if refusal.code is not Code.RECIPIENT:
                raise
    raise Refusal(Code.RECIPIENT)
