"""Kinds that say what the centre stands for: a certificate with its number, and one taken back."""

from sync.journal.kind import CENTRE, TEXT, Audience, Kind

ROWS = (
    Kind(
        "certificate.issued",
        CENTRE,
        {"number": TEXT, "course": TEXT, "version": TEXT, "proof": TEXT},
        "The centre certifies a finished course under this number; `proof` is the signed text for its QR.",
        audience=Audience.PERSON,
    ),
    Kind(
        "certificate.revoked",
        CENTRE,
        {"number": TEXT, "reason": TEXT},
        "The certificate of this number is taken back, for this reason.",
        audience=Audience.PERSON,
    ),
)
