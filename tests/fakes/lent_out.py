"""Trainers lent to other offices, as the card of Akun & PIN shows them; what is proposed is kept in a list."""

from datetime import date

from desktop.screens.lending_card import LendingActions, LendingLine, LendingView

TODAY = date(2026, 11, 25)
TRAINERS = (("aa" * 16, "Tono Wijaya"), ("bb" * 16, "Tuti Sapari"))
LINES = (
    LendingLine("Tono Wijaya untuk Kantor Distrik Waropen", "Sampai 4 Desember 2026, 9 hari lagi.", "warn"),
    LendingLine(
        "Tuti Sapari untuk Dinas Kesehatan Kabupaten", "Sampai 31 Maret 2027. Menunggu pusat.", "muted"
    ),
)


def lending(jobs, proposed, said, lines=LINES, trainers=TRAINERS):
    """What the card needs."""
    view = LendingView(lines, trainers, TODAY)
    return LendingActions(lambda: view, lambda *what: proposed.append(what), said.append, jobs)
