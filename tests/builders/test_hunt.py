"""What the hunt for planted words finds, and that it does not find what is not there."""

import base64
import gzip
import io
import os
import unicodedata
import zipfile
import zlib

import pytest
import zstandard

from tests.builders.hunt import found_in, hunt, nip_words, spaced

WORD = "Théresia Wanggaimuna"
NIP = "199910102025242001"


def zipped(data, how=zipfile.ZIP_DEFLATED):
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", how) as file:
        file.writestr("isi.txt", data)
    return held.getvalue()


WAYS = {
    "utf-8": str.encode,
    "capitals": lambda word: word.upper().encode(),
    "utf-16": lambda word: word.encode("utf-16"),
    "utf-16-be": lambda word: word.encode("utf-16-be"),
    "letters and marks apart": lambda word: unicodedata.normalize("NFD", word).encode(),
    "zip": lambda word: zipped(word.encode()),
    "zip, stored": lambda word: zipped(word.encode(), zipfile.ZIP_STORED),
    "zlib": lambda word: zlib.compress(word.encode() * 3),
    "gzip": lambda word: gzip.compress(word.encode()),
    "zstd": lambda word: zstandard.compress(word.encode() * 3),
    "zip of zlib of utf-16": lambda word: zipped(zlib.compress(word.encode("utf-16-le") * 2)),
    "base64": lambda word: base64.b64encode(b"ab" + word.encode() + b"and more of it"),
    "base64, one letter on": lambda word: base64.b64encode(b"abc" + word.encode() + b"and more of it"),
    "base64 of gzip": lambda word: base64.b64encode(gzip.compress(word.encode())),
    "hexadecimal": lambda word: word.lower().encode().hex().encode(),
}


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("word", [WORD, NIP])
def test_a_word_is_found_however_a_program_wrote_it(way, word):
    data = os.urandom(500) + WAYS[way](word) + os.urandom(300)
    if way.startswith("base64"):
        data = b"lampiran: " + WAYS[way](word) + b"\n"
    assert found_in(data, (word, "Nobody Atall")) == {word}


def test_a_nip_is_found_with_its_groups_and_in_a_files_name(tmp_path):
    assert found_in(f"NIP {spaced(NIP)}".encode(), nip_words(NIP)) == {spaced(NIP)}
    (tmp_path / f"bukti {NIP}.txt").touch()
    assert {word for word, _ in hunt(nip_words(NIP), tmp_path)} == {NIP}


def test_noise_holds_no_name():
    noise = os.urandom(1 << 20)
    assert found_in(noise + zipped(noise[:9_000]), (WORD, NIP)) == set()
