"""Who may say what: a learner's key states nothing of the centre's, whatever the order in which things arrive."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sync.journal.authority import Authority, Roots, Verdict, authority
from sync.journal.kind import Author
from sync.journal.kinds import KINDS
from sync.journal.statement import Fact, LogHeader, Statement, ValueType
from sync.journal.vouching import Key
from tests.builders.journal import PC, PLANTED

quick = settings(deadline=None, max_examples=80)
CENTRE, DESK, ANNA, BUDI, THIEF = (bytes([number]) * 32 for number in (200, 201, 1, 2, 66))
ANNAS, BUDIS, THIEFS, CENTRES, DESKS = (bytes([number]) * 16 for number in (1, 2, 66, 200, 201))
ANNA_PERSON, BUDI_PERSON, DESK_PERSON = (bytes([number]) * 16 for number in (11, 12, 13))
ROOTS = Roots(frozenset({CENTRE}), {DESK: DESK_PERSON})
LOGS = {ANNA: 1, BUDI: 2, THIEF: 3, CENTRE: 4, DESK: 5}
PROFILES = {ANNA: ANNAS, BUDI: BUDIS, THIEF: THIEFS, CENTRE: CENTRES, DESK: DESKS}


def says(signer, kind, seq=1, in_log=None, of=None, endorsed=False, **fields):
    header = LogHeader(
        in_log or LOGS[signer], of or PROFILES[signer], PC, 0, 0, 1_795_600_000, 0, b"bootboot"
    )
    return Fact(header, Statement(header.log, seq, kind, 0, fields), signer, endorsed)


def opens(signer, person=b"", **place):
    fields = {"signing": signer, "letter": b"l" * 32, "person": person, "proof": b"", "pc_name": "PC-1"}
    return says(signer, "profile.opened", **fields, **place)


def vouches(signer, whose, person, role="learner", **place):
    fields = {"profile": PROFILES[whose], "signing": whose, "letter": b"l" * 32}
    return says(signer, "profile.vouched", **fields, person=person, role=role, **place)


def finishes(signer, seq=2, **place):
    return says(signer, "lesson.completed", seq, activity="a/b/c", version="1", **place)


def revokes(whose, *runs, seq=50, signer=CENTRE):
    logs, ends = tuple(log for log, _ in runs), tuple(end for _, end in runs)
    return says(signer, "key.revoked", seq, signing=whose, logs=logs, ends=ends)


def fields_for(kind):
    samples = {
        ValueType.INT: 1,
        ValueType.TEXT: "a",
        ValueType.BYTES: bytes(32),
        ValueType.INTS: (1,),
        ValueType.TEXTS: ("a",),
    }
    fields = {name: samples[wanted] for name, wanted in KINDS[kind].fields.items()}
    sized = {name: b"i" * max(sizes) for name, sizes in KINDS[kind].sizes.items()}
    return (
        fields
        | {name: b"i" * 16 for name in fields if name in {"profile", "person", "source", "target"}}
        | sized
    )


def test_work_counts_once_somebody_vouches():
    opened, work = opens(ANNA, ANNA_PERSON), finishes(ANNA)
    before = authority([opened, work], ROOTS)
    assert before.verdict(work) is Verdict.WAITING
    assert before.waiting[Key(ANNAS, ANNA)].person == ANNA_PERSON
    assert before.person_of(ANNAS) is None
    after = authority([opened, work, vouches(DESK, ANNA, ANNA_PERSON)], ROOTS)
    assert after.verdict(work) is Verdict.COUNTS
    assert after.person_of(ANNAS) == ANNA_PERSON
    assert after.accepted([work, finishes(THIEF)]) == (work,)


@pytest.mark.parametrize("later", [1, 99])
def test_an_opening_that_names_its_person_holds_whatever_the_number_of_its_log(later):
    """The office file came after the profile was made; the second opening stands in a log of another start."""
    unnamed, named = opens(ANNA, in_log=50), opens(ANNA, ANNA_PERSON, in_log=later)
    for facts in ((unnamed, named), (named, unnamed)):
        known = authority([replace(fact, endorsed=True) for fact in facts], ROOTS)
        assert known.waiting[Key(ANNAS, ANNA)].person == ANNA_PERSON


def test_the_opening_counts_before_anybody_vouches_but_only_for_its_own_key():
    opened = opens(ANNA)
    assert authority([opened], ROOTS).counts(opened)
    keyed = says(ANNA, "profile.keyed", signing=ANNA, letter=b"l" * 32)
    assert authority([keyed], ROOTS).counts(keyed)
    escrow = says(ANNA, "pin.escrowed", 2, sealed=b"x")
    assert authority([opened, escrow], ROOTS).counts(escrow)
    assert authority([escrow], ROOTS).verdict(escrow) is Verdict.AUTHOR
    lie = says(THIEF, "profile.opened", **opened.statement.fields)
    assert authority([lie], ROOTS).verdict(lie) is Verdict.AUTHOR


@pytest.mark.parametrize("kind", [name for name, row in KINDS.items() if Author.SELF not in row.authors])
@pytest.mark.parametrize("endorsed", [False, True])
def test_a_learners_key_states_nothing_of_the_desk_or_the_centre(kind, endorsed):
    vouched = vouches(CENTRE, ANNA, ANNA_PERSON)
    claim = says(ANNA, kind, 9, endorsed=endorsed, **fields_for(kind))
    assert authority([vouched, claim], ROOTS).verdict(claim) is Verdict.AUTHOR


@pytest.mark.parametrize("kind", [name for name, row in KINDS.items() if Author.CENTRE in row.authors])
def test_the_centre_states_what_is_its_own(kind):
    claim = says(CENTRE, kind, 9, **fields_for(kind))
    assert authority([claim], ROOTS).counts(claim)


def test_a_learner_does_not_vouch_for_himself_or_for_others():
    self_made = vouches(THIEF, THIEF, ANNA_PERSON)
    by_learner = vouches(ANNA, BUDI, BUDI_PERSON, seq=3)
    who = authority([vouches(DESK, ANNA, ANNA_PERSON), self_made, by_learner], ROOTS)
    assert who.person_of(THIEFS) is None
    assert who.person_of(BUDIS) is None


def test_a_key_vouched_for_one_profile_says_nothing_in_another():
    vouched = [vouches(DESK, ANNA, ANNA_PERSON), vouches(DESK, THIEF, BUDI_PERSON, seq=2)]
    forged = finishes(THIEF, of=ANNAS, in_log=1)
    assert authority([*vouched, forged], ROOTS).verdict(forged) is Verdict.AUTHOR


def test_a_coordinator_makes_no_coordinator():
    claim = vouches(DESK, THIEF, BUDI_PERSON, role="coordinator")
    next_claim = vouches(THIEF, ANNA, ANNA_PERSON)
    who = authority([claim, next_claim], ROOTS)
    assert who.holders[Key(THIEFS, THIEF)].roles == {"learner"}
    assert who.person_of(ANNAS) is None
    roster = Roots(ROOTS.centre, ROOTS.coordinators, {BUDI_PERSON: "coordinator", ANNA_PERSON: "trainer"})
    assert authority([claim, next_claim], roster).person_of(ANNAS) is None
    trainer = vouches(DESK, ANNA, ANNA_PERSON, role="trainer")
    assert authority([trainer], roster).holders[Key(ANNAS, ANNA)].roles == {"learner", "trainer"}
    assert authority([trainer], ROOTS).holders[Key(ANNAS, ANNA)].roles == {"learner"}


def test_a_coordinator_the_centre_vouched_for_vouches_in_turn():
    promoted = vouches(CENTRE, BUDI, BUDI_PERSON, role="coordinator")
    by_budi = vouches(BUDI, ANNA, ANNA_PERSON)
    assert authority([by_budi, promoted], ROOTS).person_of(ANNAS) == ANNA_PERSON


def test_a_role_once_vouched_for_stays_until_the_key_is_revoked():
    told = [vouches(CENTRE, BUDI, BUDI_PERSON, role="coordinator"), vouches(CENTRE, BUDI, BUDI_PERSON, seq=9)]
    word = says(BUDI, "announcement.posted", 4, id="1", title="Rapat", text="Senin")
    assert authority(told, ROOTS).counts(word)
    assert not authority([*told, revokes(BUDI)], ROOTS).counts(word)


def test_a_known_learners_endorsed_word_gives_no_vouching():
    told = [vouches(DESK, BUDI, BUDI_PERSON), vouches(BUDI, ANNA, ANNA_PERSON, endorsed=True)]
    assert authority(told, ROOTS).person_of(ANNAS) is None
    assert authority(told[1:], ROOTS).person_of(ANNAS) == ANNA_PERSON


def test_the_centres_word_beats_a_coordinators_and_the_dispute_shows():
    desk = vouches(DESK, ANNA, BUDI_PERSON, seq=999)
    centre = vouches(CENTRE, ANNA, ANNA_PERSON)
    for told in ([desk, centre], [centre, desk]):
        who = authority(told, ROOTS)
        assert who.person_of(ANNAS) == ANNA_PERSON
        assert who.disputed == (Key(ANNAS, ANNA),)


def test_after_a_pin_reset_old_and_new_key_are_one_profile():
    new_key = b"n" * 32
    fields = {
        "profile": ANNAS,
        "signing": new_key,
        "letter": b"l" * 32,
        "person": ANNA_PERSON,
        "role": "learner",
    }
    told = [vouches(DESK, ANNA, ANNA_PERSON), says(DESK, "profile.vouched", 2, **fields)]
    late = Fact(
        LogHeader(71, ANNAS, PC, 0, 0, 1, 0, b"bootboot"),
        Statement(71, 1, "lesson.completed", 0, {"activity": "a", "version": "1"}),
        new_key,
    )
    who = authority(told, ROOTS)
    assert who.counts(late)
    assert who.counts(finishes(ANNA))


def test_of_a_revoked_key_only_the_accepted_runs_count():
    told = [vouches(DESK, ANNA, ANNA_PERSON), revokes(ANNA, (1, 4))]
    who = authority(told, ROOTS)
    assert who.counts(finishes(ANNA, seq=4))
    assert who.verdict(finishes(ANNA, seq=5)) is Verdict.REVOKED
    assert who.verdict(finishes(ANNA, seq=1, in_log=99)) is Verdict.REVOKED
    assert who.verdict(finishes(ANNA, seq=5, endorsed=True)) is Verdict.REVOKED


def test_a_revoked_coordinators_later_vouching_falls():
    told = [vouches(DESK, ANNA, ANNA_PERSON, seq=3), vouches(DESK, BUDI, BUDI_PERSON, seq=8)]
    who = authority([*told, revokes(DESK, (LOGS[DESK], 5))], ROOTS)
    assert who.person_of(ANNAS) == ANNA_PERSON
    assert who.person_of(BUDIS) is None


def test_two_revocations_leave_what_both_accept():
    both = [revokes(ANNA, (1, 9), (2, 9)), revokes(ANNA, (1, 4), (3, 9), seq=51)]
    assert authority(both, ROOTS).revoked == {ANNA: {1: 4}}
    assert authority(both[::-1], ROOTS).revoked == {ANNA: {1: 4}}


def test_nobody_but_the_centre_revokes_and_a_centre_key_falls_by_the_trust_list_alone():
    told = [vouches(DESK, ANNA, ANNA_PERSON), revokes(ANNA, signer=DESK), revokes(CENTRE, seq=60)]
    who = authority(told, ROOTS)
    assert who.counts(finishes(ANNA))
    assert who.counts(vouches(CENTRE, BUDI, BUDI_PERSON))


def test_an_erased_person_stays_erased_through_merges():
    erased = says(CENTRE, "person.erased", 7, person=ANNA_PERSON)
    told = [vouches(DESK, ANNA, ANNA_PERSON), vouches(DESK, BUDI, BUDI_PERSON, seq=2)]
    who = authority([*told, erased], ROOTS)
    assert who.verdict(finishes(ANNA)) is Verdict.ERASED
    assert who.counts(finishes(BUDI))
    into = says(CENTRE, "person.merged", 8, source=BUDI_PERSON, target=ANNA_PERSON, counter=1)
    assert authority([*told, erased, into], ROOTS).verdict(finishes(BUDI)) is Verdict.ERASED
    away = says(CENTRE, "person.merged", 8, source=ANNA_PERSON, target=BUDI_PERSON, counter=1)
    assert authority([*told, erased, away], ROOTS).verdict(finishes(ANNA)) is Verdict.ERASED
    assert authority([*told, erased, away], ROOTS).counts(finishes(BUDI))


def test_a_coordinators_merge_is_a_proposal_until_the_centre_says_it():
    fields = {"source": BUDI_PERSON, "target": ANNA_PERSON, "counter": 1}
    proposal = says(DESK, "person.merged", 6, **fields)
    told = [vouches(DESK, BUDI, BUDI_PERSON), proposal]
    assert authority(told, ROOTS).person_of(BUDIS) == BUDI_PERSON
    assert authority(told, ROOTS).proposals == (proposal,)
    confirmed = authority([*told, says(CENTRE, "person.merged", 6, **fields)], ROOTS)
    assert confirmed.person_of(BUDIS) == ANNA_PERSON


def test_what_a_newer_program_says_is_kept_but_not_folded():
    future = says(ANNA, "board.pinned", 3, colour="kuning")
    wider = finishes(ANNA)
    wider = Fact(
        wider.header,
        Statement(1, 2, "lesson.completed", 0, {**wider.statement.fields, "mood": 3}),
        ANNA,
    )
    broken = says(ANNA, "lesson.completed", 4, activity=7, version="1")
    who = authority([vouches(DESK, ANNA, ANNA_PERSON)], ROOTS)
    assert who.verdict(future) is Verdict.UNKNOWN
    assert who.verdict(wider) is Verdict.COUNTS
    assert who.verdict(broken) is Verdict.FIELDS


def test_a_broken_ruling_statement_rules_nothing():
    for kind in ("profile.vouched", "key.revoked", "person.erased", "person.merged", "profile.opened"):
        who = authority([says(CENTRE, kind, 9, signing=3)], ROOTS)
        assert not who.holders
        assert not who.revoked


def test_what_the_centre_endorsed_counts_without_the_vouching_at_hand():
    assert authority([], ROOTS).counts(finishes(ANNA, endorsed=True))
    assert not authority([], ROOTS).counts(finishes(ANNA))


def test_a_pc_believes_the_keys_it_made_itself():
    mine = Roots(ROOTS.centre, own={Key(ANNAS, ANNA): ANNA_PERSON})
    assert authority([], mine).counts(finishes(ANNA))
    assert authority([], mine).person_of(ANNAS) == ANNA_PERSON


WORLD = [
    opens(ANNA, ANNA_PERSON),
    opens(BUDI, BUDI_PERSON),
    opens(THIEF, ANNA_PERSON),
    vouches(DESK, ANNA, ANNA_PERSON),
    vouches(DESK, ANNA, BUDI_PERSON, seq=7),
    vouches(CENTRE, BUDI, BUDI_PERSON, role="coordinator"),
    vouches(BUDI, THIEF, ANNA_PERSON, seq=3),
    vouches(THIEF, THIEF, BUDI_PERSON, seq=4),
    revokes(ANNA, (1, 4)),
    revokes(BUDI, (2, 3), seq=51),
    revokes(BUDI, (2, 9), (7, 1), seq=52),
    says(CENTRE, "person.erased", 20, person=ANNA_PERSON),
    says(CENTRE, "person.merged", 21, source=BUDI_PERSON, target=ANNA_PERSON, counter=1),
    says(CENTRE, "person.unmerged", 22, source=BUDI_PERSON, target=ANNA_PERSON, counter=2),
    says(DESK, "person.merged", 23, source=BUDI_PERSON, target=ANNA_PERSON, counter=9),
    *(finishes(key, seq=seq) for key in (ANNA, BUDI, THIEF) for seq in (2, 4, 6)),
    finishes(THIEF, seq=9, endorsed=True),
]


def arrival_changes_nothing(judge, how=quick):
    """The law: any order, any repetition, the same verdicts for the same set."""

    @how
    @given(st.sets(st.integers(0, len(WORLD) - 1)), st.integers(0, 1 << 30))
    def law(chosen, seed):
        told = [WORLD[place] for place in sorted(chosen)]
        shuffled = told + told[: len(told) // 2]
        random.Random(seed).shuffle(shuffled)
        one, other = judge(told), judge(shuffled)
        assert [one(fact) for fact in WORLD] == [other(fact) for fact in WORLD]

    law()


def test_arrival_changes_nothing():
    arrival_changes_nothing(lambda told: authority(told, ROOTS).verdict)
    arrival_changes_nothing(lambda told: _standing(authority(told, ROOTS)))


@quick
@given(st.sets(st.integers(0, len(WORLD) - 1)), st.integers(0, 1 << 39))
def test_no_clock_decides(chosen, wall):
    told = [WORLD[place] for place in sorted(chosen)]
    moved = [replace(fact, header=replace(fact.header, wall=wall)) for fact in told]
    one, other = authority(told, ROOTS), authority(moved, ROOTS)
    assert [one.verdict(fact) for fact in WORLD] == [other.verdict(fact) for fact in WORLD]
    assert one.people == other.people


def _standing(who: Authority):
    everything = (who.holders, who.waiting, who.people, who.aliases, who.revoked, who.erased, who.proposals)
    return lambda _: everything


def test_revocation_by_order_of_arrival_is_caught():
    def planted(told):
        gone, counted = {}, set()
        for fact in told:
            fields = fact.statement.fields
            if fact.statement.kind == "key.revoked":
                gone[fields["signing"]] = dict(zip(fields["logs"], fields["ends"], strict=True))
            elif fact.signer not in gone or fact.statement.seq <= gone[fact.signer].get(
                fact.statement.log, 0
            ):
                counted.add(fact.identity)
        return lambda fact: fact.identity in counted

    with pytest.raises(AssertionError):
        arrival_changes_nothing(planted, PLANTED)


def test_vouching_by_order_of_arrival_is_caught():
    def planted(told):
        people = {}
        for fact in told:
            if fact.statement.kind == "profile.vouched":
                people[fact.statement.fields["profile"]] = fact.statement.fields["person"]
        return lambda _: people

    with pytest.raises(AssertionError):
        arrival_changes_nothing(planted, PLANTED)
