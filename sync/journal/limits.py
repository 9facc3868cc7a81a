"""How large anything from outside may be before it is refused unread."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """Hard limits of one decoder; sizes in bytes."""

    size: int  # of the whole thing as it came
    raw: int  # of its columns after decompression
    statements: int
    cells: int  # statements times fields, and entries of all lists in one column
    runs: int
    shapes: int = 256
    fields: int = 64  # of one shape
    name: int = 64  # of a kind or a field, in UTF-8
    table: int = 4096  # entries in a table of profiles, PCs, boots or signers


SEGMENT = Limits(size=1 << 20, raw=4 << 20, statements=16_384, cells=262_144, runs=2_048)
PIECE = Limits(size=4 << 20, raw=16 << 20, statements=65_536, cells=1 << 20, runs=16_384)
