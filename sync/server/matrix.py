"""The authorisation matrix: every route with who may use it. A route without a row is closed."""

from collections.abc import Mapping
from enum import Enum
from typing import NamedTuple

from sync.packs.offer import LIST_PATH


class Caller(Enum):
    """Who asks, mostly told by the key that signed the request; each member says what is asked of them."""

    SIGNED = "Whoever signs the request: what is taken and what is answered depends on the key."
    COORDINATOR = "A key vouched for as a coordinator's, for the coordinator's own office."
    CARRIER = (
        "Whoever holds a part of the post: every segment inside is signed by its author, and the answer is"
        " sealed to those it is for, so nobody need say who carries it."
    )
    VISITOR = "Anybody with a browser: the page shows nothing of anybody."
    ANYBODY = "Anybody: packs hold nothing of anybody, and each proves itself by its signature."
    WORD = "Whoever types a word that the operator gave for these offices and that has not ended."
    LINK = "Whoever holds a link that was given within the last hour; the answer behind it is sealed."


class Row(NamedTuple):
    """One row: who may call, and the largest body in bytes that is read at all."""

    caller: Caller
    body_limit: int


SYNC = ("POST", "/v1/sync")
COHORT = ("GET", "/v1/reports/cohort")
CARRY, BROKEN_OFF = ("POST", "/v1/carry"), ("GET", "/v1/carry")
CARRY_BYTES = 128 * 1024 * 1024
"""Bytes of one shipment: a dozen PCs after half a year; what is larger goes in several."""
ASKING, SENDING, ANSWER = ("GET", "/kirim"), ("POST", "/kirim"), ("GET", "/kirim/jawaban")
RECEIPT_ASKING, RECEIPT = ("GET", "/tanda-terima"), ("POST", "/tanda-terima")
CERTIFICATE_ASKING, CERTIFICATE = ("GET", "/sertifikat"), ("POST", "/sertifikat")
EXAMS_ASKING, EXAMS = ("GET", "/ujian"), ("POST", "/ujian")
PACKS, PACK = ("GET", LIST_PATH), ("GET", LIST_PATH + "/{digest}")
FORM_BYTES = 64 * 1024
"""Bytes that a browser's form may add around the file."""
MATRIX: Mapping[tuple[str, str], Row] = {
    SYNC: Row(Caller.SIGNED, 2 * 1024 * 1024),
    COHORT: Row(Caller.COORDINATOR, 0),
    CARRY: Row(Caller.CARRIER, CARRY_BYTES),
    BROKEN_OFF: Row(Caller.CARRIER, 0),
    ASKING: Row(Caller.VISITOR, 0),
    SENDING: Row(Caller.CARRIER, CARRY_BYTES + FORM_BYTES),
    ANSWER: Row(Caller.LINK, 0),
    RECEIPT_ASKING: Row(Caller.VISITOR, 0),
    RECEIPT: Row(Caller.VISITOR, 8 * 1024),
    CERTIFICATE_ASKING: Row(Caller.VISITOR, 0),
    CERTIFICATE: Row(Caller.VISITOR, 8 * 1024),
    EXAMS_ASKING: Row(Caller.VISITOR, 0),
    EXAMS: Row(Caller.WORD, 8 * 1024),
    PACKS: Row(Caller.ANYBODY, 0),
    PACK: Row(Caller.ANYBODY, 0),
}


def row_of(method: str, path: str) -> tuple[str, str]:
    """Name the row that a request would need; whether there is such a row is another question."""
    before, _, last = path.rpartition("/")
    return (method, PACK[1]) if before == LIST_PATH and last else (method, path)
