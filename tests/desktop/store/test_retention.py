"""A PC keeps by the newest schedule that its centre has signed, and by the one in the app until then."""

from importlib.resources import files

import pytest

from desktop.store.post_documents import keep_posted, note_told
from desktop.store.retention import forgotten_before, schedule_of
from sync.journal.keys import SigningKey
from sync.officefile import read_office
from sync.postbag.document import Document
from sync.refusal import Code, Refusal
from sync.retention import DAY, Term, shipped_schedule, sign_schedule

TEXT = files("resources").joinpath("retention", "schedule-0.toml").read_bytes()


@pytest.fixture
def at_office(store, office):
    """A PC that has an office and has heard of no schedule."""
    store.put_office(read_office(office.raw))
    return store


def schedule(centre, version, days=365):
    text = TEXT.replace(b"version = 0", b"version = %d" % version)
    return sign_schedule(text.replace(b"days = 365", b"days = %d" % days), centre)


def posts(store, number, data):
    return keep_posted(store, store.office(), Document("retention", number, data))


def test_a_schedule_that_came_by_stick_is_kept_by(at_office, office):
    assert schedule_of(at_office) == shipped_schedule()
    note_told(at_office, "retention", 2)
    assert posts(at_office, 2, schedule(office.centre, 2, 730)) == "retention"
    assert schedule_of(at_office).seconds(Term.PROFILE) == 730 * DAY
    assert posts(at_office, 2, schedule(office.centre, 2, 400)) is None
    assert forgotten_before(at_office, Term.PROFILE, 731 * DAY) == DAY


def test_a_finder_of_the_stick_can_neither_shorten_nor_renumber_it(at_office, office):
    note_told(at_office, "retention", 2)
    for number, data in (
        (2, schedule(SigningKey.generate(), 2, 30)),
        (2, schedule(office.centre, 1, 30)),
        (3, schedule(office.centre, 3, 30)),
    ):
        with pytest.raises(Refusal) as refusal:
            posts(at_office, number, data)
        assert refusal.value.code is Code.SIGNATURE
    assert schedule_of(at_office) == shipped_schedule()
    assert posts(at_office, 2, schedule(office.centre, 2)) == "retention", "the real one is not shut out"


def test_a_schedule_of_somebody_else_that_lies_here_all_the_same_is_as_good_as_none(at_office):
    at_office.put_blob("document_retention", schedule(SigningKey.generate(), 7, 30))
    assert schedule_of(at_office) == shipped_schedule()
