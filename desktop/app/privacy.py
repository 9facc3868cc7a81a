"""The privacy notice wired: shown at sign-in while its newest version is unread, noted once it is read."""

from typing import TYPE_CHECKING

from desktop.errors import Problem
from desktop.people.privacy_notice import PrivacyNotice, note_read, owed_to

if TYPE_CHECKING:
    from desktop.app.session import Session


def tell_privacy(session: "Session") -> None:
    """Show the notice to whoever has not read its newest version; their rooms are open all the same."""
    profile, app = session.profile, session.app

    def show(owed: PrivacyNotice | None) -> None:
        if owed is not None and app.session is session:
            from desktop.screens.privacy_sheet import PrivacySheet  # noqa: PLC0415 - once for each version

            PrivacySheet(app.window, owed, lambda: read(owed.version))

    def read(version: int) -> None:
        app.jobs.write(lambda: note_read(profile, version), lambda _none: session.noted(), failed)

    def failed(problem: Problem) -> None:
        if app.session is session:
            app.window.problem(problem)

    app.jobs.run(lambda: owed_to(profile), show, failed)
