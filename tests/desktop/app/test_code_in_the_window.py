"""A learner stands in for the coordinator: the paper from the safe, typed in Setelan, opens the office's desk."""

from PySide6.QtWidgets import QApplication

from desktop.app.application import Application
from desktop.demo.pilot import Pilot
from desktop.people.office import adopt_office
from desktop.people.profiles import sign_in
from desktop.store.profile import Scope
from sync.officefile import close_recovery
from tests.builders.office import YOHANA, new_office
from tests.builders.round import PIN, Desk


def typed(pilot, code):
    pilot.click("use_code")
    pilot.write("office_code", code)
    pilot.write("office_code_pin", PIN)
    pilot.click("office_code_go")


def test_the_paper_from_the_safe_opens_the_desk_and_the_work_goes_on(qtbot, tmp_path):
    office = new_office()
    paper = close_recovery(b"\x0f" * 16, {1: office.keys[1].raw})
    pc = Desk(tmp_path, office, "PC Loket")
    yohana = pc.sit(YOHANA).profile
    pc.study(YOHANA, (0, 1, 2))
    adopt_office(pc.store, office.issue(2, recovery=paper.closed)[0])
    pc.off()
    qt = QApplication.instance()
    app = Application(qt, pc.store.folders, tuple)
    app.open()
    try:
        pilot = Pilot(qt, app.window)
        pilot.until(lambda: app.window.page() or pilot.names(), "the first screen")
        app.enter(sign_in(app.store, yohana, PIN))
        pilot.settle(app.jobs.idle)
        first, before = app.session, app.session.profile.facts(Scope.OWN)
        first.visit("settings")
        pilot.settle(app.jobs.idle)

        typed(pilot, "0" * 32)
        pilot.wait("office_code_problem")
        assert (app.session, first.desk) == (first, None)
        states: list[object] = []
        first.road.cycle.changed.connect(states.append)
        first.road.send_now()
        pilot.until(lambda: states, "the road goes on after a code that was none")
        pilot.click("office_code_cancel")

        typed(pilot, paper.code)
        pilot.until(lambda: app.session is not first, "rooms of the deputy")
        pilot.settle(app.jobs.idle)
        assert app.session.desk is not None
        assert pilot.see("code_sheet") is None
        app.session.visit("office")
        pilot.settle(app.jobs.idle)
        assert app.window.current == "office"
        assert set(before) <= set(app.session.profile.facts(Scope.OWN))
    finally:
        app.window.close()
        app.window.deleteLater()
