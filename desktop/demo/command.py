"""`suluh demo`: the invented office in a window; without a display, the whole road and its pictures."""

import os
import sys
import tempfile
from contextlib import ExitStack
from pathlib import Path

from desktop.demo.centre import Centre, CentreError
from desktop.demo.people import COORDINATOR, LEARNERS, PIN
from desktop.demo.world import THIRD_PC, Tell, World


def run_demo(*, headless: bool = False, out: Path | None = None) -> int:
    """Run the demo; the value is the exit code: 0, or 1 when the three sums of JP do not agree.

    It is 1 too when the centre does not come up or does not answer, which is said in a sentence.
    """
    try:
        if headless or out is not None or not _has_screen():
            return _alone(out or Path("suluh-demo"))
        return _shown()
    except CentreError as fault:
        _say(str(fault).strip())
        return 1


def run_practice() -> int:
    """Let a coordinator practise the whole round in an invented office; the value is the exit code.

    Nothing real is opened: it lives in a folder of its own that goes when the window is closed.
    """
    if not _has_screen() or _missing():
        _say("Latihan memerlukan layar.")
        return 3
    from desktop.app.imports import plain_imports  # noqa: PLC0415 - Qt only now
    from desktop.app.start import the_program  # noqa: PLC0415 - as above
    from desktop.demo.practice import PracticeWorld, practice_office, practice_world  # noqa: PLC0415 - as above
    from desktop.demo.practice_wait import wait_for  # noqa: PLC0415 - as above

    with ExitStack() as stack:

        def make(tell: Tell) -> tuple[PracticeWorld, dict[str, Path]]:
            world = stack.enter_context(practice_world())
            return world, practice_office(world, tell)

        made = wait_for(make)
        if made is None:
            return 1
        world, rooms = made
        qt = the_program()
        plain_imports()
        from desktop.demo.practice_walk import PracticeWalk  # noqa: PLC0415 - as above

        walk = PracticeWalk(qt, world.folder, rooms, world.stick, PIN)
        walk.sit(next(iter(rooms)))
        return qt.exec()


def _has_screen() -> bool:
    """Tell whether a window could be seen here."""
    if os.environ.get("QT_QPA_PLATFORM", "") in {"offscreen", "minimal"}:
        return False
    if sys.platform in {"win32", "darwin"}:
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def _missing() -> bool:
    from desktop.probe import advice, lacking  # noqa: PLC0415 - before anything of Qt

    missing = lacking()
    if missing:
        _say(advice(missing))
    return bool(missing)


def _alone(out: Path) -> int:
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    os.environ.setdefault("QT_LOGGING_RULES", "qt.multimedia.*.info=false")  # each film would describe itself
    if _missing():
        return 3
    from desktop.demo.proof import prove  # noqa: PLC0415 - Qt only now

    out.mkdir(parents=True, exist_ok=True)
    with (
        tempfile.TemporaryDirectory(prefix="suluh-demo-") as folder,
        Centre(Path(folder) / "pusat") as centre,
    ):
        return prove(World(Path(folder), centre), out, _say)


def _shown() -> int:
    if _missing():
        return 3
    from desktop.app.start import run_window  # noqa: PLC0415 - Qt only now

    with (
        tempfile.TemporaryDirectory(prefix="suluh-demo-") as folder,
        Centre(Path(folder) / "pusat") as centre,
    ):
        world = World(Path(folder), centre)
        world.found(_say)
        world.live(_say)
        data = world.coordinator_pc(_say)
        learner = LEARNERS[6]
        _say("")
        _say(f"Jendela terbuka di {THIRD_PC}. PIN semua orang: {PIN}.")
        _say(f"  {COORDINATOR.nickname} koordinator; {learner.nickname} dan lainnya peserta.")
        _say(f"  Orang baru: pilih Orang lain, NIP {LEARNERS[1].nip}, kode {world.codes[LEARNERS[1].nip]}.")
        _say("Tutup jendela untuk selesai; semua data contoh lalu dihapus.")
        return run_window(data, sticks=(world.stick,))


def _say(words: str) -> None:
    sys.stdout.write(words + "\n")
    sys.stdout.flush()
