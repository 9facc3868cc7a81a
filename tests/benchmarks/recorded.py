"""Recorded study for benchmarks: weeks of one learner's work, through the real log writer on a made-up clock.

The habits here are this file's own: the codec's dictionary was trained on another model with other courses
(`sync.journal.train_dictionary`), so what is measured was never seen by what is measured with.
"""

from __future__ import annotations

import random
from collections.abc import Generator, Iterator, Mapping
from dataclasses import dataclass

from sync.journal.keys import SigningKey
from sync.journal.log import LogWriter, Run
from sync.journal.statement import Fact, Identity, Statement, Value

Told = tuple[int, str, Mapping[str, Value]]
DAY = 24 * 3600
COURSES = {
    "pelayanan-publik-digital": "1.2.0",
    "keamanan-informasi-kantor": "1.0.1",
    "pengadaan-barang-jasa-dasar": "2.0.0",
    "arsip-dinamis-srikandi": "1.1.0",
}
LESSONS = ("mulai", "dasar", "data-nasional", "contoh-kasus", "standar", "praktik-loket", "ringkasan")


@dataclass
class PcClock:
    """The clocks of an office PC that is switched off every evening."""

    unix: int
    booted: int
    mark: bytes

    def wall(self) -> int:
        return self.unix

    def monotonic(self) -> int:
        return self.unix - self.booted

    def boot(self) -> bytes:
        return self.mark

    def restart(self, unix: int, mark: bytes) -> None:
        self.unix, self.booted, self.mark = unix, unix - 45, mark


class Learner:
    """One person at one PC; every call of `session` is one start of the app."""

    def __init__(self, seed: int, since: int = 1_790_000_000) -> None:
        self.random = random.Random(seed)
        self.key = SigningKey(self.random.randbytes(32))
        self.profile = self.random.randbytes(16)
        self.pc = self.random.randbytes(16)
        self.clock = PcClock(since, since, self.random.randbytes(8))
        self.clock.restart(since, self.random.randbytes(8))
        self.previous: Identity | None = None
        self._story = self._study()

    def session(self, statements: int) -> Run:
        """Study until so many statements are recorded in a new log."""
        writer = LogWriter.start(self.profile, self.pc, self.previous, self.clock)
        self.clock.unix += self.random.randint(5, 90)
        held: list[Statement] = []
        while len(held) < statements:
            pause, kind, fields = next(self._story)
            self.clock.unix += pause
            held.append(writer.next(kind, fields))
        self.previous = held[-1].identity
        self._leave()
        return writer.run(held)

    def sessions(self, statements: int, logs: int) -> list[Run]:
        """Study in so many logs, as uneven as life, with that many statements in all."""
        mean = statements // logs
        sizes = [mean] * logs
        sizes[-1] += statements - mean * logs
        for place in range(0, logs - 1, 2):
            shift = self.random.randint(0, mean // 2)
            sizes[place] += shift
            sizes[place + 1] -= shift
        return [self.session(size) for size in sizes]

    def _leave(self) -> None:
        """Close the app; the next start is later today or on another day."""
        if self.random.random() < 0.3:
            self.clock.unix += self.random.randint(300, 9000)
            return
        evening = self.clock.unix + self.random.randint(1, 4) * DAY
        morning = evening - evening % DAY + self.random.randint(0, 7 * 3600)
        self.clock.restart(morning, self.random.randbytes(8))

    def _study(self) -> Iterator[Told]:
        """Tell (pause before in seconds, kind, fields) without end."""
        while True:
            names = list(COURSES)
            self.random.shuffle(names)
            for course in names:
                version = COURSES[course]
                for module in range(1, self.random.randint(4, 7)):
                    yield from self._module(f"{course}/m{module}", version)
                    yield 0, "module.completed", {"module": f"{course}/m{module}", "version": version}
                jp = self.random.choice((200, 400, 600))
                yield 0, "course.completed", {"course": course, "version": version, "jp": jp}

    def _module(self, module: str, version: str) -> Iterator[Told]:
        lessons = self.random.sample(LESSONS, self.random.randint(3, 5))
        for lesson in lessons:
            activity = f"{module}/{lesson}"
            if self.random.random() < 0.15:
                yield from self._recording(activity, version)
            else:
                yield from self._pages(activity, version)
            yield self.random.randint(0, 2), "lesson.completed", {"activity": activity, "version": version}
        attempt = 1
        while True:
            score = yield from self._quiz(f"{module}/kuis", version, attempt)
            if score >= 7000 or attempt == 3:
                break
            attempt += 1
        yield 1, "lesson.completed", {"activity": f"{module}/kuis", "version": version}

    def _pages(self, activity: str, version: str) -> Iterator[Told]:
        last = self.random.randint(1, 7)
        page = 1
        while page <= last:
            seconds = min(1800, max(4, round(self.random.lognormvariate(4.8, 0.7))))
            idle = round(self.random.expovariate(1 / 200)) if self.random.random() < 0.2 else 0
            turning = self.random.randint(0, 2)
            fields = {"activity": activity, "page": page, "seconds": seconds, "version": version}
            yield seconds + idle + turning, "page.read", fields
            page += -1 if page > 1 and self.random.random() < 0.06 else 1

    def _recording(self, activity: str, version: str) -> Iterator[Told]:
        length = self.random.randint(120, 600)
        second = 0
        while second < length:
            played = min(length - second, 60 if self.random.random() < 0.8 else self.random.randint(5, 59))
            second += played
            fields = {"activity": activity, "second": second, "seconds": played, "version": version}
            yield played + self.random.randint(0, 1), "media.watched", fields

    def _quiz(self, activity: str, version: str, attempt: int) -> Generator[Told, None, int]:
        questions = list(range(8))
        self.random.shuffle(questions)
        started = {
            "activity": activity,
            "attempt": attempt,
            "version": version,
            "questions": tuple(questions),
        }
        yield self.random.randint(3, 40), "quiz.started", started
        for question in questions:
            for _ in range(2 if self.random.random() < 0.1 else 1):
                seconds = min(600, max(3, round(self.random.lognormvariate(3.2, 0.7))))
                answered = {
                    "activity": activity,
                    "attempt": attempt,
                    "question": question,
                    "answer": self._answer(question),
                    "seconds": seconds,
                }
                yield seconds + self.random.randint(0, 4), "quiz.answered", answered
        correct = self.random.randint(4, 8)
        score = correct * 10_000 // 8
        finished = {
            "activity": activity,
            "attempt": attempt,
            "correct": correct,
            "total": 8,
            "score": score,
            "passed": int(score >= 7000),
        }
        yield self.random.randint(2, 30), "quiz.finished", finished
        return score

    def _answer(self, question: int) -> str:
        """Answer each question in the manner of its kind."""
        match question:
            case 3:
                return ",".join(sorted(self.random.sample("01234", self.random.randint(1, 3))))
            case 4:
                return self.random.choice("01")
            case 5:
                return self.random.choice(("transparansi", "keterbukaan", "ombudsman", "akuntabel", "spbe"))
            case 6:
                return str(self.random.choice((14, 20, 30, 12.5, 60)))
            case 7:
                return ",".join(self.random.sample("0123", 4))
            case _:
                return self.random.choice("0123")


def facts_of(runs: list[Run], signer: bytes) -> list[Fact]:
    """Return the statements of runs as facts."""
    return [Fact(run.header, statement, signer) for run in runs for statement in run.statements]
