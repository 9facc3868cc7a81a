"""A learner whose key states what only a coordinator or the centre may: refused at every door, by every reader."""

import os

import pytest

from desktop.demo.centre import Centre
from desktop.demo.people import COORDINATOR, LEARNERS
from desktop.errors import explain
from desktop.people.vouching import vouch, waiting_keys
from desktop.store.profile import Profile
from sync.bundle import SyncRequest, decode_reply, encode_request
from sync.journal.authority import Authority, Verdict, authority
from sync.journal.clock import SystemClock
from sync.journal.keys import SigningKey
from sync.journal.kind import Author
from sync.journal.kinds import KINDS
from sync.journal.log import LogWriter
from sync.journal.secret_fields import pack_fields
from sync.journal.segment import encode_segment
from sync.journal.statement import Fact, ValueType
from sync.officefile import Role
from sync.refusal import Code, Refusal
from sync.server.home import Home
from tests.builders.centre import CentreProcess, Line
from tests.builders.road import COURSE, Pc, Town, desk_row, sent

THERESIA, WAHYU = LEARNERS[9], LEARNERS[10]
FOREIGN = sorted(name for name, kind in KINDS.items() if Author.SELF not in kind.authors)
CENTRE_ALONE = sorted(name for name, kind in KINDS.items() if kind.authors == {Author.CENTRE})


class Office:
    """A coordinator and two learners at three PCs, all known to the centre; one of the learners is not honest."""

    def __init__(self, town, folder):
        self.town = town
        self.handed = town.office((COORDINATOR, THERESIA, WAHYU))
        people = {"meja": COORDINATOR, "pc": THERESIA, "lain": WAHYU}
        pcs = {name: Pc(folder / name, f"PC {name}", self.handed) for name in people}
        self.desk, self.liar, self.other = (pcs[name].sit(one) for name, one in people.items())
        for _ in range(2):
            for profile in (self.liar, self.other, self.desk):
                sent(profile, town.url)

    def lies(self, kind):
        """What the liar would like to be true, of each kind."""
        liar, key = self.liar, SigningKey.generate().public
        log = liar.facts()[0].header.log
        return {
            "profile.vouched": {
                "profile": os.urandom(16),
                "signing": key,
                "letter": liar.keys.letter.public,
                "person": self.other.person,
                "role": "coordinator",
            },
            "pin.reset": {"profile": self.other.profile},
            "person.merged": {"source": self.other.person, "target": liar.person, "counter": 1},
            "person.unmerged": {"source": self.other.person, "target": liar.person, "counter": 2},
            "key.revoked": {"signing": self.other.keys.signing.public, "logs": (), "ends": ()},
            "person.erased": {"person": self.other.person},
            "letter.returned": {
                "profile": self.other.profile,
                "letter": self.other.keys.letter.public,
                "sealed": b"x",
            },
            "clock.fixed": {"log": log, "offset": -90 * 86_400},
            "announcement.posted": {"id": "x", "title": "Libur", "text": "Besok kantor tutup."},
            "certificate.issued": {
                "number": "1/A/2026",
                "course": COURSE,
                "version": "1.0",
                "proof": "SULUH1:A",
            },
            "letter.passed": {
                "stated": "training.judged",
                "author": self.desk.person,
                "of_log": log,
                "of_seq": 1,
                "of_at": 0,
                "fields": pack_fields({"id": "x", "verdict": 1, "jp": 2_000, "reason": ""}),
            },
        }.get(kind) or self.invented(kind)

    def invented(self, kind):
        """Something that fits the fields of a kind, about the liar where it is about anybody."""
        row = KINDS[kind]
        samples = {ValueType.INT: 1, ValueType.TEXT: "x", ValueType.INTS: (1,), ValueType.TEXTS: ("x",)}
        octets = {name: b"x" * max(sizes) for name, sizes in row.sizes.items()}
        made = {name: samples.get(wanted, octets.get(name, b"x")) for name, wanted in row.fields.items()}
        return made | ({"person": self.liar.person} if "person" in made else {})

    def stated(self, kind):
        """A segment that states it, made by a program that is not ours but signs with the liar's own key."""
        by = self.liar
        writer = LogWriter.start(by.profile, by.store.pc().id, None, SystemClock())
        run = writer.run([writer.next(kind, self.lies(kind))])
        return encode_segment([run], by.keys.signing), Fact(
            run.header, run.statements[0], by.keys.signing.public
        )

    def offer(self, port, *segments):
        """Send it as it is, past the app's own doors."""
        liar = self.liar
        clock = SystemClock()
        request = SyncRequest(
            liar.profile, liar.keys.signing.public, {}, {}, segments, (), clock.wall(), os.urandom(8)
        )
        body = encode_request(request, liar.keys.signing)
        with Line(port) as line:
            answer = line.send(body)
        assert answer.status == 200
        return decode_reply(answer.body, liar.centre_key(), body)


@pytest.fixture(scope="module")
def office(town, tmp_path_factory):
    return Office(town, tmp_path_factory.mktemp("kantor"))


def test_the_register_names_what_a_learner_may_not_state():
    assert set(CENTRE_ALONE) == {
        "key.revoked",
        "person.erased",
        "erasure.due",
        "erasure.heard",
        "deletion.answered",
        "role.ended",
        "trainer.lent",
        "lending.ended",
        "person.moved",
        "work.received",
        "clock.fixed",
        "clock.ahead",
        "letter.returned",
        "letter.passed",
        "certificate.issued",
        "certificate.signed",
        "certificate.part",
        "certificate.revoked",
        "roster.answered",
    }
    assert set(FOREIGN) > set(CENTRE_ALONE)


@pytest.mark.parametrize("kind", FOREIGN)
def test_the_write_door_does_not_take_it(office, kind):
    before = office.liar.facts()
    with pytest.raises(Refusal) as told:
        office.liar.record(kind, **office.lies(kind))
    assert (told.value.code, told.value.values["kind"]) == (Code.AUTHOR, kind)
    assert explain(told.value).title == "Catatan ini hanya boleh dibuat oleh petugas yang berwenang."
    assert office.liar.facts() == before
    assert office.liar.unsent() == 0


@pytest.mark.parametrize("kind", CENTRE_ALONE)
def test_nor_may_a_coordinator_state_what_is_the_centres_alone(office, kind):
    with pytest.raises(Refusal) as told:
        office.desk.record(kind, **office.lies(kind))
    assert told.value.code is Code.AUTHOR


@pytest.mark.parametrize("kind", FOREIGN)
def test_the_centre_takes_none_of_it_and_acknowledges_nothing(office, kind):
    segment, fact = office.stated(kind)
    before = len(office.town.stored(office.liar.profile))
    reply = office.offer(office.town.centre.port, segment)
    assert [(code, values["kind"]) for code, values in reply.refusals] == [("author", kind)]
    assert fact.statement.log not in {ack.log for ack in reply.acks}
    assert len(office.town.stored(office.liar.profile)) == before


def test_a_lie_hidden_among_honest_work_takes_the_work_of_its_segment_down_and_no_other(office):
    liar = office.liar
    writer = LogWriter.start(liar.profile, liar.store.pc().id, None, SystemClock())
    honest = writer.next("course.completed", {"course": "lain", "version": "1", "jp": 100})
    lie = writer.next("profile.vouched", office.lies("profile.vouched"))
    mixed = encode_segment([writer.run([honest, lie])], liar.keys.signing)
    alone = LogWriter.start(liar.profile, liar.store.pc().id, None, SystemClock())
    page = alone.next("page.read", {"activity": "a/b/c", "page": 1, "seconds": 3, "version": "1"})
    clean = encode_segment([alone.run([page])], liar.keys.signing)
    reply = office.offer(office.town.centre.port, mixed, clean)
    assert {ack.log for ack in reply.acks} == {alone.header.log}
    assert office.town.row(office.handed, THERESIA)["jp"] == 0


def readers(office):
    """Everybody who folds: the coordinator's desk, the other learner's PC, and the liar's own."""
    return {"the desk": office.desk, "the other PC": office.other, "the liar's own PC": office.liar}


def believers(office, kind, verdict=Authority.verdict):
    """Who would count the lie, if it had come to them by whatever road: a stick, a hub, a broken centre."""
    _, fact = office.stated(kind)
    return {who for who, one in readers(office).items() if verdict(one.authority(), fact) is Verdict.COUNTS}


@pytest.mark.parametrize("kind", FOREIGN)
def test_whoever_folds_does_not_count_it(office, kind):
    assert believers(office, kind) == set()


def test_a_vouching_by_a_learner_makes_nobody_known_anywhere(office):
    _, fact = office.stated("profile.vouched")
    for one in readers(office).values():
        known = authority((*one.facts(), fact), one.authority().roots)
        assert known.person_of(fact.statement.fields["profile"]) is None
        assert known.holders == one.authority().holders


def test_what_a_lie_would_have_changed_is_unchanged(office):
    for kind in FOREIGN:
        office.offer(office.town.centre.port, office.stated(kind)[0])
    for profile in (office.other, office.desk, office.liar):
        sent(profile, office.town.url)
    assert office.other.vouched()
    assert waiting_keys(office.desk) == ()
    assert {desk_row(office.desk, one).name for one in (THERESIA, WAHYU)} == {THERESIA.name, WAHYU.name}
    assert [
        fact for fact in office.desk.facts(kinds=FOREIGN) if fact.signer == office.liar.keys.signing.public
    ] == []


def test_planted_fault_a_door_that_does_not_ask_who_writes_is_seen(tmp_path, cheap_pins, monkeypatch):
    alone = Pc(tmp_path / "pc", "PC Sendiri").sit(WAHYU)
    with pytest.raises(Refusal):
        alone.record("clock.fixed", log=1, offset=9)
    monkeypatch.setattr(Profile, "_allow", lambda _self, _kinds: None)
    assert alone.record("clock.fixed", log=1, offset=9)


def test_planted_fault_a_fold_that_counts_everybody_is_seen(office):
    blind = lambda _authority, _fact: Verdict.COUNTS  # noqa: E731 - a fault in one line
    assert believers(office, "key.revoked", blind) == set(readers(office))


def test_planted_fault_a_centre_that_takes_everything_is_seen_and_still_nobody_is_fooled(
    tmp_path, cheap_pins
):
    with Centre(tmp_path / "pusat") as first:
        town = Town(first, tmp_path / "meja-pusat")
        office = Office(town, tmp_path)
    fault = "from sync.server.intake import Intake\nIntake._allow = lambda *_: None\n"
    broken = CentreProcess(Home(first.folder), fault)
    url = f"http://127.0.0.1:{broken.port}"
    try:
        for kind in FOREIGN:
            reply = office.offer(broken.port, office.stated(kind)[0])
            assert reply.refusals == (), "the planted fault: the centre takes it"
        for profile in (office.other, office.desk, office.liar):
            sent(profile, url)
        assert office.other.vouched()
        came = {}
        for one in (office.other, office.desk):
            known = one.authority()
            lies = [
                fact for fact in one.facts(kinds=FOREIGN) if fact.signer == office.liar.keys.signing.public
            ]
            came |= {fact.statement.kind: fact.endorsed for fact in lies}
            assert known.accepted(lies) == (), "they came under the centre's own seal, and count for nobody"
            assert office.other.keys.signing.public not in known.revoked
            assert (known.erased, known.aliases.targets, known.proposals) == (frozenset(), {}, ())
        assert came.keys() >= {"profile.vouched", "key.revoked", "clock.fixed", "announcement.posted"}
        assert set(came.values()) == {True}
    finally:
        broken.stop()


def test_a_coordinator_may_vouch_for_a_learner_and_never_for_another_coordinator(
    office, tmp_path, cheap_pins
):
    second = Pc(tmp_path / "kedua", "PC Rapat", office.handed)
    theresia = second.sit(THERESIA, code=False)
    sent(theresia, office.town.url)
    sent(office.desk, office.town.url)
    (key,) = waiting_keys(office.desk)
    vouch(office.desk, key, key.person, Role.COORDINATOR)
    sent(office.desk, office.town.url)
    sent(theresia, office.town.url)
    assert theresia.vouched()
    for one in (office.desk, theresia):
        holder = next(one for one in one.authority().holders.values() if one.profile == theresia.profile)
        assert holder.roles == {"learner"}
    with pytest.raises(Refusal):
        theresia.record("announcement.posted", id="x", title="Libur", text="Besok tutup.")
