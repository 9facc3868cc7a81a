"""The register of kinds, a module for each thing that statements tell of: a new kind is a row here."""

from sync.journal.register import (
    assignments,
    evidence,
    files,
    hours,
    letters,
    office,
    oversight,
    peers,
    people,
    privacy,
    quizzes,
    study,
)

ROWS = (
    *people.ROWS,
    *office.ROWS,
    *study.ROWS,
    *quizzes.ROWS,
    *assignments.ROWS,
    *peers.ROWS,
    *evidence.ROWS,
    *files.ROWS,
    *hours.ROWS,
    *letters.ROWS,
    *privacy.ROWS,
    *oversight.ROWS,
)
"""Every kind that this program knows."""
