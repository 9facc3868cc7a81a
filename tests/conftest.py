"""What every test stands on: no screen, no real user's folders, Indonesian first."""

import os

# Without a display Qt aborts the process instead of raising, so this comes before any import of Qt.
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ.setdefault("PYTHON_KEYRING_BACKEND", "keyring.backends.null.Keyring")

import pytest


@pytest.fixture(autouse=True)
def _folders_of_their_own(tmp_path, monkeypatch):
    """No test reads or writes the data of whoever runs it."""
    for name in ("XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME"):
        monkeypatch.setenv(name, str(tmp_path / name.lower()))
    monkeypatch.delenv("SULUH_DATA", raising=False)
