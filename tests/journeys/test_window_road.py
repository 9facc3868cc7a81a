"""The whole road through the real window, as `suluh demo --headless` walks it: the command of the README."""

import json
import subprocess
import sys
from types import MappingProxyType

import pytest

LIMIT_S = 420
FEWEST_PICTURES = 12


@pytest.fixture(scope="module")
def walked(tmp_path_factory):
    """The demo, once: what it printed, its folder, its exit code."""
    out = tmp_path_factory.mktemp("demo")
    words = [sys.executable, "-m", "desktop", "demo", "--headless", "--out", str(out)]
    ran = subprocess.run(words, capture_output=True, text=True, timeout=LIMIT_S, check=False)
    return ran, out


def test_the_road_is_walked_to_its_end_and_the_three_sums_agree(walked):
    ran, out = walked
    assert ran.returncode == 0, ran.stdout[-2000:] + ran.stderr[-2000:]
    report = json.loads((out / "report.json").read_text("utf-8"))
    jp = report["jp"]
    assert jp["on_pcs"] == jp["at_centre"] == jp["in_report"] > 0
    assert report["same_state_on_both_pcs"]


def test_every_screen_left_its_picture(walked):
    _, out = walked
    pictures = sorted(out.glob("*.png"))
    assert len(pictures) >= FEWEST_PICTURES
    assert all(picture.read_bytes().startswith(b"\x89PNG") for picture in pictures)


def test_each_exchange_took_one_request_and_few_bytes(walked):
    _, out = walked
    syncs = json.loads((out / "report.json").read_text("utf-8"))["syncs"]
    assert syncs
    # A delivery that the app began by itself may fall into the same moment; each still is one request.
    assert [one["requests"] for one in syncs] == [one["deliveries"] for one in syncs]
    assert max(one["sent_bytes"] for one in syncs) < 4_000


def test_nothing_went_wrong_behind_the_window(walked):
    ran, _ = walked
    assert "Traceback" not in ran.stderr


def test_a_demo_whose_sums_differ_does_not_end_well(monkeypatch, tmp_path):
    """The planted fault: a centre that reports another sum must turn the exit code red."""
    from desktop.demo import proof

    class Lying:
        centre = type("Centre", (), {"report": staticmethod(lambda: {"offices": [{"jp": 1}]})})()

        def found(self, tell):
            tell("office")

        live = coordinator_pc = found

    class Walked:
        hashes = MappingProxyType({"a": "1"})

        def __init__(self, *_):
            pass

        def walk(self):
            pass

        def syncs_as_data(self):
            return []

    monkeypatch.setattr(proof, "Tour", Walked)
    monkeypatch.setattr(proof, "_on_pcs", lambda _: 2)
    monkeypatch.setattr(proof, "_in_report", lambda _: 2)
    assert proof.prove(Lying(), tmp_path, lambda _: None) == 1
