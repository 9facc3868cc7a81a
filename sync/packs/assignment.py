"""The rule of an assignment: what is asked for, by when, and the rubric it is marked by."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sync.packs.deadline import deadline_fault, written_deadline
from sync.packs.names import is_id
from sync.refusal import Code, Refusal

MAX_CRITERIA, MAX_POINTS, MAX_FILES, MAX_PEERS = 20, 1000, 10, 5


@dataclass(frozen=True, slots=True)
class Criterion:
    """One line of a rubric: what is looked at, and the most whole points it gives."""

    id: str
    title: str
    about: str
    points: int


@dataclass(frozen=True, slots=True)
class AssignmentRule:
    """How an assignment is marked.

    `deadline` is an ISO day, "" without one: late work is taken and said to be late. `hour` is the time of
    that day with its offset (`12:00+07:00`); "" is the end of the day in the office's time zone. `grace` is
    how many days what was sealed in time may be on its way to the centre, None for any. `markers` is 1 or 2;
    two marks whose totals differ by more than `limit` points go to moderation. `files` is how many files may
    be added. `peers` is how many colleagues review each paper by the same rubric, 0 for none.
    """

    criteria: tuple[Criterion, ...]
    deadline: str = ""
    markers: int = 1
    limit: int = 0
    files: int = 3
    hour: str = ""
    grace: int | None = None
    peers: int = 0

    @property
    def points(self) -> int:
        """The most whole points of the whole rubric."""
        return sum(one.points for one in self.criteria)


def assignment_document(rule: AssignmentRule) -> dict[str, Any]:
    """Turn a rule into the plain values a manifest carries. Inverse of `assignment_of`.

    Hour, grace and peers are there only where they are set: a program from before them reads the rest.
    """
    later: dict[str, Any] = {"hour": rule.hour} if rule.hour else {}
    if rule.grace is not None:
        later["grace"] = rule.grace
    if rule.peers:
        later["peers"] = rule.peers
    return {
        "criteria": [
            {"id": one.id, "title": one.title, "about": one.about, "points": one.points}
            for one in rule.criteria
        ],
        "deadline": rule.deadline,
        "markers": rule.markers,
        "limit": rule.limit,
        "files": rule.files,
        **later,
    }


def assignment_of(document: Mapping[str, Any]) -> AssignmentRule:
    """Read a rule out of a verified manifest. Raises KeyError, TypeError or ValueError."""
    criteria = tuple(
        Criterion(_text(one["id"]), _text(one["title"]), _text(one["about"]), _count(one["points"]))
        for one in document["criteria"]
    )
    rule = AssignmentRule(
        criteria,
        _text(document["deadline"]),
        _count(document["markers"]),
        _count(document["limit"]),
        _count(document["files"]),
        _text(document.get("hour", "")),
        _count(document["grace"]) if "grace" in document else None,
        _count(document.get("peers", 0)),
    )
    if fault := rule_fault(rule):
        raise ValueError(fault)
    return rule


def read_rule(document: Mapping[str, Any], where: str) -> AssignmentRule:
    """Read a rule as an author writes it in course.toml. Raises Refusal SOURCE."""
    try:
        deadline, hour = written_deadline(document.get("deadline", ""))
        rule = AssignmentRule(
            tuple(
                Criterion(one["id"], one["title"], one.get("about", ""), one["points"])
                for one in document.get("criterion", [])
            ),
            deadline,
            document.get("markers", 1),
            document.get("limit", 0),
            document.get("files", 3),
            hour,
            document.get("grace"),
            document.get("peers", 0),
        )
        return assignment_of(assignment_document(rule))
    except (KeyError, TypeError, AttributeError) as fault:
        named = str(fault.args[0]) if isinstance(fault, KeyError) else "criterion"
        raise Refusal(Code.SOURCE, where=where, reason="missing or not text", thing=named) from fault
    except ValueError as fault:
        raise Refusal(Code.SOURCE, where=where, reason="the rubric is not right", thing=str(fault)) from fault


def rule_fault(rule: AssignmentRule) -> str:
    """Return what is wrong with a rule in one word, "" for nothing."""
    if not 0 < len(rule.criteria) <= MAX_CRITERIA or len({one.id for one in rule.criteria}) != len(
        rule.criteria
    ):
        return "criterion"
    if not all(is_id(one.id) and one.title and 0 < one.points <= MAX_POINTS for one in rule.criteria):
        return "criterion"
    if deadline_fault(rule.deadline, rule.hour, rule.grace):
        return "deadline"
    wrong = {
        "markers": rule.markers not in {1, 2},
        "limit": rule.limit > rule.points,
        "files": rule.files > MAX_FILES,
        "peers": rule.peers > MAX_PEERS,
    }
    return next((name for name, is_wrong in wrong.items() if is_wrong), "")


def _text(value: object) -> str:
    if not isinstance(value, str) or len(value) > 4000:
        raise TypeError("text expected")
    return value


def _count(value: object) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value <= 100_000:
        raise TypeError("whole number expected")
    return value
