"""Training outside: what is claimed counts nowhere until a desk has judged just that, whatever came first."""

from datetime import date
from itertools import count
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sync.folds import training
from sync.folds.cohort import CohortFold, PersonLine
from sync.folds.jp import JpYear
from sync.folds.listing import NOTHING
from sync.folds.standing import standing
from sync.folds.training import (
    JUDGED,
    RECOGNISED,
    REJECTED,
    Judgement,
    TrainingFold,
    TrainingState,
    claim_of,
    judged,
    judgement_of,
)
from sync.journal.keys import LetterKey
from sync.journal.passing import PASSED
from sync.journal.secret_fields import open_fields, pack_fields
from tests.builders.facts import NOON, PC

WIT = ZoneInfo("Asia/Jayapura")
DAY = date(2026, 11, 20).toordinal()
DESK, OTHER = b"d" * 16, b"o" * 16
KEY = LetterKey.generate()


def claims(pc, name="a", counter=1, **more):
    fields = {
        "id": name,
        "form": "seminar",
        "title": "Seminar pelayanan",
        "organiser": "BKPSDM",
        "day": DAY,
        "units": 2,
        "jp": 800,
        "abroad": 0,
        "table": 0,
        "file": b"",
        "counter": counter,
    }
    return pc.says("training.claimed", **(fields | more))


def letter(centre, fact, verdict=RECOGNISED, jp=800, counter=1, reason="", author=DESK, seq=0):
    """What the centre says to the claimant once a desk has judged a claim."""
    word = Judgement(counter, 9, seq or counter, b"", verdict, jp, 0, reason, author)
    sealed = judged(b"p" * 16, claim_of(fact), word, (KEY.public,))["sealed"]
    fields = pack_fields(open_fields(JUDGED, sealed, KEY))
    said = {"stated": JUDGED, "author": author, "of_log": 9, "of_seq": word.seq, "of_at": NOON}
    return centre.says(PASSED, **said, fields=fields)


@pytest.fixture
def pc():
    return PC(endorsed=True)


@pytest.fixture
def centre():
    return PC(profile=b"C" * 16, pc=bytes(16), log=900, endorsed=True)


def hours(*pcs, year=2026):
    return standing([fact for one in pcs for fact in one.facts], WIT).jp_of(year)


def test_a_claim_counts_nowhere_until_it_is_judged(pc):
    claims(pc)
    assert hours(pc) == JpYear(2026, claimed=800)
    assert hours(pc).total == 0


def test_what_the_desk_recognises_counts_as_the_desk_says(pc, centre):
    letter(centre, claims(pc, jp=99_000), jp=800)
    assert hours(pc, centre) == JpYear(2026, recognised=800)


def test_what_is_rejected_shows_its_reason_and_counts_nowhere(pc, centre):
    letter(centre, claims(pc), REJECTED, reason="Surat tugas belum ada")
    found = standing(pc.facts + centre.facts, WIT)
    assert found.jp_of(2026) == JpYear(2026, rejected=800)
    assert [(one.state, one.reason) for one in found.trainings] == [
        (TrainingState.REJECTED, "Surat tugas belum ada")
    ]


def test_a_claim_changed_after_it_was_recognised_waits_again(pc, centre):
    letter(centre, claims(pc))
    claims(pc, counter=2, units=9, jp=3600)
    assert hours(pc, centre) == JpYear(2026, claimed=3600)


def test_a_judgement_of_one_claim_says_nothing_of_another_under_its_name(pc, centre):
    letter(centre, claims(pc))
    twin = PC(log=pc.log, endorsed=True)
    claims(twin, jp=9900)
    assert hours(twin, centre) == JpYear(2026, claimed=9900)


def test_the_later_of_two_judgements_counts(pc, centre):
    fact = claims(pc)
    letter(centre, fact, REJECTED, counter=1, reason="Buram")
    letter(centre, fact, RECOGNISED, counter=2, jp=400)
    assert hours(pc, centre) == JpYear(2026, recognised=400)


def test_the_year_is_that_of_the_last_day_and_not_of_the_day_it_was_written_down(pc, centre):
    letter(centre, claims(pc, day=date(2025, 12, 31).toordinal()))
    assert hours(pc, centre, year=2025).recognised == 800
    assert hours(pc, centre).recognised == 0


def test_the_same_claim_put_on_two_pcs_is_one(pc):
    other = PC(log=200, pc=b"d" * 16, endorsed=True)
    claims(pc, counter=1)
    claims(other, counter=2, jp=400)
    claims(other, "b", jp=200)
    assert hours(pc, other).claimed == 600


@pytest.mark.parametrize("day", [0, -5, 1 << 40, date.max.toordinal() + 1])
def test_a_day_that_never_was_makes_no_claim(pc, day):
    claims(pc, day=day)
    assert hours(pc) == JpYear(2026)


@pytest.mark.parametrize(
    "spoilt",
    [
        {"verdict": 7},
        {"claim": 5},
        {"reason": 5},
        {"jp": "banyak"},
        {"counter": b"x"},
    ],
)
def test_a_judgement_that_is_none_is_passed_over(spoilt):
    fields = {"claim": b"x" * 32, "verdict": RECOGNISED, "jp": 1, "table": 0, "reason": "", "counter": 1}
    assert judgement_of(fields, DESK, 1, 1) is not None
    assert judgement_of(fields | spoilt, DESK, 1, 1) is None


def test_nobody_claims_or_is_given_more_than_all(pc, centre):
    letter(centre, claims(pc, jp=1 << 39), jp=1 << 39)
    claims(pc, "b", jp=-5)
    assert hours(pc, centre) == JpYear(2026, recognised=training.MOST)


# --- the desk ---------------------------------------------------------------------------------------------


def row(facts, *judgements, person=b"p" * 16):
    fold = CohortFold()
    for fact in facts:
        fold.add(fact)
    for whose, one in judgements:
        fold.judge(whose, one)
    line = PersonLine(person, "Simon", "", "Loket")
    (found,) = fold.rows([line], {b"p" * 16: person}, NOTHING, WIT, NOON)
    return found


def test_the_desk_counts_what_it_judged_as_the_pc_will(pc):
    digest = claims(pc).statement.digest
    word = Judgement(1, 9, 1, digest, RECOGNISED, 800, 0, "", DESK)
    found = row(pc.facts, (b"p" * 16, word))
    assert (found.jp, found.jp_recognised, found.jp_claimed) == (800, 800, 0)
    assert row(pc.facts).jp_claimed == 800
    assert row(pc.facts, (OTHER, word)).jp == 0, "a word on somebody else's"


def test_planted_fault_nobody_judges_their_own(pc, monkeypatch):
    digest = claims(pc).statement.digest
    own = Judgement(1, 9, 1, digest, RECOGNISED, 800, 0, "", b"p" * 16)
    assert row(pc.facts, (b"p" * 16, own)).jp == 0

    def careless(self, person, judgement):
        self._judgements.setdefault(person, []).append(judgement)

    monkeypatch.setattr(CohortFold, "judge", careless)
    assert row(pc.facts, (b"p" * 16, own)).jp == 800, "without the check they would"


# --- orders -----------------------------------------------------------------------------------------------

deeds = st.lists(
    st.tuples(st.sampled_from("ab"), st.integers(1, 3), st.sampled_from((0, RECOGNISED, REJECTED))),
    min_size=1,
    max_size=8,
)


@settings(max_examples=120)
@given(deeds, st.randoms(use_true_random=False))
def test_order_and_repetition_of_arrival_change_nothing(told, chance):
    pc, other = PC(endorsed=True), PC(log=200, pc=b"d" * 16, endorsed=True)
    centre = PC(profile=b"C" * 16, pc=bytes(16), log=900, endorsed=True)
    numbers = count(1)
    for name, counter, verdict in told:
        fact = claims(chance.choice((pc, other)), name, counter, jp=100 * counter)
        if verdict:
            letter(centre, fact, verdict, jp=50, counter=counter, seq=next(numbers))
    facts = pc.facts + other.facts + centre.facts
    first = standing(facts, WIT)
    mixed = facts + chance.choices(facts, k=3)
    chance.shuffle(mixed)
    again = standing(mixed, WIT)
    assert (again.trainings, again.jp, again.state_hash) == (first.trainings, first.jp, first.state_hash)
    halves = TrainingFold(), TrainingFold()
    for fact in mixed:
        chance.choice(halves).add(fact)
    halves[0].merge(halves[1])
    assert halves[0].trainings() == first.trainings
    assert len(first.trainings) == len({name for name, _, _ in told})
