"""A year's reflection: the newest words hold whatever came first, and a paper is of one version alone."""

from hypothesis import given
from hypothesis import strategies as st

from sync.folds.reflections import PRINTED, PUT, reflections
from tests.builders.facts import NOON, PC


def writes(pc, year=2026, counter=1, words=b"satu", at=0):
    return pc.says(PUT, at, year=year, sealed=words, counter=counter)


def prints(pc, fact, year=2026, at=0):
    return pc.says(PRINTED, at, year=year, of=fact.statement.digest)


def test_each_year_has_its_own_and_the_later_version_holds():
    pc = PC()
    writes(pc, 2025, words=b"dulu")
    writes(pc, words=b"satu")
    writes(pc, counter=2, words=b"dua")
    found = reflections(pc.facts)
    assert [(year, one.sealed, one.counter) for year, one in found.items()] == [
        (2025, b"dulu", 1),
        (2026, b"dua", 2),
    ]


def test_words_put_after_a_paper_stand_on_none():
    pc = PC()
    first = writes(pc)
    prints(pc, first, at=60)
    prints(pc, first, at=120)
    assert reflections(pc.facts)[2026].printed == NOON + 60, "the first paper"
    writes(pc, counter=2, words=b"lagi", at=180)
    assert reflections(pc.facts)[2026].printed is None


def test_a_paper_of_another_year_or_of_nothing_prints_nothing():
    pc = PC()
    prints(pc, writes(pc), year=2025)
    pc.says(PRINTED, year=2026, of=b"?")
    assert reflections(pc.facts)[2026].printed is None
    assert list(reflections(pc.facts)) == [2026]


@given(
    st.lists(st.tuples(st.integers(2025, 2026), st.integers(1, 3), st.booleans()), min_size=1, max_size=8),
    st.randoms(use_true_random=False),
)
def test_order_repetition_and_a_second_pc_change_nothing(deeds, chance):
    pcs = PC(), PC(log=200, pc=b"d" * 16)
    for at, (year, counter, printed) in enumerate(deeds):
        pc = chance.choice(pcs)
        fact = writes(pc, year, counter, b"%d" % at, at)
        if printed:
            prints(chance.choice(pcs), fact, year, at)
    facts = pcs[0].facts + pcs[1].facts
    mixed = facts + chance.choices(facts, k=3)
    chance.shuffle(mixed)
    assert reflections(mixed) == reflections(facts)
    for year, one in reflections(facts).items():
        assert one.counter == max(counter for which, counter, _ in deeds if which == year)
