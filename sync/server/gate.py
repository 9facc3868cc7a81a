"""The way of a sync through the centre: checked, committed, answered; one thread for each step."""

import asyncio
import logging
import queue
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from sync.bundle import request_digest
from sync.refusal import Code, Refusal
from sync.server.answers import Answers
from sync.server.checks import Checked, checked
from sync.server.intake import Taken
from sync.server.keys import CentreKeys
from sync.server.writer import Waiting, Writer

READERS = 2

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class _Asked:
    """A request on its way, and where its answer goes."""

    body: bytes
    answer: asyncio.Future[bytes]


class Gate:
    """Takes request bodies from the event loop and brings back signed replies, or a Refusal as exception.

    Checking signatures, writing and signing each have their thread, because most of their time is spent
    outside the interpreter; the loop is woken once a group, not once a request.
    """

    def __init__(self, keys: CentreKeys, writer: Writer, answers: Answers, now: Callable[[], int]) -> None:
        self._keys = keys
        self._writer = writer
        self._answers = answers
        self._now = now
        self._queue: queue.SimpleQueue[_Asked | None] = queue.SimpleQueue()
        self._ready: list[tuple[asyncio.Future[bytes], bytes | Exception]] = []
        self._readers = ThreadPoolExecutor(READERS, thread_name_prefix="reader")
        self._checker = threading.Thread(target=self._check, name="checker", daemon=True)
        self._loop: asyncio.AbstractEventLoop | None = None

    def start(self, loop: asyncio.AbstractEventLoop) -> None:
        """Begin to answer requests of this loop."""
        self._loop = loop
        self._checker.start()

    def stop(self) -> None:
        """Finish what is under way, then end."""
        self._queue.put(None)
        self._checker.join()
        self._writer.stop()
        self._readers.shutdown()

    async def ask(self, body: bytes) -> bytes:
        """Return the signed reply to a request. Raises Refusal when the request is not to be believed."""
        answer: asyncio.Future[bytes] = asyncio.get_running_loop().create_future()
        self._queue.put(_Asked(body, answer))
        return await answer

    def settled(self) -> None:
        """Wake the loop for the answers of a group."""
        ready, self._ready = self._ready, []
        if ready and self._loop is not None:
            self._loop.call_soon_threadsafe(_deliver, ready)

    def _check(self) -> None:
        """Check signatures, one request after another, and line up what can be believed."""
        while (asked := self._queue.get()) is not None:
            try:
                found = checked(asked.body, self._keys.letter)
            except Refusal as refusal:
                self._deliver_now(asked, refusal)
                continue
            except Exception as fault:  # noqa: BLE001 - whatever it was, the asker waits for an answer
                _log.exception("a request could not be checked")
                self._deliver_now(asked, fault)
                continue
            self._writer.submit(Waiting(found.offer, self._committed(asked, found)))

    def _committed(self, asked: _Asked, found: Checked) -> Callable[[Taken | None], None]:
        """Return what is to be done, in the writer's thread, once the offer is durable."""

        def answer(taken: Taken | None) -> None:
            if taken is None:
                self._ready.append((asked.answer, Refusal(Code.UNAVAILABLE)))
            elif taken.reader is not None and taken.reader.has_news(found.request.cursors):
                self._readers.submit(self._read, asked, found, taken)
            else:
                self._ready.append((asked.answer, self._reply(asked, found, taken)))

        return answer

    def _read(self, asked: _Asked, found: Checked, taken: Taken) -> None:
        """Gather an answer that must be read from the database, in a thread of its own."""
        self._deliver_now(asked, self._reply(asked, found, taken))

    def _reply(self, asked: _Asked, found: Checked, taken: Taken) -> bytes | Exception:
        try:
            return self._answers.answer(found.request, request_digest(asked.body), taken, self._now())
        except Exception as fault:  # noqa: BLE001 - whatever it was, the asker waits for an answer
            _log.exception("an answer could not be made")
            return fault

    def _deliver_now(self, asked: _Asked, answer: bytes | Exception) -> None:
        if self._loop is not None:
            self._loop.call_soon_threadsafe(_deliver, [(asked.answer, answer)])


def _deliver(ready: list[tuple[asyncio.Future[bytes], bytes | Exception]]) -> None:
    """Hand answers to those who wait; one whose connection is gone waits no more."""
    for future, answer in ready:
        if future.done():
            continue
        if isinstance(answer, Exception):
            future.set_exception(answer)
        else:
            future.set_result(answer)
