"""The coordinator is transferred: another takes over, old work opens, and what the old key says later does not count."""

import pytest

from desktop.demo.people import COORDINATOR, LEARNERS, Invented, read_codes, write_roster
from desktop.office.carry import to_centre
from desktop.office.doubts import Reason
from desktop.office.exchange_stick import exchange
from desktop.office.merge import merge
from desktop.people.handover import is_newer
from desktop.people.office import adopt_office, inspect_office
from desktop.people.profiles import enrol_later, sign_in
from desktop.people.vouching import finish, reset_codes, vouch, waiting_keys
from desktop.store.facts import Scope
from desktop.store.profile import Profile
from sync.client.faults import Failure
from sync.client.stick import Stick
from sync.client.transport import Transport
from sync.journal.sealing import unseal
from sync.journal.segment import decode_segment
from sync.postbag.part import Form
from sync.refusal import Refusal
from tests.builders.road import PIN, Handed, Pc, desk_row, jp_of, read_all, send, sent, take_quiz

SIMON, DORCE, HELENA = LEARNERS[8], LEARNERS[1], LEARNERS[3]


@pytest.fixture
def office(town):
    return town.office((COORDINATOR, SIMON, DORCE, HELENA))


def as_role(person, role):
    return Invented(person.name, person.nip, person.unit, role)


def transferred(town, office, folder):
    """The operator: Dorce coordinates from now on, Yohana learns on, Helena has left."""
    people = (as_role(DORCE, "koordinator"), as_role(COORDINATOR, "peserta"), SIMON)
    return updated(town, office, folder, people, HELENA)


def updated(town, office, folder, people, *leaving):
    """The operator's next office file, and what the command said."""
    folder.mkdir()
    roster = folder / "pegawai.csv"
    write_roster(roster, people)
    words = ("office", "update", str(roster), "--office", office.name, "--out", str(folder))
    told = town.ask(*words, "--dry-run")
    assert all("Keluar dari daftar: " + one.name in told for one in leaving)
    said = town.ask(*words)
    codes = office.codes | read_codes(folder / "kode-pendaftaran.csv")
    return Handed(next(folder.glob("*.suluh-kantor")), codes, office.name), said


def opened_by(sealed, profile):
    """Which of a profile's office keys open a sealed segment."""
    found = []
    for generation, key in sorted(profile.keys.office.items()):
        try:
            decode_segment(unseal(sealed, key))
        except Refusal:
            continue
        found.append(generation)
    return found


def test_a_hand_over_from_roster_to_revoked_key(town, office, cheap_pins, tmp_path):
    pc, far = Pc(tmp_path / "pc", "PC Loket 1", office), Pc(tmp_path / "jauh", "PC Kampung", office)
    pc.install(town.pack())
    simon, dorce = pc.sit(SIMON), Pc(tmp_path / "dorce", "PC Rapat", office).sit(DORCE)
    helena = far.sit(HELENA)
    helena.record("page.read", activity="a/b/c", page=1, seconds=9, version="1")
    meja = Pc(tmp_path / "meja", "PC Sekretariat", office)
    yohana = meja.sit(COORDINATOR)
    read_all(pc.learning(simon))
    for one in (simon, dorce, helena, yohana):
        sent(one, town.url)
    old_key = yohana.keys.signing.public
    helena.record("page.read", activity="a/b/c", page=2, seconds=9, version="1")
    at_a_far_pc = far.store.outbox.outgoing(helena.profile)[-1].sealed

    newer, said = transferred(town, office, tmp_path / "serah")
    assert f"suluh server key revoke {old_key.hex()}" in said

    # By sync, while they sit there: it takes effect at once, work is sealed to the new key from then on.
    for one in (simon, dorce, yohana):
        sent(one, town.url)
        assert is_newer(one.store, one)
        finish(one.store, one)
    take_quiz(pc.learning(simon))
    at_the_counter = pc.store.outbox.outgoing(simon.profile)[-1].sealed

    # The new coordinator types the long code; every generation opens for her, the old ones alone for Yohana.
    leader = enrol_later(dorce.store, dorce, newer.codes[DORCE.nip], PIN)
    sent(leader, town.url)
    assert (opened_by(at_a_far_pc, leader), opened_by(at_the_counter, leader)) == ([1], [2])
    yohana.close()
    yohana = sign_in(meja.store, yohana.profile, PIN)
    assert (opened_by(at_a_far_pc, yohana), opened_by(at_the_counter, yohana)) == ([1], [])
    assert yohana.role == "learner"

    # Her own new key waits for the successor's word, like after a PIN reset.
    sent(yohana, town.url)
    sent(leader, town.url)
    waiting = {key.signing: key for key in waiting_keys(leader)}
    vouch(leader, waiting[yohana.keys.signing.public], yohana.person)
    sent(leader, town.url)
    sent(yohana, town.url)
    assert yohana.vouched()

    # The far PC has the older file: what it seals still opens, and what its person does is not lost.
    sent(helena, town.url)
    assert helena.unsent() == 0
    sent(simon, town.url)
    sent(leader, town.url)
    row = desk_row(leader, SIMON)
    assert row.jp == jp_of(simon) == town.row(newer, SIMON)["jp"]
    with pytest.raises(StopIteration):
        desk_row(leader, HELENA)
    with pytest.raises(StopIteration):
        town.row(newer, HELENA)
    codes = reset_codes(leader, simon.person)
    assert codes, "escrowed anew to the new key"

    # The key is revoked; what she stated before counts, what somebody signs with it later counts nowhere.
    town.ask("key", "revoke", old_key.hex())
    for one in (leader, simon, yohana):
        sent(one, town.url)
    known = leader.authority()
    assert old_key in known.revoked
    early = [fact for fact in leader.facts() if fact.signer == old_key]
    assert early
    assert all(known.counts(fact) for fact in early)


def recalled(town, office, folder, yohana, simon, learning):
    """A hand-over by mistake, and Simon studies before the operator takes it back a week later."""
    transferred(town, office, folder / "keliru")
    sent(yohana, town.url)
    finish(yohana.store, yohana)
    assert yohana.role == "learner"
    take_quiz(learning)
    sent(simon, town.url)
    sent(yohana, town.url)
    updated(town, office, folder / "kembali", (COORDINATOR, as_role(DORCE, "peserta"), SIMON))
    sent(yohana, town.url)
    finish(yohana.store, yohana)
    assert yohana.role == "coordinator"


@pytest.fixture
def at_work(town, office, cheap_pins, tmp_path):
    """A coordinator who has heard everything so far, and a learner with half a course."""
    pc = Pc(tmp_path / "pc", "PC Loket 1", office)
    pc.install(town.pack())
    simon = pc.sit(SIMON)
    yohana = Pc(tmp_path / "meja", "PC Sekretariat", office).sit(COORDINATOR)
    read_all(pc.learning(simon))
    for one in (simon, yohana):
        sent(one, town.url)
    return yohana, simon, pc.learning(simon)


def heard(coordinator, learner, kind="quiz.finished"):
    """How often the coordinator's PC knows of something the learner did, and how often they did it."""
    mine = learner.facts(Scope.OWN, kinds=(kind,))
    theirs = {fact.identity for fact in coordinator.facts(kinds=(kind,))}
    return sum(fact.identity in theirs for fact in mine), len(mine)


def test_who_coordinates_again_with_the_same_key_misses_nothing_of_the_time_between(
    town, office, at_work, tmp_path
):
    yohana, simon, _ = at_work
    key = yohana.keys.signing.public
    recalled(town, office, tmp_path, *at_work)
    assert yohana.keys.signing.public == key
    sent(yohana, town.url)
    assert heard(yohana, simon) == (1, 1)


def test_planted_fault_a_feed_that_goes_on_where_the_learner_stood_is_seen(
    town, office, at_work, tmp_path, monkeypatch
):
    yohana, simon, _ = at_work
    monkeypatch.setattr(Profile, "read_office_anew", lambda _profile: None)
    recalled(town, office, tmp_path, *at_work)
    sent(yohana, town.url)
    assert heard(yohana, simon) == (0, 1)


def test_the_newer_file_from_a_stick_in_setelan_does_the_same(town, office, cheap_pins, tmp_path):
    pc = Pc(tmp_path / "pc", "PC Kampung", office)
    simon = pc.sit(SIMON)
    newer, _ = transferred(town, office, tmp_path / "serah")
    offer = inspect_office(pc.store, newer.file)
    assert (offer.first, offer.version) == (False, 2)
    adopt_office(pc.store, offer.raw)
    finish(pc.store, simon)
    assert not is_newer(pc.store, simon)
    assert len(simon.facts(kinds=("pin.escrowed",))) == 2
    with pytest.raises(Refusal):
        inspect_office(pc.store, office.file)
    sent(simon, town.url)


def test_a_copy_of_the_old_coordinators_pc_states_nothing_after_the_revocation(
    town, office, cheap_pins, tmp_path
):
    """A cloned disk with her old key: what it says after the revocation is refused and counts for nobody."""
    meja = Pc(tmp_path / "meja", "PC Sekretariat", office)
    yohana = meja.sit(COORDINATOR)
    helena = Pc(tmp_path / "jauh", "PC Kampung", office).sit(HELENA, code=False)
    for one in (yohana, helena, yohana):
        sent(one, town.url)
    (key,) = waiting_keys(yohana)
    old_key = yohana.keys.signing.public
    town.ask("key", "revoke", old_key.hex())
    vouch(yohana, key, key.person)
    refused = send(yohana, town.url)
    assert [code for code, _ in refused.refusals] == ["revoked"]
    sent(helena, town.url)
    assert isinstance(helena, Profile)
    assert not helena.vouched()


def on_a_stick(pc, root):
    """A PC gives what it has; nobody there need know who coordinates."""
    root.mkdir()
    stick = Stick(root, pc.store.office())
    stick.prepare()
    exchange(pc.store, stick)
    return root


def merged(profile, root):
    """Gabungkan at somebody's desk."""
    return merge(profile, Stick(root, profile.store.office()))


def carried(profile, url):
    """Ke pusat by the desk's own line."""
    road = Transport(url)

    def bring(part):
        answer = road.post(part, "/v1/carry")
        return answer if isinstance(answer, Failure) else answer.body

    found = to_centre(profile, bring)
    road.close()
    return found


def left_on(profile, root):
    """How many parts still lie on a stick."""
    return len(list(Stick(root, profile.store.office()).parts(Form.OUTWARD)))


def test_an_old_stick_to_the_old_key_is_read_by_the_successor_and_taken_by_the_centre(
    town, office, cheap_pins, tmp_path
):
    pack = town.pack()
    far, rapat, meja = (Pc(tmp_path / name, name, office) for name in ("PC Kampung", "PC Rapat", "PC Meja"))
    for pc in (far, rapat):
        pc.install(pack)
    simon, dorce, yohana = far.sit(SIMON), rapat.sit(DORCE), meja.sit(COORDINATOR)
    read_all(far.learning(simon))
    take_quiz(far.learning(simon))
    old = on_a_stick(far, tmp_path / "lama")

    newer, _ = transferred(town, office, tmp_path / "serah")
    for one in (dorce, yohana):
        sent(one, town.url)
        finish(one.store, one)
    leader = enrol_later(dorce.store, dorce, newer.codes[DORCE.nip], PIN)
    sent(leader, town.url)
    # The PC in the village hears of it by a file from somebody's stick, and seals to the new key from then on.
    adopt_office(far.store, inspect_office(far.store, newer.file).raw)
    finish(far.store, simon)
    simon.record("page.read", activity="a/b/c", page=1, seconds=9, version="1")
    late = on_a_stick(far, tmp_path / "baru")

    # Whoever handed over still reads what was sealed to her, and of the rest nothing; nothing leaves the stick.
    found = merged(yohana, old)
    assert (found.new > 0, found.computers) == (True, ("PC Kampung",))
    found = merged(yohana, late)
    assert (found.new, found.computers) == (0, ())
    assert {one.reason for one in found.doubts} == {Reason.NO_KEY}
    assert left_on(yohana, late) > 0

    # The successor reads both, the centre takes both, and then the sticks are empty.
    for root in (old, late):
        assert not {one.reason for one in merged(leader, root).doubts} & {Reason.NO_KEY, Reason.FORGED}
    for key in waiting_keys(leader):
        vouch(leader, key, key.person)
    outcome = carried(leader, town.url)
    assert (outcome.failure, outcome.left) == (None, 0)
    sent(leader, town.url)
    assert desk_row(leader, SIMON).jp == jp_of(simon) == town.row(newer, SIMON)["jp"] > 0
    for root in (old, late):
        merged(leader, root)
        assert left_on(leader, root) == 0


def test_planted_fault_a_successor_without_the_older_key_is_seen(town, office, cheap_pins, tmp_path):
    far, rapat = Pc(tmp_path / "jauh", "PC Kampung", office), Pc(tmp_path / "rapat", "PC Rapat", office)
    simon, dorce = far.sit(SIMON), rapat.sit(DORCE)
    simon.record("page.read", activity="a/b/c", page=1, seconds=9, version="1")
    old = on_a_stick(far, tmp_path / "lama")
    newer, _ = transferred(town, office, tmp_path / "serah")
    sent(dorce, town.url)
    finish(dorce.store, dorce)
    leader = enrol_later(dorce.store, dorce, newer.codes[DORCE.nip], PIN)
    del leader.keys.office[1]
    assert {one.reason for one in merged(leader, old).doubts} == {Reason.NO_KEY}
    assert left_on(leader, old) > 0, "nothing is lost: it waits for who can read it"


def vouches_on_the_way(town, office, folder):
    """Helena has a key that waits; Yohana vouched for her and her word is on a stick, not at the centre."""
    far, meja = Pc(folder / "jauh", "PC Kampung", office), Pc(folder / "meja", "PC Sekretariat", office)
    helena, yohana = far.sit(HELENA, code=False), meja.sit(COORDINATOR)
    for one in (yohana, helena, yohana):
        sent(one, town.url)
    (key,) = waiting_keys(yohana)
    vouch(yohana, key, key.person)
    return helena, yohana, on_a_stick(meja, folder / "di-jalan")


def brings(town, root, store):
    """Somebody brings what lies on a stick to the centre."""
    road = Transport(town.url)
    for _, data in Stick(root, store.office()).parts(Form.OUTWARD):
        assert not isinstance(road.post(data, "/v1/carry"), Failure)
    road.close()


@pytest.mark.parametrize("revoked_first", [True, False])
def test_a_coordinators_word_on_a_stick_counts_by_what_was_held_when_the_key_was_revoked(
    town, office, cheap_pins, tmp_path, *, revoked_first
):
    helena, yohana, root = vouches_on_the_way(town, office, tmp_path)
    key = yohana.keys.signing.public.hex()
    if revoked_first:
        town.ask("key", "revoke", key)
    brings(town, root, yohana.store)
    if not revoked_first:
        town.ask("key", "revoke", key)
    for _ in range(2):
        brings(town, root, yohana.store)  # and once more, it changes nothing
        sent(helena, town.url)
    assert helena.vouched() is not revoked_first
