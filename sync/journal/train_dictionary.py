"""Makes a codec's zstd dictionary from simulated study: `python -m sync.journal.train_dictionary FILE`.

A dictionary is part of the format and frozen with its codec version: a new one means a new version. The
study goes through the real log writer; it is another model than the one benchmarks measure with.
"""

from __future__ import annotations

import random
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

import zstandard

from sync.journal.blocks import columns_of
from sync.journal.log import LogWriter, Run
from sync.journal.statement import Identity, Statement, Value

SEED = 20261124
SIZE = 8 * 1024
LEARNERS = 400
_DAY = 86_400
_WORDS = (
    "aset anggaran akuntansi arsip asn audit bencana berkas berita budaya data desa digital disiplin "
    "dokumen ekonomi etika gender gizi hukum informasi inovasi integritas jabatan kerja keuangan kinerja "
    "komunikasi kota layanan lingkungan manajemen masyarakat mutu naskah organisasi pajak pegawai "
    "pelayanan pelatihan pengadaan perencanaan publik rapat reformasi risiko sarana sosial statistik surat "
    "tata teknologi tugas umum usaha wilayah"
)
_LESSONS = (
    "pengantar tujuan konsep dasar-hukum prinsip langkah contoh studi-kasus latihan rangkuman video diskusi "
    "peran alur bukti ringkasan"
)
_QUIZ = ("kuis", "tes", "evaluasi", "kuis-akhir")
_ANSWERS = ("ya", "tidak", "benar", "skp", "sop", "rpjmd", "bkn", "ppid", "2024", "10", "7,5", "45")
_Told = tuple[int, str, Mapping[str, Value]]


class _Clock:
    """A clock that stands where the simulation puts it."""

    def __init__(self, unix: int) -> None:
        self.unix = unix
        self.up = 60

    def wall(self) -> int:
        return self.unix

    def monotonic(self) -> int:
        return self.up

    def boot(self) -> bytes:
        return bytes(8)

    def pass_by(self, seconds: int) -> None:
        self.unix += seconds
        self.up += seconds


def study(seed: int) -> list[Run]:
    """Return some weeks of one invented learner, one run per start of the app."""
    rng = random.Random(seed)  # noqa: S311 - a simulation, not a secret
    clock = _Clock(1_700_000_000 + rng.randrange(300) * _DAY)
    story = _story(rng)
    previous: Identity | None = None
    runs: list[Run] = []
    for _ in range(rng.randint(1, 12)):
        writer = LogWriter.start(bytes(16), bytes(16), previous, clock)
        statements: list[Statement] = []
        for _ in range(rng.choice((3, 8, 15, 20, 25, 30, 45))):
            pause, kind, fields = next(story)
            clock.pass_by(pause)
            statements.append(writer.next(kind, fields))
        runs.append(writer.run(statements))
        previous = statements[-1].identity
        clock.pass_by(rng.randrange(3600, 6 * _DAY))
        clock.up = rng.randrange(20, 9000)
    return runs


def samples() -> Iterator[bytes]:
    """Give the raw columns of segments of every size that PCs send: tails, one log, a few, many."""
    rng = random.Random(SEED)  # noqa: S311 - a simulation, not a secret
    for learner in range(LEARNERS):
        runs = study(SEED + learner)
        yield columns_of(runs)
        for run in runs:
            yield columns_of([run])
            size = rng.randint(1, len(run.statements))
            yield columns_of([Run(run.header, run.start_chain, run.statements[:size])])


def train() -> bytes:
    """Return the dictionary; the same every time for the same version of zstd."""
    trained = zstandard.train_dictionary(SIZE, list(samples()), k=50, d=6, level=19)
    data: bytes = trained.as_bytes()
    return data


def _story(rng: random.Random) -> Iterator[_Told]:
    while True:
        course = "-".join(rng.sample(_WORDS.split(), rng.randint(1, 3)))
        version = f"{rng.randint(1, 3)}.{rng.randint(0, 4)}.{rng.randint(0, 2)}"
        for number in range(1, rng.randint(3, 9)):
            module = f"{course}/m{number}"
            for lesson in rng.sample(_LESSONS.split(), rng.randint(2, 6)):
                yield from _lesson(rng, f"{module}/{lesson}", version)
            yield from _quiz(rng, f"{module}/{rng.choice(_QUIZ)}", version)
            yield 0, "module.completed", {"module": module, "version": version}
        yield 0, "course.completed", {"course": course, "version": version, "jp": 100 * rng.randint(2, 12)}


def _lesson(rng: random.Random, activity: str, version: str) -> Iterator[_Told]:
    if rng.random() < 0.2:
        second = 0
        for _ in range(rng.randint(1, 9)):
            span = rng.choice((10, 15, 30, 60, rng.randint(2, 120)))
            second += span
            fields: dict[str, Value] = {"activity": activity, "second": second, "seconds": span}
            yield span + rng.randint(0, 3), "media.watched", {**fields, "version": version}
    else:
        pace = rng.uniform(40, 200)
        for page in range(1, rng.randint(2, 9)):
            seconds = max(2, int(rng.gammavariate(2.2, pace / 2.2)))
            away = rng.randint(20, 900) if rng.random() < 0.15 else rng.randint(0, 2)
            fields = {"activity": activity, "page": page, "seconds": seconds, "version": version}
            yield seconds + away, "page.read", fields
    yield 0, "lesson.completed", {"activity": activity, "version": version}


def _quiz(rng: random.Random, activity: str, version: str) -> Iterator[_Told]:
    total = rng.choice((5, 6, 8, 10, 10, 12, 15, 20))
    kinds = [rng.randrange(6) for _ in range(total)]
    for attempt in range(1, rng.choice((1, 1, 1, 2, 3)) + 1):
        questions = rng.sample(range(total), total)
        started: dict[str, Value] = {"activity": activity, "attempt": attempt, "version": version}
        yield rng.randint(2, 60), "quiz.started", {**started, "questions": tuple(questions)}
        for question in questions:
            seconds = max(2, int(rng.gammavariate(2, 12)))
            answered: dict[str, Value] = {
                "activity": activity,
                "attempt": attempt,
                "question": question,
                "seconds": seconds,
            }
            answer = _answer(rng, kinds[question])
            yield seconds + rng.randint(0, 3), "quiz.answered", {**answered, "answer": answer}
        correct = rng.randint(total // 3, total)
        score = correct * 10_000 // total
        result: dict[str, Value] = {
            "correct": correct,
            "total": total,
            "score": score,
            "passed": int(score >= 7000),
        }
        yield rng.randint(1, 20), "quiz.finished", {"activity": activity, "attempt": attempt, **result}
    yield 0, "lesson.completed", {"activity": activity, "version": version}


def _answer(rng: random.Random, kind: int) -> str:
    match kind:
        case 0 | 1 | 2:
            return str(rng.randrange(4))
        case 3:
            return ",".join(map(str, sorted(rng.sample(range(5), rng.randint(1, 4)))))
        case 4:
            return ",".join(map(str, rng.sample(range(4), rng.choice((3, 4)))))
        case _:
            return rng.choice(_ANSWERS)


if __name__ == "__main__":
    Path(sys.argv[1]).write_bytes(train())
