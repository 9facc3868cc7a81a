"""One HTTP request to the centre, with lean headers and every failure typed: the only user of `requests`."""

import re
import ssl
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

import msgspec
import requests
from requests.adapters import HTTPAdapter
from requests.exceptions import (
    ChunkedEncodingError,
    ConnectTimeout,
    InvalidProxyURL,
    InvalidURL,
    ProxyError,
    ReadTimeout,
    RequestException,
    SSLError,
)
from requests.exceptions import ConnectionError as ConnectFailure
from urllib3.exceptions import ConnectTimeoutError, HTTPError, NameResolutionError, NewConnectionError
from urllib3.poolmanager import ProxyManager
from urllib3.util import SKIP_HEADER

from sync.bundle import REPLY_LIMIT
from sync.client.address import address_fault, is_loopback
from sync.client.connection import TlsMemory, send_in_one_piece
from sync.client.faults import ASKS, EXPIRED, NOT_YET, OTHER_NAME, STRANGER, Failure, Fault

CONNECT_TIMEOUT = 10.0
"""Seconds for a connection to come about: three times the slowest round trip of a satellite link, and TLS."""
READ_TIMEOUT = 8.0
"""Seconds of silence after which a link counts as cut."""
SLOWEST = 2_000
"""Bytes a second of the slowest link on which a batch still goes through: 16 kbit/s."""
KEPT_FOR = 90.0
"""Seconds a connection may lie idle and be used again; after more a router may have silently forgotten it."""
LARGEST_REPLY = REPLY_LIMIT
"""Bytes of the largest answer that is read at all; the centre's are far smaller."""
LONGEST_WAIT = 3600.0
"""Seconds for which a busy answer is obeyed at most: nobody signs it, so any box in between can say it."""
SYNC_PATH = "/v1/sync"

_LEAN = {"User-Agent": SKIP_HEADER, "Accept-Encoding": SKIP_HEADER}
_DROPPED = "dropped"
_RANGE = re.compile(r"bytes (\d{1,12})-\d{1,12}/(\d{1,12})")
_NOBODY = NewConnectionError | ConnectTimeoutError
_PROOFS = {9: NOT_YET, 10: EXPIRED, 62: OTHER_NAME, 64: OTHER_NAME}
"""What a certificate failed in, by OpenSSL's number; with all others nobody known has vouched for it."""
_MAY_HAVE_LEFT = {Fault.CUT, Fault.BROKEN}
"""Faults of a request that may have gone out, whole or in part; with the others no connection came about."""


@dataclass(frozen=True, slots=True)
class Answer:
    """The raw answer to a request; `sent` and `received` are bytes of HTTP and TLS handshakes, headers in.

    `tag` is the ETag of what was asked for, and `unchanged` that it is still the one named in the question.
    """

    body: bytes
    sent: int
    received: int
    tag: str = ""
    unchanged: bool = False


Take = Callable[[int, int, bytes], bool]
"""Takes a piece of a file: where it begins, the size of the whole (-1: unknown), its bytes; False: enough."""


@dataclass(slots=True)
class Traffic:
    """What has gone over the wire since the app started: requests, and bytes of HTTP with headers."""

    requests: int = 0
    sent: int = 0
    received: int = 0


class Transport:
    """The road to one server. It keeps one connection open and is used by one thread at a time.

    `address` is like `https://suluh.papua.example`. `verify` is True for the public authorities or the path
    of a PEM file. Plain http is for this PC only, unless `plain_allowed` (a bundle that is sealed anyway).
    """

    def __init__(
        self,
        address: str,
        *,
        verify: bool | str = True,
        plain_allowed: bool = False,
        read_timeout: float = READ_TIMEOUT,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self._address = address.rstrip("/")
        self._read_timeout = read_timeout
        self._verify = verify
        self._problem = address_fault(self._address, plain_allowed=plain_allowed)
        self._memory = TlsMemory()
        self._session: requests.Session | None = None
        self._answered = False
        self._monotonic = monotonic
        self._used = 0.0
        self.traffic = Traffic()

    @property
    def address(self) -> str:
        """The server's address, without a slash at the end."""
        return self._address

    def post(
        self, body: bytes, path: str = SYNC_PATH, headers: Mapping[str, str] | None = None
    ) -> Answer | Failure:
        """Send one request and read its answer; `headers` go beside the lean ones. A network raises nothing.

        A kept connection that the server has closed meanwhile is told by the first write: the request, which
        changes nothing when it comes twice, is then sent once more on a fresh one.
        """
        if self._problem is not None:
            return Failure(self._problem)
        if self._answered and self._monotonic() - self._used > KEPT_FOR:
            self.close()
        kept = self._answered
        outcome = self._ask("POST", body, path, headers)
        if kept and isinstance(outcome, Failure) and outcome.code == _DROPPED:
            outcome = self._ask("POST", body, path, headers)
        return outcome

    def get(
        self, path: str, headers: Mapping[str, str] | None = None, take: Take | None = None
    ) -> Answer | Failure:
        """Ask for something; a file is handed to `take` as it comes, also what came before the line broke.

        Raises only what `take` raises.
        """
        if self._problem is not None:
            return Failure(self._problem)
        stream = None if take is None else Stream(take)
        outcome = self._ask("GET", b"", path, headers, stream)
        if isinstance(outcome, Failure) and outcome.code == _DROPPED and not (stream and stream.count):
            outcome = self._ask("GET", b"", path, headers, stream)
        return outcome

    def close(self) -> None:
        """Close the kept connection; the next request opens a new one."""
        if self._session is not None:
            self._session.close()
        self._session = None
        self._answered = False

    def _ask(
        self,
        method: str,
        body: bytes,
        path: str,
        headers: Mapping[str, str] | None,
        stream: "Stream | None" = None,
    ) -> Answer | Failure:
        session = self._open()
        self.traffic.requests += 1
        up, down = self._memory.up, self._memory.down
        sent = len(body)
        try:
            with session.request(
                method,
                self._address + path,
                data=body,
                headers=headers,
                timeout=(CONNECT_TIMEOUT, self._read_timeout + patience(len(body))),
                allow_redirects=False,
                stream=True,
                verify=self._verify,
            ) as response:
                sent = _request_size(response.request, self._address)
                head = _head_size(response)
                content = _read(response) if stream is None else stream.read(response)
        except RequestException as problem:
            self.close()
            dropped = isinstance(problem, ConnectFailure) and not isinstance(problem, ConnectTimeout)
            fault = _fault_of(problem)
            code = _DROPPED if dropped and fault is Fault.CUT else _code_of(fault, _cause(problem))
            sent = (sent if fault in _MAY_HAVE_LEFT else 0) + self._memory.up - up
            received = self._memory.down - down + (stream.count if stream else 0)
            self.traffic.sent += sent
            self.traffic.received += received
            return Failure(fault, code, sent=sent, received=received)
        sent += self._memory.up - up
        received = head + (stream.count if stream else len(content)) + self._memory.down - down
        self.traffic.sent += sent
        self.traffic.received += received
        failure = _judge(response, content)
        if failure is None:
            self._answered, self._used = True, self._monotonic()
            unchanged = response.status_code == requests.codes.not_modified
            return Answer(content, sent, received, response.headers.get("ETag", ""), unchanged)
        self.close()
        return Failure(failure.fault, failure.code, failure.values, failure.retry_after, sent, received)

    def _open(self) -> requests.Session:
        if self._session is None:
            session = requests.Session()
            session.headers.clear()
            session.headers.update(_LEAN)
            session.auth = _no_auth
            session.trust_env = not is_loopback(self._address)
            adapter = _Adapter(self._memory)
            session.mount("https://", adapter)
            session.mount("http://", adapter)
            self._session = session
        return self._session


class _Adapter(HTTPAdapter):
    """Connects to one server over one connection, directly or through the office's proxy."""

    def __init__(self, memory: TlsMemory) -> None:
        self._memory = memory
        super().__init__(pool_connections=1, pool_maxsize=1, max_retries=0)

    def init_poolmanager(self, *words: Any, **named: Any) -> None:
        super().init_poolmanager(*words, **named, ssl_context=self._memory)
        send_in_one_piece(self.poolmanager)

    def proxy_manager_for(self, proxy: str, **named: Any) -> ProxyManager:
        manager: ProxyManager = super().proxy_manager_for(proxy, **named, ssl_context=self._memory)
        send_in_one_piece(manager)
        return manager


class Stream:
    """Hands a file on piece by piece, each as soon as it came, and counts its bytes.

    `requests` itself would wait until 64 kB are together, and lose what it had of them when the line breaks.
    """

    def __init__(self, take: Take) -> None:
        self._take = take
        self.count = 0

    def read(self, response: requests.Response) -> bytes:
        """Read an answer; the value is its body where it is no file."""
        start, total = _extent(response)
        if start is None:
            content = _read(response)
            self.count += len(content)
            return content
        try:
            while piece := response.raw.read1(64 * 1024):
                at, self.count = start + self.count, self.count + len(piece)
                if not self._take(at, total, piece):
                    response.close()
                    break
        except HTTPError as fault:
            raise ChunkedEncodingError(fault) from fault
        return b""


def _extent(response: requests.Response) -> tuple[int | None, int]:
    """Tell where a file's bytes begin and how many the whole has; nowhere for what is no file."""
    length = response.headers.get("Content-Length", "")
    if response.status_code == requests.codes.ok and not _is_page(response, b""):
        return 0, int(length) if length.isdigit() else -1
    found = _RANGE.fullmatch(response.headers.get("Content-Range", ""))
    if response.status_code == requests.codes.partial and found:
        return int(found[1]), int(found[2])
    return None, -1


class _Said(msgspec.Struct):
    """The body of a refusal, as the centre writes it."""

    code: str
    values: dict[str, int | str] = {}


def patience(size: int) -> float:
    """Give the seconds a request of so many bytes may need to leave the PC, which look like silence here.

    The kernel takes a whole batch at once: without this, a link below 16 kbit/s would be given up for ever.
    """
    return size / SLOWEST


def _no_auth(request: requests.PreparedRequest) -> requests.PreparedRequest:
    """Leave the request alone: without this, `requests` would look for a password in the user's .netrc."""
    return request


def _read(response: requests.Response) -> bytes:
    """Read the body, but never more than `LARGEST_REPLY`: a portal must not fill the memory."""
    content = bytearray()
    for chunk in response.iter_content(64 * 1024):
        content += chunk
        if len(content) > LARGEST_REPLY:
            response.close()
            break
    return bytes(content)


def _judge(response: requests.Response, content: bytes) -> Failure | None:
    """Say what kind of answer this is by its status alone; only a signature makes a 200 believed later."""
    status = response.status_code
    asks_for = {requests.codes.not_modified: "If-None-Match", requests.codes.partial: "Range"}
    if status == requests.codes.ok or asks_for.get(status, "") in response.request.headers:
        return _torn_or_page(response, content)
    if status == requests.codes.proxy_authentication_required:
        return Failure(Fault.PROXY, ASKS)
    if status == requests.codes.network_authentication_required or status < requests.codes.bad_request:
        return Failure(Fault.PORTAL)
    if status in {requests.codes.too_many_requests, requests.codes.service_unavailable}:
        return Failure(Fault.BUSY, retry_after=_seconds(response.headers.get("Retry-After", "")))
    if status >= requests.codes.internal_server_error:
        return Failure(Fault.BROKEN, code=str(status))
    refusal = _refusal(content)
    return Failure(Fault.PORTAL) if refusal is None else Failure(Fault.REFUSED, *refusal)


def _torn_or_page(response: requests.Response, content: bytes) -> Failure | None:
    """Say what is wrong with an answer; one whose head was cut off reads like an empty one."""
    told = {"content-length", "transfer-encoding"} & {name.lower() for name in response.headers}
    if not (content or told) and response.status_code == requests.codes.ok:
        return Failure(Fault.CUT)
    return Failure(Fault.PORTAL) if _is_page(response, content) else None


def _is_page(response: requests.Response, content: bytes) -> bool:
    media = response.headers.get("Content-Type", "")
    return media.startswith("text/") or content[:64].lstrip().startswith(b"<") or len(content) > LARGEST_REPLY


def _refusal(content: bytes) -> tuple[str, Mapping[str, int | str]] | None:
    """Read the centre's code and values; a body that is none of ours came from something in between."""
    try:
        said = msgspec.msgpack.decode(content, type=_Said)
    except (msgspec.DecodeError, UnicodeDecodeError):
        return None
    return said.code, said.values


def _fault_of(problem: RequestException) -> Fault:
    """Sort an exception of `requests` by what a person could do about it; the first line that fits counts."""
    reason = _cause(problem)
    found = (
        (Fault.CUT, _ended_early(reason)),
        (Fault.TLS, isinstance(problem, SSLError) or isinstance(reason, ssl.SSLError)),
        (Fault.NAME_UNKNOWN, isinstance(reason, NameResolutionError)),
        (Fault.UNREACHABLE, isinstance(problem, ConnectTimeout) or isinstance(reason, _NOBODY)),
        (Fault.PROXY, isinstance(problem, ProxyError | InvalidProxyURL)),
        (Fault.BAD_ADDRESS, isinstance(problem, InvalidURL)),
        (Fault.CUT, isinstance(problem, ReadTimeout | ChunkedEncodingError | ConnectFailure)),
    )
    return next((fault for fault, fits in found if fits), Fault.BROKEN)


def _ended_early(reason: object) -> bool:
    """Tell a line that broke while TLS was spoken from a server that proved itself badly."""
    inner = reason.args[0] if isinstance(reason, Exception) and reason.args else None
    return any(isinstance(one, ssl.SSLEOFError | ssl.SSLZeroReturnError) for one in (reason, inner))


def _cause(problem: RequestException) -> object:
    """Dig out urllib3's reason, which `requests` wraps in its first argument, or what a proxy error wraps."""
    inner = problem.args[0] if problem.args else None
    reason = getattr(inner, "reason", inner)
    return getattr(reason, "original_error", reason)


def _code_of(fault: Fault, reason: object) -> str:
    """Say more closely what a server failed to prove, or that a proxy asks who is there."""
    if fault is Fault.PROXY:
        return ASKS if "407" in str(reason) else ""
    inner = reason.args[0] if isinstance(reason, Exception) and reason.args else None
    found = inner if isinstance(inner, ssl.SSLCertVerificationError) else reason
    if fault is Fault.TLS and isinstance(found, ssl.SSLCertVerificationError):
        return _PROOFS.get(found.verify_code, STRANGER)
    return ""


def _seconds(header: str) -> float:
    return min(float(header), LONGEST_WAIT) if header.isascii() and header.isdigit() else 0.0


def _request_size(request: requests.PreparedRequest, address: str) -> int:
    """Count a request as it goes over the wire: its line, its headers, `Host`, and its body."""
    lines = [f"{request.method} {request.path_url} HTTP/1.1", f"Host: {urlsplit(address).netloc}"]
    lines += [f"{name}: {value}" for name, value in request.headers.items() if value != SKIP_HEADER]
    body = request.body if isinstance(request.body, bytes) else b""
    return sum(len(line) + 2 for line in lines) + 2 + len(body)


def _head_size(response: requests.Response) -> int:
    """Count the head of an answer as it came: its line and its headers."""
    line = len(f"HTTP/1.1 {response.status_code} {response.reason}") + 2
    return line + sum(len(name) + len(value) + 4 for name, value in response.raw.headers.items()) + 2
