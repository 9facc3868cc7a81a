"""Journeys begin with a running centre; it is a process, and it is stopped whatever the journey did."""

import pytest

from desktop.demo.centre import Centre


@pytest.fixture
def centre(tmp_path):
    """A centre that was never used before."""
    with Centre(tmp_path / "pusat") as running:
        yield running
