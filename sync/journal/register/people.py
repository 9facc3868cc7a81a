"""Kinds that say who somebody is: profiles, their keys, vouching, merges, erasure."""

from sync.journal.kind import BYTES, CENTRE, DESK, INT, INTS, SELF, TEXT, Audience, Author, Kind, Merge

REVOKED_LOGS = 65_536
"""Logs that one `key.revoked` may accept: forty starts of the app a working day, for seven years."""

ROWS = (
    Kind(
        "profile.opened",
        SELF,
        {"signing": BYTES, "letter": BYTES, "person": BYTES, "proof": BYTES, "pc_name": TEXT},
        "A profile was made on a PC; these are its keys, and the person it claims to be.",
        opening=True,
        sizes={"person": (0, 16), "proof": (0, 32)},
    ),
    Kind(
        "profile.keyed",
        SELF,
        {"signing": BYTES, "letter": BYTES},
        "The profile has new keys after a PIN reset; they wait for vouching.",
        opening=True,
    ),
    Kind(
        "pin.escrowed",
        SELF,
        {"sealed": BYTES},
        "The code that resets this profile's PIN, sealed to the desk.",
        audience=Audience.COORDINATOR,
        opening=True,
    ),
    Kind(
        "letter.escrowed",
        SELF,
        {"sealed": BYTES},
        "The profile's letter key, sealed to the centre's letter key and to nobody else.",
        audience=Audience.CENTRE,
        opening=True,
    ),
    Kind(
        "letter.returned",
        CENTRE,
        {"profile": BYTES, "letter": BYTES, "sealed": BYTES},
        "Older letter keys of a person, sealed to this newer letter key of theirs; somebody asked for it.",
        audience=Audience.ONE,
    ),
    Kind(
        "pin.reset",
        frozenset({Author.COORDINATOR}),
        {"profile": BYTES},
        "A coordinator handed out the reset code of a profile.",
    ),
    Kind(
        "profile.vouched",
        DESK,
        {"profile": BYTES, "signing": BYTES, "letter": BYTES, "person": BYTES, "role": TEXT},
        "These keys of this profile belong to this person, who has this role.",
        sizes={"person": (16,)},
    ),
    Kind(
        "person.merged",
        DESK,
        {"source": BYTES, "target": BYTES, "counter": INT},
        "Two UUIDs are one person; by a coordinator it is a proposal.",
        merge=Merge.PUT,
        key=("source",),
    ),
    Kind(
        "person.unmerged",
        DESK,
        {"source": BYTES, "target": BYTES, "counter": INT},
        "The two were not one person after all; by a coordinator it is a proposal.",
        merge=Merge.PUT,
        key=("source",),
    ),
    Kind(
        "key.revoked",
        CENTRE,
        {"signing": BYTES, "logs": INTS, "ends": INTS},
        "Of what this key signed only these logs up to these numbers count.",
        # One revocation names every log it accepts: of several about one key only what all accept counts.
        lengths={"logs": REVOKED_LOGS, "ends": REVOKED_LOGS},
    ),
    Kind(
        "person.erased",
        CENTRE,
        {"person": BYTES},
        "The person's data are erased, here as everywhere; what arrives later is acknowledged and dropped.",
        sizes={"person": (16,)},
    ),
    Kind(
        "role.ended",
        CENTRE,
        {"person": BYTES, "role": TEXT, "after": INT, "counter": INT},
        "What a person states in this role after this Unix second does not count; without a role, nothing.",
        merge=Merge.PUT,
        key=("person", "role"),
        sizes={"person": (16,)},
    ),
    Kind(
        "clock.fixed",
        CENTRE,
        {"log": INT, "offset": INT},
        "The wall clock of a log was wrong by this many seconds.",
    ),
    Kind(
        "clock.ahead",
        CENTRE,
        {"log": INT, "by": INT},
        "What came of a log lay this many seconds after the time at which it came: its clock was ahead.",
    ),
    Kind(
        "clock.doubted",
        SELF,
        {"floor": INT, "said": INT},
        "The PC's clock said `said`, and was moved or behind: `floor` is the latest time signed by then.",
        trainers=True,
    ),
)
