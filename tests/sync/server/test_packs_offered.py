"""The centre's packs: offered only when its own trust list lets it, given out from any byte on, never half."""

import hashlib

import pytest

from sync.journal.keys import SigningKey
from sync.packs import verify
from sync.packs.build import TrustPapers
from sync.packs.offer import Offer, newest, read_offers, sign_offer, write_offers
from sync.refusal import Code, Refusal
from sync.server import pack_shelf
from sync.server.centre import open_house
from sync.server.commands import main
from sync.server.database import open_database
from sync.server.documents import Documents
from sync.server.home import Home
from sync.server.pack_shelf import LIST, PackShelf
from tests.builders.centre import CentreProcess, Line
from tests.builders.packs import Authority, make_pack


@pytest.fixture(scope="module")
def house(tmp_path_factory):
    """A centre of this room's own, and a publisher whom it trusts."""
    home, key = Home(tmp_path_factory.mktemp("pusat")), SigningKey.generate()
    keys, database, _ = open_house(home)
    database.close()
    public = home.folder / "bpsdm.pub"
    public.write_text(key.public.hex(), encoding="ascii")
    assert main(["publisher", "add", str(public), "--data", str(home.folder)]) == 0
    return home, key, keys.signing.public


def pack_by(key, folder, home, version="1.0", **more):
    with open_database(home) as database, database.reading() as connection:
        held = Documents.read(connection)
    papers = TrustPapers((held.root.data,), held.trust.data)
    return make_pack(folder, Authority(), signer=key, papers=papers, version=version, **more)


def adds(home, pack):
    return main(["pack", "add", str(pack), "--data", str(home.folder)])


def test_a_pack_is_listed_with_the_centres_word_and_given_out_from_any_byte_on(house, tmp_path, capsys):
    home, key, centre = house
    pack = pack_by(key, tmp_path, home)
    data = pack.read_bytes()
    assert adds(home, pack) == 0
    assert "Keamanan di loket (1.0) ditawarkan" in capsys.readouterr().out
    with CentreProcess(home) as running, Line(running.port) as line:
        listed = line.send(b"", "/v1/packs", "GET")
        (offer,) = read_offers(listed.body, centre)
        assert offer[:5] == (
            hashlib.sha256(data).hexdigest(),
            len(data),
            "keamanan-loket",
            "1.0",
            "Keamanan di loket",
        )
        whole = line.send(b"", offer.path, "GET")
        assert (whole.status, whole.body, whole.headers["etag"]) == (200, data, f'"{offer.digest}"')
        rest = line.send(b"", offer.path, "GET", {"Range": "bytes=1000-", "If-Range": f'"{offer.digest}"'})
        assert (rest.status, rest.body) == (206, data[1000:])
        assert rest.headers["content-range"] == f"bytes 1000-{len(data) - 1}/{len(data)}"
        again = line.send(b"", "/v1/packs", "GET", {"If-None-Match": listed.headers["etag"]})
        assert (again.status, again.body) == (304, b"")
        # a plain web server gives out the same bytes under the same names
        assert listed.body == (home.packs / LIST).read_bytes()
        assert (home.packs / f"{offer.digest}.suluh-paket").read_bytes() == data

        newer = pack_by(key, tmp_path, home, "1.1")
        assert adds(home, newer) == 0, "beside the running centre"
        (now,) = read_offers(line.send(b"", "/v1/packs", "GET").body, centre)
        assert now.version == "1.1"
        assert line.send(b"", offer.path, "GET").status == 404
    assert adds(home, pack) == 2
    assert "lebih baru sudah ditawarkan" in capsys.readouterr().err
    assert main(["pack", "remove", "keamanan-loket", "--data", str(home.folder)]) == 0
    assert main(["pack", "remove", "keamanan-loket", "--data", str(home.folder)]) == 2
    assert sorted(path.name for path in home.packs.iterdir()) == [LIST]


def strangers(key, folder, home):
    return pack_by(SigningKey.generate(), folder, home)


def bent(key, folder, home):
    """A pack whose last object has one other byte, long after everything that is signed."""
    pack = pack_by(key, folder, home)
    data = bytearray(pack.read_bytes())
    data[data.index(bytes(range(256)))] ^= 1
    pack.write_bytes(data)
    return pack


def only_an_update(key, folder, home):
    base = pack_by(key, folder, home)
    return pack_by(key, folder, home, "1.1", page="Baru.", update_from=base)


def cut_off(key, folder, home):
    pack = pack_by(key, folder, home)
    pack.write_bytes(pack.read_bytes()[:-100])
    return pack


@pytest.mark.parametrize(
    ("made", "says"),
    [
        (strangers, "belum dipercaya"),
        (bent, "tidak sama dengan daftar"),
        (only_an_update, "hanya pembaruan"),
        (cut_off, "rusak"),
    ],
)
def test_what_the_centre_would_not_install_it_does_not_offer(house, tmp_path, capsys, made, says):
    home, key, _ = house
    assert adds(home, made(key, tmp_path, home)) == 2
    assert says in capsys.readouterr().err
    assert PackShelf(home.packs).offers() == ()
    assert not list(home.packs.glob(".*")), "nothing half done is left"


def shelved(folder, name="a", course="k", version="1"):
    """Put a file on a shelf as if it had been verified."""
    folder.mkdir(exist_ok=True)
    (folder / f"sumber-{name}").write_bytes(name.encode() * 100)
    return PackShelf(folder, by_hand=True).take(
        folder / f"sumber-{name}",
        lambda _, digest, size: Offer(digest, size, course, version, f"Kursus {name}", b"x" * 64),
    )


def torn_but_listed(folder):
    offer = shelved(folder)
    place = PackShelf(folder).place(offer.digest)
    place.write_bytes(place.read_bytes()[:50])
    return offer


def test_a_file_that_is_not_whole_is_neither_listed_nor_given_out(tmp_path):
    offer = torn_but_listed(tmp_path)
    shelf = PackShelf(tmp_path, by_hand=True)
    assert shelf.offers() == ()
    assert shelf.path(offer.digest) is None


def test_planted_fault_a_shelf_that_believes_its_list_alone_is_seen(tmp_path, monkeypatch):
    offer = torn_but_listed(tmp_path)
    monkeypatch.setattr(pack_shelf.PackShelf, "_is_whole", lambda self, row: True)
    assert PackShelf(tmp_path, by_hand=True).offers() == (offer,), "the test above would be red"


def test_a_copy_that_breaks_off_changes_nothing(tmp_path):
    offer = shelved(tmp_path)

    def full(*_):
        raise OSError(28, "No space left on device")

    with pytest.raises(OSError, match="space"):
        PackShelf(tmp_path).take(tmp_path / "sumber-a", full)
    assert PackShelf(tmp_path).offers() == (offer,)
    assert not list(tmp_path.glob(".*"))


def test_a_list_is_believed_line_by_line():
    centre, other = SigningKey.generate(), SigningKey.generate()
    good = sign_offer(Offer("a" * 64, 10, "k", "1.0", "Kursus"), centre)
    by_hand = Offer("b" * 64, 10, "", "", "berkas")
    odd = [
        sign_offer(good, other),
        good._replace(title="Kursus lain"),
        good._replace(digest="A" * 64),
        good._replace(size=1 << 33),
        sign_offer(good._replace(version="x"), centre),
        sign_offer(good._replace(title="a\u202eb"), centre),
        by_hand._replace(course="k"),
        by_hand._replace(title=" "),
        by_hand._replace(digest="../" + "b" * 61),
    ]
    assert read_offers(write_offers([good, *odd, by_hand]), centre.public) == (good, by_hand)
    for rubbish in (b"", b"<html>", b"\x91\x01", write_offers([good] * 5001)):
        with pytest.raises(Refusal) as refusal:
            read_offers(rubbish)
        assert refusal.value.code is Code.MALFORMED


def test_of_two_lists_the_newest_version_of_each_course_counts():
    old, new = (
        Offer(letter * 64, 1, "k", version, "K", b"s") for letter, version in (("a", "1.9"), ("b", "1.10"))
    )
    by_hand = Offer("c" * 64, 1, "", "", "berkas")
    assert newest((old, by_hand, new)) == (by_hand, new)


def test_a_file_that_could_not_be_removed_while_it_was_read_is_offered_no_more_and_goes_later(
    tmp_path, monkeypatch
):
    old = shelved(tmp_path)
    shelf = PackShelf(tmp_path, by_hand=True)

    def held(self, **_):
        raise PermissionError(13, "in use")

    with monkeypatch.context() as windows:
        windows.setattr("pathlib.Path.unlink", held)
        new = sign_offer(Offer("b" * 64, 3, "k", "2", "Kursus b"), SigningKey.generate())
        (tmp_path / ".b").write_bytes(b"baru")
        shelf.adopt(tmp_path / ".b", new._replace(size=4))
    assert [one.digest for one in shelf.offers()] == [new.digest]
    assert shelf.place(old.digest).exists()
    shelf.sweep()
    assert not shelf.place(old.digest).exists()
    assert shelf.place(new.digest).exists()


def test_a_file_laid_in_by_hand_may_be_renamed_or_replaced(tmp_path):
    shelf = PackShelf(tmp_path, by_hand=True)
    first, second = tmp_path / "a.suluh-paket", tmp_path / "b.suluh-paket"
    first.write_bytes(b"satu")
    (offer,) = shelf.offers()
    assert shelf.path(offer.digest) == first
    first.rename(second)
    assert [one.title for one in shelf.offers()] == ["b"]
    assert shelf.path(offer.digest) == second
    second.write_bytes(b"dua, lebih panjang")
    assert shelf.path(offer.digest) is None
    assert PackShelf(tmp_path).offers() == (), "a centre offers nothing that it has not verified"


def test_planted_fault_a_centre_that_reads_no_objects_offers_a_damaged_pack(house, tmp_path, monkeypatch):
    home, key, _ = house
    monkeypatch.setattr(verify, "verify_whole", verify.verify_file)
    assert adds(home, bent(key, tmp_path, home)) == 0, "the test above would be red"
    assert main(["pack", "remove", "keamanan-loket", "--data", str(home.folder)]) == 0
