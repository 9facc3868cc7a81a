"""Which player opens which kind of activity; each is loaded when it is first needed."""

from __future__ import annotations

from collections.abc import Callable

from desktop.background.jobs import Jobs
from desktop.screens.activity_player import Player
from desktop.screens.assignment_views import AssignmentBody
from desktop.screens.desk_views import NotePad
from desktop.screens.learning_views import (
    ActivityView,
    ImageBody,
    LearningActions,
    MediaBody,
    PagesBody,
    PdfBody,
    QuizBody,
)
from desktop.screens.resume_point import ResumePoint, read_point
from sync.packs.outline import ActivityKind


def _pad(activity: str, actions: LearningActions) -> NotePad | None:
    """Give a reader what it needs to keep notes, where notes are kept."""
    return None if actions.desk is None else NotePad(activity, actions.desk)


def make_player(
    view: ActivityView, actions: LearningActions, keep: Callable[[ResumePoint], None], jobs: Jobs
) -> Player:
    """Build the player of an activity at the place where it was left."""
    point = read_point(view.draft)

    def read(page: int, seconds: int) -> bool:
        return actions.record_page_read(view.id, page, seconds)

    def watched(second: int, seconds: int, length: int) -> bool:
        return actions.record_watched(view.id, second, seconds, length)

    match view.body:
        case PagesBody():
            from desktop.screens.reader import Reader  # noqa: PLC0415  # each player when it is needed

            return Reader(view.body, point, read, keep, jobs, _pad(view.id, actions))
        case PdfBody():
            from desktop.screens.pdf_page import PdfPage  # noqa: PLC0415  # QtPdf

            return PdfPage(view.body, point, read, keep, jobs)
        case ImageBody():
            from desktop.screens.image_page import ImagePage  # noqa: PLC0415

            return ImagePage(view.body, read, jobs)
        case MediaBody():
            from desktop.screens.media import Media  # noqa: PLC0415  # QtMultimedia

            film = view.kind is ActivityKind.VIDEO
            return Media(view.body, point, watched, keep, jobs, film=film)
        case AssignmentBody():
            from desktop.screens.assignment import Assignment  # noqa: PLC0415

            if actions.assignment is None:
                raise TypeError("nobody keeps an assignment here")
            return Assignment(view.id, view.body, actions.assignment, jobs)
        case QuizBody():
            raise TypeError("a quiz has a frame of its own")
