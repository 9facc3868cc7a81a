"""Starting for real: what must not be kept in memory once there is a window."""

import os
import subprocess
import sys

STARTED = """
import linecache, sys, types
from desktop.app import imports, start
{planted}
class Seen:
    def __init__(self, qt, data, sticks=None):
        pass
    def open(self):
        import desktop.screens.office
        import desktop.store.profile
        print(sum(name.endswith(("button.py", "database.py")) for name in linecache.cache))
        sys.exit(0)

sys.modules["desktop.app.application"] = types.SimpleNamespace(Application=Seen)
start.run_window()
"""


def sources_kept(planted=""):
    """Start as the command does, up to where the window would open, and load two rooms."""
    ran = subprocess.run(
        [sys.executable, "-c", STARTED.format(planted=planted)],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
    )
    assert ran.returncode == 0, ran.stderr
    return int(ran.stdout)


def test_no_source_of_a_module_is_kept_in_memory():
    assert sources_kept() == 0


def test_a_start_that_leaves_pysides_import_in_place_would_be_caught():
    assert sources_kept("imports.plain_imports = lambda: None") == 2


def test_a_learners_session_loads_nothing_of_the_coordinators_desk():
    loaded = subprocess.run(
        [sys.executable, "-c", "import sys, desktop.app.session; print(*sys.modules)"],
        capture_output=True,
        text=True,
        check=True,
    ).stdout.split()
    assert "desktop.screens.home" in loaded
    desk = ("desktop.office", "desktop.app.desk_", "desktop.screens.cohort", "desktop.screens.coordinator")
    assert [name for name in loaded if name.startswith(desk)] == []
