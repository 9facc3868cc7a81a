"""Makes root documents and trust lists: at the centre, on the machine that holds the keys."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from tuf.api.metadata import DelegatedRole, Delegations, Key, Metadata, Role, Root, Targets

from sync.journal.keys import SigningKey
from sync.packs.documents import NEVER_EXPIRES, SPEC_VERSION, dump, public_key
from sync.packs.trust import PREFIX, CentreKey, Publisher, Revoked

THRESHOLD = 2


@dataclass(frozen=True, slots=True)
class TrustDraft:
    """What the next trust list will say. Versions only rise; `expires` is when PCs begin to show its age."""

    version: int
    expires: datetime
    publishers: tuple[Publisher, ...] = ()
    centres: tuple[CentreKey, ...] = ()
    revoked: tuple[Revoked, ...] = ()
    withdrawn: tuple[str, ...] = ()


def sign_root(
    version: int,
    root_keys: Sequence[bytes],
    list_keys: Sequence[bytes],
    signers: Sequence[SigningKey],
    *,
    threshold: int = THRESHOLD,
    expires: datetime = NEVER_EXPIRES,
) -> bytes:
    """Make a root: `threshold` of `root_keys` (32-byte public keys) decide, `list_keys` sign trust lists.

    A successor must be signed by enough keys of the root before it as well.
    """
    roots = [public_key(raw) for raw in root_keys]
    lists = [public_key(raw) for raw in list_keys]
    roles = {
        "root": Role([key.keyid for key in roots], threshold),
        "targets": Role([key.keyid for key in lists], 1),
        # TUF wants all four. There is no repository here that could freeze: the list has its own version.
        "snapshot": Role([key.keyid for key in lists], 1),
        "timestamp": Role([key.keyid for key in lists], 1),
    }
    keys: dict[str, Key] = {key.keyid: key for key in (*roots, *lists)}
    root = Root(version, SPEC_VERSION, expires, keys, roles, consistent_snapshot=False)
    return dump(Metadata(root), signers)


def sign_trust(draft: TrustDraft, signer: SigningKey) -> bytes:
    """Make a trust list, signed with the key that the root names for it."""
    own = {
        "format": 1,
        "centres": [
            {"id": one.id, "title": one.title, "signing": one.signing.hex(), "issuer": one.issuer}
            for one in draft.centres
        ],
        "revoked": [
            {"key": r.key_id, "why": r.why.value, "since": r.since, "endorsed": sorted(r.endorsed)}
            for r in draft.revoked
        ],
        "withdrawn": sorted(draft.withdrawn),
    }
    return _sign_delegations(draft.version, draft.expires, draft.publishers, own, signer)


def sign_delegation(version: int, publishers: Sequence[Publisher], signer: SigningKey) -> bytes:
    """Make an agency's own list of the trainers who may sign under its prefix; it rides in their packs."""
    return _sign_delegations(version, NEVER_EXPIRES, publishers, {"format": 1}, signer)


def _sign_delegations(
    version: int, expires: datetime, publishers: Sequence[Publisher], own: object, signer: SigningKey
) -> bytes:
    keys: dict[str, Key] = {}
    roles: dict[str, DelegatedRole] = {}
    for publisher in publishers:
        named = [public_key(raw) for raw in publisher.keys]
        keys |= {key.keyid: key for key in named}
        roles[publisher.id] = DelegatedRole(
            publisher.id,
            [key.keyid for key in named],
            1,
            terminating=True,
            paths=[f"{PREFIX}{prefix}*" for prefix in publisher.prefixes],
            unrecognized_fields={"title": publisher.title},
        )
    delegations = Delegations(keys, roles)
    targets = Targets(version, SPEC_VERSION, expires, {}, delegations, {"suluh": own})
    return dump(Metadata(targets), [signer])
