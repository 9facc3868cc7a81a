"""The authorisation matrix is data: a route without a row is closed, and each row is tried by every caller."""

import base64
from urllib.parse import quote

import pytest
from fastapi import FastAPI
from starlette.routing import Route

from sync.bundle import SyncRequest, encode_request
from sync.packs.offer import Offer
from sync.server.app import make_app
from sync.server.centre import Centre
from sync.server.home import Home
from sync.server.matrix import (
    ANSWER,
    ASKING,
    CARRY,
    CERTIFICATE,
    CERTIFICATE_ASKING,
    COHORT,
    EXAMS,
    EXAMS_ASKING,
    MATRIX,
    PACK,
    PACKS,
    RECEIPT,
    RECEIPT_ASKING,
    SENDING,
    SYNC,
    Caller,
)
from sync.server.pack_shelf import PackShelf
from tests.builders.centre import BUDI, YOHANA, Pc
from tests.builders.form import form, link, submits
from tests.builders.post import Machine, shipment


@pytest.fixture
def app(tmp_path):
    centre = Centre(Home(tmp_path / "pusat"))
    yield make_app(centre)
    centre.database.close()


def routes_of(app: FastAPI) -> set[tuple[str, str]]:
    return {
        (method, route.path)
        for route in app.routes
        if isinstance(route, Route)
        for method in (route.methods or ())
        if method != "HEAD"
    }


def test_every_route_has_a_row_and_every_row_a_route(app):
    assert routes_of(app) == set(MATRIX)


def test_a_route_that_somebody_adds_without_a_row_is_noticed(app):
    @app.get("/v1/people")
    def people() -> None:
        """List everybody, to anybody."""

    assert routes_of(app) != set(MATRIX)


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/docs",
        "/openapi.json",
        "/v1/people",
        "/v1/sync/",
        "/v1/sync?x=1",
        "/v1/packs/",
        "/v1/packs/a/b",
        "/v1/packs/..%2Fpusat.db",
    ],
)
def test_what_has_no_row_is_not_there(line, path):
    answer = line.send(b"", path, "GET")
    assert answer.status == 404
    assert b"malformed" in answer.body


@pytest.mark.parametrize("method", ["GET", "PUT", "DELETE", "PATCH"])
def test_a_method_without_a_row_is_not_there(line, method):
    assert line.send(b"", "/v1/sync", method).status == 404


def ask(line, route, pc, office, offered=""):
    """Use a route as this PC would: a request signed by it, or its post."""
    method, path = route
    if route == SYNC:
        return line.send(pc.request(), path, method).status
    if route == CARRY:
        return line.send(Machine(office, [pc]).gives()[0], path, method).status
    if route == PACK:
        return line.send(b"", path.format(digest=offered), method).status
    if route == RECEIPT:
        return line.send(
            b"kode=AAAA-AAAA&kantor=" + quote(office.file.header.name).encode(), path, method
        ).status
    if route == CERTIFICATE:
        return line.send(b"nomor=00001/X/2026", path, method).status
    if route == EXAMS:
        return line.send(b"kata=AAAA-AAAA-AAAA-AAAA", path, method).status
    if route in {ASKING, PACKS, RECEIPT_ASKING, CERTIFICATE_ASKING, EXAMS_ASKING}:
        return line.send(b"", path, method).status
    if route in {SENDING, ANSWER}:
        sent = submits(line, form(shipment(office, Machine(office, [pc]).gives())))
        return sent.status if route == SENDING else line.send(b"", link(sent), method).status
    return line.send(b"", path, method, pc.authorization()).status


def any_pack(home, folder):
    """Offer a file; what is in it is not the point."""
    (folder / "berkas").write_bytes(b"PK")
    shelf = PackShelf(home.packs)
    return shelf.take(folder / "berkas", lambda _, digest, size: Offer(digest, size, "k", "1", "K", b"s"))


@pytest.mark.parametrize("route", MATRIX)
def test_each_row_lets_in_whom_it_names(home, office, line, tmp_path, route):
    coordinator, learner, stranger = Pc.of(office, YOHANA), Pc.of(office, BUDI), Pc(office.file.header.centre)
    coordinator.syncs(line)
    learner.syncs(line)
    offered = any_pack(home, tmp_path).digest
    open_to_all = MATRIX[route].caller is not Caller.COORDINATOR
    if MATRIX[route].caller is Caller.WORD:  # no key opens it: tests of the page try the words
        assert {ask(line, route, one, office) for one in (coordinator, learner, stranger)} == {403}
        return
    assert ask(line, route, coordinator, office, offered) == 200
    assert ask(line, route, learner, office, offered) == (200 if open_to_all else 403)
    assert ask(line, route, stranger, office, offered) == (200 if open_to_all else 403)


def test_a_stranger_is_told_nothing_by_a_sync(office, line):
    reply = Pc(office.file.header.centre).syncs(line)
    assert reply.pieces == ()
    assert reply.cursors == {}
    assert reply.documents == {}


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"Authorization": "Bearer x"},
        {"Authorization": "Suluh !!!"},
        {"Authorization": "Suluh " + base64.b64encode(b"x" * 200).decode()},
    ],
)
def test_a_report_needs_a_signed_word(line, headers):
    method, path = COHORT
    assert line.send(b"", path, method, headers).status in {400, 403}


def test_a_report_signed_by_another_key_in_the_coordinators_name_is_refused(office, line):
    coordinator, learner = Pc.of(office, YOHANA), Pc.of(office, BUDI)
    coordinator.syncs(line)
    learner.syncs(line)
    asks = SyncRequest(coordinator.profile, learner.signing.public, {}, {}, (), (), 0, b"")
    proof = base64.b64encode(encode_request(asks, learner.signing)).decode()
    method, path = COHORT
    assert line.send(b"", path, method, {"Authorization": "Suluh " + proof}).status == 403
