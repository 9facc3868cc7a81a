"""A deadline in words: until when in the learner's own zone, and what counts after handing in."""

from zoneinfo import ZoneInfo

from desktop.formats import clock_time, long_day, moment_of
from desktop.language import tr
from sync.folds.deadlines import Deadline, Judged, Timing, Trace
from sync.packs.assignment import AssignmentRule
from sync.packs.deadline import end_of


def deadline_of(rule: AssignmentRule | None, zone: ZoneInfo) -> Deadline | None:
    """Give the deadline of an assignment; a day alone lasts until its end in the office's zone."""
    if rule is None or not rule.deadline:
        return None
    return Deadline(end_of(rule.deadline, rule.hour, zone), rule.grace)


def deadline_words(rule: AssignmentRule, zone: ZoneInfo) -> str:
    """Say until when, in the zone of who reads it; empty without a deadline."""
    deadline = deadline_of(rule, zone)
    if deadline is None:
        return ""
    return moment_words(deadline.end, zone) if rule.hour else day_words(deadline.end, zone)


def moment_words(at: int, zone: ZoneInfo) -> str:
    """`15 April 2026 pukul 20.00 WIT`."""
    here = moment_of(at, zone)
    return tr("{tgl} pukul {jam}").format(tgl=long_day(here.date()), jam=clock_time(here, zone.key))


def day_words(at: int, zone: ZoneInfo) -> str:
    """`15 April 2026`."""
    return long_day(moment_of(at, zone).date())


def promise_words(deadline: Deadline, zone: ZoneInfo) -> str:
    """Say before handing in what will count."""
    late = tr("Terlambat pun tetap diterima, dan dicatat terlambat.")
    if deadline.until is None:
        return late
    road = tr("Yang dihitung waktu dikumpulkan di komputer ini; di pusat paling lambat {tgl}.")
    return f"{road.format(tgl=day_words(deadline.until, zone))} {late}"


def counts_words(judged: Judged, deadline: Deadline, zone: ZoneInfo) -> str:
    """Say after handing in what counts, and by which evidence."""
    trace = judged.trace
    if judged.decision is not None and judged.timing is not Timing.ON_TIME:
        words = (
            tr("Diputuskan tepat waktu: {alasan}")
            if judged.counts is Timing.ON_TIME
            else tr("Diputuskan terlambat; tetap diterima: {alasan}")
        )
        return words.format(alasan=judged.decision.reason)
    sealed = tr("Disegel {saat}.").format(saat=moment_words(trace.at, zone))
    if trace.doubted:
        sealed = tr("Jam komputer ini diragukan saat tugas disegel.")
    return f"{sealed} {_timing_words(judged, deadline, zone)}"


def _timing_words(judged: Judged, deadline: Deadline, zone: ZoneInfo) -> str:
    match judged.timing:
        case Timing.ON_TIME:
            words = tr("Tepat waktu: batasnya {saat}.").format(saat=moment_words(deadline.end, zone))
            if not judged.trace.received or deadline.until is None:
                return words
            came = tr("Sampai di pusat {tgl}.").format(tgl=day_words(judged.trace.received, zone))
            return f"{words} {came}"
        case Timing.LATE if judged.clock_alone:
            return tr(
                "Lewat batas waktu menurut jam komputer ini; tetap diterima. "
                "Bila jamnya terlalu maju, beri tahu koordinator atau penilai."
            )
        case Timing.LATE:
            return tr("Lewat batas waktu; tetap diterima.")
        case Timing.ON_THE_WAY:
            until = day_words(deadline.until or deadline.end, zone)
            return tr("Tepat waktu bila sampai di pusat paling lambat {tgl}.").format(tgl=until)
        case Timing.PERSON:
            return tr(
                "Waktunya diperiksa koordinator atau penilai; sampai diputuskan tidak dicatat terlambat."
            )


def evidence_lines(trace: Trace, deadline: Deadline, zone: ZoneInfo) -> tuple[tuple[str, str], ...]:
    """List the evidence for who decides, as pairs of what and when."""
    said = moment_words(trace.at if trace.fixed else trace.said or trace.at, zone)
    clock = tr("diperbaiki pusat") if trace.fixed else tr("jamnya diragukan") if trace.doubted else ""
    lines = [
        (tr("Batas waktu"), moment_words(deadline.end, zone)),
        (tr("Disegel menurut komputernya"), f"{said} ({clock})" if clock else said),
        (tr("Tanda waktu sebelumnya"), _known(trace.earliest, zone)),
        (tr("Terkumpul di meja koordinator"), _known(trace.collected, zone)),
        (tr("Sampai di pusat"), _known(trace.received, zone)),
    ]
    if deadline.until is not None:
        lines.append(
            (tr("Masa tenggang perjalanan"), tr("sampai {tgl}").format(tgl=day_words(deadline.until, zone)))
        )
    return tuple(lines)


def _known(at: int, zone: ZoneInfo) -> str:
    return moment_words(at, zone) if at else tr("tidak diketahui")
