"""Work beside the window, and its result on it."""

import errno
import threading

import pytest
from PySide6.QtCore import QThread

from desktop.background.jobs import Jobs
from desktop.errors import Problem
from sync.refusal import Code, Refusal


@pytest.fixture
def jobs(qapp):
    made = Jobs()
    yield made
    assert made.close()


def forbidden(problem):
    raise AssertionError(problem.details or problem.title)


def test_the_work_is_elsewhere_and_the_result_comes_back_to_the_window(qtbot, jobs, qapp):
    seen = {}

    def work():
        seen["worked"] = threading.get_ident()
        return 42

    def done(result):
        seen["result"] = result
        seen["thread"] = QThread.currentThread()

    jobs.run(work, done, forbidden)
    qtbot.waitUntil(jobs.idle)
    assert seen["result"] == 42
    assert seen["worked"] != threading.get_ident()
    assert seen["thread"] is qapp.thread()


def test_writers_go_one_after_another_in_the_order_they_were_asked(qtbot, jobs):
    inside, most, order = [], [], []

    def write(number):
        inside.append(number)
        most.append(len(inside))
        order.append(number)
        inside.remove(number)

    for number in range(40):
        jobs.write(lambda number=number: write(number), lambda _none: None, forbidden)
    qtbot.waitUntil(jobs.idle)
    assert order == list(range(40))
    assert max(most) == 1


def test_batal_stops_long_work_and_nothing_of_it_is_delivered(qtbot, jobs):
    begun, delivered = threading.Event(), []
    gone_on = threading.Event()

    def work(job):
        begun.set()
        gone_on.wait(5)
        job.check()
        return "too late"

    job = jobs.run(work, delivered.append, forbidden, lambda _done, _total: None)
    assert begun.wait(5)
    job.cancel()
    gone_on.set()
    qtbot.waitUntil(jobs.idle)
    assert delivered == []


def test_progress_reaches_the_window_and_always_its_end(qtbot, jobs):
    told = []

    def work(job):
        for step in range(1, 1001):
            job.report(step, 1000)
        return "all"

    jobs.run(work, lambda _all: None, forbidden, lambda done, total: told.append((done, total)))
    qtbot.waitUntil(jobs.idle)
    assert told[-1] == (1000, 1000)
    assert len(told) < 1000  # more reports than the eye sees are dropped


def test_a_refusal_of_sync_arrives_as_words(qtbot, jobs):
    said = []

    def work():
        raise Refusal(Code.STALE, version="1.1")

    jobs.run(work, forbidden, said.append)
    qtbot.waitUntil(jobs.idle)
    assert said[0].title == "Versi 1.1 sudah terpasang dan lebih baru."


def test_a_bug_arrives_as_the_one_unknown_text_with_a_code_and_details(qtbot, jobs):
    said = []

    def work():
        raise ZeroDivisionError("deep inside")

    jobs.run(work, forbidden, said.append)
    qtbot.waitUntil(jobs.idle)
    (problem,) = said
    assert not problem.known
    assert problem.title.startswith("Terjadi masalah yang belum dikenali (kode ")
    assert problem.advice == "Pekerjaan Anda tetap tersimpan di komputer ini."
    assert "deep inside" in problem.details
    assert "deep inside" not in problem.title + problem.advice


def test_a_full_disk_arrives_as_advice(qtbot, jobs):
    said = []

    def work():
        raise OSError(errno.ENOSPC, "No space left on device", "/data/x")

    jobs.write(work, forbidden, said.append)
    qtbot.waitUntil(jobs.idle)
    assert said[0].title == "Ruang penyimpanan penuh."


def test_a_problem_of_ours_arrives_as_it_was_raised(qtbot, jobs):
    said = []
    mine = Problem("PIN tidak cocok.", "Tersisa 4 percobaan.", wait=0)

    def work():
        raise mine

    jobs.run(work, forbidden, said.append)
    qtbot.waitUntil(jobs.idle)
    assert said == [mine]
