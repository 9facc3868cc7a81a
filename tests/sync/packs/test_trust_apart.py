"""Trust documents judged in a child process: the same answers and errors as in this one."""

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sync.packs import trust_apart, trust_child
from sync.packs.documents import key_id
from sync.packs.trust import Revoked, Withdrawal
from sync.packs.trust_apart import Judgement, Question, judge, judgement_of
from sync.refusal import Code, Refusal
from tests.builders.packs import Authority

DIGEST = "ab" * 32


@pytest.fixture(scope="module")
def ours():
    made = Authority()
    made.revoked = (Revoked(key_id(made.publisher.public), Withdrawal.LOST, "2026-11-01"),)
    return made


def test_a_list_that_came_closes_what_its_key_signed_and_nothing_else(ours):
    came = (((ours.root(),), ours.trust_list()), ((Authority().root(),), b"no list at all"))
    packs = (((key_id(ours.publisher.public),), DIGEST), (("another",), DIGEST))
    question = Question(b"", b"", came, packs)
    judged = judge(question)
    assert judged == trust_child.answer(question)
    assert judged == Judgement(ours.root(), ours.trust_list(), ("lost 2026-11-01", ""))


def test_documents_of_strangers_leave_what_is_believed_as_it_was(ours):
    theirs = Authority()
    came = (((theirs.root(),), theirs.trust_list()), ((), b"{}"))
    assert judge(Question(ours.root(), b"", came, ((("a",), DIGEST),))) == Judgement(ours.root())
    assert judge(Question(b"", b"", (((), b""),), ())) == Judgement()


def test_what_the_verifying_refuses_is_refused_with_the_same_words(monkeypatch):
    def refused(*_):
        raise Refusal(Code.MALFORMED, what="trust", line=3)

    monkeypatch.setattr(trust_child, "believed", refused)
    said = msgspec.msgpack.encode(trust_child.answer(Question(b"", b"", (), ())))
    with pytest.raises(Refusal) as told:
        judgement_of(0, said, 0)
    assert (told.value.code, told.value.values) == (Code.MALFORMED, {"what": "trust", "line": 3})


def test_a_child_that_dies_or_is_too_slow_is_a_refusal_with_a_reason(monkeypatch):
    for name, planted, reason in (
        ("_START", "import os; os.abort()", "reader "),
        ("_START", "raise MemoryError", "reader 1"),
        ("SECONDS", 0.001, "timeout"),
    ):
        with monkeypatch.context() as patched:
            patched.setattr(trust_apart, name, planted)
            with pytest.raises(Refusal) as told:
                judge(Question(b"", b"", (), ()))
        assert told.value.code is Code.MALFORMED
        assert told.value.values["reason"].startswith(reason)


words = st.builds(
    Judgement, st.binary(), st.binary(), st.lists(st.text()).map(tuple), st.text(), st.just({"line": 1})
)


@given(st.binary(max_size=200) | words.map(msgspec.msgpack.encode))
def test_whatever_the_child_says_every_pack_is_judged_or_none(said):
    try:
        judged = judgement_of(0, said, 2)
    except Refusal:
        return
    assert len(judged.closed) == (2 if judged.trust_list else 0)


def test_an_answer_about_fewer_packs_is_not_believed():
    """The planted fault: without the count, the packs left out would stay open."""
    said = msgspec.msgpack.encode(Judgement(b"root", b"list", ("lost",)))
    assert judgement_of(0, said, 1).closed == ("lost",)
    with pytest.raises(Refusal):
        judgement_of(0, said, 2)
