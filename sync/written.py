"""Documents that somebody writes by hand in TOML and the centre signs: read, signed and proven alike."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, Generic, TypeVar

from sync.journal.keys import SIGNATURE_SIZE, SigningKey, VerifyKey
from sync.refusal import Code, Refusal

_SIZE = 64 * 1024
_SAID = 120
"""Letters of a reason: what stands in a file of a stranger is not repeated at length."""
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Written(Generic[T]):
    """One sort of document: `title` names it in refusals, `domain` parts its signatures from all others.

    `made` makes it of what stands in the file, and raises ValueError or KeyError for what does not fit.
    """

    domain: bytes
    title: str
    made: Callable[[Mapping[str, Any]], T]

    def parse(self, data: bytes) -> T:
        """Read a document as it is written. Raises Refusal: TOO_LARGE, or MALFORMED naming what is wrong."""
        if len(data) > _SIZE:
            raise Refusal(Code.TOO_LARGE, size=len(data), limit=_SIZE)
        import tomllib  # noqa: PLC0415 - read once, when somebody asks for what the document says

        cause: Exception
        try:
            return self.made(tomllib.loads(data.decode("utf-8"), parse_float=Decimal))
        except ValueError as fault:
            reason, cause = str(fault), fault
        except KeyError as fault:
            reason, cause = f"missing: {fault.args[0]}", fault
        except (TypeError, AttributeError, RecursionError, ArithmeticError) as fault:
            reason, cause = "a value of another kind", fault
        raise Refusal(Code.MALFORMED, what=self.title, reason=reason[:_SAID]) from cause

    def sign(self, data: bytes, centre: SigningKey) -> bytes:
        """Sign a document as it is written, so that it can travel on a stick too. Raises Refusal for none."""
        self.parse(data)
        return centre.sign(self.domain + data) + data

    def read(self, data: bytes, centre: bytes | None = None) -> T:
        """Read a signed one; with `centre` its signature is checked too, which a centre need not of its own.

        Raises Refusal: SIGNATURE for a forged one, MALFORMED for what is none.
        """
        signature, body = data[:SIGNATURE_SIZE], data[SIGNATURE_SIZE:]
        if centre is not None:
            VerifyKey(centre).verify(signature, self.domain + body)
        return self.parse(body)


def shipped(*place: str) -> bytes:
    """Return a document that lies in the app, by its place under resources: version 0."""
    from importlib.resources import files  # noqa: PLC0415 - as above

    return files("resources").joinpath(*place).read_bytes()


def each_once(names: Collection[str], most: int) -> None:
    """See that there are rows, not too many, and none twice. Raises ValueError."""
    if not 0 < len(names) <= most or len(names) != len(set(names)):
        raise ValueError("rows")


def word(value: object, most: int = _SIZE) -> str:
    """Return words of at most so many letters. Raises ValueError."""
    if not isinstance(value, str) or not value.strip() or len(value) > most:
        raise ValueError(f"not words: {value!r}")
    return value


def whole(value: object, least: int = 0, most: int = (1 << 40) - 1) -> int:
    """Return a whole number within bounds. Raises ValueError."""
    if not isinstance(value, int) or isinstance(value, bool) or not least <= value <= most:
        raise ValueError(f"not a number of {least} to {most}: {value!r}")
    return value


def day(value: object) -> date:
    """Return a day; of a moment its day. Raises ValueError."""
    if not isinstance(value, date):
        raise ValueError(f"not a day: {value!r}")  # noqa: TRY004 - what is said of it is shown
    return date(value.year, value.month, value.day)
