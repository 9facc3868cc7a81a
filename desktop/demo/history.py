"""What the invented people did before the demo opens: studied, answered, sent, all through the real doors."""

from dataclasses import dataclass
from pathlib import Path

from desktop.app.learning import Learning
from desktop.assessment.answers import right_answer
from desktop.assessment.quiz import read_quiz
from desktop.demo.people import PIN, Invented
from desktop.library.belief import Belief
from desktop.library.index import DeviceIndex
from desktop.library.install import Installer
from desktop.library.shelf import Shelf
from desktop.people.office import adopt_office, inspect_office
from desktop.people.privacy_notice import newest_notice, note_read
from desktop.people.profiles import SignUp, sign_up
from desktop.screens.learning_views import MediaBody, PagesBody, PdfBody, QuizBody
from desktop.store.device import Store
from desktop.store.profile import Profile
from sync.client.deliver import SyncOutcome, deliver
from sync.client.transport import Transport

LENGTH = 60
"""Seconds of a recording as the demo counts it; the films of the courses are shorter."""


@dataclass(frozen=True, slots=True)
class Past:
    """How far somebody has come: modules of the first course done, and whether the second course is done."""

    modules: int
    second: bool = False
    wrong: int = 0


class Pc:
    """A PC of the invented office, without its window: the same store, shelf and people behind it."""

    def __init__(self, folder: Path, name: str, office: Path) -> None:
        self.folder = folder
        self.name = name
        self.store = Store.open(folder)
        self.store.prepare()
        self.store.name_pc(name)
        self.store.put_setting("ready", "1")
        adopted = adopt_office(self.store, inspect_office(self.store, office).raw)
        self.store.put_setting("place", adopted.header.name)
        index = DeviceIndex(self.store)
        objects = self.store.folders.objects
        self.installer = Installer(index, Belief(self.store), objects, self.store.now)
        self.shelf = Shelf(index, objects)

    def install(self, pack: Path) -> None:
        """Install a pack from the stick."""
        self.installer.install(self.installer.inspect(pack))

    def sit(self, person: Invented, code: str) -> Profile:
        """Sign somebody up for the first time."""
        made = sign_up(self.store, SignUp(person.nip, person.birth, PIN, person.nickname, code))
        note_read(made, newest_notice().version)
        return made

    def close(self) -> None:
        """Switch it off."""
        self.store.close()


def study(profile: Profile, shelf: Shelf, past: Past) -> None:
    """Read, play and answer as far as `past` says; every fact goes through the write door."""
    learning = Learning(profile, shelf, lambda: None)
    for number, installed in enumerate(sorted(shelf.courses(), key=lambda one: not one.course.mandatory)):
        modules = installed.course.modules
        done = past.modules if number == 0 else len(modules) if past.second else 0
        for module in modules[:done]:
            for activity in module.activities:
                _do(learning, shelf, installed.course.key(module, activity), past.wrong)


def _do(learning: Learning, shelf: Shelf, key: str, wrong: int) -> None:
    body = learning.open(key).body
    match body:
        case PagesBody():
            for page in range(1, len(body.names) + 1):
                learning.page_read(key, page, 75 + 11 * page)
        case PdfBody():
            learning.page_read(key, 1, 120)
        case MediaBody():
            learning.watched(key, LENGTH, LENGTH, LENGTH)
        case QuizBody():
            _answer(learning, shelf, key, wrong)
        case _:
            learning.page_read(key, 1, 40)


def _answer(learning: Learning, shelf: Shelf, key: str, wrong: int) -> None:
    found = shelf.find(key)
    if found is None:
        raise LookupError(key)
    installed, _, activity = found
    quiz = read_quiz(key, activity, installed.text(activity.source))
    attempt = learning.quizzing.start(key)
    for at, view in enumerate(attempt.questions):
        answer = "" if at < wrong else right_answer(quiz.questions[view.id])
        learning.quizzing.answer(key, attempt.number, view.id, answer, 14)
    learning.quizzing.finish(key, attempt.number)


def send(profile: Profile, url: str) -> SyncOutcome:
    """Send and fetch once."""
    transport = Transport(url)
    try:
        return deliver(profile, transport, profile.store.clock)
    finally:
        transport.close()
