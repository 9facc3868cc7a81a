"""A finished course is worth what a signed source says of its version; what a key claims counts nowhere."""

from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sync.catalogue import read_catalogue, shapes_of, sign_catalogue, with_version
from sync.folds import jp
from sync.folds.cohort import PersonLine, cohort
from sync.folds.completion import CompletionFold, CourseShape, VersionShape
from sync.folds.listing import NOTHING, Listing
from sync.folds.standing import StandingFold, standing
from sync.journal.keys import SigningKey
from tests.builders.facts import NOON, PC
from tests.builders.shelved import course

WIT = ZoneInfo("Asia/Jayapura")
OLD, NEW = course("k", 600, "1.0", ("m1",)), course("k", 500, "1.1", ("m1", "m2"))
CATALOGUE = Listing.of_catalogue(shapes_of([OLD, NEW]))
IN_PACKS = Listing(installed=shapes_of([OLD, NEW]))
FORGED = 90_000


def completes(pc, version, claims, *modules, name="k"):
    for module in modules:
        pc.says("module.completed", module=f"{name}/{module}", version=version)
    return pc.says("course.completed", course=name, version=version, jp=claims)


def hours(facts, listing, **more):
    return standing(facts, WIT, listing=listing, **more).jp_of(2026)


# --- what counts ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("version", "modules", "worth"), [("1.0", ("m1",), 600), ("1.1", ("m1", "m2"), 500)])
def test_hours_follow_the_version_that_was_finished(version, modules, worth):
    pc = PC(endorsed=True)
    completes(pc, version, FORGED, *modules)
    found = hours(pc.facts, CATALOGUE)
    assert (found.recognised, found.waiting, found.claimed) == (worth, 0, 0)


def test_what_no_signed_source_lists_waits_beside_the_sum():
    pc = PC(endorsed=True)
    completes(pc, "9.9", FORGED, "m1", "m2")
    completes(pc, "1", 200, name="tak-dikenal")
    found = hours(pc.facts, CATALOGUE)
    assert (found.total, found.claimed) == (0, FORGED + 200)


def test_a_centre_without_a_catalogue_recognises_nothing_and_forgets_nothing():
    pc = PC(endorsed=True)
    completes(pc, "1.0", 600, "m1")
    assert hours(pc.facts, NOTHING) == jp.JpYear(2026, claimed=600)
    assert hours(pc.facts, CATALOGUE) == jp.JpYear(2026, recognised=600)


def test_what_only_a_pack_says_is_counted_but_not_yet_recognised():
    pc = PC(endorsed=True)
    completes(pc, "1.0", FORGED, "m1")
    assert hours(pc.facts, IN_PACKS) == jp.JpYear(2026, waiting=600)


def test_a_course_whose_modules_are_not_done_waits_until_the_last_of_them_has_come():
    here, there = PC(log=1, endorsed=True), PC(b"2" * 16, b"2" * 16, log=2, endorsed=True)
    completes(here, "1.1", 500, "m1")
    assert hours(here.facts, CATALOGUE) == jp.JpYear(2026, claimed=500)
    there.says("module.completed", module="k/m2", version="1.0")
    assert hours(here.facts + there.facts, CATALOGUE) == jp.JpYear(2026, recognised=500)


def test_an_earlier_word_that_counts_for_nothing_hides_no_honest_one():
    pc = PC(endorsed=True)
    completes(pc, "9.9", FORGED)
    completes(pc, "1.1", 500, "m1", "m2")
    assert hours(pc.facts, CATALOGUE) == jp.JpYear(2026, recognised=500)


def test_a_pack_beside_a_catalogue_that_lists_another_version_does_not_outdo_it():
    pc = PC(log=5)
    completes(pc, "1.0", 600, "m1")
    completes(pc, "1.1", 500, "m2")
    both = Listing(shapes_of([NEW]), shapes_of([OLD, NEW]))
    assert hours(pc.facts, both, acked={5: 9}) == jp.JpYear(2026, recognised=500)


def test_the_report_sums_what_the_person_sees():
    pc = PC(endorsed=True)
    completes(pc, "1.0", FORGED, "m1")
    completes(pc, "1", FORGED, name="tak-dikenal")
    (row,) = cohort(
        pc.facts, [PersonLine(b"A" * 16, "Ani", "1", "U")], {pc.profile: b"A" * 16}, CATALOGUE, WIT, NOON
    )
    assert (row.jp, row.jp_recognised, row.jp_claimed) == (600, 600, FORGED)


def test_a_claim_of_any_size_is_written_down_within_what_a_pack_could_say():
    pc = PC()
    completes(pc, "1", 1 << 62, name="x")
    completes(pc, "1", -5, name="y")
    assert hours(pc.facts, CATALOGUE).claimed == jp.MOST


# --- any order, any claim ---------------------------------------------------------------------------------

LIES = st.integers(-100, 1 << 40)
WORDS = st.one_of(
    st.tuples(st.just("module"), st.sampled_from(["k/m1", "k/m2", "l/m1"]), st.just("1.0"), st.just(0)),
    st.tuples(st.just("course"), st.sampled_from("kl"), st.sampled_from(["1.0", "1.1", "9"]), LIES),
)
STUDY = st.lists(st.tuples(st.integers(1, 3), st.integers(0, 3), st.booleans(), WORDS), max_size=14)


def told(study, lie=None):
    """State what was drawn; with `lie` every course claims so many hours. Numbers repeat: branches too."""
    facts = []
    for log, seq, endorsed, (kind, name, version, claims) in study:
        pc = PC(profile=bytes([log]) * 16, log=log, endorsed=endorsed)
        fields = {kind: name, "version": version} | (
            {} if kind == "module" else {"jp": claims if lie is None else lie}
        )
        facts.append(pc.again(seq, f"{kind}.completed", seq, fields))
    return facts


def claims_change_no_sum(study):
    """What is recognised and what is counted is the same whatever the statements claim, and never too much."""
    for listing in (CATALOGUE, IN_PACKS):
        honest, lying = (hours(told(study, lie), listing, acked={1: 2}) for lie in (None, FORGED))
        assert (honest.recognised, honest.total) == (lying.recognised, lying.total)
        assert lying.total in {0, 500, 600}
    assert hours(told(study), IN_PACKS).recognised == 0


def any_order(study, chance, share):
    facts = told(study)
    halves = [StandingFold(), StandingFold()]
    for place, fact in enumerate(facts):
        halves[share >> place & 1].add(fact)
    halves[0].merge(halves[1])
    whole = standing(facts, WIT, listing=CATALOGUE)
    assert halves[0].standing(WIT, listing=CATALOGUE) == whole
    assert standing([*chance.sample(facts, len(facts)), *facts[:3]], WIT, listing=CATALOGUE) == whole


@given(STUDY)
def test_no_claim_changes_a_sum(study):
    claims_change_no_sum(study)


@given(STUDY, st.randoms(use_true_random=False), st.integers(0, (1 << 14) - 1))
def test_any_order_any_repetition_and_any_two_halves_give_the_same(study, chance, share):
    any_order(study, chance, share)


def test_a_fold_that_believed_the_claim_would_be_caught(monkeypatch):
    def believing(claim, _modules, _listing):
        return jp._Worth(jp._Source.CATALOGUE, claim.jp)

    monkeypatch.setattr(jp, "_worth", believing)
    with pytest.raises((AssertionError, BaseExceptionGroup)):
        settings(database=None)(given(STUDY)(claims_change_no_sum))()


def test_a_fold_that_kept_the_claim_it_met_first_would_be_caught(monkeypatch):
    honest = CompletionFold.add

    def first_met(fold, fact, when):
        if all(one.course != fact.statement.fields.get("course") for one in fold.claims):
            honest(fold, fact, when)

    monkeypatch.setattr(CompletionFold, "add", first_met)
    chance = st.randoms(use_true_random=False)
    with pytest.raises((AssertionError, BaseExceptionGroup)):
        settings(database=None)(given(STUDY, chance, st.just(0))(any_order))()


# --- the catalogue itself ---------------------------------------------------------------------------------


@given(st.permutations([("1.0", 600), ("1.1", 500), ("1.2", 400)]))
def test_versions_are_kept_in_whatever_order_packs_are_added(order):
    held = None
    for version, worth in [*order, order[0]]:
        held = with_version(held, CourseShape("k", jp=worth, version=version))
    assert held is not None
    assert (held.version, held.jp) == ("1.2", 400)
    assert held.earlier == (VersionShape("1.0", 600), VersionShape("1.1", 500))


def test_the_same_version_again_replaces_what_was_said_of_it():
    first = with_version(CourseShape("k", jp=600, version="1.0"), CourseShape("k", jp=500, version="1.1"))
    assert with_version(first, CourseShape("k", jp=550, version="1.1")).jp == 550
    assert with_version(first, CourseShape("k", jp=1, version="1.0")).earlier == (VersionShape("1.0", 1),)


def test_a_catalogue_signed_before_versions_were_kept_stands_for_every_version():
    centre = SigningKey.generate()
    early = sign_catalogue([CourseShape("k", jp=600)], centre)
    (shape,) = read_catalogue(early, centre.public)
    pc = PC(endorsed=True)
    completes(pc, "7.7", FORGED)
    assert hours(pc.facts, Listing.of_catalogue([shape])) == jp.JpYear(2026, recognised=600)
    newer = with_version(shape, CourseShape("k", jp=500, version="1.1"))
    assert hours(pc.facts, Listing.of_catalogue([newer])) == jp.JpYear(2026, recognised=600)
