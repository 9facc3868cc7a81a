"""What must be true when all has come everywhere: nothing lost, nothing twice, the same at every end."""

from collections import Counter
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from desktop.office.desk import Desk
from desktop.office.report import Filter
from desktop.store.facts import Scope
from sync.folds.jp import year_of
from sync.folds.listing import Listing
from sync.folds.standing import StandingFold
from sync.journal.authority import Verdict
from tests.harness.sim_world import COURSE, ZONE

REVOKED = "key.revoked"


def judged(world, life):
    """Tell by name everything that is wrong; empty values are as it should be."""
    facts = world.centre.kept()
    kept = Counter(key_of(fact) for fact in facts)
    seats = seen(world, life)
    centre = {person: at_centre(world, person) for person in {one.person for one in seats}}
    return {
        "untrue": life.wrong,
        "lost": _lost(world, life, kept),
        "doubled": sum(count - 1 for count in kept.values()),
        "branched": _branched(kept, life),
        "unsent": _unsent(seats, life),
        "unequal": _unequal(seats, centre),
        "notes": _notes(seats, centre),
        "desk": _desk(seats, centre),
        "revoked": _revoked(world, life, seats, set(kept)),
        "hub": sorted(digest.hex()[:8] for digest in world.hub.carried()),
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


def _unsent(seats, life):
    return {one.name: one.unsent for one in seats if one.unsent and one.profile not in life.robbed}


def _unequal(seats, centre):
    """People whose standing is not the same at all their PCs and the centre."""
    hashes = {}
    for one in seats:
        if one.counts:
            hashes.setdefault(one.person, {})[one.name] = one.told
    for person, found in hashes.items():
        found["pusat"] = centre[person].told
    return [found for found in hashes.values() if len(set(found.values())) > 1]


def _notes(seats, centre):
    """Notes where not the greatest (counter, log, seq) has won at some PC."""
    return [
        f"{one.name} {activity}"
        for one in seats
        if one.counts
        for (activity, _), shown in one.notes.items()
        if (shown.now.counter, shown.now.log, shown.now.seq) != centre[one.person].notes.get(activity)
    ]


def _desk(seats, centre):
    """People whose hours the desk tells otherwise than the centre."""
    return {
        f"{one.name} {person.hex()[:6]}": (hours, centre[person].told[1])
        for one in seats
        if one.counts
        for person, hours in one.desk.items()
        if hours != centre[person].told[1]
    }


def _revoked(world, life, seats, kept):
    """Words of revoked keys that count at a PC though not at the centre, or the other way round.

    By number, as the revocation says it: of a log that branched the centre keeps the version that came first.
    """
    numbers = {(log, seq) for log, seq, _ in kept}
    hears = {one.name for one in seats if one.counts}
    found = []
    for name, key in list(world.seats()) if life.revoked else ():
        if f"{name} {key.hex()[:6]}" not in hears:
            continue
        profile = world.pcs[name].sit(key)
        known = profile.authority()
        for fact in profile.facts(*Scope):
            place = fact.statement.log, fact.statement.seq
            void = known.verdict(fact) is Verdict.REVOKED
            if fact.signer in life.revoked and void is (place in numbers):
                found.append(f"{name} {fact.statement.kind} {place[0]:x}/{place[1]}{' void' * void}")
    return found


@dataclass(frozen=True)
class Seen:
    """What one profile on one PC shows at the end. `told` is its standing in short.

    `counts` is False where it need not be what the centre shows: whose key was revoked hears no more; and a PC
    keeps a revocation that the centre has lost with its database, as no copy makes a key trusted again; and a
    person's other PC shows what came home from a PC that lost its disk since, and the centre its database: it has
    no signature of it any more to offer it again. After such a hole in a log nothing comes back to its own PC.
    """

    name: str
    profile: bytes
    person: bytes
    counts: bool
    unsent: int
    told: tuple
    notes: dict
    desk: dict


def seen(world, life):
    """Sign in everybody once, and look."""
    kept = {key_of(one): one.statement.kind for one in world.centre.kept()}
    found, gone = [], life.excused - set(kept)
    torn = {log for log, _, _ in gone} & {log for log, _, _ in kept}
    holed = {one.header.profile for one in world.centre.kept() if one.statement.log in torn}
    for name, key in world.seats():
        profile = world.pcs[name].sit(key)
        standing, hours = profile.standing(), {}
        if world.leads(name, key):
            desk = Desk(profile)
            desk.renew()
            rows = desk.table.rows(desk.table.ids(Filter()))
            hours = {one.row.person: one.row.jp or 0 for one in rows}
        rulings = {key_of(one) for one in profile.facts(kinds=[REVOKED])}
        echoes = gone and gone & {key_of(one) for one in profile.facts(Scope.PERSON, Scope.OFFICE)}
        counts = profile.signing_key().public not in life.revoked and rulings <= set(kept) and not echoes
        counts = counts and key not in holed
        told = _told(world, standing)
        called = f"{name} {key.hex()[:6]}"
        notes = dict(standing.notes)
        found.append(Seen(called, key, profile.person, counts, profile.unsent(), told, notes, hours))
    return found


@dataclass(frozen=True)
class AtCentre:
    """What the centre's own facts of a person come to: the standing in short, and each note's greatest rank."""

    told: tuple
    notes: dict


def at_centre(world, person):
    """Fold what the centre keeps of a person."""
    facts, shifts = world.centre.of_person(person)
    fold, notes = StandingFold(shifts), {}
    for fact in facts:
        fold.add(fact)
        if fact.statement.kind == "note.put":
            fields, place = fact.statement.fields, fact.statement
            rank = (fields["counter"], place.log, place.seq)
            notes[fields["activity"]] = max(notes.get(fields["activity"], (0,)), rank)
    standing = fold.standing(ZoneInfo(ZONE), listing=Listing.of_catalogue((COURSE,)))
    return AtCentre(_told(world, standing), notes)


def _told(world, standing):
    """A standing in short: its hash, and the hours of the year."""
    year = year_of(world.clock.at, ZoneInfo(ZONE))
    return standing.state_hash.hex()[:12], standing.jp_of(year).total
