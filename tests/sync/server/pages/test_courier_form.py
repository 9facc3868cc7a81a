"""The form of a borrowed PC: each part kept as it arrives, one sentence for each wrong file, one answer."""

import contextlib
import os
import re
import secrets
import socket
import time

import pytest

from sync.postbag.outward import seal_outward
from sync.postbag.part import Form
from sync.server.home import Home
from sync.server.matrix import CARRY_BYTES
from sync.server.pages import certificate_words, exams_words, receipt_words, words
from sync.server.pages.kept_answers import AGE, KeptAnswers
from sync.server.pages.language import chosen
from sync.server.pages.words import ENGLISH, INDONESIAN, LANGUAGES, Trouble
from tests.builders.centre import BUDI, MARIA, CentreProcess, Line, make_office
from tests.builders.form import BOUNDARY, form, link, submits
from tests.builders.post import Machine, brought, carries, names, shipment


@pytest.fixture
def machines(office):
    """Two PCs of an office, each with a learner's work."""
    made = [Machine(office), Machine(office)]
    for machine, nip in zip(made, (BUDI, MARIA), strict=True):
        who = machine.seat(nip)
        who.reads(3)
        machine.puts(who.segment())
    return made


@pytest.fixture
def parts(machines):
    return [part for machine in machines for part in machine.gives()]


def says(answer):
    """The words of a page, without its marks."""
    body = answer.body.decode()
    return " ".join(re.sub(r"<style>.*?</style>|<[^>]+>", " ", body, flags=re.DOTALL).split())


def sentence(trouble, **values):
    return INDONESIAN.troubles[trouble].format(**values)


def test_a_file_is_taken_and_one_answer_brings_home_what_is_for_every_pc(office, line, machines, parts):
    answer = submits(line, form(shipment(office, parts)))
    assert answer.status == 200
    assert "Pusat sudah menerima semuanya: 2 bagian." in says(answer)
    saved = line.send(b"", link(answer), "GET")
    assert saved.status == 200
    assert saved.headers["content-disposition"] == 'attachment; filename="JAWABAN-PUSAT.suluh"'
    back = brought(office, saved.body)
    assert back.stored == names(parts)
    for machine in machines:
        assert machine.finds(back)
        assert machine.people[0].acked == 4


def test_an_answer_can_be_saved_twice_and_from_where_it_broke_off(office, line, parts):
    where = link(submits(line, form(shipment(office, parts))))
    whole = line.send(b"", where, "GET").body
    rest = line.send(b"", where, "GET", {"Range": "bytes=1000-"})
    assert rest.status == 206
    assert rest.body == whole[1000:]


def test_the_same_file_again_is_known_and_gives_an_answer_again(office, line, machines, parts):
    submits(line, form(shipment(office, parts)))
    again = submits(line, form(shipment(office, parts)))
    assert "Tidak ada yang baru sejak kiriman terakhir." in says(again)
    assert machines[1].finds(brought(office, line.send(b"", link(again), "GET").body))


def test_a_torn_file_is_taken_as_far_as_it_goes_and_names_what_it_lacks(office, line, machines, parts):
    torn = shipment(office, parts)[: -len(parts[1]) // 2]
    answer = submits(line, form(torn))
    assert "Pusat menerima 1 dari 2 bagian." in says(answer)
    assert f"k-{parts[1][-32:].hex()[:16]}" in says(answer)
    back = brought(office, line.send(b"", link(answer), "GET").body)
    assert back.stored == names(parts[:1])
    assert machines[0].finds(back)


def test_a_damaged_place_in_the_middle_costs_only_its_part(office, line, parts):
    bent = bytearray(shipment(office, parts))
    bent[bent.index(parts[0]) + 300] ^= 1
    answer = submits(line, form(bytes(bent)))
    assert "Pusat menerima 1 dari 2 bagian." in says(answer)
    assert brought(office, line.send(b"", link(answer), "GET").body).stored == names(parts[1:])


def test_a_line_that_breaks_leaves_what_came_whole(office, centre, line, machines, parts):
    body = form(shipment(office, parts))
    head = (
        f"POST /kirim HTTP/1.1\r\nHost: x\r\nContent-Length: {len(body)}\r\n"
        f"Content-Type: multipart/form-data; boundary={BOUNDARY}\r\n\r\n"
    )
    with socket.create_connection(("127.0.0.1", centre.port), timeout=20) as wire:
        wire.sendall(head.encode() + body[: -len(parts[1]) // 2])
        wire.shutdown(socket.SHUT_WR)
        with contextlib.suppress(ConnectionError):
            assert wire.recv(100) == b""
    for machine, taken in zip(machines, (True, False), strict=True):
        (who,) = machine.people
        machine.outbox.clear()
        machine.puts(who.segment(1, 1))
        machine.finds(carries(office, line, machine.gives(())[0]))
        assert who.acked == (4 if taken else 1)


def test_the_work_of_people_the_centre_does_not_know_yet_is_told(office, line, machines):
    stranger = Machine(office)
    who = stranger.seat()
    who.reads(2)
    stranger.puts(who.segment())
    answer = submits(line, form(shipment(office, [*machines[0].gives(), *stranger.gives()])))
    assert "Pusat menerima 1 dari 2 bagian." in says(answer)
    assert "pusat belum mengenal pemiliknya" in says(answer)


def test_one_part_out_of_the_folder_is_taken_like_the_whole_file(office, line, parts):
    assert "1 bagian" in says(submits(line, form(parts[0])))


@pytest.mark.parametrize(
    ("data", "name", "trouble"),
    [
        (b"", "", Trouble.NOTHING),
        (b"", "KIRIM-KE-PUSAT.suluh", Trouble.EMPTY),
        (b"\xff\xd8\xff" + bytes(400_000), "foto.jpg", Trouble.FOREIGN_FILE),
        (b"SULUH-KANTOR\x01" + bytes(5000), "kantor.suluh-kantor", Trouble.FOREIGN_FILE),
        (b"S", "surat.txt", Trouble.TORN),
        (b"SULUH-KIRIMAN\x01" + bytes(15), "KIRIM-KE-PUSAT.suluh", Trouble.TORN),
    ],
    ids=["none", "empty", "photo", "office-file", "one-letter", "torn"],
)
def test_a_wrong_file_is_told_in_one_sentence(line, data, name, trouble):
    answer = submits(line, form(data, name))
    assert answer.status == 400
    assert sentence(trouble) in says(answer)
    assert INDONESIAN.safe in says(answer)


def test_the_answer_itself_is_told_from_what_is_sent(office, line, parts):
    back = line.send(shipment(office, parts), "/v1/carry").body
    assert sentence(Trouble.ANSWER) in says(submits(line, form(back, "JAWABAN-PUSAT.suluh")))
    alone = brought(office, back).of(Form.RECEIPT)
    assert alone


def test_a_file_for_another_centre_sends_the_clerk_to_the_right_address(office, line, machines):
    foreign = secrets.token_bytes(16)
    part = seal_outward(machines[0].outward(), foreign, machines[0].recipients)[0]
    head = shipment(office, [part]).replace(office.file.header.office, foreign, 1)
    for data in (head, part):
        assert sentence(Trouble.OTHER_CENTRE) in says(submits(line, form(data)))


def test_a_file_that_nothing_opens_is_told(office, line, machines):
    sealed = seal_outward(machines[0].outward(), office.file.header.office, (os.urandom(31) + b"\x01",))
    assert sentence(Trouble.UNREADABLE) in says(submits(line, form(shipment(office, sealed))))


def test_a_file_with_only_its_list_left_is_told_to_be_torn(office, line, parts):
    start = shipment(office, parts)[: 14 + 16 + 1 + 64]
    assert sentence(Trouble.TORN) in says(submits(line, form(start)))


def test_a_file_beyond_the_limit_is_read_to_its_end_and_told(line):
    answer = submits(line, form(b"\0" * (CARRY_BYTES + 200_000)))
    assert answer.status == 413
    assert sentence(Trouble.LARGE, limit=CARRY_BYTES >> 20) in says(answer)


@pytest.mark.parametrize("kind", ["application/x-www-form-urlencoded", "multipart/form-data", ""])
def test_what_is_no_form_is_answered_with_the_page(line, kind):
    answer = submits(line, b"berkas=x", headers={"Content-Type": kind} if kind else {})
    assert answer.status == 400
    assert sentence(Trouble.FOREIGN_FILE) in says(answer)


@pytest.mark.parametrize(
    "token",
    ["", "../pusat.db", "..%2Fpusat.db", "A" * 32, "%00", "x" * 5000, "kunci", "&".join(["a=1"] * 99)],
)
def test_a_made_up_link_finds_nothing(line, token):
    answer = line.send(b"", f"/kirim/jawaban?untuk={token}", "GET")
    assert answer.status == 404
    assert b"SQLite" not in answer.body


def test_an_answer_is_kept_for_an_hour_and_the_oldest_goes_first(tmp_path, monkeypatch):
    now = time.time()
    kept = KeptAnswers(tmp_path / "jawaban", lambda: now)
    first = kept.keep(b"a" * 600)
    path = kept.find(first)
    assert path is not None
    assert path.read_bytes() == b"a" * 600
    now += AGE + 5
    assert kept.find(first) is None
    kept.keep(b"b")
    assert not path.exists()
    now -= AGE + 5
    ahead = tmp_path / "jawaban" / kept.keep(b"c")
    os.utime(ahead, (now + AGE + 5, now + AGE + 5))
    assert kept.find(ahead.name) is None, "kept while the clock was in 2038, and not until 2038"
    kept.keep(b"d")
    assert not ahead.exists()
    monkeypatch.setattr("sync.server.pages.kept_answers.TOTAL", 1000)
    full = [kept.keep(bytes(400)) for _ in range(4)]
    assert sum(kept.find(token) is not None for token in full) == 2
    assert kept.find(full[-1]) is not None


def test_a_page_lets_nothing_in_from_elsewhere_and_leaves_nothing_behind(line):
    answer = line.send(b"", "/kirim", "GET")
    body = answer.body.decode()
    assert "default-src 'none'" in answer.headers["content-security-policy"]
    assert answer.headers["cache-control"] == "no-store"
    assert "set-cookie" not in answer.headers
    assert "<script" not in body
    assert not re.search(r'(?:src|href)="(?:https?:)?//', body)


def test_too_much_from_one_address_is_told_with_the_minutes(tmp_path):
    prelude = "from sync.server import rates\nrates.CAPACITY, rates.REFILL = 2, 0.1\n"
    home = Home(tmp_path / "pusat")
    make_office(home, tmp_path / "kantor")
    with CentreProcess(home, prelude) as own, Line(own.port) as line:
        answers = [submits(line, form(os.urandom(200_000))) for _ in range(3)]
    assert answers[-1].status == 429
    assert "Pusat sedang menerima banyak kiriman. Coba lagi" in says(answers[-1])


@pytest.mark.parametrize("page", [words, receipt_words, certificate_words, exams_words])
@pytest.mark.parametrize(
    ("asked", "accepted", "language"),
    [
        ("", "", "id"),
        ("", "en-GB,en;q=0.9", "en"),
        ("", "id-ID,id;q=0.9,en;q=0.8", "id"),
        ("", "jv;q=1,en;q=0.5,id;q=0.7", "id"),
        ("", "fr", "id"),
        ("", "fr,en;q=0.8", "en"),
        ("", "en;q=x,;;,", "id"),
        ("en", "id", "en"),
        ("xx", "en", "en"),
    ],
)
def test_the_language_is_the_link_then_the_browser_then_indonesian(page, asked, accepted, language):
    assert chosen(asked, accepted, page.LANGUAGES).language == language


def test_both_languages_have_every_sentence():
    for one in LANGUAGES:
        assert set(one.troubles) == set(Trouble)
    assert {len(set(one.troubles.values())) for one in LANGUAGES} == {len(Trouble)}
    for name in INDONESIAN.__dataclass_fields__:
        if name not in {"troubles", "save_button"}:
            assert getattr(INDONESIAN, name) != getattr(ENGLISH, name), name
