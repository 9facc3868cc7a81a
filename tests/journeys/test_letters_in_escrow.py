"""Letters after a forgotten PIN: sealed for everybody, until the centre's operator gives the old keys back by hand."""

import uuid

import pytest

from desktop.demo.people import COORDINATOR, LEARNERS
from desktop.people import letters
from desktop.people.letters import letters_of, open_secret, take_letters
from desktop.people.profiles import enrol_later, reset_pin
from desktop.people.vouching import hand_out, key_mark, reset_codes, vouch, waiting_keys
from desktop.store.facts import Scope
from sync.bundle import seal_piece
from sync.journal.keys import LetterKey
from sync.journal.letters import ESCROWED, RETURNED, open_escrow, open_return
from sync.journal.sealing import recipients_of, unseal
from sync.journal.secret_fields import seal_fields
from sync.journal.segment import decode_segment
from sync.refusal import Code, Refusal
from sync.server.keys import open_keys
from sync.server.voice import centre_profile
from tests.builders.road import Pc, desk_row, sent

SIMON, DORCE = LEARNERS[8], LEARNERS[1]
NEW_PIN = "602913"
SECRET = "Saya takut gagal ujian."


class Story:
    """Simon writes a note to himself, forgets his PIN, and gets a new one from the coordinator."""

    def __init__(self, town, folder):
        self.town = town
        self.office = town.office((COORDINATOR, SIMON, DORCE))
        self.pc = Pc(folder / "pc", "PC Loket 1", self.office)
        self.desk = Pc(folder / "meja", "PC Sekretariat", self.office).sit(COORDINATOR)
        self.simon = self.pc.sit(SIMON)
        self.person = self.simon.person
        self.note = self.writes(self.simon, SECRET)
        self.syncs(self.simon, self.desk)

    def writes(self, simon, text):
        sealed = seal_fields("note.put", {"text": text}, (simon.keys.letter.public,))
        made = simon.record("note.put", activity="a/b/c", field="catatan", sealed=sealed, counter=1, base=0)
        return made.identity

    def syncs(self, *profiles):
        for one in profiles:
            sent(one, self.town.url)

    def reads(self, profile, note=None):
        """Open the note with whatever keys the profile has."""
        (fact,) = [one for one in profile.facts(kinds=("note.put",)) if one.identity == (note or self.note)]
        return open_secret(profile, fact).statement.fields["text"]

    def forgets(self, profile=None, pin=NEW_PIN):
        """Get a new PIN by the coordinator's code, and be vouched for again."""
        profile = profile or self.simon
        (code,) = [one for one in reset_codes(self.desk, self.person) if one.profile == profile.profile]
        profile.close()
        again = self.pc.reset(profile.profile, hand_out(self.desk, code), pin)
        self.syncs(again, self.desk)
        for key in waiting_keys(self.desk):
            vouch(self.desk, key, again.person)
        self.syncs(self.desk, again)
        assert again.vouched()
        return again

    def asks(self, *words):
        return self.town.ask("person", "letters-return", str(uuid.UUID(bytes=self.person)), *words)

    def returned_to(self, profile):
        mark = key_mark(profile.keys.signing.public)
        return self.asks("--key", mark, "--asked-by", "Simon sendiri, lewat telepon kantor")


@pytest.fixture
def story(town, tmp_path, cheap_pins):
    return Story(town, tmp_path)


def test_old_letters_stay_sealed_after_a_reset_and_open_once_the_operator_gave_the_key_back(story):
    assert story.reads(story.simon) == SECRET
    old = story.simon.keys.letter.public
    again = story.forgets()
    with pytest.raises(Refusal) as told:
        story.reads(again)
    assert told.value.code is Code.RECIPIENT
    newer = story.writes(again, "sesudahnya")
    assert story.reads(again, newer) == "sesudahnya"

    said = story.asks()
    assert f"tanda {key_mark(again.keys.signing.public)}, PC Loket 1, disahkan oleh koordinator" in said
    assert "bukan lewat koordinator" in said
    story.syncs(again)
    assert not take_letters(again), "a look gives nothing away"

    assert "1 kunci surat lama diserahkan" in story.returned_to(again)
    story.syncs(again)
    assert take_letters(again)
    assert story.reads(again) == SECRET
    assert [key.public for key in again.keys.letters] == [old]
    again.close()
    again = story.pc.enter(again.profile, NEW_PIN)
    assert story.reads(again) == SECRET
    row = story.pc.store.profile(again.profile)
    again.close()
    again = story.pc.enter(again.profile, NEW_PIN)
    assert story.pc.store.profile(again.profile).keys_by_pin == row.keys_by_pin, (
        "nothing new, nothing locked anew"
    )
    (word,) = again.facts(kinds=(RETURNED,))
    assert again.authority().counts(word)
    assert open_return(word, [again.keys.letter]).asked == "Simon sendiri, lewat telepon kantor"
    assert open_return(word, [open_keys(story.town.home, begun=True).letter]).asked.startswith("Simon")


def test_a_second_reset_costs_the_letters_again_and_one_return_brings_all_of_them(story):
    again = story.forgets()
    later = story.writes(again, "dua")
    story.syncs(again, story.desk)
    third = story.forgets(again, "771204")
    for note in (story.note, later):
        with pytest.raises(Refusal):
            story.reads(third, note)
    story.returned_to(third)
    story.syncs(third)
    take_letters(third)
    assert [story.reads(third, note) for note in (story.note, later)] == [SECRET, "dua"]


def test_a_piece_sealed_to_an_older_key_opens_again_too_and_moves_no_cursor(story):
    """It was cut for another key, which perhaps read less of the office: what lies between must still come."""
    old = story.simon.keys.letter.public
    centre = open_keys(story.town.home, begun=True).signing
    again = story.forgets()
    piece = seal_piece("office", 500, 900, story.desk.facts(Scope.OWN), old, centre)
    with pytest.raises(Refusal):
        again.take_pieces([piece])
    story.returned_to(again)
    story.syncs(again)
    take_letters(again)
    cursors = again.cursors()
    assert again.take_pieces([piece]).early == 0
    assert {fact.identity for fact in story.desk.facts(Scope.OWN)} <= {
        fact.identity for fact in again.facts()
    }
    assert again.cursors() == cursors


def test_a_code_typed_later_brings_another_letter_key_and_the_one_before_is_kept(story):
    """A coordinator after a reset: what was written meanwhile still opens, without anybody's help."""
    desk = story.desk
    early = story.writes(desk, "sebelum")
    (code,) = reset_codes(desk, desk.person)
    desk.close()
    reset = reset_pin(desk.store, desk.profile, code.code, NEW_PIN)
    between = story.writes(reset, "di antara")
    leader = enrol_later(desk.store, reset, story.office.codes[COORDINATOR.nip], NEW_PIN)
    assert leader.vouched()
    assert [key.public for key in leader.keys.letters] == [reset.keys.letter.public]
    assert [story.reads(leader, note) for note in (early, between)] == ["sebelum", "di antara"]
    leader.close()


# --- who reads it -------------------------------------------------------------------------------------------


def readers(story, sealed):
    """Everybody who can open a letter key in escrow: by the office's keys, by their own, by the centre's."""
    desk = story.desk
    keys = {
        "the centre": [open_keys(story.town.home, begun=True).letter],
        "the coordinator": [*desk.keys.office.values(), *letters_of(desk)],
        "a colleague": [LetterKey.generate()],
    }
    found = set()
    for who, ones in keys.items():
        for key in ones:
            try:
                unseal(sealed, key, b"suluh letter escrow 1\0" + story.simon.profile)
            except Refusal:
                continue
            found.add(who)
    return found


def sealed_of(profile):
    (fact,) = profile.facts(Scope.OWN, kinds=(ESCROWED,))
    return fact.statement.fields["sealed"]


def test_the_escrow_opens_for_the_centre_alone(story):
    sealed = sealed_of(story.simon)
    assert len(recipients_of(sealed)) == 1
    assert readers(story, sealed) == {"the centre"}
    (fact,) = [one for one in story.town.stored(story.simon.profile) if one.statement.kind == ESCROWED]
    assert (
        open_escrow(fact, open_keys(story.town.home, begun=True).letter).public
        == story.simon.keys.letter.public
    )


def test_planted_fault_an_escrow_that_the_office_opens_too_is_seen(town, tmp_path, cheap_pins, monkeypatch):
    from sync.journal import letters as sealing

    def to_the_office_as_well(letter, centre_letter, profile):
        both = (centre_letter, *offices)
        return sealing.seal(letter.raw, both, b"suluh letter escrow 1\0" + profile)

    offices = []
    story = Story(town, tmp_path)
    offices.append(story.pc.store.office().header.office_letter)
    monkeypatch.setattr(letters, "escrow", to_the_office_as_well)
    again = story.forgets()
    sealed = next(
        one.statement.fields["sealed"]
        for one in again.facts(Scope.OWN, kinds=(ESCROWED,))
        if one.signer == again.keys.signing.public
    )
    assert readers(story, sealed) == {"the centre", "the coordinator"}


def test_neither_the_desk_nor_another_pc_of_the_person_ever_gets_it(story, tmp_path):
    other = Pc(tmp_path / "lain", "PC Rapat", story.office)
    there = other.sit(SIMON, code=False)
    colleague = other.sit(DORCE)
    story.syncs(there, story.desk, colleague)
    for key in waiting_keys(story.desk):
        vouch(story.desk, key, key.person)
    again = story.simon
    story.syncs(story.desk, there, again, colleague, story.desk)
    assert there.vouched()
    assert there.facts(Scope.PERSON)
    for one in (story.desk, there, colleague):
        assert {fact.header.profile for fact in one.facts(kinds=(ESCROWED,))} <= {one.profile}
    story.forgets()
    for one in (story.desk, colleague):
        assert one.facts(kinds=(RETURNED,)) == ()


def test_what_the_desk_collects_from_the_outbox_holds_it_locked(story):
    """The tail of a log goes whole to the desk, by stick: the field inside stays shut."""
    story.writes(story.simon, "belum dikirim")
    parts = story.pc.store.outbox.outgoing(story.simon.profile)
    office_key = next(iter(story.desk.keys.office.values()))
    facts = [fact for part in parts for fact in decode_segment(unseal(part.sealed, office_key)).facts]
    assert any(fact.statement.kind == "note.put" for fact in facts)
    assert all(
        readers(story, fact.statement.fields["sealed"]) == {"the centre"}
        for fact in facts
        if fact.statement.kind == ESCROWED
    )


def test_an_old_profile_states_it_once_at_its_next_sign_in(town, tmp_path, cheap_pins, monkeypatch):
    from desktop.people import vouching

    with monkeypatch.context() as before_this_version:
        before_this_version.setattr(vouching, "escrow_letter", lambda *_: None)
        story = Story(town, tmp_path)
    assert story.simon.facts(kinds=(ESCROWED,)) == ()
    for _ in range(2):
        story.simon.close()
        story.simon = story.pc.enter(story.simon.profile)
    assert len(story.simon.facts(Scope.OWN, kinds=(ESCROWED,))) == 1
    story.syncs(story.simon)
    again = story.forgets()
    story.returned_to(again)
    story.syncs(again)
    take_letters(again)
    assert story.reads(again) == SECRET


# --- the operator ---------------------------------------------------------------------------------------------


def test_the_operator_must_name_one_key_and_who_asked(story):
    again = story.forgets()
    mark = key_mark(again.keys.signing.public)
    old = key_mark(story.simon.keys.signing.public)
    refusals = (
        ("--key", mark),
        ("--key", "000000", "--asked-by", "Simon"),
        ("--key", key_mark(story.desk.keys.signing.public), "--asked-by", "koordinator"),
    )
    for words in refusals:
        with pytest.raises(AssertionError, match="Tidak dapat dijalankan"):
            story.asks(*words)
    story.syncs(again)
    assert again.facts(kinds=(RETURNED,)) == ()
    assert old in story.asks(), "his key of before counts still; he can be told from it by the mark"


def test_a_return_changes_no_hours_and_no_date_of_the_report(story):
    again = story.forgets()
    story.syncs(again, story.desk)
    before = story.town.row(story.office, SIMON)
    story.returned_to(again)
    after = story.town.row(story.office, SIMON)
    assert {**after, "as_of": None} == {**before, "as_of": None}
    assert after["as_of"] == before["as_of"]
    story.syncs(again, story.desk)
    assert desk_row(story.desk, SIMON).jp == after["jp"]


def test_nobody_but_the_centre_returns_letters(story):
    forged = {"profile": story.simon.profile, "letter": story.simon.keys.letter.public, "sealed": b"x"}
    for one in (story.simon, story.desk):
        with pytest.raises(Refusal) as told:
            one.record(RETURNED, **forged)
        assert told.value.code is Code.AUTHOR


def test_erasing_a_person_leaves_no_key_in_escrow_and_no_return(story):
    again = story.forgets()
    story.returned_to(again)
    centre = centre_profile(again.centre_key())

    def kept():
        mine = [one for one in story.town.stored(again.profile) if one.statement.kind == ESCROWED]
        said = [one for one in story.town.stored(centre) if one.statement.kind == RETURNED]
        return len(mine), sum(one.statement.fields["profile"] == again.profile for one in said)

    assert kept() == (2, 1)
    story.town.ask("person", "erase", str(uuid.UUID(bytes=story.person)))
    assert kept() == (0, 0)
    with pytest.raises(AssertionError, match="Orang itu tidak ada"):
        story.asks()
