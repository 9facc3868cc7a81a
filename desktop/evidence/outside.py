"""Training outside, as a learner writes it down: counted by the table, stated, with the scan of its proof."""

import secrets
from dataclasses import dataclass, field
from datetime import date, datetime

from desktop.errors import Problem
from desktop.language import tr
from desktop.store.files import put_file
from desktop.store.jp_table import jp_table_of
from desktop.store.profile import Profile
from sync.folds.training import CLAIMED, Training
from sync.jp_table import MOST, UNITS, Form, Unit

LONGEST = 200
"""Signs of a title or an organiser."""
_SCANS = (b"%PDF-", b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n")


@dataclass(frozen=True, slots=True)
class Outside:
    """What somebody says of a training: so many `units` (days or times), or a programme's hundredths of JP.

    `scan` is the proof, PDF, JPEG or PNG, None to keep the one stated before.
    """

    form: str
    title: str
    organiser: str
    day: date
    units: int = 1
    programme: int = 0
    abroad: bool = False
    scan: bytes | None = field(default=None, repr=False)


def claim_training(profile: Profile, said: Outside, claim: str = "") -> str:
    """State a training, or change the one with the id `claim`; gives the id. Raises Problem, saving nothing.

    What it is worth is counted by the table of this PC and counts nowhere before a coordinator has judged it.
    """
    table = jp_table_of(profile.store)
    form = table.form(said.form)
    if form is None:
        raise Problem(tr("Pilih bentuk pelatihannya."), tr("Daftarnya berasal dari tabel JP yang berlaku."))
    _check(profile, said, form)
    before = claimed(profile, claim)
    file = before.claim.file if before is not None else b""
    if said.scan is not None:
        file = put_file(profile, said.scan)
    made = before.claim.id if before is not None else secrets.token_hex(8)
    profile.record(
        CLAIMED,
        id=made,
        form=form.id,
        title=said.title.strip(),
        organiser=said.organiser.strip(),
        day=said.day.toordinal(),
        units=said.units,
        jp=form.worth(said.units, said.programme, abroad=said.abroad),
        abroad=int(said.abroad),
        table=table.version,
        file=file,
        counter=1 if before is None else before.claim.counter + 1,
    )
    return made


def claimed(profile: Profile, claim: str) -> Training | None:
    """Return a claim of this person as it stands."""
    return next((one for one in profile.standing().trainings if one.claim.id == claim), None)


def _check(profile: Profile, said: Outside, form: Form) -> None:
    today = datetime.fromtimestamp(profile.store.now(), profile.zone()).date()
    if not said.title.strip() or not said.organiser.strip():
        raise Problem(tr("Isi judul dan penyelenggaranya."), tr("Seperti tertulis pada sertifikat."))
    if max(len(said.title), len(said.organiser)) > LONGEST:
        raise Problem(
            tr("Judul atau penyelenggara terlalu panjang."),
            tr("Paling banyak {n} huruf.").format(n=LONGEST),
        )
    if said.day > today:
        raise Problem(tr("Harinya belum tiba."), tr("Catat pelatihan sesudah selesai."))
    if form.unit in {Unit.DAY, Unit.TIME} and not 0 < said.units <= UNITS:
        raise Problem(tr("Banyaknya tidak masuk akal."), tr("Isi angka 1 sampai {n}.").format(n=UNITS))
    if form.unit is Unit.PROGRAMME and not 0 < said.programme <= MOST:
        raise Problem(tr("JP program belum diisi."), tr("Isi JP seperti tertulis pada sertifikat."))
    if said.abroad and not form.goes_abroad:
        raise Problem(tr("Bentuk ini hanya dihitung di dalam negeri."), tr("Pilih dalam negeri."))
    if said.scan is not None and not said.scan.startswith(_SCANS):
        raise Problem(tr("Berkas ini bukan PDF atau gambar."), tr("Pilih berkas PDF, JPG, atau PNG."))
