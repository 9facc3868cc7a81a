"""What must be true when all has come everywhere: nothing lost, nothing twice, the same at every end."""

from collections import Counter
from zoneinfo import ZoneInfo

from desktop.office.desk import Desk
from desktop.office.report import Filter
from sync.folds.jp import year_of
from sync.folds.listing import Listing
from sync.folds.standing import StandingFold
from tests.harness.sim_world import COURSE, ZONE


def judged(world, life):
    """Tell by name everything that is wrong; empty values are as it should be."""
    facts = world.centre.kept()
    kept = Counter(key_of(fact) for fact in facts)
    seats = list(world.seats())
    return {
        "lost": _lost(world, life, kept),
        "doubled": sum(count - 1 for count in kept.values()),
        "branched": _branched(kept, life),
        "unsent": _unsent(world, life, seats),
        "unequal": _unequal(world, life, seats),
        "notes": _notes(facts, world, seats, life),
        "desk": _desk(world, life, seats),
    }


def key_of(fact):
    return (fact.statement.log, fact.statement.seq, fact.statement.digest)


def _lost(world, life, kept):
    """What was shown as saved and is nowhere, except what a PC lost with its disk before it was sent."""
    gone = set(life.said) - life.excused - set(kept)
    revoked = {key for key in gone if life.signed[key] in life.revoked}
    return sorted(f"{log:x}/{seq} of {life.said[log, seq, digest]}" for log, seq, digest in gone - revoked)


def _branched(kept, life):
    """Numbers that were given twice though no running PC was copied."""
    numbers = Counter((log, seq) for log, seq, _ in kept)
    return 0 if life.copied else sum(count - 1 for count in numbers.values())


def _unsent(world, life, seats):
    found = {}
    for name, key in seats:
        profile = world.pcs[name].sit(key)
        if profile.unsent() and key != life.robbed:
            found[f"{name} {key.hex()[:6]}"] = profile.unsent()
    return found


def _unequal(world, life, seats):
    """People whose standing is not the same at all their PCs and the centre."""
    hashes = {}
    for name, key in seats:
        profile = world.pcs[name].sit(key)
        if profile.signing_key().public not in life.revoked:
            found = hashes.setdefault(profile.person, {})
            found[f"{name} {key.hex()[:6]}"] = _told(world, profile.standing())
    for person, found in hashes.items():
        found["pusat"] = _at_centre(world, person)
    return [found for found in hashes.values() if len(set(found.values())) > 1]


def _at_centre(world, person):
    facts, shifts = world.centre.of_person(person)
    fold = StandingFold(shifts)
    for fact in facts:
        fold.add(fact)
    return _told(world, fold.standing(ZoneInfo(ZONE), listing=Listing.of_catalogue((COURSE,))))


def _told(world, standing):
    """A standing in short: its hash, and the hours of the year."""
    year = year_of(world.clock.at, ZoneInfo(ZONE))
    return standing.state_hash.hex()[:12], standing.jp_of(year).total


def _notes(facts, world, seats, life):
    """Notes where not the greatest (counter, log, seq) has won at some PC."""
    wrong = []
    for name, key in seats:
        profile = world.pcs[name].sit(key)
        if profile.signing_key().public in life.revoked:
            continue
        counted, _ = world.centre.of_person(profile.person)
        best = {}
        for fact in counted:
            if fact.statement.kind == "note.put":
                fields, place = fact.statement.fields, fact.statement
                rank = (fields["counter"], place.log, place.seq)
                best[fields["activity"]] = max(best.get(fields["activity"], (0,)), rank)
        for (activity, _), shown in profile.standing().notes.items():
            if (shown.now.counter, shown.now.log, shown.now.seq) != best.get(activity):
                wrong.append(f"{name} {activity}")
    return wrong


def _desk(world, life, seats):
    """People whose hours the desk tells otherwise than the centre."""
    wrong = {}
    for name, key in seats:
        if world.leads(name, key):
            desk = Desk(world.pcs[name].sit(key))
            desk.renew()
            for found in desk.table.rows(desk.table.ids(Filter())):
                at_centre = _at_centre(world, found.row.person)[1]
                if (found.row.jp or 0) != at_centre:
                    wrong[f"{name} {found.row.person.hex()[:6]}"] = (found.row.jp, at_centre)
    return wrong
