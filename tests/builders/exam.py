"""An exam as its proctor and its people state it, without a window."""

from sync.journal.secret_fields import Secret, seal_fields
from tests.builders.centre import Office, Pc

QUIZ, DAY = "kursus/m1/akhir", 739_944
EXAM = b"e" * 16


def proctor_says(
    pc: Pc, office: Office, kind: str, clear: dict[str, Secret] | None = None, **said: Secret
) -> None:
    """State a proctor's word, sealed to the desk and the centre."""
    header = office.file.header
    fields = {"exam": EXAM, **(clear or {}), **said}
    pc.says(
        kind, sealed=seal_fields(kind, fields, (header.office_letter, header.centre_letter)), **(clear or {})
    )


def opens_exam(pc: Pc, office: Office, *nips: str, place: str = "Aula Setda") -> None:
    """Open the exam for people of the roster."""
    people = b"".join(office.entry(nip).person for nip in nips)
    clear: dict[str, Secret] = {"activity": QUIZ, "day": DAY, "sitting": 1, "people": people}
    names = "\n".join(f"Nama {nip}\t{nip}" for nip in nips)
    proctor_says(pc, office, "exam.opened", clear, place=place, names=names)


def sits_exam(pc: Pc, score: int | None, *, gone: int = 0) -> None:
    """Begin with the code, under the fixed end; `gone` seconds of a power cut, and a result where there is one."""
    where = {"activity": QUIZ, "attempt": 1}
    pc.says("exam.begun", **where, day=DAY, sitting=1)
    pc.says("quiz.ruled", **where, limit=1800, fixed=1, tries=1)
    if gone:
        pc.says("quiz.power_loss", **where, used=60, gone=gone)
    if score is not None:
        pc.says("quiz.finished", **where, correct=2, total=3, score=score, passed=0)
