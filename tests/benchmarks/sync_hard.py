"""The hard rows of the sync table: a link cut or dark, a portal, the same item on two PCs."""

from collections import Counter
from pathlib import Path
from typing import Any

from desktop.demo.centre import Centre
from sync.client.transport import Transport
from sync.journal.statement import Value
from tests.benchmarks.line import Line
from tests.benchmarks.studying import Pc
from tests.builders.road import Town

_CUT_AT = 22_000
"""Bytes of upload after which the link goes dark: in the middle of the second batch."""
_MODULE = "pelayanan-publik-digital/m1"


def cut_in_mid_upload(pc: Pc, line: Line, centre: Centre, folder: Path) -> dict[str, Any]:
    """Cut the link in the middle of a batch; what was sent and not answered is what goes again."""
    pc.study_logs(8_000, 160)
    waiting = pc.unlocked.unsent()
    line.rest()
    line.link.cut_up_after(_CUT_AT)
    road = line.plain()
    first, noticed = line.deliver(pc, road)
    line.link.mend()
    if first.failure is None:
        raise RuntimeError("the link was not cut")
    second, _ = line.deliver(pc, road)
    road.close()
    up = line.link.taken().up
    answered = first.sent_bytes - first.failure.sent + second.sent_bytes
    own = {fact.identity for fact in pc.own()}
    held = Counter(fact.identity for fact in Town(centre, folder / "meja").stored(pc.unlocked.profile))
    return {
        "statements": waiting,
        "rounds": first.rounds + second.rounds,
        "acked_before_the_cut": first.acked,
        "seconds_with_the_cut": round(noticed, 3),
        "resent": up - answered,
        "left_unsent": pc.unlocked.unsent(),
        "held_twice": sum(count - 1 for count in held.values()),
        "lost": len(own - set(held)),
    }


def nobody_behind_it(pc: Pc, line: Line) -> dict[str, dict[str, Any]]:
    """Deliver into a link that stays cut, and into a portal: nothing is believed, nothing changes."""
    pc.study(50)
    line.rest()
    line.link.cut_up_after(0)
    dark = _in_vain(pc, line, line.plain())
    line.link.mend()
    return {"link_that_stays_cut": dark, "captive_portal": _in_vain(pc, line, line.portal())}


def _in_vain(pc: Pc, line: Line, road: Transport) -> dict[str, Any]:
    before = _standing(pc)
    outcome, took = line.deliver(pc, road)
    road.close()
    return {
        "fault": "" if outcome.failure is None else outcome.failure.fault.value,
        "believed": outcome.acked + outcome.facts + (outcome.at is not None),
        "changed": int(_standing(pc) != before),
        "seconds": round(took, 3),
    }


def _standing(pc: Pc) -> tuple[object, ...]:
    """Take down everything an answer could change."""
    store, profile = pc.store, pc.unlocked
    return (
        profile.unsent(),
        store.outbox.acks(),
        store.outbox.outgoing(),
        profile.cursors(),
        profile.versions(),
        store.trusted(),
        profile.standing(),
        len(profile.facts()),
    )


def two_devices(one: Pc, other: Pc, line: Line) -> dict[str, Any]:
    """Finish a module on one PC and go back in it on the other, both offline; deliver, and compare."""
    before = len(one.own())
    item: dict[str, Value] = {"activity": f"{_MODULE}/dasar", "version": "1.2.0"}
    one.sit()
    one.unlocked.record_all(
        [
            ("page.read", {**item, "page": 2, "seconds": 40}),
            ("lesson.completed", item),
            ("module.completed", {"module": _MODULE, "version": "1.2.0"}),
        ]
    )
    other.sit()
    other.unlocked.record_all([("page.read", {**item, "page": page, "seconds": 20}) for page in (1, 2)])
    for pc in (one, other, one):
        line.send(pc, line.plain())
    standings = [pc.unlocked.standing() for pc in (one, other)]
    return {
        "statements": before + 5,
        "lost": 2 * (before + 5) - len(one.own()) - len(other.own()),
        "differing_hashes": len({standing.state_hash for standing in standings}) - 1,
        "unfinished": sum(_MODULE not in standing.modules for standing in standings),
    }
