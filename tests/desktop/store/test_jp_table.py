"""A PC counts by the newest conversion table that its centre has signed, and by the one in the app until then."""

from importlib.resources import files

import pytest

from desktop.store.jp_table import jp_table_of
from desktop.store.post_documents import keep_posted, note_told
from sync.journal.keys import SigningKey
from sync.jp_table import shipped_table, sign_jp_table
from sync.officefile import read_office
from sync.postbag.document import Document
from sync.refusal import Code, Refusal

TEXT = files("resources").joinpath("jp", "table-0.toml").read_bytes()


@pytest.fixture
def at_office(store, office):
    """A PC that has an office and has heard of no table."""
    store.put_office(read_office(office.raw))
    return store


def table(centre, version, seminar=3):
    text = TEXT.replace(b"version = 0", b"version = %d" % version)
    return sign_jp_table(text.replace(b"national = 4", b"national = %d" % seminar), centre)


def posts(store, number, data):
    return keep_posted(store, store.office(), Document("jp", number, data))


def test_a_table_that_came_by_stick_is_counted_by(at_office, office):
    assert jp_table_of(at_office) == shipped_table()
    note_told(at_office, "jp", 2)
    assert posts(at_office, 2, table(office.centre, 2)) == "jp"
    assert jp_table_of(at_office).form("seminar").worth(2) == 600
    assert posts(at_office, 2, table(office.centre, 2)) is None
    assert jp_table_of(at_office).version == 2


def test_a_finder_of_the_stick_can_neither_forge_nor_renumber_it(at_office, office):
    note_told(at_office, "jp", 2)
    for number, data in (
        (2, table(SigningKey.generate(), 2, 9)),
        (2, table(office.centre, 1)),
        (3, table(office.centre, 3)),
    ):
        with pytest.raises(Refusal) as refusal:
            posts(at_office, number, data)
        assert refusal.value.code is Code.SIGNATURE
    assert jp_table_of(at_office) == shipped_table()
    assert posts(at_office, 2, table(office.centre, 2)) == "jp", "the real one is not shut out"


def test_a_table_of_somebody_else_that_lies_here_all_the_same_is_as_good_as_none(at_office):
    at_office.put_blob("document_jp", table(SigningKey.generate(), 7))
    assert jp_table_of(at_office) == shipped_table()
