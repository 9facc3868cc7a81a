"""A learner in a process of their own, at a quiz, until somebody pulls the plug.

The first process imports everything once and then stands aside: for every line on its standard input it makes
a child, which signs in, goes on with the quiz, and answers one question after another. It tells each thing on
standard output, one line each: `pid`, `seen` (what the quiz shows at the start, as JSON), `saved` after an answer
was confirmed, and `gone` when the child is dead. A line that begins with `other` is for who uses the PC meanwhile:
that child tells `other` with what the quiz shows to them, reads a page, and goes home.
"""

import json
import os
import random
import sys
import traceback
from pathlib import Path

from desktop.app.learning import Learning
from desktop.demo.people import LEARNERS, PIN
from desktop.library.index import DeviceIndex
from desktop.library.shelf import Shelf
from desktop.people.profiles import sign_in
from desktop.store.device import Store
from tests.builders.road import QUIZ, READ

LEARNER, OTHER = LEARNERS[6], LEARNERS[2]


def tell(*words):
    """Write one line at once and whole: a line shorter than a page is never torn."""
    os.write(1, (" ".join(map(str, words)) + "\n").encode())


def seated(store, who):
    """Sign in one of the two by the tile."""
    (tile,) = (one for one in store.tiles() if one.nickname == who.nickname)
    profile = sign_in(store, tile.profile, PIN)
    return profile, Learning(profile, Shelf(DeviceIndex(store), store.folders.objects), lambda: None)


def somebody_else(folder):
    """Look at the same quiz, read a page of the course, and sign out."""
    store = Store.open(folder)
    profile, learning = seated(store, OTHER)
    body = learning.quizzing.body(QUIZ)
    learning.page_read(READ, 1, 60)
    kinds = sorted({fact.statement.kind for fact in profile.facts()})
    profile.close()
    store.close()
    tell("other", json.dumps({"running": body.running is not None, "used": body.used, "kinds": kinds}))


def answer_until_killed(folder, seed, fault):
    """Sign in, go on, and answer; every answer says its own number, so that the newest can be told."""
    dice = random.Random(seed)
    store = Store.open(folder)
    profile, learning = seated(store, LEARNER)
    quizzing = learning.quizzing
    used = quizzing.body(QUIZ).used
    attempt = quizzing.start(QUIZ)
    seen = {
        "attempt": attempt.number,
        "used": used,
        "interrupted": attempt.interrupted,
        "questions": [one.id for one in attempt.questions],
        "options": [[option.index for option in one.options] for one in attempt.questions],
        "answers": attempt.answers,
        "left": attempt.left,
        "losses": len(profile.facts(kinds=("quiz.power_loss",))),
        "sound": [
            store.device.query("PRAGMA integrity_check"),
            profile.database.query("PRAGMA integrity_check"),
        ],
    }
    tell("seen", json.dumps(seen))
    newest = max((int(text.split()[-1]) for text in attempt.answers.values()), default=0)
    while True:
        newest += 1
        question = dice.choice(seen["questions"])
        if fault == "early":
            tell("saved", question, newest)
        quizzing.beat(QUIZ, attempt.number)
        quizzing.answer(QUIZ, attempt.number, question, f"jawaban {newest}", 3)
        if fault != "early":
            tell("saved", question, newest)


def main():
    """Make a child for every line that comes."""
    folder, fault = Path(sys.argv[1]), sys.argv[2]
    for line in sys.stdin:
        child = os.fork()
        if child == 0:
            try:
                if line.startswith("other"):
                    somebody_else(folder)
                    os._exit(0)
                answer_until_killed(folder, int(line), fault)
            except Exception:  # noqa: BLE001 - told, and then the child ends like any other
                traceback.print_exc()
            finally:
                os._exit(1)
        tell("pid", child)
        _, status = os.waitpid(child, 0)
        tell("gone", os.waitstatus_to_exitcode(status))


if __name__ == "__main__":
    main()
