"""Kinds of peer review: who is given whose paper, and what they made of it."""

from sync.journal.kind import BYTES, SELF, TEXT, Audience, Author, Kind

ROWS = (
    Kind(
        "peers.paired",
        frozenset({Author.TRAINER}),
        {"activity": TEXT, "version": TEXT, "authors": BYTES, "works": BYTES, "reviewers": BYTES},
        "A trainer gives papers to colleagues of their authors: each place in the three lists is a pair.",
        trainers=True,
    ),
    Kind(
        "peer.reviewed",
        SELF,
        {"sealed": BYTES},
        "What somebody made of a colleague's paper; the centre tells its author, without who it was.",
        audience=Audience.ONE,
    ),
)
