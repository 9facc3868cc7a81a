"""Belajar in the gallery, with packs that may be fetched: under way, in trouble, and on an empty shelf."""

from desktop.language import tr
from desktop.screens.learning import Learning
from desktop.screens.rooms import Room, Who
from desktop.screens.status_line import Place, StatusView
from tests.fakes.learning import COURSES, LearningWorld
from tests.fakes.offered import FAULTY, ROWS, Counter


def draw_offers(studio) -> None:
    """Draw the library once for each."""
    for name, rows, courses in (
        ("ambil", ROWS, COURSES),
        ("ambil-masalah", FAULTY, COURSES),
        ("ambil-kosong", ROWS[2:], ()),
    ):
        if studio.wanted(f"20-belajar-{name}"):
            counter = Counter(rows)  # its signal lives as long as it does
            world = LearningWorld(courses=courses, offers=counter.actions())
            build = lambda world=world: Learning(world.actions(), studio.jobs)  # noqa: E731
            room = Room("learn", tr("Belajar"), "book", build)
            studio.window.enter(Who("Rahel", "RM"), lambda room=room: [room], "learn")
            studio.window.show_status(StatusView(Place.PC, 3, None, "PC Loket 1"))
            studio.save(f"20-belajar-{name}")
