"""Who may sign what: the root chain, the versioned trust list, and whom each names. Verified here alone."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import Enum
from typing import Any

from securesystemslib.signer import Key
from tuf.api.metadata import Metadata, Root, Targets

from sync.packs.documents import load_root, load_targets, raw_key, signed_by
from sync.refusal import Code, Refusal

PREFIX = "packs/"
MAX_CHAIN = 32


class Withdrawal(Enum):
    """Why a key no longer signs; the value is what the trust list says."""

    RETIRED = "retired"  # its holder left or changed keys; nothing bad happened
    LOST = "lost"  # nobody has it, as far as anybody knows
    COMPROMISED = "compromised"  # somebody else has it, or may


@dataclass(frozen=True, slots=True)
class Publisher:
    """Somebody who may sign packs. `prefixes` are beginnings of pack ids; "" allows every pack."""

    id: str
    title: str
    keys: tuple[bytes, ...]
    prefixes: tuple[str, ...] = ("",)


@dataclass(frozen=True, slots=True)
class CentreKey:
    """A key of a centre: it signs replies, acks and feeds, and issues office files where `issuer` is set."""

    id: str
    title: str
    signing: bytes
    issuer: bool = True


@dataclass(frozen=True, slots=True)
class Revoked:
    """A publisher's key that was withdrawn. What the centre endorsed by manifest digest stays open."""

    key_id: str
    why: Withdrawal
    since: str  # "2026-11-24"
    endorsed: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class TrustStore:
    """What a PC keeps: the newest root and trust list it has verified; `trust_list` may still be b""."""

    root: bytes
    trust_list: bytes = b""


@dataclass(frozen=True, slots=True)
class Trust:
    """A verified trust list, read."""

    version: int
    expires: datetime
    publishers: Mapping[str, Publisher]
    centres: tuple[CentreKey, ...]
    revoked: Mapping[str, Revoked]
    withdrawn: frozenset[str]  # manifest digests that are refused whoever signed them

    def age_in_days(self, now: datetime) -> int:
        """Return for how many days the list has been out of date; 0 while it is not. It never blocks."""
        return max(0, (now.astimezone(UTC) - self.expires).days)

    def issuers(self) -> frozenset[bytes]:
        """Return the keys that may sign office files."""
        return frozenset(centre.signing for centre in self.centres if centre.issuer)

    def closed(self, keys: Iterable[str], digest: str) -> str:
        """Tell why a pack is closed ("compromised 2026-11-24"), or "" while it is open.

        `keys` are its signer's and those of the agencies that named the signer: a thief of an agency's key
        names trainers of their own. What the centre endorsed by digest stays open all the same.
        """
        if digest in self.withdrawn:
            return "withdrawn"
        for key in keys:
            revoked = self.revoked.get(key)
            if revoked is not None and digest not in revoked.endorsed:
                return f"{revoked.why.value} {revoked.since}"
        return ""


def believed(store: TrustStore | None, offered: Iterable[tuple[Sequence[bytes], bytes]]) -> TrustStore | None:
    """Take in what came, roots and list each time; what is no successor of the root held is passed over."""
    for roots, trust_list in offered:
        try:
            store = advance(store, roots, trust_list)
        except Refusal:
            continue
    return store


def advance(store: TrustStore | None, roots: Sequence[bytes] = (), trust_list: bytes = b"") -> TrustStore:
    """Take in a root chain and a trust list, and return what this PC believes from now on.

    Without a store the first root decides: trust on first use. Otherwise each next root must carry enough
    signatures of the one before, and versions only rise; older documents are passed over, because packs and
    sticks bring them all the time. Raises Refusal ROOT, SIGNATURE or MALFORMED, and then nothing changed.
    """
    if len(roots) > MAX_CHAIN:
        raise Refusal(Code.TOO_LARGE, what="root chain")
    chain = sorted(((load_root(data), data) for data in roots), key=lambda pair: pair[0].signed.version)
    if store is None:
        if not chain:
            raise Refusal(Code.ROOT, reason="none")
        first, data = chain[0]
        _check_root(first, first.signed)
        store = TrustStore(data)
    held = load_root(store.root)
    newest = store.root
    for metadata, data in chain:
        if metadata.signed.version < held.signed.version:
            continue
        if metadata.signed.version == held.signed.version:
            # The same version with other bytes is another root that calls itself ours.
            if metadata.signed_bytes != held.signed_bytes:
                raise Refusal(Code.ROOT, version=metadata.signed.version)
            continue
        if metadata.signed.version != held.signed.version + 1:
            raise Refusal(Code.ROOT, version=metadata.signed.version)
        _check_root(metadata, held.signed)
        held, newest = metadata, data
    return TrustStore(newest, _newer_list(held.signed, store.trust_list, trust_list))


def _check_root(metadata: Metadata[Root], predecessor: Root) -> None:
    """Check a root against the one before it and against itself, each with its own threshold."""
    try:
        signers = signed_by(metadata, {**predecessor.keys, **metadata.signed.keys}.values())
    except Refusal as fault:
        raise Refusal(Code.ROOT, version=metadata.signed.version) from fault
    for root in (predecessor, metadata.signed):
        role = root.roles["root"]
        if len(signers & set(role.keyids) & set(root.keys)) < role.threshold:
            raise Refusal(Code.ROOT, version=metadata.signed.version)


def _newer_list(root: Root, held: bytes, offered: bytes) -> bytes:
    """Pick the newer of two trust lists. A root that changed the list's keys drops the one held."""
    found: tuple[int, bytes] = (0, b"")
    for data, ours in ((held, True), (offered, False)):
        if not data:
            continue
        try:
            metadata = load_targets(data, "trust")
            version = _check_list(metadata, root).version
        except Refusal:
            if ours:
                continue
            raise
        if version > found[0]:
            found = (version, data)
        elif version == found[0] and metadata.signed_bytes != load_targets(found[1], "trust").signed_bytes:
            raise Refusal(Code.SIGNATURE, what="trust", version=version)
    return found[1]


def _check_list(metadata: Metadata[Targets], root: Root) -> Targets:
    role = root.roles["targets"]
    keys = [root.keys[name] for name in role.keyids if name in root.keys]
    if len(signed_by(metadata, keys)) < role.threshold:
        raise Refusal(Code.SIGNATURE, what="trust")
    return metadata.signed


def read_trust(store: TrustStore) -> Trust:
    """Read the trust list of a store, verifying it once more. Raises Refusal where it has none."""
    if not store.trust_list:
        raise Refusal(Code.PUBLISHER, reason="no trust list")
    return trust_of(_check_list(load_targets(store.trust_list, "trust"), load_root(store.root).signed))


def trust_of(signed: Targets) -> Trust:
    """Read what a verified trust list says."""
    try:
        own: dict[str, Any] = signed.unrecognized_fields["suluh"]
        return Trust(
            version=signed.version,
            expires=signed.expires,
            publishers=publishers_of(signed),
            centres=tuple(
                CentreKey(str(c["id"]), str(c["title"]), bytes.fromhex(c["signing"]), bool(c["issuer"]))
                for c in own["centres"]
            ),
            revoked={
                str(r["key"]): Revoked(
                    str(r["key"]), Withdrawal(r["why"]), str(r["since"]), frozenset(map(str, r["endorsed"]))
                )
                for r in own["revoked"]
            },
            withdrawn=frozenset(map(str, own["withdrawn"])),
        )
    except (KeyError, TypeError, ValueError) as fault:
        raise Refusal(Code.MALFORMED, what="trust") from fault


def publishers_of(signed: Targets) -> dict[str, Publisher]:
    """Return the publishers a trust list, or an agency's own delegation, names. Keys unknown are left out."""
    if signed.delegations is None or signed.delegations.roles is None:
        return {}
    found: dict[str, Publisher] = {}
    for name, role in signed.delegations.roles.items():
        keys: list[Key] = [signed.delegations.keys[k] for k in role.keyids if k in signed.delegations.keys]
        patterns = role.paths or []
        if role.threshold != 1 or not all(p.startswith(PREFIX) and p.endswith("*") for p in patterns):
            raise Refusal(Code.MALFORMED, what="trust")
        found[name] = Publisher(
            id=name,
            title=str(role.unrecognized_fields.get("title", name)),
            keys=tuple(raw_key(key) for key in keys),
            prefixes=tuple(pattern[len(PREFIX) : -1] for pattern in patterns),
        )
    return found


def fingerprint(root: bytes) -> str:
    """Return the short form of a root that two people can compare by eye: four groups of four."""
    from hashlib import sha256  # noqa: PLC0415 - asked for once in a PC's life

    text = sha256(root).hexdigest()[:16].upper()
    return " ".join(text[i : i + 4] for i in range(0, 16, 4))
