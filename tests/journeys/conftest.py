"""Journeys begin with a running centre; it is a process, and it is stopped whatever the journey did."""

import contextlib
import signal

import pytest

from desktop.demo.centre import Centre
from tests.builders.privacy import notice_is_read
from tests.builders.road import Town

__all__ = ["notice_is_read"]
LONGEST = 90
"""Seconds after which a story counts as hanging, on a machine that is busy with others."""


@contextlib.contextmanager
def _within(seconds):
    """Break off what takes longer, at the place where it waits; Windows has no such alarm."""
    if not hasattr(signal, "SIGALRM"):
        yield
        return

    def too_long(*_):
        raise TimeoutError(f"the story did not end within {seconds} s")

    before = signal.signal(signal.SIGALRM, too_long)
    signal.alarm(seconds)
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_setup(item):
    """Starting a centre or walking a demo may not hang either; a file says by LIMIT_S that it needs longer."""
    with _within(getattr(item.module, "LIMIT_S", LONGEST)):
        return (yield)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call(item):
    """A story that waits for ever fails."""
    with _within(getattr(item.module, "LIMIT_S", LONGEST)):
        return (yield)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_teardown(item):
    """So does one that does not end its processes."""
    with _within(LONGEST):
        return (yield)


@pytest.fixture(scope="session")
def centre(tmp_path_factory):
    """A centre for all stories; each founds its own office there."""
    with Centre(tmp_path_factory.mktemp("pusat") / "data") as running:
        yield running


@pytest.fixture(scope="session")
def town(centre, tmp_path_factory):
    """The centre's operator, who has let a publisher in."""
    return Town(centre, tmp_path_factory.mktemp("meja"))
