"""Peer review in memory: a colleague's paper, what colleagues said, and a reader's PC."""

from dataclasses import replace

from desktop.screens.assignment_views import FileView
from desktop.screens.peer_views import CircleView, PeerActions, PeerPaperView, PeerReviewView, PeersView
from tests.fakes.assignments import CRITERIA

COLLEAGUE = PeerPaperView(
    b"\x07" * 32,
    "Naskah rekan 1",
    "Warga hulu menunggu dua kali karena syarat baru diketahui di loket. Bulan lalu 31 dari 84 orang pulang"
    " tanpa layanan. Papan syarat dipasang di pasar dan gereja, diperbarui setiap Senin oleh petugas loket.",
    (FileView("papan-syarat.pdf", b"\x08" * 32),),
    CRITERIA,
)
DONE = replace(
    COLLEAGUE, id=b"\x09" * 32, name="Naskah rekan 2", text="Antrean surat pindah selalu panjang.", sent=True
)
CAME = (
    PeerReviewView(
        "Rekan 1",
        "78 dari 100",
        ("Masalah dan angka awal: 50 dari 60", "Langkah setiap minggu: 28 dari 40"),
        "Masalahnya jelas dan angkanya dapat dihitung ulang. Sebutkan siapa pengganti petugas loket.",
    ),
    PeerReviewView("Rekan 2", "64 dari 100", (), "Langkah minggu ketiga belum punya penanggung jawab."),
)
PEERS = PeersView(2, (COLLEAGUE, DONE), (), handed=True)
CIRCLE = CircleView(
    "k/m/tugas",
    "Tugas: rencana perbaikan 30 hari",
    "9 dari 9 naskah siap dibagikan, masing-masing kepada 2 rekan tanpa nama.",
    ready=True,
)


class Reader:
    """A reader's PC: what was kept, sent and saved, in its order; `view` is how it stands then."""

    def __init__(self):
        self.view, self.kept, self.sent, self.saved, self.refuse = PEERS, [], [], [], None

    def actions(self):
        return PeerActions(self.keep, self.send, lambda *said: self.saved.append(said))

    def keep(self, paper, typed):
        self.kept.append((paper, typed))
        self._change(paper, comment=typed.comment, draft=True)

    def send(self, activity, paper, typed):
        if self.refuse:
            raise self.refuse
        self.sent.append((activity, paper, typed))
        self._change(paper, comment=typed.comment, draft=False, sent=True)
        return self.view

    def _change(self, paper, **values):
        papers = tuple(replace(one, **values) if one.id == paper else one for one in self.view.papers)
        self.view = replace(self.view, papers=papers)
