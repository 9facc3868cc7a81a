"""A village office pays for bytes: recorded study stays below the bars, for any learner."""

from __future__ import annotations

import pytest

from sync.journal.segment import decode_segment, encode_segment
from tests.benchmarks.recorded import Learner
from tests.benchmarks.sync_bytes import piece_bytes, segment_bytes, trips

BARS = {"nothing new": 500, "10 new": 900, "100 new": 1300, "1,000 new in 40 logs": 9000}


@pytest.mark.parametrize("seed", range(4))
def test_a_round_trip_stays_below_its_bar(seed):
    for name, trip in trips(seed).items():
        assert trip.both <= BARS[name], name


def test_a_statement_costs_less_than_nine_bytes():
    for seed in range(4):
        assert segment_bytes(seed, 1000, 40) <= 8500


def test_a_log_of_thirty_fits_the_centres_row():
    for seed in range(12):
        assert segment_bytes(seed, 30, 1) <= 450


def test_a_new_pc_pulls_ten_thousand_in_a_hundred_kilobytes():
    assert piece_bytes(1, 10_000, 400) <= 100_000


def test_recorded_study_is_study_that_the_codec_gives_back():
    learner = Learner(3)
    runs = learner.sessions(300, 12)
    assert decode_segment(encode_segment(runs, learner.key)).runs == tuple(runs)
    assert sum(len(run.statements) for run in runs) == 300
    assert len({run.header.log for run in runs}) == 12
