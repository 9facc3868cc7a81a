"""Sticks: which files on them call themselves packs, and which only want to look like one."""

from desktop.library.drives import Drives, Found, _unix_roots


def test_packs_and_office_files_are_found_in_the_root_and_in_the_suluh_folder(tmp_path):
    stick = tmp_path / "FLASHDISK"
    (stick / "SULUH").mkdir(parents=True)
    (stick / "a.suluh-paket").write_bytes(b"12345")
    (stick / "SULUH" / "B.SULUH-PAKET").write_bytes(b"1")
    (stick / "kantor.suluh-kantor").write_bytes(b"1")
    found = Drives(lambda: [stick]).files()
    assert [(f.name, f.kind, f.size, f.drive) for f in found] == [
        ("B", Found.PACK, 1, "FLASHDISK"),
        ("a", Found.PACK, 5, "FLASHDISK"),
        ("kantor", Found.OFFICE, 1, "FLASHDISK"),
    ]
    assert [f.name for f in Drives(lambda: [stick]).files(Found.OFFICE)] == ["kantor"]


def test_what_a_virus_leaves_on_a_stick_is_passed_over(tmp_path):
    stick = tmp_path / "STICK"
    (stick / "dalam" / "sekali").mkdir(parents=True)
    for name in (
        "a.suluh-paket.exe",
        "PAKET.lnk",
        ".x.suluh-paket",
        "~x.suluh-paket",
        "autorun.inf",
        "suluh-paket",
    ):
        (stick / name).write_bytes(b"MZ")
    (stick / "dalam" / "sekali" / "x.suluh-paket").write_bytes(b"1")
    (tmp_path / "rahasia.suluh-paket").write_bytes(b"1")
    (stick / "y.suluh-paket").symlink_to(tmp_path / "rahasia.suluh-paket")
    (stick / "z.suluh-paket").mkdir()
    (stick / "SULUH").symlink_to(tmp_path)
    assert Drives(lambda: [stick]).files() == ()


def test_a_stick_that_was_pulled_out_is_no_stick(tmp_path):
    assert Drives(lambda: [tmp_path / "tidak-ada"]).drives() == ()


def test_the_mount_table_names_sticks_with_blanks_in_their_names(tmp_path):
    mounts = tmp_path / "mounts"
    mounts.write_text(
        "/dev/sda1 / ext4 rw 0 0\n/dev/sdb1 /media/rina/FLASH\\040DISK vfat rw 0 0\n/dev/sdc1 /run/media/a/B vfat rw 0 0\nsalah\n"
    )
    assert [str(root) for root in _unix_roots(mounts)] == ["/media/rina/FLASH DISK", "/run/media/a/B"]
    assert _unix_roots(tmp_path / "tidak-ada") == ()


def test_this_system_can_be_asked(tmp_path):
    assert all(drive.root.is_absolute() for drive in Drives().drives())
