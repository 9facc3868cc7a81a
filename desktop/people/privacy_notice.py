"""The privacy notice: its versions as they lie in resources/, and which of them somebody has read."""

import json
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from desktop.language import language
from desktop.store.facts import Scope
from desktop.store.profile import Profile
from sync.folds.notices import READ, Reading, readings

FOLDER = Path(__file__).resolve().parents[2] / "resources" / "privacy"
"""`versions.json` lists the versions; each has a text in every language, never changed afterwards."""


@dataclass(frozen=True, slots=True)
class PrivacyNotice:
    """One version of the notice: its number, the day from which it holds, and its Markdown."""

    version: int
    day: date
    text: str


def newest_notice() -> PrivacyNotice:
    """Give the version that holds now, in the language in use."""
    listed = json.loads((FOLDER / "versions.json").read_text("utf-8"))
    last = max(listed, key=lambda one: int(one["version"]))
    version = int(last["version"])
    text = (FOLDER / f"{version}.{language()}.md").read_text("utf-8")
    return PrivacyNotice(version, date.fromisoformat(last["day"]), text)


def read_by(profile: Profile) -> tuple[Reading, ...]:
    """List what this person has read, the newest version first, also what they read at other PCs."""
    here = profile.facts(Scope.OWN, kinds=(READ,))
    elsewhere = profile.facts(Scope.PERSON, kinds=(READ,))
    return readings((*here, *(profile.authority().accepted(elsewhere) if elsewhere else ())))


def owed_to(profile: Profile) -> PrivacyNotice | None:
    """Give the newest version if this person has not read it yet.

    Whoever read a version still newer, at a PC with a newer program, is owed nothing here.
    """
    notice, read = newest_notice(), read_by(profile)
    return notice if not read or read[0].version < notice.version else None


def note_read(profile: Profile, version: int) -> None:
    """State that this person has read a version; stated once, however often it is read."""
    if all(one.version != version for one in read_by(profile)):
        profile.record(READ, version=version)
