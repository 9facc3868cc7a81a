"""A learner asks that her data be put right: the desk alone reads it, the roster changes, and she is told."""

from datetime import date

import pytest

from desktop.app.news import corrections_answered
from desktop.app.own_data import correction_words
from desktop.errors import Problem
from desktop.office.corrections import decline, put_right, waiting, wishes_at_desk
from desktop.office.desk import Desk as OfficeDesk
from desktop.office.roster import propose, proposed, read_preview
from desktop.people.corrections import ask_correction, own_corrections
from desktop.store.profile import Profile
from sync.folds.corrections import ANSWERED, Answer, CorrectionState, Topic, answer_fields
from sync.refusal import Code, Refusal
from tests.builders.road import send, sent
from tests.builders.roster import workbook
from tests.builders.village import HELENA, Village

UNIT = "Pelayanan Umum"
REASON = "Tanggal lahir di SK sama dengan NIP; ubah dahulu di BKN"


class Story(Village):
    """What the desk reads of wishes, and what SIMPEG says."""

    def wishes(self):
        return wishes_at_desk(self.yohana, OfficeDesk(self.yohana).people())

    def wish(self, topic):
        return next(one for one in self.wishes() if one.asked.topic is topic)

    def moves(self, person, unit):
        """The coordinator brings SIMPEG's list, and the centre makes a new office file of it."""
        rows = [
            (n, one.name, one.nips[-1].nip, unit if one.name == person.name else one.unit, "")
            for n, one in enumerate(OfficeDesk(self.yohana).people(), 1)
        ]
        propose(self.yohana, read_preview(self.yohana, workbook(self.folder / "simpeg.xlsx", rows)))
        sent(self.yohana, self.town.url)
        self.town.ask("office", "accept", proposed(self.yohana)[0].proposal.mark, "--out", str(self.folder))
        for _ in range(2):
            sent(self.yohana, self.town.url)


@pytest.fixture
def story(town, tmp_path, cheap_pins):
    made = Story(town, tmp_path)
    yield made
    made.ends()


def news(profile):
    """What Beranda tells somebody of answered requests."""
    return [(one.title, one.about) for _, one in corrections_answered(profile, date.fromtimestamp)]


def states(profile):
    return {one.topic: one.state for one in own_corrections(profile)}


def test_unit_and_birth_date_are_asked_for_answered_and_read(story):
    ask_correction(story.helena, Topic.UNIT, "Kependudukan", UNIT)
    ask_correction(story.helena, Topic.BIRTH, "", "27-08-1993")
    with pytest.raises(Problem, match="sudah menunggu"):
        ask_correction(story.helena, Topic.UNIT, "", "lagi")
    assert news(story.helena) == []
    story.to_the_desk()
    found = waiting(story.wishes())
    assert [(one.name, one.asked.topic, one.asked.right, one.held) for one in found] == [
        (HELENA.name, Topic.UNIT, UNIT, "Kependudukan"),
        (HELENA.name, Topic.BIRTH, "27-08-1993", "8 Juli 1993"),
    ]

    # "Sudah diperbaiki" is not said while the office file still says otherwise.
    with pytest.raises(Problem, match="belum berubah"):
        put_right(story.yohana, story.wish(Topic.UNIT))
    decline(story.yohana, story.wish(Topic.BIRTH), REASON)
    story.to_the_centre()
    story.moves(HELENA, UNIT)
    mine = story.wish(Topic.UNIT)
    assert (mine.version, mine.held, mine.renewed) == (2, UNIT, True)
    put_right(story.yohana, mine)
    assert waiting(story.wishes()) == ()
    story.to_the_centre()
    story.home()
    assert states(story.helena)[Topic.BIRTH] is CorrectionState.DECLINED, "by stick"
    for _ in range(2):
        sent(story.helena, story.town.url)  # this time the PC has a line

    assert states(story.helena) == {Topic.UNIT: CorrectionState.DONE, Topic.BIRTH: CorrectionState.DECLINED}
    assert story.pc.store.office().header.version == 2, "the new office file came with the answer"
    told = dict(news(story.helena))
    assert told["Permintaan perbaikan ditolak: Tanggal lahir"] == REASON
    assert told["Sudah diperbaiki: Unit kerja"].endswith("daftar kantor versi 2")
    assert {correction_words(one) for one in own_corrections(story.helena)} == {
        f"Unit kerja: {UNIT}. Sudah diperbaiki.",
        f"Tanggal lahir: 27-08-1993. Tidak diubah: {REASON}",
    }

    # Nobody else reads any of it, and what was answered can be asked again.
    assert news(story.ketut) == []
    for secret in (UNIT, "27-08-1993", REASON):
        assert secret not in repr(story.ketut.facts())
        assert secret not in repr(story.town.stored(story.helena.profile)), "the centre keeps it sealed"
    ask_correction(story.helena, Topic.BIRTH, "", "28-08-1993")
    assert [one.state for one in own_corrections(story.helena)].count(CorrectionState.WAITING) == 1


def test_a_coordinator_answers_everybodys_but_her_own(story):
    ask_correction(story.yohana, Topic.OTHER, "", "Gelar pada sertifikat lama")
    (own,) = story.wishes()
    assert (own.own, own.renewed, waiting(story.wishes())) == (True, True, ())
    with pytest.raises(Problem, match="dijawab sendiri"):
        put_right(story.yohana, own)
    with pytest.raises(Problem, match="alasannya"):
        decline(story.yohana, own, "  ")


def test_planted_fault_a_learners_own_key_cannot_answer(story, monkeypatch):
    ask_correction(story.helena, Topic.NAME, HELENA.name, "Helena Bonay, S.Sos.")
    (mine,) = own_corrections(story.helena)
    header = story.pc.store.office().header
    word = Answer(1, 0, 0, 0, b"", CorrectionState.DONE.value, 9, "", b"")
    readers = (header.centre_letter, header.office_letter)
    yes = answer_fields(story.helena.person, mine.digest, word, readers)
    with pytest.raises(Refusal) as told:
        story.helena.record(ANSWERED, **yes)
    assert told.value.code is Code.AUTHOR
    monkeypatch.setattr(Profile, "_allow", lambda *_: None)  # a program of her own does not ask
    story.helena.record(ANSWERED, **yes)
    story.to_the_desk()
    assert [one.name for one in waiting(story.wishes())] == [HELENA.name], "it still waits for an answer"
    for _ in range(2):
        send(story.helena, story.town.url)
    assert states(story.helena) == {Topic.NAME: CorrectionState.WAITING}
    assert news(story.helena) == []


def test_planted_fault_a_check_left_out_says_it_is_put_right_when_nothing_changed(story, monkeypatch):
    """Without the look at the office file a coordinator would tell her what is not so."""
    ask_correction(story.helena, Topic.UNIT, "", UNIT)
    story.to_the_desk()
    wish = story.wish(Topic.UNIT)
    assert not wish.renewed
    monkeypatch.setattr(type(wish), "renewed", True)
    put_right(story.yohana, wish)
    assert story.wish(Topic.UNIT).asked.state is CorrectionState.DONE
    assert story.wish(Topic.UNIT).held != UNIT


@pytest.mark.parametrize(
    ("topic", "right", "says"),
    [(Topic.NAME, "   ", "bagaimana seharusnya"), (Topic.NIP, "1993", "18 angka")],
)
def test_a_request_with_a_slip_is_told_and_leaves_nothing(story, topic, right, says):
    with pytest.raises(Problem) as told:
        ask_correction(story.helena, topic, "", right)
    assert says in str(told.value)
    assert own_corrections(story.helena) == ()
