"""What the first paint spares, seen in a process of its own."""

import os
import subprocess
import sys

CHILD = """
import sys
from pathlib import Path
from PySide6.QtWidgets import QApplication
from desktop.app.application import Application
app = QApplication(sys.argv[:1])
application = Application(app, Path(sys.argv[1]))
application.open()
def there():
    print("\\n".join(sorted(sys.modules)))
    app.quit()
application.window.after_first_paint(there)
app.exec()
"""
SPARED = (
    "sqlalchemy", "requests", "cryptography", "alembic", "tuf", "markdown_it",
    "PySide6.QtPdf", "PySide6.QtMultimedia", "PySide6.QtWebEngineCore", "PySide6.QtSvg", "PySide6.QtNetwork",
)  # fmt: skip


def test_the_first_paint_imports_nothing_that_can_wait(tmp_path):
    given = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    done = subprocess.run(
        [sys.executable, "-c", CHILD, str(tmp_path / "data")],
        capture_output=True,
        text=True,
        check=True,
        env=given,
    )
    loaded = done.stdout.split()
    assert "desktop.screens.window" in loaded
    assert [name for name in loaded if name.startswith(SPARED)] == []
    assert {name for name in loaded if name.startswith("PySide6.Qt")} == {
        "PySide6.QtCore",
        "PySide6.QtGui",
        "PySide6.QtWidgets",
    }
