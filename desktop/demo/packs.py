"""The demo's packs: made from the courses in resources/ by the same command a trainer types."""

import subprocess
import sys
from pathlib import Path

from desktop.demo.centre import Centre, CentreError

COURSES = Path(__file__).parents[2] / "resources" / "courses"
PUBLIC_SERVICE = "pelayanan-publik-digital"
SECURITY = "keamanan-informasi-kantor"
PUBLISHER = "bpsdm"
TITLE = "BPSDM Provinsi (contoh)"


def publish(centre: Centre, folder: Path, stick: Path) -> tuple[Path, ...]:
    """Make a publisher's key, let the centre trust it, build both packs onto a stick, and list them."""
    key = folder / f"{PUBLISHER}.key"
    _suluh("pack", "keygen", "-o", str(key))
    public = key.with_name(f"{key.name}.pub")
    centre.ask("publisher", "add", str(public), "--id", PUBLISHER, "--title", TITLE)
    papers = folder / "kertas"
    centre.ask("papers", str(papers))
    built: list[Path] = []
    for course in (PUBLIC_SERVICE, SECURITY):
        pack = stick / f"{course}.suluh-paket"
        source = COURSES / course
        _suluh("pack", "build", str(source), "--key", str(key), "--trust", str(papers), "-o", str(pack))
        centre.ask("catalogue", "add", str(pack))
        built.append(pack)
    return tuple(built)


def _suluh(*words: str) -> None:
    """Run the command `suluh` as a person would. Raises CentreError with its words."""
    ran = subprocess.run(
        [sys.executable, "-m", "desktop", *words], capture_output=True, text=True, check=False
    )
    if ran.returncode:
        raise CentreError(ran.stdout + ran.stderr)
