"""A seminar is written down in the village, judged at the desk, and home again by stick: the sums are one."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from desktop.app.news import trainings_judged
from desktop.demo.people import COORDINATOR
from desktop.errors import Problem
from desktop.evidence.outside import Outside, claim_training, claimed
from desktop.office.desk import Desk as OfficeDesk
from desktop.office.trainings import claims_at_desk, recognise, reject, scan_of, waiting
from desktop.store.profile import Profile
from sync.folds.training import JUDGED, RECOGNISED, Judgement, TrainingState, judged
from sync.refusal import Code, Refusal
from tests.builders.road import desk_row, send, sent
from tests.builders.village import HELENA, KETUT, Village

SCAN = b"%PDF-1.7 " + bytes(range(256)) * 120
REASON = "Sertifikatnya tidak terbaca, pindai ulang"


class Story(Village):
    """A seminar of today, and the hours that each place counts of it."""

    def __init__(self, town, folder):
        super().__init__(town, folder)
        self.today = datetime.fromtimestamp(self.pc.store.now(), UTC).date()

    def seminar(self, **more):
        said = Outside("seminar", "Seminar pelayanan publik", "BKPSDM", self.today, 2, scan=SCAN)
        return replace(said, **more)

    def claims(self):
        return claims_at_desk(self.yohana, OfficeDesk(self.yohana).people())

    def claim(self, person):
        return next(one for one in self.claims() if one.name == person.name)

    def hours(self, profile, person):
        """(recognised, waiting, claimed) at the PC, the desk and the centre."""
        here = profile.standing().jp_of(self.today.year)
        desk, centre = desk_row(self.yohana, person), self.town.row(self.office, person)
        return (
            (here.total, here.recognised, here.claimed),
            (desk.jp, desk.jp_recognised, desk.jp_claimed),
            (centre["jp"], centre["jp_recognised"], centre["jp_claimed"]),
        )


@pytest.fixture
def story(town, tmp_path, cheap_pins):
    made = Story(town, tmp_path)
    yield made
    made.ends()


def news(profile):
    """What Beranda tells somebody of judged trainings."""
    return [one for _, one in trainings_judged(profile, date.fromtimestamp)]


def test_a_seminar_is_claimed_judged_and_home_by_stick_and_all_sums_are_one(story):
    claim_training(story.helena, story.seminar())
    ketuts = claim_training(story.ketut, story.seminar(form="pelatihan", programme=3000, abroad=True))
    story.to_the_desk()
    assert {one.name: one.worth for one in waiting(story.claims())} == {HELENA.name: 800, KETUT.name: 3600}
    assert scan_of(story.yohana, story.claim(HELENA)).data == SCAN

    recognise(story.yohana, story.claim(HELENA), 800)
    reject(story.yohana, story.claim(KETUT), REASON)
    assert waiting(story.claims()) == ()
    story.to_the_centre()
    story.home()
    assert set(story.hours(story.helena, HELENA)) == {(800, 800, 0)}
    assert set(story.hours(story.ketut, KETUT)) == {(0, 0, 0)}
    mine = claimed(story.ketut, ketuts)
    assert (mine.state, mine.reason) == (TrainingState.REJECTED, REASON)
    assert story.ketut.standing().jp_of(story.today.year).rejected == 3600
    assert REASON not in repr(story.helena.facts()), "the reason is for its owner"
    assert [(one.title, one.about) for one in news(story.ketut)] == [
        (f"Tidak diakui: {mine.claim.title}", REASON)
    ]
    assert [one.title.split(":")[0] for one in news(story.helena)] == ["8 JP diakui"]

    # Put right and asked again: what was judged before says nothing of it.
    claim_training(story.ketut, story.seminar(units=1, scan=SCAN + b"jelas"), ketuts)
    assert claimed(story.ketut, ketuts).state is TrainingState.WAITING
    assert news(story.ketut) == [], "an answer to what it said before is no news any more"
    story.to_the_desk()
    recognise(story.yohana, story.claim(KETUT), 400)
    story.to_the_centre()
    sent(story.ketut, story.town.url)  # this time the PC has a line
    assert set(story.hours(story.ketut, KETUT)) == {(400, 400, 0)}
    assert set(story.hours(story.helena, HELENA)) == {(800, 800, 0)}


def test_planted_fault_a_learners_own_key_cannot_judge(story, monkeypatch):
    claim_training(story.helena, story.seminar())
    (mine,) = story.helena.standing().trainings
    header = story.pc.store.office().header
    readers = (header.centre_letter, header.office_letter)
    word = Judgement(1, 0, 0, b"", RECOGNISED, 800, 0, "", b"")
    yes = judged(story.helena.person, mine.claim, word, readers)
    with pytest.raises(Refusal) as told:
        story.helena.record(JUDGED, **yes)
    assert told.value.code is Code.AUTHOR
    monkeypatch.setattr(Profile, "_allow", lambda *_: None)  # a program of her own does not ask
    story.helena.record(JUDGED, **yes)
    story.to_the_desk()
    assert desk_row(story.yohana, HELENA).jp == 0
    assert [one.name for one in waiting(story.claims())] == [HELENA.name], "it still waits for a look"
    send(story.helena, story.town.url)
    send(story.helena, story.town.url)
    assert story.helena.standing().jp_of(story.today.year).total == 0
    assert all(fact.statement.kind != JUDGED for fact in story.town.stored(story.helena.profile))


def test_a_coordinator_judges_everybodys_but_her_own(story):
    claim_training(story.yohana, story.seminar())
    (own,) = story.claims()
    assert (own.own, waiting(story.claims())) == (True, ())
    with pytest.raises(Problem, match="dinilai sendiri"):
        recognise(story.yohana, own, 800)
    recognise_anyway = replace(own, own=False)
    recognise(story.yohana, recognise_anyway, 800)
    story.to_the_centre()
    assert set(story.hours(story.yohana, COORDINATOR)) == {(0, 0, 800)}


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"title": "  "}, "Isi judul"),
        ({"title": "x" * 300}, "terlalu panjang"),
        ({"form": "piknik"}, "bentuk"),
        ({"units": 0}, "masuk akal"),
        ({"form": "pelatihan"}, "JP program"),
        ({"form": "bimbingan", "abroad": True}, "dalam negeri"),
        ({"scan": b"MZ\x90"}, "bukan PDF"),
        ({"scan": b"%PDF-" + bytes(6 << 20)}, "terlalu besar"),
    ],
)
def test_a_claim_with_a_slip_is_told_and_leaves_nothing(story, wrong, says):
    with pytest.raises(Problem) as told:
        claim_training(story.helena, story.seminar(**wrong))
    assert says in str(told.value)
    assert story.helena.standing().trainings == ()
