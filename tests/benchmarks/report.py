"""The monthly report of 300 people: seconds and processor seconds of its paper and of its workbook."""

import os
import time
from collections.abc import Callable
from typing import Any
from zoneinfo import ZoneInfo

from desktop.app.desk_report import letter_of
from desktop.office.follow_up import paces_of
from desktop.office.gather import freshness_of
from desktop.office.monthly import monthly
from desktop.office.report import Gathered
from desktop.office.report_xlsx import report_xlsx
from desktop.paper.letter_page import print_letter
from desktop.paper.sheet import Paper, pages_of
from sync.folds.cohort import ComputerRow
from sync.jp_table import shipped_table
from tests.builders.cohort import NOW, invented_rows

PEOPLE = 300
BARS = {"pdf_s": 1.0, "xlsx_s": 0.3}
_ZONE = ZoneInfo("Asia/Jayapura")
_ROUNDS = 5


def run() -> dict[str, Any]:
    """Measure the best of five rounds, after one that loads fonts."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    computers = (ComputerRow(b"1" * 16, "PC Loket 1", 7, NOW),)
    found = Gathered(tuple(invented_rows(PEOPLE)), computers, (), freshness_of(computers, NOW))
    paces = paces_of(shipped_table(), NOW, _ZONE)
    report = monthly(found, paces, (), (), ("BKPSDM Kabupaten Waropen", _ZONE, NOW))
    pdf = print_letter(letter_of(report), Paper.A4)
    measured = {
        "pdf": _best(lambda: print_letter(letter_of(report), Paper.A4)),
        "xlsx": _best(lambda: report_xlsx(report)),
    }
    return {"people": PEOPLE, "pages": pages_of(pdf), "bars": BARS, **measured}


def _best(work: Callable[[], object]) -> dict[str, float]:
    walls, spent = [], []
    for _ in range(_ROUNDS):
        wall, cpu = time.perf_counter(), time.process_time()
        work()
        walls.append(time.perf_counter() - wall)
        spent.append(time.process_time() - cpu)
    return {"seconds": round(min(walls), 3), "processor_s": round(min(spent), 3)}
