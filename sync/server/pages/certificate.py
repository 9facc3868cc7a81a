"""GET and POST /sertifikat: whether a certificate holds, by its number or by the text of its QR code."""

import re
from collections.abc import Mapping
from html import escape
from typing import TYPE_CHECKING

from sync.nip import LENGTH, spaced
from sync.proof import MARK, Proof, read_proof
from sync.refusal import Refusal
from sync.server import certificates
from sync.server.pages.certificate_words import LANGUAGES, TYPED, CertificateWords
from sync.server.pages.lookup import Answer, AnswerError, AskingPage, LookupPage, notice

if TYPE_CHECKING:
    from sync.server.centre import Centre

PAGE = "/sertifikat"
_NUMBER = re.compile(r"[\w./-]{3,120}")


def certificate_asking() -> AskingPage[CertificateWords]:
    """Return the page that asks for a number."""
    return AskingPage(PAGE, LANGUAGES)


class CertificateRoute(LookupPage[CertificateWords]):
    """Looks a certificate up. A number can be guessed and brings no name; the text of a code has it."""

    def __init__(self, centre: "Centre") -> None:
        super().__init__(PAGE, LANGUAGES)
        self._centre = centre

    def fit(self, typed: Mapping[str, str]) -> bool:
        """Whether it is a number or a text."""
        said = typed[TYPED].strip()
        return said.upper().startswith(MARK) or _NUMBER.fullmatch(said) is not None

    def found(self, words: CertificateWords, typed: Mapping[str, str]) -> str:
        """Say whether it holds."""
        said = typed[TYPED].strip()
        shown = said.upper().startswith(MARK)
        one = self._look(said)
        if one is None:
            raise AnswerError(Answer.UNKNOWN)
        if not one.proof:
            return notice("warn", "warning", f"<b>{escape(words.erased)}</b>")
        lines = _lines(words, read_proof(one.proof), named=shown)
        if one.revoked:
            reason = f"<p>{escape(one.reason)}</p>" if shown else ""
            return notice("bad", "warning", f"<b>{escape(words.revoked)}</b>{reason}{lines}")
        head = f"<b>{escape(words.holds)}</b><p>{escape(words.holds_advice)}</p>"
        return notice("ok", "received", f"{head}{lines}")

    def _look(self, said: str) -> certificates.Issued | None:
        """Find what a number or a text speaks of, None where this centre never gave it."""
        with self._centre.database.reading() as connection:
            if not said.upper().startswith(MARK):
                return certificates.find(connection, said)
            try:
                return certificates.check(connection, self._centre.keys, read_proof(said))
            except Refusal:
                return None


def _lines(words: CertificateWords, proof: Proof, *, named: bool) -> str:
    day = f"{proof.day.day} {words.months[proof.day.month - 1]} {proof.day.year}"
    hours = f"{proof.jp / 100:g}".replace(".", "," if words.language == "id" else ".")
    rows = [
        (words.number, proof.number),
        *(
            [
                (words.name, proof.name),
                (words.nip, spaced(proof.nip) if len(proof.nip) == LENGTH else proof.nip),
            ]
            if named
            else []
        ),
        (words.course, proof.title),
        (words.hours, f"{hours} JP"),
        (words.day, day),
        (words.issuer, proof.issuer),
    ]
    told = "".join(f"<p>{escape(what)}: <b>{escape(said)}</b></p>" for what, said in rows if said)
    return told if named else f'{told}<p class="says">{escape(words.hidden)}</p>'
