"""What an address says before anybody goes there: whether it is one, and whether it is on this PC."""

import ipaddress
from urllib.parse import urlsplit

from sync.client.faults import Fault


def address_fault(address: str, *, plain_allowed: bool) -> Fault | None:
    """Say what is wrong with a server's address, None where it is one to go to."""
    try:
        parts = urlsplit(address)
        host = parts.hostname
    except ValueError:
        return Fault.BAD_ADDRESS
    if parts.scheme not in {"http", "https"} or not host:
        return Fault.BAD_ADDRESS
    if parts.scheme == "http" and not plain_allowed and not is_loopback(address):
        return Fault.NOT_PRIVATE
    return None


def is_loopback(address: str) -> bool:
    """Tell whether an address is on this PC."""
    host = urlsplit(address).hostname or ""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
