"""What merging could not take as it stood is told by reason and PC, and stays until somebody has looked at it."""

import pytest

from desktop.office import merge as merging
from desktop.office.doubt_words import words_of
from desktop.office.doubts import Doubtful, Reason, drop_doubts, kept_doubts, reason_of
from desktop.office.exchange_stick import exchange
from desktop.office.merge import merge
from desktop.people.vouching import finish, vouch, waiting_keys
from desktop.store.profile import Profile
from sync.folds.losses import LOST
from sync.journal.keys import SigningKey
from sync.journal.log import Run, chain
from sync.journal.sealing import seal
from sync.journal.segment import encode_segment
from sync.journal.statement import LogHeader, Statement
from sync.postbag.outward import Outward, seal_outward
from sync.postbag.part import Form, encode_part
from sync.refusal import Code, Refusal
from tests.builders.office import MARKUS, YOHANA
from tests.builders.round import Desk


@pytest.fixture
def desk(tmp_path, office):
    made = Desk(tmp_path / "meja", office, "PC Sekretariat")
    made.sit(MARKUS)
    yield made
    made.off()


@pytest.fixture
def pc(tmp_path, office):
    made = Desk(tmp_path / "pc", office, "PC Loket")
    finish(made.store, made.sit(YOHANA))
    made.study(YOHANA, [1, 2])
    yield made
    made.off()


@pytest.fixture
def root(tmp_path, desk, pc):
    """A stick that was at the PC once, whose owner the coordinator has vouched for."""
    folder = tmp_path / "flashdisk"
    folder.mkdir()
    desk.stick(folder).prepare()
    exchange(pc.store, pc.stick(folder))
    return folder


def merged(desk, root):
    merge(desk.people[MARKUS], desk.stick(root))
    return {(one.reason, one.pc, one.count) for one in kept_doubts(desk.store)}


def known(desk, root):
    """Merge once and vouch for whoever came."""
    merged(desk, root)
    for key in waiting_keys(desk.people[MARKUS]):
        vouch(desk.people[MARKUS], key, key.person)
    drop_doubts(desk.store)


def test_a_writer_nobody_has_vouched_for_is_named_by_the_pc(desk, root):
    assert merged(desk, root) == {(Reason.STRANGER, "PC Loket", 1)}


def test_where_all_is_well_nothing_is_to_be_looked_at(desk, root):
    known(desk, root)
    assert merged(desk, root) == set()


def test_a_torn_file_and_another_offices_file_are_told_apart(desk, root):
    known(desk, root)
    part = next(root.glob("SULUH/k-*"))
    torn, foreign = (root / "SULUH" / f"k-{n}{'0' * 15}.suluh" for n in (1, 2))
    torn.write_bytes(part.read_bytes()[:-1])
    foreign.write_bytes(encode_part(Form.OUTWARD, bytes(16), b"terkunci"))
    assert {(why, pc) for why, pc, _ in merged(desk, root)} == {(Reason.TORN, ""), (Reason.FOREIGN, "")}
    torn.unlink()
    foreign.unlink()
    assert merged(desk, root) == set(), "what lay on the stick and does no more is forgotten"


def test_a_copied_pc_is_told_as_what_it_is_and_merging_again_does_not_forget_it(desk, pc, root):
    known(desk, root)
    signer, office = SigningKey.generate(), pc.store.office().header
    header = LogHeader(77, b"p" * 16, b"c" * 16, 0, 0, 1_795_000_000, 1, b"b" * 8)
    for page in (1, 2):
        fields = {"activity": "a", "page": page, "seconds": 40, "version": "1"}
        run = Run(header, chain(header), (Statement(77, 1, "page.read", 9, fields),))
        sealed = seal(encode_segment([run], signer), (office.office_letter,))
        outward = Outward(b"c" * 16, "PC Kembar", pc.store.device_letter().public, 5, segments=(sealed,))
        for part in seal_outward(outward, office.office, (office.office_letter,)):
            pc.stick(root).write(part)
    twins = {one for one in merged(desk, root) if one[0] is Reason.BRANCH}
    assert {(why, name) for why, name, _ in twins} == {(Reason.BRANCH, "PC Kembar")}
    assert twins <= merged(desk, root)


def test_what_a_writer_may_not_state_is_not_called_a_strangers(desk, pc, root, monkeypatch):
    known(desk, root)
    monkeypatch.setattr(Profile, "_allow", lambda _self, _kinds: None)
    pc.people[YOHANA].record(LOST, at=1, seen=0, pcs=b"", people=b"", about="")
    exchange(pc.store, pc.stick(root))
    assert merged(desk, root) == {(Reason.FORGED, "PC Loket", 1)}


def test_a_part_for_another_key_of_the_office_waits_on_the_stick(desk, root, monkeypatch):
    known(desk, root)

    def without_key(_self, _letter):
        raise Refusal(Code.RECIPIENT, what="office")

    monkeypatch.setattr(merging._Tally, "_key", without_key)
    parts = len(list(desk.stick(root).parts(Form.OUTWARD)))
    assert {(why, pc) for why, pc, _ in merged(desk, root)} == {(Reason.NO_KEY, "")}
    assert len(list(desk.stick(root).parts(Form.OUTWARD))) == parts


def test_the_list_survives_closing_the_app_and_goes_when_somebody_has_looked(desk, root):
    found = merged(desk, root)
    desk.people.pop(MARKUS).close()
    desk.store.close()
    desk.on()
    assert {(one.reason, one.pc, one.count) for one in kept_doubts(desk.store)} == found
    drop_doubts(desk.store)
    assert kept_doubts(desk.store) == ()


@pytest.mark.parametrize("reason", Reason)
def test_every_reason_has_a_sentence_and_something_to_do(reason):
    title, advice = words_of(Doubtful(reason, "PC Loket", 2, 0))
    assert title.endswith(".")
    assert advice.endswith(".")
    assert "{" not in title + advice


def test_a_refusal_tells_its_reason():
    told = {
        code: reason_of(Refusal(code))
        for code in (Code.RECIPIENT, Code.VERSION, Code.SIGNATURE, Code.MALFORMED)
    }
    assert list(told.values()) == [Reason.NO_KEY, Reason.NEWER, Reason.FORGED, Reason.TORN]
