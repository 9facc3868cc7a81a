"""A learner's receipt is looked up by its code: what and when, and no name; a shared code is told honestly."""

import asyncio
import contextlib
import re
from datetime import date
from types import SimpleNamespace
from urllib.parse import urlencode

from hypothesis import given
from hypothesis import strategies as st

from sync.folds.assignments import work_digest
from sync.journal.receipt import WORK, read_receipt_code, receipt_code, receipt_mark
from sync.server import operations_sticks, receipts
from sync.server.centre import Centre
from sync.server.commands import main
from sync.server.database import Scope, open_database
from sync.server.home import Home
from sync.server.pages.lookup import PRICE
from sync.server.pages.receipt import ReceiptRoute, found_body
from sync.server.pages.receipt_words import ENGLISH, INDONESIAN
from sync.server.rates import CAPACITY
from sync.server.receipts import find_receipts, note_day
from sync.server.reports import office_named
from tests.builders.centre import BUDI, MARIA, Pc

FORM = {"content-type": "application/x-www-form-urlencoded"}


def finished(office, line, nip=BUDI):
    """Let somebody finish a module and send it; gives the code on their screen."""
    pc = Pc.of(office, nip)
    pc.reads(3)
    done = pc.says("module.completed", module="pelayanan/m1", version="1")
    pc.syncs(line)
    return pc, receipt_code(done.log, done.seq)


def asked(line, code, name, path="/tanda-terima"):
    body = urlencode({"kode": code, "kantor": name}).encode()
    answer = line.send(body, path, headers=FORM)
    return answer.status, answer.body.decode()


def test_the_page_says_what_came_and_when_and_names_nobody(office, line):
    _, code = finished(office, line)
    name = office.file.header.name
    status, page = asked(line, f" {code.lower()} ", name.upper())
    assert status == 200
    assert "Modul selesai, dikerjakan" in page
    assert re.search(r"iterima pusat", page)
    for hidden in ("Budi", "Wanggai", BUDI, "pelayanan/m1"):
        assert hidden not in page
    assert 'method="post"' in page
    assert "<script" not in page


def test_what_is_not_there_is_said_with_what_to_do(office, line):
    _, code = finished(office, line, MARIA)
    name = office.file.header.name
    assert "Belum ada pekerjaan dengan kode ini" in asked(line, "AAAA-AAAA", name)[1]
    assert asked(line, "bukan kode", name)[0] == 400
    status, page = asked(line, code, "Kantor Entah")
    assert (status, "Tidak ada kantor" in page) == (400, True)
    assert "No office of this centre" in asked(line, code, "Kantor Entah", "/tanda-terima?bahasa=en")[1]


def test_work_that_is_no_piece_of_work_has_no_receipt(office, line):
    pc, _ = finished(office, line)
    read = next(one for one in pc.statements if one.kind == "page.read")
    code = receipt_code(read.log, read.seq)
    assert "Belum ada pekerjaan" in asked(line, code, office.file.header.name)[1]


def test_an_assignment_is_found_by_the_code_that_its_learner_was_told_to_keep(office, line):
    pc = Pc.of(office, BUDI)
    task, words = "pelayanan/m2/rencana", "rencana saya"
    work = work_digest(task, "1", words, ())
    handed = pc.says(
        "assignment.submitted",
        activity=task,
        version="1",
        text=words,
        names=(),
        files=b"",
        work=work,
        counter=1,
    )
    pc.syncs(line)
    code, name = receipt_code(handed.log, handed.seq), office.file.header.name
    status, page = asked(line, code, name)
    assert (status, "Tugas dikumpulkan, dikerjakan" in page) == (200, True)
    assert words not in page
    assert "Assignment handed in, done on" in asked(line, code, name, "/tanda-terima?bahasa=en")[1]


def test_every_kind_of_work_has_words_on_the_page_and_in_the_command():
    for words in (INDONESIAN, ENGLISH):
        assert set(words.kinds) == set(WORK)
    assert set(operations_sticks.NAMES) == set(WORK)


def test_odd_forms_get_a_sentence(office, line):
    for body in (b"", b"\xff\xfe", b"kode=" + b"A" * 9000, b"&" * 50, b"kode=%00&kantor=%00"):
        assert line.send(body, "/tanda-terima", headers=FORM).status in {400, 413}


def test_a_flood_from_one_address_is_asked_to_wait(tmp_path):
    """Whoever tries codes runs dry long before a millionth of them; another address is served."""
    with contextlib.closing(Centre(Home(tmp_path / "pusat")).database) as database:
        route = ReceiptRoute(SimpleNamespace(database=database))
        statuses = [asyncio.run(posts(route, "10.0.0.1")) for _ in range(int(CAPACITY / PRICE) + 3)]
        assert statuses[0] == 400, "no office of that name"
        assert statuses[-1] == 429
        assert asyncio.run(posts(route, "10.0.0.2")) == 400


async def posts(route, address):
    """Ask a route for a code, and give the status it answered."""
    sent = []
    scope = {
        "type": "http",
        "method": "POST",
        "path": "/tanda-terima",
        "query_string": b"",
        "headers": [],
        "client": (address, 1),
    }

    async def receive():
        return {"type": "http.request", "body": b"kode=AAAA-AAAA&kantor=Entah", "more_body": False}

    async def send(message):
        sent.append(message)

    await route(scope, receive, send)
    return sent[0]["status"]


def looked(home, office, code):
    with open_database(home) as database, database.reading() as connection:
        key = office_named(connection, office.file.header.name)
        return find_receipts(connection, key, read_receipt_code(code))


def test_the_day_on_which_work_came_is_noted_with_one_row_a_day(office, line, home):
    finished(office, line)
    with open_database(home) as database, database.folding() as connection:
        note_day(connection, 4_000_000_000)
        note_day(connection, 4_000_000_000)
    _, code = finished(office, line, MARIA)
    (found,) = looked(home, office, code)
    assert found.came == date(2096, 10, 2)


def test_two_pieces_of_work_with_one_code_are_both_told(office, line, home, monkeypatch):
    """With a code of one letter's worth, collisions are everywhere; nobody's is hidden or preferred."""
    pc = Pc.of(office, BUDI)
    first = pc.says("module.completed", module="a/m1", version="1")
    second = pc.says("course.completed", course="pelayanan", version="1", jp=600)
    pc.syncs(line)
    wanted, honest = receipt_mark(first.log, first.seq), receipt_mark
    twins = {(first.log, first.seq), (second.log, second.seq)}
    monkeypatch.setattr(
        receipts, "receipt_mark", lambda log, seq: wanted if (log, seq) in twins else honest(log, seq)
    )
    with open_database(home) as database, database.reading() as connection:
        key = office_named(connection, office.file.header.name)
        found = find_receipts(connection, key, wanted)
    assert {one.kind for one in found} == {"module.completed", "course.completed"}
    page = found_body(INDONESIAN, [(one, "Asia/Jayapura") for one in found])
    assert "cocok dengan 2 pekerjaan" in page


def test_another_offices_work_is_not_found(office, line, home):
    _, code = finished(office, line)
    with open_database(home) as database:
        with database.reading() as connection:
            key = office_named(connection, office.file.header.name)
        with database.reading(Scope(0, key + 1, desk=True)) as connection:
            assert find_receipts(connection, key + 1, read_receipt_code(code)) == ()


def test_the_operators_command_finds_the_same(office, line, home, capsys):
    _, code = finished(office, line)
    words = ["receipt", code, "--office", office.file.header.name, "--data", str(home.folder)]
    assert main(words) == 0
    told = capsys.readouterr().out
    assert "modul selesai" in told
    assert "Budi" not in told
    assert (
        main(["receipt", "AAAA-AAAA", "--office", office.file.header.name, "--data", str(home.folder)]) == 1
    )


@given(st.integers(1, 2**63 - 1), st.integers(1, 2**40 - 1))
def test_a_code_is_read_however_it_is_typed(log, seq):
    code = receipt_code(log, seq)
    mark = receipt_mark(log, seq)
    loose = code.replace("-", " ").lower().replace("o", "0").replace("i", "1").replace("b", "8")
    assert read_receipt_code(code) == read_receipt_code(loose) == mark
    assert read_receipt_code(code[:-1]) is None
