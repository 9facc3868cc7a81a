"""Courses that stand on a PC's shelf or in a catalogue, without a pack having to be built and verified."""

import json

from desktop.library.index import DeviceIndex, PackRow
from desktop.store.device import Store
from sync.packs.outline import (
    Activity,
    ActivityKind,
    Completion,
    Course,
    Module,
    course_document,
    version_number,
)


def course(name: str, jp: int, version: str = "1", modules: tuple[str, ...] = ("m1",)) -> Course:
    """Write a course; `jp` in hundredths. Each module is one page to read."""
    made = tuple(
        Module(
            id=one,
            title=one.upper(),
            minutes=10,
            activities=(Activity("a", "Baca", ActivityKind.PAGE, 10, (f"{one}.md",), Completion.READ),),
        )
        for one in modules
    )
    return Course(
        id=name,
        title="Kursus",
        summary="",
        jp=jp,
        version=version,
        publisher="bpsdm",
        mandatory=True,
        modules=made,
    )


def shelve(store: Store, what: Course) -> None:
    """Put a course on the shelf as if its pack had just been verified."""
    manifest = {"signed": {"suluh": {"course": course_document(what)}, "targets": {}}}
    row = PackRow(
        id=what.id,
        version=version_number(what.version),
        digest=f"{what.id} {what.version}",
        signer="bpsdm",
        signer_title="BPSDM",
        signer_key="k",
        manifest=json.dumps(manifest).encode(),
        installed=store.now(),
    )
    DeviceIndex(store).activate(row, ())
