"""Whom the lines of a new roster mean: a pure answer, the same in whatever order a clerk sorts them."""

import datetime as dt

from hypothesis import given
from hypothesis import strategies as st

from sync.officefile import NipRecord, Role
from sync.roster import changes as roster_changes
from sync.roster.changes import Known, changes
from sync.roster.lines import Line, RosterFaultError

TODAY = dt.date(2026, 11, 24)
NIPS = [f"19{80 + n % 20}0101201001{1 + n % 2}0{n:02d}" for n in range(1, 9)]
A_LINE = st.builds(
    lambda nip, former, person, lead: (nip, former, person, lead),
    st.sampled_from(NIPS),
    st.sampled_from(["", "", "", *NIPS]),
    st.sampled_from([b"", b"", b"", *(bytes([n]) * 16 for n in range(1, 5))]),
    st.booleans(),
)


def known_people():
    return [
        Known(bytes([n]) * 16, f"Nama {n}", "Unit", Role.LEARNER, tuple(NipRecord(x) for x in nips), n != 4)
        for n, nips in enumerate([NIPS[:1], NIPS[1:3], NIPS[3:4], NIPS[4:5]], 1)
    ]


def matched(told, order):
    lines = [
        Line(number, nip, "PNS", f"Orang {number}", "Unit", Role.LEARNER, person, former)
        for number, (nip, former, person, _) in enumerate(told, 2)
    ]
    try:
        found = changes([lines[place] for place in order], known_people(), TODAY)
    except RosterFaultError:
        return None
    return {one.line.number: one.known and one.known.person for one in found.placed}, found


def lawful(told, data):
    """No order of lines changes who is meant, nobody is claimed twice, and no NIP stands with two people."""
    straight = matched(told, range(len(told)))
    turned = matched(told, data.draw(st.permutations(range(len(told)))))
    assert (straight is None) == (turned is None)
    if straight is None:
        return
    assert straight[0] == turned[0]
    claimed = [person for person in straight[0].values() if person is not None]
    assert len(claimed) == len(set(claimed))
    nips = [record.nip for one in straight[1].placed for record in one.nips]
    assert len(nips) == len(set(nips))
    here = {one.person for one in known_people() if one.here}
    assert {one.person for one in straight[1].gone} == here - set(claimed)


@given(st.lists(A_LINE, min_size=1, max_size=5, unique_by=lambda line: line[0]), st.data())
def test_whom_a_line_means_does_not_hang_on_the_order_of_lines(told, data):
    lawful(told, data)


def test_planted_fault_an_old_nip_that_stays_with_two_people_is_seen(monkeypatch):
    """A slip put right: Budi was listed with the NIP of somebody who comes only now."""
    told = [(NIPS[6], "", bytes([1]) * 16, False), (NIPS[0], "", b"", False)]
    _, found = matched(told, range(2))
    assert [[one.nip for one in placed.nips] for placed in found.placed] == [[NIPS[6]], [NIPS[0]]]
    honest = roster_changes._nips
    monkeypatch.setattr(
        roster_changes, "_nips", lambda line, whom, _taken, day: honest(line, whom, set(), day)
    )
    _, found = matched(told, range(2))
    assert [one.nip for one in found.placed[0].nips].count(NIPS[0]) == 1
