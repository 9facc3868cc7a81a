"""The office's hub seen from a PC: found in the network or by its typed address, and one round with it."""

import threading
from collections.abc import Mapping
from dataclasses import replace
from urllib.parse import urlsplit

from zeroconf import Error as ZeroconfError
from zeroconf import InterfaceChoice, IPVersion, ServiceBrowser, ServiceStateChange, Zeroconf

from sync.client.carrying import CARRY_PATH
from sync.client.faults import Failure, Fault
from sync.client.transport import Transport
from sync.postbag.hub_papers import SERVICE, office_mark
from sync.postbag.part import Form, Part
from sync.postbag.shipment import Shipment, read_shipment
from sync.refusal import Refusal

PORT = 8751
LISTENING = 3.0
"""Seconds to listen for hubs: a second is the rule, and a slow switch gets three."""
READ_TIMEOUT = 20.0
"""Seconds in which a hub on an old PC writes a part to its disk."""
_TOOK_AT_ONCE = 400
_TURNS = {form: turn for turn, form in enumerate((Form.HOMEWARD, Form.RECEIPT, Form.DOCUMENT, Form.CUSTODY))}


def find_hubs(office: bytes, seconds: float = LISTENING, interface: str = "") -> tuple[str, ...]:
    """Listen for hubs of this office and return their addresses, the first that answered first.

    `interface` is this PC's address in the one network to listen in; empty for all. Where the network or a
    firewall forbids it, nothing is found and nothing is raised.
    """
    mark = office_mark(office)
    found: dict[str, None] = {}
    enough = threading.Event()
    where = [interface] if interface else InterfaceChoice.All

    def noticed(zeroconf: Zeroconf, service_type: str, name: str, state_change: ServiceStateChange) -> None:
        if state_change is ServiceStateChange.Removed or not name.startswith(mark):
            return
        info = zeroconf.get_service_info(service_type, name, timeout=1000)
        if info is None or info.properties.get(b"kantor") != mark.encode():
            return
        found.update((f"http://{one}:{info.port}", None) for one in info.parsed_addresses(IPVersion.V4Only))
        enough.set()

    try:
        with Zeroconf(interfaces=where, ip_version=IPVersion.V4Only) as listener:
            ServiceBrowser(listener, SERVICE, handlers=[noticed])
            enough.wait(seconds)
    except (OSError, ZeroconfError):
        return ()
    return tuple(found)


def typed_address(text: str) -> str | None:
    """Return the address that somebody means who types `192.168.1.5` or `pc-kepala:8751`; None for none."""
    text = text.strip().rstrip("/")
    if not text:
        return None
    try:
        parts = urlsplit(text if "://" in text else f"http://{text}")
        port = parts.port or PORT
    except ValueError:
        return None
    odd = parts.path or parts.query or any(one.isspace() for one in text)
    if parts.scheme not in {"http", "https"} or not parts.hostname or odd:
        return None
    host = f"[{parts.hostname}]" if ":" in parts.hostname else parts.hostname
    return f"{parts.scheme}://{host}:{port}"


def _turn(one: tuple[Part, bytes]) -> int:
    return _TURNS.get(one[0].form, len(_TURNS))


class HubLink:
    """The road to one hub. `key` is the 8 bytes that name this PC's letter key; used by one thread at a time.

    Plain http is allowed: every part is sealed, and what comes back is believed by its signatures alone.
    """

    def __init__(self, address: str, key: bytes, transport: Transport | None = None) -> None:
        self._transport = transport or Transport(address, plain_allowed=True, read_timeout=READ_TIMEOUT)
        self._key = key
        self._took: list[bytes] = []

    @property
    def address(self) -> str:
        """The hub's address."""
        return self._transport.address

    def carry(self, post: bytes, versions: Mapping[str, int] | None = None) -> Shipment | Failure:
        """Give the hub a part or a shipment, and take what it has: custody, receipts, documents, letters.

        `versions` are the documents this PC holds. What an answer brings must be kept before the next call:
        that call tells the hub that it may let go of it. The parts come in the order in which to take them,
        letters first: they name the versions of documents that are then believed.
        """
        headers = {"Suluh-Key": self._key.hex()}
        if versions:
            headers["Suluh-Versions"] = ",".join(f"{name}={one}" for name, one in sorted(versions.items()))
        if self._took:
            headers["Suluh-Took"] = ",".join(one[:8].hex() for one in self._took[:_TOOK_AT_ONCE])
        outcome = self._transport.post(post, CARRY_PATH, headers)
        if isinstance(outcome, Failure):
            return outcome
        try:
            shipment = read_shipment([outcome.body])
        except Refusal:
            return Failure(Fault.PORTAL, sent=outcome.sent, received=outcome.received)
        del self._took[:_TOOK_AT_ONCE]
        held = (part for part, _ in shipment.parts if part.form in {Form.HOMEWARD, Form.RECEIPT})
        self._took += [part.digest for part in held]
        return replace(shipment, parts=tuple(sorted(shipment.parts, key=_turn)))

    def close(self) -> None:
        """Close the kept connection."""
        self._transport.close()
