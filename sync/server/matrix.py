"""The authorisation matrix: every route with who may use it. A route without a row is closed."""

from collections.abc import Mapping
from enum import Enum
from typing import NamedTuple


class Caller(Enum):
    """Who asks, told by the key that signed the request; each member says what is asked of the caller."""

    SIGNED = "Whoever signs the request: what is taken and what is answered depends on the key."
    COORDINATOR = "A key vouched for as a coordinator's, for the coordinator's own office."


class Row(NamedTuple):
    """One row: who may call, and the largest body in bytes that is read at all."""

    caller: Caller
    body_limit: int


SYNC = ("POST", "/v1/sync")
COHORT = ("GET", "/v1/reports/cohort")
MATRIX: Mapping[tuple[str, str], Row] = {
    SYNC: Row(Caller.SIGNED, 2 * 1024 * 1024),
    COHORT: Row(Caller.COORDINATOR, 0),
}
