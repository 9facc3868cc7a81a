"""A fixture: everybody who sits down at a window has read the privacy notice, as whoever signs up there has."""

import pytest

from desktop.app import session


@pytest.fixture(autouse=True)
def notice_is_read(monkeypatch):
    """Profiles that a builder made have not; what they are shown is told in `test_privacy_notice`."""
    monkeypatch.setattr(session, "tell_privacy", lambda _session: None)
