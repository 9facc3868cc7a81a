"""Catatan saya: notes, highlights and bookmarks of one person, sealed to that person's own keys."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from uuid import uuid4

from desktop.people.letters import letters_of
from desktop.store.profile import Profile
from sync.folds.put import Field, Version
from sync.journal.sealing import key_id, recipients_of
from sync.journal.secret_fields import Secret, open_fields, seal_fields
from sync.journal.vouching import Key
from sync.refusal import Code, Refusal

KIND = "note.put"
LIMIT = 4000
"""Letters of a note; what is marked on a page is cut at the same length."""


class Form(StrEnum):
    """What is kept of a place; GONE is one that was taken away."""

    NOTE = "note"
    HIGHLIGHT = "highlight"
    BOOKMARK = "bookmark"
    GONE = "gone"


@dataclass(frozen=True, slots=True)
class Note:
    """One note. `start` and `end` are letters of the page's text, `quote` what stands there.

    `id` is empty for a new one. `others` are texts of it from other PCs that nobody has replaced knowingly;
    `closed` tells that the text was sealed to keys which this PC has not.
    """

    activity: str
    page: int
    start: int = 0
    end: int = 0
    quote: str = ""
    text: str = ""
    form: Form = Form.NOTE
    id: str = ""
    others: tuple[str, ...] = ()
    closed: bool = False
    at: int = 0


class Notes:
    """The notes of a signed-in person; they are opened in memory only. Calls block for a moment."""

    def __init__(self, profile: Profile) -> None:
        self._profile = profile

    def all(self) -> tuple[Note, ...]:
        """List them, newest first. One that was taken away is listed while another version of it stands."""
        found = [self._note(field) for field in self._profile.standing().notes.values()]
        kept = [note for note in found if note.form is not Form.GONE or note.others]
        return tuple(sorted(kept, key=lambda note: (-note.at, note.activity, note.id)))

    def put(self, note: Note) -> None:
        """Keep a note, durably. Raises as `Profile.record` does."""
        name = note.id or uuid4().hex[:12]
        before = self._profile.standing().notes.get((note.activity, name))
        said: dict[str, Secret] = {
            "form": note.form.value,
            "page": note.page,
            "start": note.start,
            "end": note.end,
            "quote": note.quote[:LIMIT],
            "text": note.text[:LIMIT],
        }
        self._profile.record(
            KIND,
            activity=note.activity,
            field=name,
            sealed=seal_fields(KIND, said, readers_of(self._profile)),
            counter=1 if before is None else before.next_counter,
            base=0 if before is None else before.now.counter,
        )

    def remove(self, note: Note) -> None:
        """Take a note away; what another PC wrote of it meanwhile stays to be seen."""
        self.put(replace(note, form=Form.GONE, text="", quote=""))

    def share(self) -> int:
        """Seal again what a PC of the same person, vouched since, cannot open yet; gives how many."""
        wanted = {key_id(one) for one in readers_of(self._profile)}
        short = [
            note
            for field in self._profile.standing().notes.values()
            if not (note := self._note(field)).closed and not wanted <= set(_sealed_to(field.now))
        ]
        for note in short:
            self.put(note)
        return len(short)

    def _note(self, field: Field) -> Note:
        opened = self._open(field.now)
        said = [self._open(one) for one in field.others]
        others = tuple(words for one in said if one is not None and (words := _words(one)))
        if opened is None:
            return Note(field.activity, 1, id=field.field, others=others, closed=True, at=field.now.at)
        form = opened.get("form", Form.NOTE.value)
        return Note(
            field.activity,
            max(1, _number(opened, "page")),
            max(0, _number(opened, "start")),
            max(0, _number(opened, "end")),
            _text(opened, "quote"),
            _text(opened, "text"),
            Form(form) if form in set(Form) else Form.NOTE,
            field.field,
            others,
            at=field.now.at,
        )

    def _open(self, version: Version) -> Mapping[str, Secret] | None:
        for key in letters_of(self._profile):
            try:
                return open_fields(KIND, version.sealed, key)
            except Refusal as refusal:
                if refusal.code is not Code.RECIPIENT:
                    return None
        return None


def readers_of(profile: Profile) -> tuple[bytes, ...]:
    """Tell the letter keys of this person: this PC's first, then those vouched for on other PCs."""
    own, person = profile.keys.letter.public, profile.person
    if not person:
        return (own,)
    known = profile.authority()
    others = set()
    for fact in known.accepted(profile.facts(kinds=("profile.vouched",))):
        said = fact.statement.fields
        holder, signing, letter = said.get("profile"), said.get("signing"), said.get("letter")
        if said.get("person") != person or not isinstance(letter, bytes) or len(letter) != len(own):
            continue
        if not isinstance(holder, bytes) or not isinstance(signing, bytes):
            continue
        if Key(holder, signing) in known.holders:
            others.add(letter)
    return (own, *sorted(others - {own})[:7])


def _sealed_to(version: Version) -> tuple[bytes, ...]:
    try:
        return recipients_of(version.sealed)
    except Refusal:
        return ()


def _words(said: Mapping[str, Secret]) -> str:
    return _text(said, "text") or _text(said, "quote")


def _text(said: Mapping[str, Secret], name: str) -> str:
    value = said.get(name, "")
    return value if isinstance(value, str) else ""


def _number(said: Mapping[str, Secret], name: str) -> int:
    value = said.get(name, 0)
    return value if isinstance(value, int) else 0
