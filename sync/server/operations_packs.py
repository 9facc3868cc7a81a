"""The operator's commands about packs that are given out: offer one, list them, take one away."""

import argparse
from pathlib import Path

from sync.packs.offer import Offer, sign_offer
from sync.packs.outline import version_number
from sync.refusal import Code, Refusal
from sync.server.documents import Documents
from sync.server.home import Home
from sync.server.operations import house
from sync.server.pack_shelf import PackShelf


def pack_add(home: Home, options: argparse.Namespace) -> int:
    """Verify a pack with every object in it, and offer it. Raises Refusal where this centre may not."""
    from sync.packs.trust import TrustStore  # noqa: PLC0415 - TUF takes a while to import
    from sync.packs.verify import verify_whole  # noqa: PLC0415 - as above

    with house(home) as (database, keys):
        with database.reading() as connection:
            documents = Documents.read(connection)
        trust, shelf = TrustStore(documents.root.data, documents.trust.data), PackShelf(home.packs)

        def describe(copy: Path, digest: str, size: int) -> Offer:
            manifest = verify_whole(copy, trust).manifest
            course = manifest.course
            for held in shelf.offers():
                newer = held.course == course.id and version_number(held.version) > manifest.version
                if newer and not manifest.downgrade:
                    raise Refusal(Code.STALE, what="pack", offered=course.version, held=held.version)
            return sign_offer(Offer(digest, size, course.id, course.version, course.title), keys.signing)

        offer = shelf.take(options.pack, describe)
    print(f"{offer.title} ({offer.version}) ditawarkan: {offer.size} byte, {offer.digest}")
    return 0


def pack_list(home: Home, _: argparse.Namespace) -> int:
    """Print what is offered, a line each."""
    for offer in PackShelf(home.packs).offers():
        print(f"{offer.course};{offer.version};{offer.size};{offer.digest};{offer.title}")
    return 0


def pack_remove(home: Home, options: argparse.Namespace) -> int:
    """Stop offering a course. Raises LookupError where it is not offered."""
    shelf = PackShelf(home.packs)
    if not shelf.remove(offer.digest for offer in shelf.offers() if offer.course == options.course):
        raise LookupError(f"{options.course} tidak ditawarkan. Lihat: suluh server pack list")
    print(f"{options.course} tidak ditawarkan lagi.")
    return 0
