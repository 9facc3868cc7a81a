"""In town, on a PC that is not ours: a real browser sends the stick's one file and saves the answer beside it."""

import pytest
from selenium.common.exceptions import WebDriverException
from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.common.keys import Keys

from sync.server.home import Home
from tests.builders.browser import browser
from tests.builders.centre import BUDI, MARIA, PETRUS, CentreProcess, Line, make_office
from tests.builders.post import Machine, brought, names, shipment

SIZES = {"small screen": (1024, 600), "at 125 %": (819, 480), "phone": (360, 640)}


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    return Home(tmp_path_factory.mktemp("pusat"))


@pytest.fixture(scope="module")
def centre(home):
    with CentreProcess(home) as running:
        yield running


@pytest.fixture(scope="module")
def chromium(tmp_path_factory):
    """A browser with scripts switched off: the page needs none."""
    with browser(tmp_path_factory.mktemp("warnet")) as opened:
        yield opened


@pytest.fixture
def office(home, centre, tmp_path):
    return make_office(home, tmp_path / "kantor", name=tmp_path.name)


@pytest.fixture
def machines(office):
    """Three PCs of an office, each with a learner's work."""
    made = [Machine(office) for _ in range(3)]
    for machine, nip in zip(made, (BUDI, MARIA, PETRUS), strict=True):
        who = machine.seat(nip)
        who.reads(20)
        machine.puts(who.segment())
    return made


@pytest.fixture
def parts(machines):
    return [part for machine in machines for part in machine.gives()]


@pytest.fixture
def stick(tmp_path, office, parts):
    """The stick's root, with the one file."""
    root = tmp_path / "flashdisk"
    root.mkdir()
    (root / "KIRIM-KE-PUSAT.suluh").write_bytes(shipment(office, parts))
    return root


def address(centre):
    return f"http://127.0.0.1:{centre.port}/kirim"


def fits(chromium):
    return chromium.measures("document.documentElement.scrollWidth <= window.innerWidth")


def test_a_clerk_sends_the_stick_and_takes_the_answer_home(chromium, centre, office, machines, parts, stick):
    chromium.opens(address(centre))
    chromium.complaints()
    assert "Pilih berkas KIRIM-KE-PUSAT." in chromium.reads()
    assert "Simpan JAWABAN-PUSAT ke flashdisk yang sama." in chromium.reads()
    chromium.sends(stick / "KIRIM-KE-PUSAT.suluh")
    assert "Pusat sudah menerima semuanya: 3 bagian." in chromium.reads("[role=status]")
    back = brought(office, chromium.saves("JAWABAN-PUSAT.suluh"))
    assert back.stored == names(parts)
    for machine in machines:
        assert machine.finds(back)
        assert machine.people[0].acked == 21
    assert chromium.complaints() == []
    assert chromium.chrome.get_cookies() == []


def test_a_stick_pulled_too_early_is_told_and_the_whole_file_completes_it(
    chromium, centre, office, parts, stick
):
    whole = stick / "KIRIM-KE-PUSAT.suluh"
    data = whole.read_bytes()
    whole.write_bytes(data[:-2000])
    chromium.opens(address(centre))
    chromium.sends(whole)
    assert "Pusat menerima 2 dari 3 bagian." in chromium.reads("[role=alert]")
    assert f"k-{parts[2][-32:].hex()[:16]}" in chromium.chrome.page_source
    whole.write_bytes(data)
    chromium.follows("p.after a")
    chromium.sends(whole)
    assert "Pusat sudah menerima semuanya: 3 bagian." in chromium.reads("[role=status]")
    assert brought(office, chromium.saves("JAWABAN-PUSAT.suluh")).stored == names(parts)


def test_wrong_files_are_told_one_by_one_until_the_right_one_comes(
    chromium, centre, office, parts, stick, tmp_path
):
    photo, empty, answer = (tmp_path / name for name in ("foto.jpg", "kosong.suluh", "JAWABAN-PUSAT.suluh"))
    photo.write_bytes(b"\xff\xd8\xff\xe0" + bytes(range(256)) * 4000)
    empty.touch()
    with Line(centre.port) as line:
        answer.write_bytes(line.send(shipment(office, parts), "/v1/carry").body)
    chromium.opens(address(centre))
    for path, says in (
        (photo, "bukan KIRIM-KE-PUSAT"),
        (empty, "kosong"),
        (answer, "berkas jawaban dari pusat"),
    ):
        chromium.sends(path)
        assert says in chromium.reads("[role=alert]")
        assert "Data di flashdisk tidak berubah." in chromium.reads("[role=alert]")
    chromium.sends(stick / "KIRIM-KE-PUSAT.suluh")
    assert "Pusat sudah menerima semuanya" in chromium.reads("[role=status]")


def test_a_file_too_large_by_far_is_told_by_the_page_and_not_by_the_browser(chromium, centre, tmp_path):
    film = tmp_path / "film.mkv"
    with film.open("wb") as file:
        file.truncate(160 << 20)
    chromium.opens(address(centre))
    chromium.sends(film)
    assert "lebih besar dari 128 MB" in chromium.reads("[role=alert]")


def test_a_centre_that_falls_over_in_the_middle_is_asked_once_more(
    chromium, office, machines, parts, stick, home, centre
):
    """What had arrived is known, and the answer is whole."""
    with Line(centre.port) as line:
        line.send(parts[0], "/v1/carry")
    chromium.opens(address(centre))
    port = centre.port
    centre.kill()
    with pytest.raises(WebDriverException):
        chromium.opens(address(centre))
    again = CentreProcess(home, port=port)
    centre.process, centre.port = again.process, again.port
    chromium.opens(address(centre))
    chromium.sends(stick / "KIRIM-KE-PUSAT.suluh")
    assert "Pusat sudah menerima semuanya: 3 bagian." in chromium.reads("[role=status]")
    back = brought(office, chromium.saves("JAWABAN-PUSAT.suluh"))
    assert all(machine.finds(back) for machine in machines)


def test_the_keyboard_alone_is_enough(chromium, centre):
    chromium.opens(address(centre))
    seen = []
    for _ in range(3):
        ActionChains(chromium.chrome).send_keys(Keys.TAB).perform()
        seen.append(chromium.chrome.switch_to.active_element.tag_name)
    assert seen == ["a", "input", "button"]


def test_the_other_language_is_one_link_away_and_stays(chromium, centre, stick):
    chromium.opens(address(centre))
    chromium.follows("header a")
    assert "Choose the file KIRIM-KE-PUSAT." in chromium.reads()
    assert chromium.chrome.find_element("tag name", "html").get_attribute("lang") == "en"
    chromium.sends(stick / "KIRIM-KE-PUSAT.suluh")
    assert "The centre has received everything: 3 parts." in chromium.reads("[role=status]")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", SIZES)
def test_nothing_is_cut_off_on_any_screen(chromium, centre, stick, size, scheme):
    whole = stick / "KIRIM-KE-PUSAT.suluh"
    whole.write_bytes(whole.read_bytes()[:-2000])
    chromium.resizes(*SIZES[size])
    chromium.dims(scheme)
    chromium.opens(address(centre))
    assert fits(chromium)
    if size == "small screen":
        assert chromium.measures("document.documentElement.scrollHeight <= window.innerHeight")
    chromium.sends(whole)
    assert fits(chromium)
    dark = (
        chromium.measures("getComputedStyle(document.documentElement).backgroundColor") == "rgb(18, 25, 23)"
    )
    assert dark == (scheme == "dark")
