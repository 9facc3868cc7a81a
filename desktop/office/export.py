"""The report as a file for Excel and as text for the clipboard, safe to open and with nothing made up."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from desktop.formats import moment_of
from desktop.language import tr
from desktop.office.report import DeskRow
from sync.folds.cohort import CohortState
from sync.nip import spaced
from sync.score import shown

_SEPARATOR = ";"
_DANGEROUS = ("=", "+", "-", "@", "\t", "\r")


def state_words(state: CohortState) -> str:
    """Give the words of a state, as the table and the file have them."""
    words: Mapping[CohortState, str] = {
        CohortState.BELUM_ADA_DATA: tr("Belum ada data"),
        CohortState.MENUNGGU_VERIFIKASI: tr("Menunggu verifikasi"),
        CohortState.BELUM_MULAI: tr("Belum mulai"),
        CohortState.SEDANG_BERJALAN: tr("Sedang berjalan"),
        CohortState.TIDAK_AKTIF: tr("14 hari tidak aktif"),
        CohortState.SELESAI: tr("Selesai"),
    }
    return words[state]


@dataclass(frozen=True, slots=True)
class Column:
    """A column of file and clipboard: its head and what stands under it."""

    head: str
    say: Callable[[DeskRow], str]


def columns(zone: ZoneInfo, year: int) -> tuple[Column, ...]:
    """List the columns; `year` is the one whose JP are counted. What is not known stays empty, never 0."""
    none = tr("belum ada data")

    def day(at: int | None) -> str:
        return "" if at is None else moment_of(at, zone).strftime("%d/%m/%Y")

    return (
        Column(tr("Nama"), lambda one: one.row.name),
        Column(tr("NIP"), lambda one: spaced(one.nip) if one.nip else ""),
        Column(tr("Unit kerja"), lambda one: one.row.unit),
        Column(tr("Modul wajib selesai"), lambda one: _count(one.row.modules_done, none)),
        Column(tr("Modul wajib"), lambda one: str(one.row.modules_total)),
        Column(tr("JP {tahun}").format(tahun=year), lambda one: _hundredths(one.row.jp, none)),
        Column(tr("JP menunggu"), lambda one: _hundredths(one.row.jp_claimed, none)),
        Column(tr("Nilai terakhir"), lambda one: _score(one.row.last_score)),
        Column(tr("Keadaan"), lambda one: state_words(one.row.state)),
        Column(tr("Terakhir belajar"), lambda one: day(one.row.last_active)),
        Column(tr("Data per"), lambda one: day(one.row.as_of)),
    )


def csv_bytes(rows: Iterable[DeskRow], chosen: Sequence[Column]) -> bytes:
    """Write the file that Excel opens with a double click.

    UTF-8 with its mark, so that names keep their signs; semicolons and decimal commas, which an Indonesian
    Excel expects whatever language Suluh speaks; NIP in its groups, which no Excel takes for a number.
    """
    lines = [[column.head for column in chosen]]
    lines += [[safe(column.say(one)) for column in chosen] for one in rows]
    text = "".join(_SEPARATOR.join(map(_quoted, line)) + "\r\n" for line in lines)
    return "\ufeff".encode() + text.encode()


def clipboard_text(rows: Iterable[DeskRow], chosen: Sequence[Column]) -> str:
    """Write rows for pasting into a sheet: tabs between cells, one line a row, heads first."""
    lines = ["\t".join(column.head for column in chosen)]
    lines += ["\t".join(safe(column.say(one)).replace("\t", " ") for column in chosen) for one in rows]
    return "\n".join(" ".join(line.splitlines()) for line in lines)


def safe(cell: str) -> str:
    """Disarm what a spreadsheet would run: a name may have been typed by anybody."""
    return f"'{cell}" if cell.lstrip(" \u00a0").startswith(_DANGEROUS) else cell


def _quoted(cell: str) -> str:
    if any(sign in cell for sign in (_SEPARATOR, '"', "\n", "\r")):
        return '"' + cell.replace('"', '""') + '"'
    return cell


def _count(value: int | None, none: str) -> str:
    return none if value is None else str(value)


def _score(value: int | None) -> str:
    return "" if value is None else _hundredths(shown(value), "")


def _hundredths(value: int | None, none: str) -> str:
    if value is None:
        return none
    whole, part = divmod(value, 100)
    return f"{whole},{part:02}".rstrip("0").rstrip(",") if part else str(whole)
