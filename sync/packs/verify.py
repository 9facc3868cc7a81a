"""Decides whether a pack is believed: root, chain, trust list, publisher and prefix, manifest, objects."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from tuf.api.metadata import Metadata, Targets

from sync.packs.archive import DEFLATED, Entry
from sync.packs.documents import load_targets, public_key, signed_by
from sync.packs.manifest import Manifest, read_manifest
from sync.packs.objects import hash_object
from sync.packs.reader import Layout, read_pack
from sync.packs.trust import PREFIX, Publisher, Trust, TrustStore, advance, publishers_of, read_trust
from sync.refusal import Code, Refusal

TRUST_LIST = "trust/list.json"
MAX_LEVELS = 3


@dataclass(frozen=True, slots=True)
class Signer:
    """Who signed, in the words of the trust list and never of the pack itself.

    `through` are the keys of the agencies that named the signer: with one of them the pack falls too.
    """

    id: str
    title: str
    key_id: str
    through: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class VerifiedPack:
    """A pack whose manifest is believed; its objects are checked as they are copied.

    `trust` is what the PC should keep from now on; `first_use` says that this pack brought the first root. An
    update holds only some `objects`; `patches` make others out of what the PC has, and the rest it has whole.
    """

    manifest: Manifest
    manifest_bytes: bytes
    signer: Signer
    trust: TrustStore
    list_version: int
    list_expires: datetime
    first_use: bool
    objects: Mapping[str, Entry]
    patches: Mapping[str, tuple[str, Entry]]


def verify_file(path: Path, store: TrustStore | None, held: Collection[str] = frozenset()) -> VerifiedPack:
    """Verify the pack file at `path` up to, not including, the bytes of its objects. Raises Refusal.

    `held` are the digests of the objects that are here already; without any, only a complete pack will do.
    """
    with path.open("rb") as file:
        return verify(read_pack(file), store, held)


def verify_whole(path: Path, store: TrustStore | None) -> VerifiedPack:
    """Verify a pack file and read every object. Raises Refusal OBJECT with the path of the first bad one."""
    with path.open("rb") as file:
        pack = verify(read_pack(file), store)
        for thing in pack.manifest.content.objects:
            hash_object(file, pack.objects[thing.sha256], thing)
    return pack


def verify(layout: Layout, store: TrustStore | None, held: Collection[str] = frozenset()) -> VerifiedPack:
    """Verify a layout: what it brings of the chain first, then its publisher, then that all is there."""
    roots = [data for name, data in sorted(layout.documents.items()) if name.endswith(".root.json")]
    try:
        kept = advance(store, roots, layout.documents.get(TRUST_LIST, b""))
        trust = read_trust(kept)
    except Refusal as fault:
        raise Refusal(fault.code, **{**fault.values, "pack": "papers"}) from fault
    metadata = load_targets(layout.manifest, "manifest")
    manifest = read_manifest(metadata, layout.manifest)
    signer = _signer(metadata, manifest, trust, layout.documents)
    _check_contents(layout, manifest, held)
    return VerifiedPack(
        manifest,
        layout.manifest,
        signer,
        kept,
        trust.version,
        trust.expires,
        first_use=store is None,
        objects=layout.objects,
        patches=layout.patches,
    )


def _check_contents(layout: Layout, manifest: Manifest, held: Collection[str]) -> None:
    """Check that the file holds what is signed, in the signed form, and that the rest is here already."""
    expected = {thing.sha256: (thing.size, bool(thing.packed)) for thing in manifest.content.objects}
    for name, entry in layout.objects.items():
        if expected.get(name) != (entry.size, entry.method == DEFLATED):
            raise Refusal(Code.MALFORMED, what="pack", reason="objects")
    for made, (base, _) in layout.patches.items():
        if made not in expected:
            raise Refusal(Code.MALFORMED, what="pack", reason="patches")
        if made not in held and base not in held:
            raise Refusal(Code.BASE, pack=manifest.course.id)
    if not all(name in layout.objects or name in layout.patches or name in held for name in expected):
        raise Refusal(Code.BASE, pack=manifest.course.id)


def _signer(
    metadata: Metadata[Targets], manifest: Manifest, trust: Trust, documents: Mapping[str, bytes]
) -> Signer:
    """Walk from the trust list to whoever signed, each level within the prefixes of the one above."""
    steps = manifest.publisher.split("/")
    if len(steps) > MAX_LEVELS or manifest.digest in trust.withdrawn:
        raise Refusal(Code.PUBLISHER, publisher=manifest.publisher[:80], reason="withdrawn or too deep")
    known: Mapping[str, Publisher] = trust.publishers
    titles: list[str] = []
    through: list[str] = []
    for depth, step in enumerate(steps, start=1):
        publisher = known.get(step)
        if publisher is None or not _may_sign(publisher, manifest.course.id):
            raise Refusal(Code.PUBLISHER, publisher=manifest.publisher[:80], pack=manifest.course.id)
        titles.append(publisher.title)
        if depth == len(steps):
            key = _signed(metadata, publisher, manifest, trust)
            return Signer(manifest.publisher, ", ".join(titles), key, tuple(through))
        delegation = _delegation("-".join(steps[:depth]), manifest, documents)
        through.append(_signed(delegation, publisher, manifest, trust))
        known = publishers_of(delegation.signed)
    raise Refusal(Code.PUBLISHER, publisher=manifest.publisher[:80])


def _may_sign(publisher: Publisher, pack: str) -> bool:
    return any((PREFIX + pack).startswith(PREFIX + prefix) for prefix in publisher.prefixes)


def _delegation(name: str, manifest: Manifest, documents: Mapping[str, bytes]) -> Metadata[Targets]:
    data = documents.get(f"trust/{name}.delegation.json")
    if data is None:
        raise Refusal(Code.PUBLISHER, publisher=manifest.publisher[:80], reason="no delegation")
    return load_targets(data, "delegation")


def _signed(metadata: Metadata[Targets], publisher: Publisher, manifest: Manifest, trust: Trust) -> str:
    """Return the key that signed; exactly one must have, it must be the publisher's, and not be withdrawn."""
    try:
        names = sorted(signed_by(metadata, [public_key(raw) for raw in publisher.keys]))
    except Refusal as fault:
        raise Refusal(Code.PUBLISHER, publisher=manifest.publisher[:80], reason="signature") from fault
    if len(names) != 1:
        raise Refusal(Code.PUBLISHER, publisher=manifest.publisher[:80], reason="signature")
    revoked = trust.revoked.get(names[0])
    if revoked is not None and manifest.digest not in revoked.endorsed:
        raise Refusal(Code.REVOKED, since=revoked.since, why=revoked.why.value, publisher=publisher.title)
    return names[0]
