"""What a new coordinator practises, step by step, and how it is seen that a step was done."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from desktop.demo.people import COORDINATOR
from desktop.demo.practice import DORCE
from desktop.demo.world import FIRST_PC, SECOND_PC, THIRD_PC
from desktop.language import tr
from desktop.office.round import round_of
from desktop.people.trail import office_trail
from desktop.store.device import Store
from desktop.store.profile import Profile
from sync.folds.trail import Deed, Taken

_PAPERS = {Taken.REPORT.value, Taken.WORKBOOK.value}


@dataclass(frozen=True, slots=True)
class Sight:
    """What is open: the PC, its store, the profile of a coordinator who is signed in, PINs as they were."""

    pc: str
    store: Store
    desk: Profile | None
    pins: Mapping[bytes, bytes]


@dataclass(frozen=True, slots=True)
class Step:
    """`words` says what to do; `seen` tells whether it was done, and reads the PC that is open alone."""

    words: Callable[[], str]
    seen: Callable[[Sight], bool]


def salts(store: Store) -> dict[bytes, bytes]:
    """Tell by profile with which salt its PIN is kept: a new PIN has another one."""
    return {one.profile: store.profile(one.profile).stretch.salt for one in store.tiles()}


def _handed(pc: str) -> Callable[[Sight], bool]:
    return lambda sight: sight.pc == pc and bool(sight.store.handed.digests() | sight.store.handed.stored())


def _answered(pc: str) -> Callable[[Sight], bool]:
    return lambda sight: sight.pc == pc and bool(sight.store.outbox.acks() or sight.store.handed.stored())


def _signed_in(sight: Sight) -> bool:
    return sight.desk is not None


def _merged(sight: Sight) -> bool:
    others = () if sight.desk is None else tuple(one for one in round_of(sight.store).pcs if not one.here)
    return len(others) > 1 and all(one.merged for one in others)


def _at_centre(sight: Sight) -> bool:
    return sight.desk is not None and bool(round_of(sight.store).began)


def _known_to_have(sight: Sight) -> bool:
    others = () if sight.desk is None else tuple(one for one in round_of(sight.store).pcs if not one.here)
    return len(others) > 1 and all(one.delivered for one in others)


def _did(deed: Deed, *what: str) -> Callable[[Sight], bool]:
    def seen(sight: Sight) -> bool:
        if sight.desk is None:
            return False
        own = office_trail(sight.desk)
        return any(one.deed is deed and (not what or one.what in what) for one in own)

    return seen


def _new_pin(sight: Sight) -> bool:
    return sight.pc == FIRST_PC and any(
        sight.pins.get(key) != salt for key, salt in salts(sight.store).items()
    )


def _visit(pc: str) -> Callable[[], str]:
    return lambda: tr("Pergi ke {pc}, pilih Tukar data di layar masuk.").format(pc=pc)


def _again(pc: str) -> Callable[[], str]:
    return lambda: tr("Keliling lagi: bawa jawaban ke {pc} dengan Tukar data.").format(pc=pc)


STEPS: tuple[Step, ...] = (
    Step(
        lambda: tr("Masuk sebagai {nama}, koordinator kantor ini.").format(nama=COORDINATOR.nickname),
        _signed_in,
    ),
    Step(_visit(FIRST_PC), _handed(FIRST_PC)),
    Step(_visit(SECOND_PC), _handed(SECOND_PC)),
    Step(
        lambda: tr("Kembali ke {pc}, masuk, lalu Kirim & terima: Gabungkan.").format(pc=THIRD_PC),
        _merged,
    ),
    Step(lambda: tr("Ke pusat: pilih Kirim dan ambil."), _at_centre),
    Step(_again(FIRST_PC), _answered(FIRST_PC)),
    Step(_again(SECOND_PC), _answered(SECOND_PC)),
    Step(
        lambda: tr("Kembali ke {pc}, masuk, lalu Gabungkan sekali lagi.").format(pc=THIRD_PC),
        _known_to_have,
    ),
    Step(
        lambda: tr("Buka Kantor, Laporan, lalu simpan laporan bulan ini."),
        _did(Deed.TAKEN, *sorted(_PAPERS)),
    ),
    Step(
        lambda: tr("{nama} lupa PIN: buka Kantor, Akun & PIN, lalu catat kodenya.").format(
            nama=DORCE.nickname
        ),
        _did(Deed.RESET),
    ),
    Step(
        lambda: tr("Di {pc}, {nama} memilih Lupa PIN dan mengetik kode itu.").format(
            pc=FIRST_PC, nama=DORCE.nickname
        ),
        _new_pin,
    ),
    Step(
        lambda: tr("Flashdisk hilang: laporkan di Kirim & terima, di {pc}.").format(pc=THIRD_PC),
        _did(Deed.LOST),
    ),
)
"""In the order in which a round goes; what was done earlier counts too."""


def words_of(done: frozenset[int]) -> str:
    """Say what to do next, given the places of the steps that are done."""
    left = [place for place in range(len(STEPS)) if place not in done]
    if not left:
        return tr("Semua langkah sudah dilatih. Tutup jendela ini; kantor latihan dihapus.")
    return tr("Langkah {n} dari {semua}: {apa}").format(
        n=left[0] + 1, semua=len(STEPS), apa=STEPS[left[0]].words()
    )
