"""Files of a person: stated in parts through the write door, so that they reach the desk by any road."""

import hashlib

from desktop.errors import Problem
from desktop.formats import size
from desktop.language import tr
from desktop.store.profile import Profile
from sync.folds.files import FILE_LIMIT, KIND, Arrived, arrived, cut


def put_file(profile: Profile, data: bytes, kind: str = KIND) -> bytes:
    """State a file, all of its parts or none, and return its SHA-256. Raises Problem for one too large.

    One that this profile has stated before is not stated again.
    """
    if len(data) > FILE_LIMIT:
        raise Problem(
            tr("Berkas terlalu besar: {ada}, paling besar {boleh}.").format(
                ada=size(len(data)), boleh=size(FILE_LIMIT)
            ),
            tr("Pindai dengan kualitas lebih rendah, atau bagi menjadi beberapa berkas."),
        )
    digest = hashlib.sha256(data).digest()
    if file_of(profile, digest, kind).data is None:
        profile.record_all([(kind, fields) for fields in cut(data)])
    return digest


def file_of(profile: Profile, digest: bytes, kind: str = KIND) -> Arrived:
    """Return a file of this person, as far as it is on this PC."""
    return arrived(profile.facts(kinds=(kind,)), digest, kind)
