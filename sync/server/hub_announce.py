"""How a hub is found: it says in the local network that it is there, and by a mark for which office."""

import logging
import secrets
import socket
from contextlib import suppress

import ifaddr
from zeroconf import Error as ZeroconfError
from zeroconf import IPVersion, ServiceInfo, Zeroconf

from sync.postbag.hub_papers import SERVICE, office_mark

_log = logging.getLogger(__name__)


class Announcement:
    """Says so from `start` to `stop`; a network that forbids it leaves typed addresses and the stick."""

    def __init__(self, office: bytes, port: int, host: str = "") -> None:
        """`host` is the one address to announce; empty for all that this PC has."""
        self._mark = office_mark(office)
        self._port = port
        self._hosts = [host] if host else None
        self._zeroconf: Zeroconf | None = None

    def start(self) -> bool:
        """Begin; whether it could be said at all."""
        try:
            self._zeroconf = (
                Zeroconf(interfaces=self._hosts, ip_version=IPVersion.V4Only)
                if self._hosts
                else Zeroconf(ip_version=IPVersion.V4Only)
            )
            name = f"{self._mark}-{secrets.token_hex(2)}"
            self._zeroconf.register_service(
                ServiceInfo(
                    SERVICE,
                    f"{name}.{SERVICE}",
                    port=self._port,
                    properties={"kantor": self._mark, "v": "1"},
                    server=f"suluh-{name}.local.",
                    parsed_addresses=self._hosts or addresses(),
                )
            )
        except (OSError, ZeroconfError):
            _log.warning("the hub could not announce itself", exc_info=True)
            self.stop()
            return False
        return True

    def stop(self) -> None:
        """Say goodbye."""
        if self._zeroconf is not None:
            with suppress(OSError, ZeroconfError):
                self._zeroconf.close()
        self._zeroconf = None


def addresses() -> list[str]:
    """Return this PC's addresses in local networks, the one its way out begins at first."""
    cards = (address.ip for card in ifaddr.get_adapters() for address in card.ips if address.is_IPv4)
    found = [str(address) for address in cards if not str(address).startswith("127.")]
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as way_out, suppress(OSError):
        way_out.connect(("192.0.2.1", 9))  # names a route; nothing is sent
        found.sort(key=lambda address: address != way_out.getsockname()[0])
    return found or ["127.0.0.1"]
