"""Reads a workbook from its standard input and writes its cells as JSON: a program of its own, limited.

It is run as `python -I -S roster_child.py FOLDER...`, with the folders from which it may import. A workbook
comes from anybody's stick, so whatever it does ends this process, not the desk.
"""

import io
import json
import sys
import zipfile
from datetime import date, datetime

SHEETS, ROWS, COLUMNS, LETTERS = 5, 30_100, 64, 300
UNPACKED = 96 * 1024 * 1024
"""Bytes that a workbook may unpack to: thirty thousand people take a third of it."""


def main(folders: list[str]) -> int:
    """Read, limited; 0 and JSON, or 1 and the name of what was wrong."""
    sys.path += folders
    from openpyxl import load_workbook  # noqa: PLC0415 - found in the folders given

    from sync.packs.archive import limit_self  # noqa: PLC0415 - as above

    limit_self()
    try:
        data = sys.stdin.buffer.read()
        _judge(data)
        book = load_workbook(io.BytesIO(data), read_only=True, data_only=True, keep_links=False)
        found = [_rows(sheet) for sheet in book.worksheets[:SHEETS]]
    except Exception as fault:  # noqa: BLE001 - the library raises whatever a broken file makes it
        sys.stdout.write(type(fault).__name__)
        return 1
    sys.stdout.buffer.write(json.dumps(found).encode())
    return 0


def _judge(data: bytes) -> None:
    """Raise where a workbook would unpack to more than can be meant."""
    with zipfile.ZipFile(io.BytesIO(data)) as packed:
        entries = packed.infolist()
    if len(entries) > 2_000 or sum(entry.file_size for entry in entries) > UNPACKED:
        raise MemoryError


def _rows(sheet: object) -> list[list[object]]:
    """Give the filled rows with their numbers as the spreadsheet shows them."""
    rows = sheet.iter_rows(max_row=ROWS, max_col=COLUMNS, values_only=True)  # type: ignore[attr-defined]
    found: list[list[object]] = []
    for number, row in enumerate(rows, 1):
        cells = [_text(value) for value in row]
        if any(cells):
            found.append([number, cells])
    return found


def _text(value: object) -> str:
    """Write a cell as the clerk would; a number too long for a spreadsheet shows that it was cut."""
    if value is None:
        return ""
    if isinstance(value, datetime | date):
        return value.isoformat()[:10]
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else f"{value:.14E}"
    return " ".join(str(value).split())[:LETTERS]


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
