"""Peer review in the gallery: the task's page, a colleague's paper over it, and the trainer's room."""

from dataclasses import replace

from desktop.language import tr
from desktop.screens.assignment import Assignment
from desktop.screens.button import Button
from desktop.screens.grading import Grading
from desktop.screens.rooms import Room, Who
from tests.fakes.assignments import BODY, DISPUTED, HANDED, PAPER, Marker, Writer
from tests.fakes.peers import CAME, CIRCLE, PEERS, Reader

LONG = replace(
    CIRCLE,
    activity="k/m/lain",
    task="Tugas: rancangan aktualisasi nilai dasar ASN di unit kerja masing-masing selama habituasi",
    about="Semua 12 naskah sudah dibagikan.",
    ready=False,
)


def draw_peers(studio) -> None:
    """Draw what its learner sees, then what its trainer does."""
    writer, reader = Writer(), Reader()
    bodies = {
        "tugas": replace(BODY, handed=HANDED, peers=replace(PEERS, came=CAME)),
        "belum": replace(BODY, peers=replace(PEERS, papers=())),
    }
    for name, one in bodies.items():
        if studio.wanted(f"26-sejawat-{name}") or (name == "tugas" and studio.wanted("26-sejawat-naskah")):
            actions = replace(writer.actions(), peers=reader.actions())
            _enter(
                studio,
                Room(
                    "home",
                    tr("Beranda"),
                    "home",
                    lambda one=one, actions=actions: Assignment("k", one, actions, studio.jobs),
                ),
            )
            studio.save(f"26-sejawat-{name}")
            if name == "tugas":
                studio.window.findChild(Button, "peer_0").click()
                studio.settle()
                studio.save("26-sejawat-naskah")
    marker = Marker(
        (
            replace(
                PAPER,
                peers=CAME,
                peers_late=True,
                peers_about="2 dari 3 rekan sudah menilai. Yang belum datang tidak menahan nilai.",
            ),
            DISPUTED,
        ),
        (CIRCLE, LONG),
    )
    if studio.wanted("26-sejawat-penilaian") or studio.wanted("26-sejawat-berkas"):
        _enter(studio, Room("home", tr("Penilaian"), "pen", lambda: Grading(marker.actions(), studio.jobs)))
        studio.save("26-sejawat-penilaian")
        studio.window.findChild(Button, "paper_0").click()
        studio.settle()
        studio.save("26-sejawat-berkas")


def _enter(studio, room: Room) -> None:
    studio.window.enter(Who("Rahel", "RM"), lambda: [room], "home")
    studio.settle()
