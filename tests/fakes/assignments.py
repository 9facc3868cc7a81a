"""An assignment and a queue in memory, for stories of what is seen and typed."""

from dataclasses import replace
from datetime import date

from desktop.screens.assignment_views import (
    AssignmentActions,
    AssignmentBody,
    CriterionView,
    FileView,
    GradeView,
    HandedView,
    MarkingActions,
    MarkView,
    PaperView,
    QueueView,
)

CRITERIA = (
    CriterionView("isi", "Masalah dan angka awal", "Dirumuskan dari sisi warga, dengan satu angka.", 60),
    CriterionView("langkah", "Langkah setiap minggu", "Berurutan, dengan penanggung jawab.", 40),
)
INSTRUCTION = "# Tugas: rencana 30 hari\n\nSusunlah rencana perbaikan untuk **satu** layanan.\n\n1. Masalah\n2. Ukuran\n"
BODY = AssignmentBody(
    "m5/tugas.md", INSTRUCTION, lambda _: None, CRITERIA, "31 Maret 2027 pukul 12.00 WIT", 3
)
HANDED = HandedView(2, date(2027, 3, 20), "K7Q2-9XRT")
GRADE = GradeView(
    "74,5",
    100,
    tuple(replace(one, given=given) for one, given in zip(CRITERIA, (4500, 2950), strict=True)),
    "Angka awalnya jelas. Sebutkan pengganti penanda tangan.",
    "Dibicarakan berdua",
    "K7Q2-9XRT",
    ("70",),
)
PAPER = PaperView(
    "p1",
    "K7Q2-9XRT",
    "Tugas: rencana perbaikan 30 hari",
    "Dikumpulkan 20 Maret 2027",
    "Menunggu dinilai",
    "info",
    "mark",
    "Warga hulu perlu tahu syarat sebelum berangkat, karena perjalanan menghabiskan enam jam.",
    (FileView("rencana.pdf", b"\x05" * 32),),
    CRITERIA,
)
DISPUTED = replace(
    PAPER,
    key="p2",
    code="M3TD-40PA",
    state="Moderasi: penilaian terlalu jauh berbeda",
    kind="warn",
    need="settle",
    files=(),
    marks=(MarkView("Anda", "82", "Data kuat"), MarkView("Penilai lain", "61", "Langkah belum berurutan")),
)


class Writer:
    """A learner's PC: `texts` were kept, `did` is what was asked in its order."""

    def __init__(self):
        self.body, self.texts, self.did, self.refuse = BODY, [], [], None

    def actions(self):
        return AssignmentActions(lambda _: self.body, self.keep, self.add, self.drop, self.hand_in)

    def keep(self, _key, words):
        self.texts.append(words)

    def add(self, _key, path):
        self.did.append(f"add {path}")
        self.body = replace(self.body, files=(FileView("peta.pdf", b"\x05" * 32, 120_000),))
        return self.body

    def drop(self, _key, digest):
        self.did.append("drop")
        self.body = replace(self.body, files=tuple(one for one in self.body.files if one.digest != digest))
        return self.body

    def hand_in(self, _key):
        if self.refuse:
            raise self.refuse
        self.did.append(f"hand in {self.texts[-1]}")
        self.body = replace(self.body, text="", files=(), handed=HANDED)
        return self.body


class Marker:
    """A trainer's PC: `did` is every decision in its order, `kept` the marks in work."""

    def __init__(self, papers=(PAPER, DISPUTED), circles=()):
        self.circles = circles
        self.papers, self.did, self.kept, self.refuse = papers, [], [], None

    def actions(self):
        return MarkingActions(
            lambda: QueueView(self.papers, len(self.papers), self.circles),
            lambda key, typed: self.kept.append((key, replace(typed, seconds=0))),
            lambda key, typed: self.note("give", key, typed.points, typed.comment),
            lambda key, typed: self.note("settle", key, typed.points, typed.comment, typed.reason),
            lambda *said: self.note("agree", *said),
            lambda key, typed: self.note("back", key, typed.comment),
            lambda *said: self.note("void", *said),
            lambda *said: self.note("save", *said),
            share=self.share,
            another=self.another,
        )

    def share(self, activity):
        self.note("share", activity)
        return "9 naskah dibagikan."

    def another(self, key):
        self.note("another", key)
        return "Satu rekan lagi diminta."

    def note(self, *said):
        if self.refuse:
            raise self.refuse
        self.did.append(said)
