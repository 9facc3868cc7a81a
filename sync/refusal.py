"""Why something from outside was not taken: a code with values, which the PC turns into words."""

from __future__ import annotations

from enum import Enum


class Code(Enum):
    """Every reason for a refusal; `wire` is what travels, `sentence` is for logs and developers."""

    MALFORMED = ("malformed", "The bytes do not follow the format.")
    TOO_LARGE = ("too-large", "The data is larger than this end takes in one piece.")
    VERSION = ("version", "The data is written in a version that this program does not know.")
    SIGNATURE = ("signature", "The signature does not belong to these bytes.")
    UNKNOWN_KIND = ("unknown-kind", "The register of kinds has no such kind.")
    FIELD = ("field", "A field is missing, unknown, or of another type than the register says.")
    AUTHOR = ("author", "The signer may not state this kind.")
    RECIPIENT = ("recipient", "The sealed data was not sealed to this key.")
    CENTRE = ("centre", "The reply or feed piece is not signed by the centre of this office.")
    ANSWER = ("answer", "The reply answers another request.")
    CURSOR = ("cursor", "The feed piece begins after the point this profile has reached.")
    OFFICE = ("office", "The sender belongs to no office of this centre.")
    STALE = ("stale", "The version offered is older than the one already held.")
    SOURCE = ("source", "The course folder is not one a pack can be made of.")
    OBJECT = ("object", "The bytes of an object are not those its manifest lists.")
    BASE = ("base", "The pack is only an update, and what it builds on is not here.")
    ROOT = ("root", "The root of trust is not the one this PC follows, nor its successor.")
    PUBLISHER = ("publisher", "The signer is nobody the trust list names for this pack.")
    REVOKED = ("revoked", "The key that signed this was withdrawn.")
    UNAVAILABLE = ("unavailable", "The centre cannot take anything at this moment.")

    def __init__(self, wire: str, sentence: str) -> None:
        """Keep the travelling name and the sentence beside each other."""
        self.wire = wire
        self.sentence = sentence

    @classmethod
    def named(cls, wire: str) -> Code | None:
        """Return the code that travels as `wire`, or None when a newer centre sent one unknown here."""
        return next((code for code in cls if code.wire == wire), None)


class Refusal(Exception):  # noqa: N818 - the word of the design, not of the language
    """Raised by `sync` for anything it will not take; `values` say which thing and where."""

    def __init__(self, code: Code, **values: int | str) -> None:
        super().__init__(code, values)
        self.code = code
        self.values: dict[str, int | str] = values

    def __str__(self) -> str:
        """Say the sentence and the values, for a log line."""
        detail = ", ".join(f"{name}={value}" for name, value in sorted(self.values.items()))
        return f"{self.code.sentence} ({detail})" if detail else self.code.sentence
