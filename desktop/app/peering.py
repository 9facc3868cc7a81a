"""Peer review wired: colleagues' papers to be read, what they said, and a trainer who gives papers out."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

from desktop.app.rubric import criteria_of, most_of, points_words
from desktop.assessment.assignment import handed
from desktop.assessment.mark_draft import MarkDraft, drop_mark_draft, keep_mark_draft, mark_draft
from desktop.assessment.peers import (
    Circle,
    Given,
    Heard,
    ask_another,
    circles,
    give_out,
    given_here,
    peer_file,
    received,
    review,
)
from desktop.errors import Problem
from desktop.formats import long_day
from desktop.language import tr, trn
from desktop.library.shelf import Shelf
from desktop.screens.assignment_views import CriterionView, FileView, Typed
from desktop.screens.home import EntryView
from desktop.screens.peer_views import (
    CircleView,
    PeerActions,
    PeerPaperView,
    PeerReviewView,
    PeersView,
)
from desktop.store.durable import durable_write
from desktop.store.profile import Profile
from sync.folds.assignments import Rule
from sync.folds.peers import PeerReview
from sync.packs.assignment import AssignmentRule

_OURS = b"sejawat"
"""Under this the drafts of reviews are kept: no person's, so that no draft names one."""


class Peering:
    """Peer review of one signed-in person. Calls block for a moment: keep them off the GUI."""

    def __init__(self, profile: Profile, shelf: Shelf, noted: Callable[[], None]) -> None:
        """`noted` is called, on the thread that recorded, after each record."""
        self._profile, self._shelf, self._noted = profile, shelf, noted

    def actions(self) -> PeerActions:
        """What reviewing asks for."""
        return PeerActions(self.keep, self.send, self.save_file)

    def view(self, key: str, rule: AssignmentRule) -> PeersView | None:
        """Lay out what one assignment asks of this person and has brought; None where it has no peers."""
        papers, came = given_here(self._profile, key), received(self._profile, key)
        if not (rule.peers or papers or came):
            return None
        handed_in = bool(handed(self._profile, key, Rule()).versions)
        names = enumerate(papers, 1)
        return PeersView(
            rule.peers,
            tuple(self._paper(one, rule, tr("Naskah rekan {n}").format(n=at)) for at, one in names),
            reviews_shown(came, rule),
            handed_in,
        )

    def keep(self, paper: bytes, typed: Typed) -> None:
        """Keep a review in work; when this returns a power cut takes nothing of it."""
        draft = MarkDraft(typed.points, typed.comment)
        keep_mark_draft(self._profile, _OURS, paper, draft)

    def send(self, key: str, paper: bytes, typed: Typed) -> PeersView:
        """Give a review. Raises Problem without a word in it."""
        points = tuple((name, 100 * given) for name, given in typed.points)
        review(self._profile, paper, points, typed.comment)
        drop_mark_draft(self._profile, _OURS, paper)
        self._noted()
        found = self._shelf.find(key)
        rule = None if found is None else found[2].assignment
        view = None if rule is None else self.view(key, rule)
        return PeersView(0) if view is None else view

    def save_file(self, digest: bytes, path: str) -> None:
        """Save a file of a colleague's paper. Raises Problem."""
        data = peer_file(self._profile, digest)
        if data is None:
            raise Problem(
                tr("Berkas ini belum lengkap datang."), tr("Bagian sisanya datang dengan data berikutnya.")
            )
        try:
            durable_write(Path(path), data)
        except OSError as fault:
            raise Problem(
                tr("Berkas tidak dapat disimpan di sana."),
                tr("Periksa sisa ruang, atau pilih tempat lain."),
            ) from fault

    def _paper(self, one: Given, rule: AssignmentRule, name: str) -> PeerPaperView:
        paper, sent = one.paper, one.review
        draft = mark_draft(self._profile, _OURS, paper.id)
        points = {} if sent is None else dict(sent.points)
        if draft is not None:
            points = {name: 100 * given for name, given in draft.points}
        comment = "" if sent is None else sent.comment
        return PeerPaperView(
            paper.id,
            name,
            paper.text,
            tuple(FileView(name, digest) for name, digest in paper.files),
            tuple(replace(each, given=points.get(each.id)) for each in criteria_of(rule)),
            comment if draft is None else draft.comment,
            sent is not None,
            draft is not None,
        )


class Sharing:
    """A trainer's side: papers given out, and what came back beside each paper."""

    def __init__(self, profile: Profile, shelf: Shelf, noted: Callable[[], None]) -> None:
        """`noted` is called, on the thread that recorded, after each record."""
        self._profile, self._shelf, self._noted = profile, shelf, noted

    def circles(self) -> tuple[CircleView, ...]:
        """Tell which assignments ask for colleagues, and whether there is something to give out."""
        return tuple(self._circle(one) for one in circles(self._profile, self._wanted))

    def share(self, activity: str) -> str:
        """Give the papers of an activity to colleagues of their authors; says how many. Raises Problem."""
        found = {one.activity: one for one in circles(self._profile, self._wanted)}
        count = give_out(self._profile, found.get(activity, Circle(activity, 0, ())))
        self._noted()
        return trn("{n} naskah dibagikan. Rekan menerimanya dengan data berikutnya.", count).format(n=count)

    def another(self, person: bytes, activity: str) -> str:
        """Give one paper to one more colleague; says so. Raises Problem with nobody left."""
        ask_another(self._profile, person, activity)
        self._noted()
        return tr("Satu rekan lagi diminta. Ia menerimanya dengan data berikutnya.")

    def _circle(self, one: Circle) -> CircleView:
        rule = self._rule(one.activity)
        found = self._shelf.find(one.activity)
        most = 0 if rule is None else rule.peers
        if one.pairs:
            about = tr("{n} dari {m} naskah siap dibagikan, masing-masing kepada {k} rekan tanpa nama.")
        elif one.works < 2:
            about = tr("Menunggu naskah kedua: tidak seorang pun menilai naskahnya sendiri.")
        else:
            about = tr("Semua {m} naskah sudah dibagikan.")
        words = about.format(n=one.fresh, m=one.works, k=min(most, one.works - 1))
        return CircleView(
            one.activity, one.activity if found is None else found[2].title, words, bool(one.pairs)
        )

    def _wanted(self, activity: str) -> int:
        rule = self._rule(activity)
        return 0 if rule is None else rule.peers

    def _rule(self, activity: str) -> AssignmentRule | None:
        found = self._shelf.find(activity)
        return None if found is None else found[2].assignment


def heard_words(heard: Heard | None) -> str:
    """Say how many of those who were asked have answered; nothing waits for who has not."""
    if heard is None:
        return ""
    words = tr("{n} dari {m} rekan sudah menilai.").format(n=len(heard.reviews), m=heard.asked)
    if len(heard.reviews) < heard.asked:
        words += " " + tr("Yang belum datang tidak menahan nilai.")
    return words


def reviews_shown(found: tuple[PeerReview, ...], rule: AssignmentRule | None) -> tuple[PeerReviewView, ...]:
    """Lay reviews out, numbered in an order that tells nothing of who wrote them."""
    return tuple(_shown(one, at, rule) for at, one in enumerate(found, 1))


def _shown(one: PeerReview, at: int, rule: AssignmentRule | None) -> PeerReviewView:
    name = tr("Rekan {n}").format(n=at)
    if rule is None:
        return PeerReviewView(name, points_words(one.total), (), one.comment)
    given = dict(one.points)
    lines: list[CriterionView] = [
        replace(each, given=min(given[each.id], 100 * each.points))
        for each in criteria_of(rule)
        if each.id in given
    ]
    total = sum(each.given or 0 for each in lines)
    words = tr("{kriteria}: {n} dari {m}")
    return PeerReviewView(
        name,
        tr("{n} dari {m}").format(n=points_words(total), m=most_of(rule)),
        tuple(
            words.format(kriteria=each.title, n=points_words(each.given or 0), m=each.points)
            for each in lines
        ),
        one.comment,
    )


def reviews_owed(profile: Profile, shelf: Shelf) -> Iterator[EntryView]:
    """Tell of colleagues' papers that wait for this person, an assignment a line."""
    waiting: dict[str, int] = {}
    for one in given_here(profile):
        if one.review is None:
            waiting[one.paper.activity] = waiting.get(one.paper.activity, 0) + 1
    for activity, count in waiting.items():
        found = shelf.find(activity)
        if found is not None:
            words = trn("{n} naskah rekan menunggu penilaian Anda", count).format(n=count)
            yield EntryView(f"activity:{activity}", "people", words, found[2].title)


def reviews_came(
    profile: Profile, shelf: Shelf, day: Callable[[int], date]
) -> Iterator[tuple[int, EntryView]]:
    """Tell of what colleagues said of the own papers, an assignment a line, with the newest Unix time."""
    told: dict[str, list[PeerReview]] = {}
    for one in received(profile):
        told.setdefault(one.activity, []).append(one)
    for activity, found in told.items():
        installed = shelf.find(activity)
        if installed is None:
            continue
        last = max(one.at for one in found)
        words = trn("{n} rekan menilai {tugas}", len(found)).format(n=len(found), tugas=installed[2].title)
        yield last, EntryView(f"activity:{activity}", "people", words, long_day(day(last)), tint="ok")
