"""A training is typed at one PC and judged at the desk, with the application's own wiring on real stores."""

from types import SimpleNamespace

import pytest
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from desktop.app.desk_home import DeskHome
from desktop.app.desk_trainings import DeskTrainings
from desktop.app.homes import Homes
from desktop.app.outside import OutsideTraining
from desktop.background.jobs import Jobs
from desktop.errors import Problem
from desktop.office.desk import Desk as OfficeDesk
from desktop.office.exchange_stick import exchange
from desktop.office.merge import merge
from desktop.people.vouching import finish, vouch, waiting_keys
from desktop.screens import style
from desktop.screens.cohort_trainings import Trainings
from desktop.screens.evidence import JpState
from desktop.screens.style import Theme
from desktop.screens.training_sheet import TrainingSheet, TrainingWish
from tests.builders.office import MARKUS, YOHANA, new_office
from tests.builders.round import Desk


class World:
    """Yohana at her PC, Markus at the desk, a stick between them."""

    def __init__(self, folder, window, jobs):
        self.folder, self.window, self.jobs, self.said = folder, window, jobs, []
        office = new_office()
        self.pc, self.desk = (Desk(folder / name, office, f"PC {name}") for name in ("Loket", "Meja"))
        self.yohana, self.markus = self.pc.sit(YOHANA), self.desk.sit(MARKUS)
        for place, one in ((self.pc, self.yohana), (self.desk, self.markus)):
            finish(place.store, one)
        window.say, window.page = self.said.append, lambda _room: None
        self.hers, self.his = self.session(self.pc, self.yohana), self.session(self.desk, self.markus)
        self.outside = OutsideTraining(self.hers)
        self.judging = DeskTrainings(self.his, SimpleNamespace(desk=OfficeDesk(self.markus)))
        self.today = Homes(self.hers).today()

    def session(self, place, profile):
        app = SimpleNamespace(window=self.window, jobs=self.jobs, store=place.store)
        shelf = SimpleNamespace(course=lambda _key: None)
        return SimpleNamespace(app=app, profile=profile, shelf=shelf, noted=lambda: None)

    def scan(self, name, data=None):
        path = self.folder / name
        if data is None:
            image = QImage(300, 420, QImage.Format.Format_RGB32)
            image.fill(0xFFFFFF)
            assert image.save(str(path))
        else:
            path.write_bytes(data)
        return str(path)

    def claims(self, **more):
        wish = {
            "claim": "",
            "form": "seminar",
            "title": "Seminar pelayanan",
            "organiser": "BKPSDM",
            "day": self.today,
            "amount": 200,
            "abroad": False,
            "scan": "",
        }
        self.outside.actions().save(TrainingWish(**(wish | more)))

    def carried(self):
        root = self.folder / "stick"
        root.mkdir()
        self.desk.stick(root).prepare()
        exchange(self.pc.store, self.pc.stick(root))
        merge(self.markus, self.desk.stick(root))
        for key in waiting_keys(self.markus):
            vouch(self.markus, key, key.person)

    def evidence(self):
        return Homes(self.hers).evidence(0)


@pytest.fixture
def world(tmp_path, qtbot, monkeypatch):
    monkeypatch.setattr("desktop.app.homes.by_course", lambda *_: {})
    monkeypatch.setattr("desktop.app.homes.certificates_of", lambda *_: {})
    style.apply(QApplication.instance(), Theme.LIGHT)
    window = QWidget()
    window.setLayout(QVBoxLayout())
    window.resize(1262, 700)
    qtbot.addWidget(window)
    window.show()
    jobs = Jobs()
    made = World(tmp_path, window, jobs)
    yield made
    assert jobs.close()
    made.pc.off()
    made.desk.off()


def rest(qtbot, world):
    qtbot.waitUntil(world.jobs.idle)
    QApplication.processEvents()


def child(world, name):
    return next(one for one in world.window.findChildren(QWidget, name) if one.isVisible())


def test_what_is_typed_waits_in_the_year_and_is_changed_as_it_was_typed(qtbot, world):
    TrainingSheet(world.window, world.outside.actions(), world.outside.draft(""))
    child(world, "training_form").choose("lokakarya")
    for name, text in (
        ("title", "Lokakarya arsip"),
        ("organiser", "Dinas"),
        ("day", world.today.strftime("%d-%m-%Y")),
        ("amount", "3"),
    ):
        child(world, f"training_{name}").setText(text)
    child(world, "training_save").click()
    rest(qtbot, world)
    view = world.evidence()
    (entry,) = view.entries
    assert (entry.title, entry.jp, entry.state, entry.open) == (
        "Lokakarya arsip",
        1500,
        JpState.CLAIMED,
        True,
    )
    assert "tanpa pindaian" in entry.about
    assert view.jp.counted == 0
    assert "Koordinator akan melihat" in world.said[0]
    draft = world.outside.draft(entry.claim)
    assert (draft.form, draft.amount, draft.day, draft.scanned) == ("lokakarya", "3", world.today, False)
    world.claims(claim=entry.claim, form="pelatihan", amount=2550, abroad=True)
    (entry,) = world.evidence().entries
    assert (entry.jp, world.outside.draft(entry.claim).amount) == (3060, "25,5")


def test_the_desk_opens_the_scan_and_the_word_stands_in_its_list(qtbot, world):
    world.claims(scan=world.scan("sertifikat.png"))
    world.claims(title="Tanpa bukti", form="benchmarking", amount=100)
    world.claims(title="Rusak", scan=world.scan("rusak.pdf", b"%PDF-1.7 bukan isi"))
    world.carried()
    tab = Trainings(world.judging.actions())
    world.window.layout().addWidget(tab)
    rest(qtbot, world)
    actions = world.judging.actions()
    by_title = {one.title: one for one in actions.load().waiting}
    assert {name: one.jp for name, one in by_title.items()} == {
        "Seminar pelayanan": 800,
        "Tanpa bukti": 1000,
        "Rusak": 800,
    }
    look = actions.look(by_title["Seminar pelayanan"].key)
    assert (look.scan.width(), look.told) == (300, "")
    assert dict(look.lines)["Berapa hari"] == "2"
    assert "Tanpa pindaian" in actions.look(by_title["Tanpa bukti"].key).told
    assert "tidak dapat dibuka" in actions.look(by_title["Rusak"].key).told

    child(world, "look_0").click()
    rest(qtbot, world)
    child(world, "claim_reason").setText("Kurang lengkap")
    child(world, "claim_reject").click()
    rest(qtbot, world)
    assert len(actions.load().waiting) == 2
    assert [one.state for one in actions.load().judged] == [JpState.REJECTED]
    (row,) = [one for one in OfficeDesk(world.markus).renew().rows if one.row.name == "Yohana Wenda"]
    assert (row.row.jp, row.row.jp_claimed) in {(0, 1800), (0, 1600)}


def test_what_waits_for_a_look_is_the_next_step_at_the_desk(world):
    desk = SimpleNamespace(desk=OfficeDesk(world.markus), renewed=SimpleNamespace(waiting=()))
    home = DeskHome(world.his, desk, SimpleNamespace(next_step=lambda: None))
    assert home._next_step().key != "office:trainings"
    world.claims()
    world.carried()
    assert (home._next_step().key, home._next_step().title) == (
        "office:trainings",
        "Lihat 1 catatan pelatihan lain",
    )


def test_a_claim_that_changed_while_it_was_looked_at_is_not_judged_unseen(world):
    world.claims()
    world.carried()
    with pytest.raises(Problem, match="sudah berubah"):
        world.judging.actions().recognise(b"lain" * 8, 800)
