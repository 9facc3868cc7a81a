"""What kept a delivery back has a sentence of its own each, says that the work is safe, and blames nobody wrongly."""

import pytest

from desktop.background.sync_words import word_failure
from sync.client.faults import ASKS, EXPIRED, NOT_YET, OTHER_NAME, STRANGER, Failure, Fault

IN_1980 = {"clock": 315_532_800}
SAID = {
    (
        Fault.CLOCK,
        NOT_YET,
    ): "Jam komputer ini menunjukkan 1 Januari 1980, jadi server pusat tidak dapat diperiksa.",
    (
        Fault.CLOCK,
        EXPIRED,
    ): "Jam komputer ini menunjukkan 1 Januari 1980, jadi server pusat tidak dapat diperiksa.",
    (
        Fault.TLS,
        EXPIRED,
    ): "Pengaman server pusat sudah habis masanya menurut jam komputer ini (1 Januari 1980).",
    (
        Fault.TLS,
        STRANGER,
    ): "Jaringan ini membuka sambungan ke server pusat di tengah jalan, jadi tidak ada yang dikirim.",
    (Fault.TLS, OTHER_NAME): "Yang menjawab di alamat ini bukan server pusat.",
    (Fault.TLS, ""): "Server ini tidak dapat membuktikan bahwa ia server pusat.",
    (Fault.PROXY, ASKS): "Jaringan kantor meminta nama dan kata sandi untuk keluar ke internet.",
    (Fault.PROXY, ""): "Jaringan kantor tidak meneruskan kiriman ke server pusat.",
    (Fault.PORTAL, ""): "Jaringan ini belum meneruskan kiriman ke server pusat.",
}


@pytest.mark.parametrize(("fault", "code"), SAID)
def test_each_has_its_sentence_and_the_work_is_safe(fault, code):
    problem = word_failure(Failure(fault, code, IN_1980))
    assert problem.title == SAID[fault, code]
    assert problem.advice.startswith("Pekerjaan Anda tetap tersimpan di komputer ini. ")
    assert problem.known
    assert problem.details == f"{fault.value} {code}".strip()


@pytest.mark.parametrize("fault", [Fault.CLOCK, Fault.TLS])
@pytest.mark.parametrize("code", [NOT_YET, EXPIRED])
def test_without_knowing_what_the_clock_says_no_day_is_made_up(fault, code):
    assert word_failure(Failure(fault, code)).title == SAID[Fault.TLS, ""]


def test_a_clock_beyond_all_years_is_worded_and_does_not_fail():
    assert "Jam komputer ini" in word_failure(Failure(Fault.CLOCK, EXPIRED, {"clock": 1 << 60})).title
