"""A publisher's key is stolen: its packs close as the news arrives, and what people did with them is theirs."""

import subprocess
import sys

import pytest

from desktop.demo.people import COORDINATOR, LEARNERS, PIN
from desktop.errors import Problem, explain
from sync.refusal import Code, Refusal
from tests.builders.road import (
    COURSE,
    JP,
    QUIZ,
    READ,
    RIGHT,
    Pc,
    Town,
    desk_row,
    jp_of,
    make_pack,
    read_all,
    sent,
    take_quiz,
)

ZADRAK, NAFTALI = LEARNERS[11], LEARNERS[6]
APP = """
import sys
from pathlib import Path
from desktop.library import belief
from desktop.library.index import DeviceIndex
from desktop.people.profiles import sign_in
from desktop.store.device import Store
from sync.client.deliver import deliver
from sync.client.transport import Transport
{planted}
folder, url, pin = sys.argv[1:]
store = Store.open(Path(folder))
profile = sign_in(store, store.tiles()[0].profile, pin)
index = DeviceIndex(store)
came = deliver(profile, Transport(url), store.clock).documents
belief.Belief(store).refresh(index)
print("trust" in came, index.packs()[0].withdrawn.split()[0], "tuf" in sys.modules)
"""
SINCE, TITLE = "2026-11-20", "Penanda tangan paket ini sudah dicabut sejak 20 November 2026."


@pytest.fixture
def own_town(centre, tmp_path_factory):
    """A publisher of this story's own: a key that is revoked stays revoked."""
    return Town(centre, tmp_path_factory.mktemp("meja"))


def hears(pc):
    """What the app does when a delivery has come: look whether a trust list came with it."""
    return pc.belief.refresh(pc.index)


def test_the_news_comes_by_sync_and_closes_the_course_but_not_the_work(own_town, cheap_pins, tmp_path):
    office = own_town.office((COORDINATOR, ZADRAK))
    pc = Pc(tmp_path / "pc", "PC Loket 1", office)
    pc.install(own_town.pack())
    zadrak = pc.sit(ZADRAK)
    learning = pc.learning(zadrak)
    read_all(learning)
    take_quiz(learning)
    open_attempt = learning.quizzing.start(QUIZ)
    learning.quizzing.answer(QUIZ, open_attempt.number, 0, RIGHT[0], 4)
    sent(zadrak, own_town.url)
    hears(pc)
    assert pc.shelf.course(COURSE).withdrawn == ""
    newer = own_town.pack("1.1", catalogue=False)

    own_town.revoke(SINCE)
    assert "trust" in sent(zadrak, own_town.url).documents
    assert hears(pc)

    assert pc.shelf.course(COURSE).withdrawn == f"compromised {SINCE}"
    for opened in (READ, QUIZ):
        with pytest.raises(Problem, match="ditarik kembali oleh pusat"):
            learning.open(opened)
    with pytest.raises(Refusal) as told:
        pc.installer.inspect(newer)
    assert told.value.code is Code.REVOKED
    assert explain(told.value).title == TITLE
    assert explain(told.value).advice.endswith("Data Anda tidak berubah.")

    # Nothing a learner did is taken away: hours, results, and the answer to a quiz that cannot be ended now.
    standing = zadrak.standing()
    assert standing.quizzes[QUIZ].best.score == 10_000
    assert standing.quizzes[QUIZ].open[0].answers[0].text == RIGHT[0]
    yohana = Pc(tmp_path / "meja", "PC Sekretariat", office).sit(COORDINATOR)
    sent(yohana, own_town.url)
    assert jp_of(zadrak) == desk_row(yohana, ZADRAK).jp == own_town.row(office, ZADRAK)["jp"] == JP


def test_a_pc_without_a_line_goes_on_until_the_list_comes_and_never_goes_back(own_town, cheap_pins, tmp_path):
    office = own_town.office((COORDINATOR, NAFTALI))
    pc = Pc(tmp_path / "pc", "PC Kampung", office)
    pc.install(own_town.pack())
    naftali = pc.sit(NAFTALI)
    before = own_town.papers()
    own_town.revoke(SINCE)

    # The list of three weeks ago still holds here: being out of date never stops anybody from learning.
    newer = make_pack(tmp_path / "flashdisk", own_town.publisher, "1.1", publisher=own_town.name)
    pc.install(newer)
    read_all(pc.learning(naftali))
    assert pc.shelf.course(COURSE).course.version == "1.1"

    sent(naftali, own_town.url)
    hears(pc)
    assert {row.withdrawn for row in pc.index.packs()} == {f"compromised {SINCE}"}

    # A pack that brings the list from before the theft opens nothing again.
    stale = make_pack(tmp_path / "lama", own_town.publisher, "1.2", publisher=own_town.name, papers=before)
    with pytest.raises(Refusal) as told:
        pc.installer.inspect(stale)
    assert told.value.code is Code.REVOKED
    pc.off()
    pc.on()
    assert pc.shelf.course(COURSE).withdrawn == f"compromised {SINCE}"


def test_planted_fault_a_pc_that_never_looks_at_what_came_is_seen(own_town, cheap_pins, tmp_path):
    office = own_town.office((COORDINATOR, ZADRAK))
    pc = Pc(tmp_path / "pc", "PC Loket 1", office)
    pc.install(own_town.pack())
    zadrak = pc.sit(ZADRAK)
    own_town.revoke(SINCE)
    sent(zadrak, own_town.url)
    assert pc.shelf.course(COURSE).withdrawn == "", "the list has come and nobody has looked"
    assert hears(pc)
    assert pc.shelf.course(COURSE).withdrawn
    assert not hears(pc), "and looking again costs nothing"


@pytest.mark.parametrize(
    ("planted", "loaded"),
    [
        pytest.param("", "False", id="as it is"),
        pytest.param(
            "from sync.packs.trust_child import answer; belief.judge = answer", "True", id="planted fault"
        ),
    ],
)
def test_the_app_closes_the_course_and_never_holds_the_library_that_verified_the_list(
    own_town, cheap_pins, tmp_path, planted, loaded
):
    """A PC with little memory; a judgement in the app's own process, the planted fault, would be seen."""
    pc = Pc(tmp_path / "pc", "PC Loket 1", own_town.office((COORDINATOR, ZADRAK)))
    pc.install(own_town.pack())
    sent(pc.sit(ZADRAK), own_town.url)
    own_town.revoke(SINCE)
    pc.off()
    words = [sys.executable, "-c", APP.format(planted=planted), str(pc.folder), own_town.url, PIN]
    ran = subprocess.run(words, capture_output=True, text=True, check=False)
    assert ran.stdout.split() == ["True", "compromised", loaded], ran.stderr
