"""Notes written on two PCs: one shows, the other stays visible, no clock decides."""

from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from sync.folds.order import moment
from sync.folds.put import PutFold
from sync.folds.standing import standing
from tests.builders.facts import NOON, PC

WIT = ZoneInfo("Asia/Jayapura")
KEY = ("k/m/a", "n1")


def _field(*pcs):
    return standing([fact for pc in pcs for fact in pc.facts], WIT).notes[KEY]


def test_an_edit_on_one_pc_replaces_what_it_was_based_on():
    pc = PC(log=1)
    pc.writes(b"pertama", 1, 0)
    pc.writes(b"kedua", 2, 1)
    field = _field(pc)
    assert field.now.sealed == b"kedua"
    assert field.others == ()
    assert field.next_counter == 3


def test_the_loser_of_two_edits_stays_visible():
    one = PC(profile=b"1" * 16, log=1)
    other = PC(profile=b"2" * 16, log=2)
    one.writes(b"awal", 1, 0)
    one.writes(b"dari PC 1", 2, 1)
    other.writes(b"dari PC 2", 2, 1)
    field = _field(other, one)
    assert field.now.sealed == b"dari PC 2"
    assert [version.sealed for version in field.others] == [b"dari PC 1"]


def test_a_clock_in_the_future_wins_nothing():
    wrong = PC(profile=b"1" * 16, log=1, wall=NOON + 10**8)
    right = PC(profile=b"2" * 16, log=2)
    wrong.writes(b"lama", 1, 0)
    right.writes(b"baru", 2, 1)
    assert _field(wrong, right).now.sealed == b"baru"


def test_an_edit_over_two_versions_hides_only_its_own_line():
    one, other = PC(profile=b"1" * 16, log=1), PC(profile=b"2" * 16, log=2)
    one.writes(b"A", 1, 0)
    other.writes(b"B", 1, 0)
    one.writes(b"A2", 2, 1)
    field = _field(one, other)
    assert field.now.sealed == b"A2"
    assert [version.sealed for version in field.others] == [b"B"]


def test_the_same_text_on_both_pcs_is_no_other_version():
    one, other = PC(profile=b"1" * 16, log=1), PC(profile=b"2" * 16, log=2)
    one.writes(b"sama", 1, 0)
    other.writes(b"sama", 1, 0)
    assert _field(one, other).others == ()


def test_a_base_that_points_forward_cannot_make_the_fold_run_in_circles():
    pc = PC(log=1)
    pc.writes(b"A", 1, 2)
    pc.writes(b"B", 2, 2)
    assert _field(pc).now.sealed == b"B"


@given(st.lists(st.integers(0, 2), min_size=1, max_size=12), st.randoms(use_true_random=False))
def test_pcs_that_never_hear_of_each_other_lose_none_of_their_last_texts_in_any_order(turns, dice):
    pcs = [PC(profile=bytes([49 + n]) * 16, log=1 + n) for n in range(3)]
    facts, count, last = [], [0, 0, 0], {}
    for number, who in enumerate(turns):
        last[who] = f"teks {number}".encode()
        facts.append(pcs[who].writes(last[who], count[who] + 1, count[who]))
        count[who] += 1
    seen = []
    for _ in range(2):
        fold = PutFold()
        for fact in facts:
            fold.add(fact, moment(fact, {}))
        (field,) = fold.fields().values()
        seen.append(field)
        dice.shuffle(facts)
    assert seen[0] == seen[1]
    shown = {seen[0].now.sealed, *(one.sealed for one in seen[0].others)}
    assert set(last.values()) <= shown
