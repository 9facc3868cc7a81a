"""The way of a sync through the centre: checked, kept with its group, answered."""

import asyncio
import logging
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

from sync.bundle import request_digest
from sync.refusal import Code, Refusal
from sync.server.answers import Answers
from sync.server.checks import Checked, checked
from sync.server.intake import Taken
from sync.server.keys import CentreKeys
from sync.server.writer import Waiting, Writer

READERS = 2
LARGE = 32 * 1024
"""Bytes of a request from which it is checked beside the loop: a stick's worth of signatures takes long."""

Settle = Callable[[bytes | Refusal], None]
_log = logging.getLogger(__name__)


class Gate:
    """Takes request bodies and brings back signed replies, or the Refusal of the request. On the event loop.

    An answer that must be gathered from the database is made in a thread; all others at once.
    """

    def __init__(self, keys: CentreKeys, writer: Writer, answers: Answers, now: Callable[[], int]) -> None:
        self._keys = keys
        self._writer = writer
        self._answers = answers
        self._now = now
        self._readers = ThreadPoolExecutor(READERS, thread_name_prefix="reader")

    def stop(self) -> None:
        """Finish the answers under way, then end."""
        self._readers.shutdown()

    def ask(self, body: bytes, settle: Settle) -> None:
        """Take a request; `settle` is called, on the loop, with its reply or refusal. Never raises."""
        if len(body) < LARGE:
            self._line_up(body, self._check(body), settle)
            return
        checking = asyncio.get_running_loop().run_in_executor(self._readers, self._check, body)
        checking.add_done_callback(lambda done: self._line_up(body, done.result(), settle))

    def _check(self, body: bytes) -> Checked | Refusal:
        try:
            return checked(body, self._keys.letter)
        except Refusal as refusal:
            return refusal
        except Exception:  # noqa: BLE001 - whatever it was, the asker waits for an answer
            _log.exception("a request could not be checked")
            return Refusal(Code.UNAVAILABLE)

    def _line_up(self, body: bytes, found: Checked | Refusal, settle: Settle) -> None:
        """Refuse what cannot be believed, line up the rest."""
        if isinstance(found, Refusal):
            settle(found)
            return
        self._writer.line_up(Waiting(found.offer, lambda taken: self._kept(body, found, taken, settle)))

    def _kept(self, body: bytes, found: Checked, taken: Taken | None, settle: Settle) -> None:
        """Answer an offer that is durable."""
        if taken is None:
            settle(Refusal(Code.UNAVAILABLE))
        elif taken.reader is not None and taken.reader.has_news(found.request.cursors):
            loop = asyncio.get_running_loop()
            reading = loop.run_in_executor(self._readers, self._reply, body, found, taken)
            reading.add_done_callback(lambda done: settle(done.result()))
        else:
            settle(self._reply(body, found, taken))

    def _reply(self, body: bytes, found: Checked, taken: Taken) -> bytes | Refusal:
        try:
            return self._answers.answer(found.request, request_digest(body), taken, self._now())
        except Exception:  # noqa: BLE001 - whatever it was, the asker waits for an answer
            _log.exception("an answer could not be made")
            return Refusal(Code.UNAVAILABLE)
