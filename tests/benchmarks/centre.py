"""The centre under load: syncs a second, bytes on disk a sync, and how long a cohort report takes."""

import json
import resource
import secrets
import subprocess
import sys
import tempfile
import time
import uuid
from pathlib import Path

import msgspec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from sqlalchemy import Connection, insert, select

from sync.bundle import SyncRequest, encode_request
from sync.folds.cohort import CohortRow, CohortState
from sync.journal.keys import SigningKey
from sync.journal.segment import encode_segment
from sync.officefile_codes import enrolment_proof
from sync.server.database import Database, open_database
from sync.server.home import Home
from sync.server.reports import cohort_report, office_named
from sync.server.standings import FOREVER, Stood, folded, keep, pack, set_aside
from sync.server.tables import office, person, standing
from tests.benchmarks.recorded import Learner
from tests.builders.centre import CentreProcess, Line, Office, Pc, make_office
from tests.builders.postgres import postgres_database

STATEMENTS = 30
PEOPLE = 250
SYNCS = 12_000
WARM = 1_000


def run(syncs: int = SYNCS) -> dict[str, object]:
    """Measure all, on SQLite and on PostgreSQL; two to three minutes. Bars: bars.md, "Centre"."""
    with postgres_database() as address:
        return {"sqlite": _measured("", syncs), "postgresql": _measured(address, syncs)}


def _measured(address: str, syncs: int) -> dict[str, object]:
    with tempfile.TemporaryDirectory() as folder:
        home = Home(Path(folder) / "pusat", address)
        found = make_office(home, Path(folder) / "kantor", _roster(PEOPLE), "Kantor Uji")
        load = _load(home, found, syncs, Path(folder))
        with open_database(home) as database:
            reports = _reports(database)
    return {"load": load, "reports": reports}


def _roster(people: int) -> str:
    lines = ["NIP;Nama;Unit;Peran", "198609262015051001;Koordinator Uji;Distrik;koordinator"]
    lines += [
        f"19900412201505{1 + n // 999}{n % 999 + 1:03d};Peserta {n};Distrik;peserta" for n in range(people)
    ]
    return "\n".join(lines)


def _load(home: Home, found: Office, syncs: int, folder: Path) -> dict[str, object]:
    """Enrol everybody, prepare the requests, and let the generator loose."""
    nips = [f"19900412201505{1 + n // 999}{n % 999 + 1:03d}" for n in range(PEOPLE)]
    centre = CentreProcess(home)
    learners = []
    with Line(centre.port) as line:
        for number, nip in enumerate(nips):
            learner = Learner(number)
            pc = Pc(found.file.header.centre, signing=learner.key, profile=learner.profile, pc=learner.pc)
            pc.opens(found.entry(nip).person, enrolment_proof(found.codes[nip], learner.key.public))
            pc.syncs(line)
            learners.append((learner, pc))
        for _, pc in learners:
            pc.fetches(line)
    bodies = []
    size = 0
    for number in range(syncs + WARM):
        learner, pc = learners[number % PEOPLE]
        segment = encode_segment([learner.session(STATEMENTS)], learner.key)
        size += len(segment)
        asks = SyncRequest(
            learner.profile,
            learner.key.public,
            pc.cursors,
            pc.versions,
            (segment,),
            (),
            int(time.time()),
            secrets.token_bytes(8),
        )
        bodies.append(encode_request(asks, learner.key))
    _generate(centre.port, bodies[:WARM], folder)
    before, used = _disk(home), _cpu(centre.process.pid)
    told = _generate(centre.port, bodies[WARM:], folder)
    cpu = _cpu(centre.process.pid) - used
    floor = _signatures()
    errors = centre.stop().err
    grown = _disk(home) - before
    assert not told["bad"], errors
    return {
        "syncs": syncs,
        "statements_a_sync": STATEMENTS,
        "syncs_a_second": round(syncs / told["seconds"]),
        "median_ms": round(told["median_ms"], 1),
        "p99_ms": round(told["p99_ms"], 1),
        "request_bytes": round(sum(map(len, bodies)) / len(bodies)),
        "segment_bytes": round(size / len(bodies)),
        "reply_bytes_with_headers": round(told["received"] / syncs),
        "disk_bytes_a_sync": round(grown / syncs),
        "server_cpu_us_a_sync": round(cpu / syncs * 1e6),
        "signatures_us_a_sync": round(floor * 1e6),
        "server_cpu_over_signatures": round(cpu / syncs / floor, 2),
        "generator_cpu_us_a_sync": round(told["own_cpu"] / syncs * 1e6),
    }


def _signatures(rounds: int = 2_000) -> float:
    """CPU seconds of the two signatures no sync can do without: one checked, one made."""
    key = SigningKey.generate()
    message, public = bytes(430), Ed25519PublicKey.from_public_bytes(key.public)
    signed = key.sign(message)
    began = time.process_time()
    for _ in range(rounds):
        public.verify(signed, message)
        key.sign(message)
    return (time.process_time() - began) / rounds


def _generate(port: int, bodies: list[bytes], folder: Path) -> dict[str, float]:
    prepared = folder / "bodies"
    prepared.write_bytes(msgspec.msgpack.encode(bodies))
    arguments = [sys.executable, "-m", "tests.benchmarks.load", str(port), str(prepared)]
    told: dict[str, float] = json.loads(subprocess.run(arguments, check=True, capture_output=True).stdout)
    return told


def _disk(home: Home) -> int:
    """Bytes of the database, its log folded in and dead rows taken out, as the server does by itself."""
    with open_database(home) as database, database.reading() as connection:
        if home.url:
            database.fold_log()
            return int(connection.exec_driver_sql("SELECT pg_database_size(current_database())").scalar_one())
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar_one()
        return int(pages) * int(connection.exec_driver_sql("PRAGMA page_size").scalar_one())


def _cpu(pid: int) -> float:
    """CPU seconds a process has used, on Linux; elsewhere nothing is told."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rsplit(") ", 1)[1].split()
    except OSError:
        return 0.0
    return (int(fields[11]) + int(fields[12])) / 100


def _reports(database: Database) -> dict[str, object]:
    """Time the report of an office whose history came by sync, and of a district of 30,000 kept rows."""
    now = int(time.time())
    with database.writing() as connection:
        set_aside(connection, now)
        began = time.process_time()
        more = True
        while more:
            rows, more = folded(connection, now, 50)
            keep(connection, rows)
        folding = time.process_time() - began
        _district(connection, 300, now)
        _district(connection, 30_000, now)
    found: dict[str, object] = {"folding_cpu_ms_a_person": round(folding / (PEOPLE + 1) * 1000, 1)}
    for people in (300, 30_000):
        times, busy = [], []
        for _ in range(5):
            with database.reading() as connection:
                key = office_named(connection, f"Distrik {people}")
                began, used = time.perf_counter(), time.process_time()
                report = cohort_report(connection, key, now)
                times.append((time.perf_counter() - began) * 1000)
                busy.append((time.process_time() - used) * 1000)
            assert len(report.rows) == people
        found[f"report_{people}_ms"] = round(sorted(times)[2], 1)
        found[f"report_{people}_cpu_ms"] = round(sorted(busy)[2], 1)
    found["rss_mb"] = round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)
    return found


def _district(connection: Connection, people: int, now: int) -> None:
    """Put a district with kept rows into the database: what folding would have left there."""
    values = {"uuid": uuid.uuid4().bytes, "name": f"Distrik {people}", "zone": "Asia/Jayapura", "version": 1}
    connection.execute(insert(office).values(**values, file=b"", keys=b""))
    key = connection.execute(select(office.c.id).where(office.c.name == values["name"])).scalar_one()
    uuids = [uuid.uuid4().bytes for _ in range(people)]
    rows = [
        {
            "uuid": one,
            "office": key,
            "name": f"Peserta Nomor {n}",
            "unit": f"Unit {n % 40}",
            "role": "learner",
            "nips": b"\x90",
            "verifier": b"",
            "coordinator": None,
        }
        for n, one in enumerate(uuids)
    ]
    connection.execute(insert(person), rows)
    numbers = connection.execute(select(person.c.id, person.c.uuid).where(person.c.office == key)).all()
    kept = []
    for number, one in numbers:
        pcs = (secrets.token_bytes(16), secrets.token_bytes(16))
        row = CohortRow(
            one, f"Peserta {number}", "1001", f"Unit {number % 40}", "learner",
            CohortState.SEDANG_BERJALAN, 600, 600, 3, 5, 8500, now - 500, now - 400, pcs,
        )  # fmt: skip
        stood = Stood(row, dict.fromkeys(pcs, now - 400))
        kept.append({"person": number, "office": key, "until": FOREVER, "row": pack(stood)})
    connection.execute(insert(standing), kept)
