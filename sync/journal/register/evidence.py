"""Kinds that say what the centre stands for: a certificate, its signed file, and one taken back."""

from sync.journal.kind import BYTES, CENTRE, INT, TEXT, Audience, Kind, Merge

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
    Kind(
        "certificate.signed",
        CENTRE,
        {"number": TEXT, "file": BYTES, "size": INT, "counter": INT},
        "The official's signed PDF of this number has `size` bytes and this SHA-256.",
        audience=Audience.PERSON,
        merge=Merge.PUT,
        key=("number",),
        sizes={"file": (32,)},
    ),
    Kind(
        "certificate.part",
        CENTRE,
        {"file": BYTES, "part": INT, "parts": INT, "data": BYTES},
        "Part number `part`, from 1, of `parts` of a signed PDF whose SHA-256 is `file`.",
        audience=Audience.PERSON,
        sizes={"file": (32,)},
        papers=True,
    ),
)
