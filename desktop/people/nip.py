"""The NIP as people/ knows it: its rules are in sync/nip.py, where the centre reads rosters by them too."""

from sync.nip import (
    LENGTH,
    NipCheck,
    NipFault,
    NipKind,
    NipWarning,
    birth_of,
    check_nip,
    clean_nip,
    kind_of,
    short_form,
    spaced,
)

__all__ = [
    "LENGTH",
    "NipCheck",
    "NipFault",
    "NipKind",
    "NipWarning",
    "birth_of",
    "check_nip",
    "clean_nip",
    "kind_of",
    "short_form",
    "spaced",
]
