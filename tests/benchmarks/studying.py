"""A PC with its own disk whose learner studies; its clock is the learner's own and moves as their pauses say."""

import threading
import time
from collections import deque
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from itertools import islice
from pathlib import Path

from desktop.demo.people import PIN, Invented
from desktop.people.office import adopt_office, inspect_office
from desktop.people.profiles import SignUp, sign_in, sign_up
from desktop.store.device import Store
from desktop.store.facts import Scope
from desktop.store.profile import Profile
from sync.journal.log import LogWriter
from sync.journal.statement import Fact, Statement, Value
from tests.benchmarks.recorded import Learner, PcClock
from tests.builders.road import Handed


class Pc:
    """A PC with its own disk, whose clock is the learner's own; each `sit` is one start of the app."""

    def __init__(self, folder: Path, handed: Handed, learner: Learner, name: str) -> None:
        self.learner = learner
        # right on the first day: a clock behind what the centre signed is noted in each log, a statement more
        learner.clock.restart(int(time.time()), learner.clock.mark)
        self.store = Store.open(folder, learner.clock)
        self.store.name_pc(name)
        adopt_office(self.store, inspect_office(self.store, handed.file).raw)
        self.handed = handed
        self.profile: Profile | None = None

    def sign_up(self, person: Invented, code: str) -> Profile:
        """Make the profile."""
        self.profile = sign_up(self.store, SignUp(person.nip, person.birth, PIN, person.nickname, code))
        return self.profile

    def sit(self) -> Profile:
        """Start the app again: what follows goes into a new log."""
        assert self.profile is not None
        who = self.profile.profile
        self.profile.close()
        self.learner._leave()
        opened = sign_in(self.store, who, PIN)
        assert isinstance(opened, Profile)
        self.profile = opened
        return opened

    def study(self, statements: int) -> None:
        """Record so many statements of the learner's story; the clock moves between them as their pauses say."""
        assert self.profile is not None
        told = islice(self.learner._story, statements)
        while part := list(islice(told, 50)):
            with _one_at_a_time:
                _pauses.extend(pause for pause, _, _ in part)
                with _paused(self.learner.clock):
                    self.profile.record_all([(kind, fields) for _, kind, fields in part])

    @property
    def unlocked(self) -> Profile:
        """The profile that sits here."""
        assert self.profile is not None
        return self.profile

    def own(self) -> tuple[Fact, ...]:
        """The facts of this person that this PC holds."""
        return self.unlocked.facts(Scope.OWN, Scope.PERSON)

    def close(self) -> None:
        """Switch the PC off."""
        self.unlocked.close()
        self.store.close()

    def study_logs(self, statements: int, logs: int) -> None:
        """Record in so many starts of the app."""
        for number in range(logs):
            self.sit()
            self.study(statements // logs + (number < statements % logs))


_pauses: deque[int] = deque()
_one_at_a_time = threading.Lock()
"""PCs that deliver side by side study one after the other: there is one clock to bend."""


@contextmanager
def _paused(clock: PcClock) -> Iterator[None]:
    """Let the clock of the PC move on by the learner's pause before each statement of a batch."""
    real = LogWriter.next

    def after_a_pause(self: LogWriter, kind: str, fields: Mapping[str, Value]) -> Statement:
        clock.unix += _pauses.popleft()
        return real(self, kind, fields)

    LogWriter.next = after_a_pause  # type: ignore[method-assign]
    try:
        yield
    finally:
        LogWriter.next = real  # type: ignore[method-assign]
