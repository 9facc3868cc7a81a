"""The page at which a borrowed PC sends a stick's file and takes the answer along."""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from urllib.parse import urlencode

from sync.server.pages.frame import ASKED, page
from sync.server.pages.look import icon
from sync.server.pages.words import Trouble, Words

FIELD, TOKEN = "berkas", "untuk"
ANSWER_NAME = "JAWABAN-PUSAT.suluh"
PAGE, ANSWER = "/kirim", "/kirim/jawaban"
_NAMES_SHOWN = 40


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a file: digests by what happened to their parts, and the answer's token and size.

    `new` is whether any of it was news to the centre.
    """

    stored: int
    lost: Sequence[bytes]
    waits: Sequence[bytes]
    unfit: Sequence[bytes]
    new: bool
    token: str
    size: int

    @property
    def count(self) -> int:
        """How many parts the file was to bring."""
        return self.stored + len(self.lost) + len(self.waits) + len(self.unfit)


def asking(words: Words, trouble: Trouble | None = None, **values: int) -> bytes:
    """Return the page that asks for the file, with what went wrong before where something did."""
    told = "" if trouble is None else _trouble(words, trouble, values)
    action = escape(f"{PAGE}?{urlencode({ASKED: words.language})}", quote=True)
    form = (
        f'<form method="post" action="{action}" enctype="multipart/form-data">'
        f'<p class="hint">{escape(words.choose_where)}</p>'
        f'<input type="file" name="{FIELD}" aria-labelledby="step1" required>'
        f'<button class="button">{icon("courier")}{escape(words.send)}</button>'
        f'</form><p class="hint after">{escape(words.slow)}</p>'
    )
    later = f'<p class="hint">{escape(words.save_later)}</p>'
    return page(
        words,
        f'<h1>{escape(words.title)}</h1><p class="lead">{escape(words.lead)}</p>{told}'
        f"{_step(1, words.choose, form)}{_step(2, words.save, later, later=True)}",
    )


def answering(words: Words, outcome: Outcome) -> bytes:
    """Return the page that says what arrived and hands out the answer."""
    link = escape(f"{ANSWER}?{urlencode({TOKEN: outcome.token, ASKED: words.language})}", quote=True)
    size = escape(_size(outcome.size))
    body = (
        f'<p class="hint">{escape(words.save_where)}</p>'
        f'<p><a class="button" href="{link}" download="{ANSWER_NAME}">{icon("stick")}'
        f"{escape(words.save_button)} ({size})</a></p>"
        f"<p>{escape(words.saved_then)}</p>"
        f'<p class="hint">{escape(words.kept_for)}</p>'
    )
    again = escape(f"{PAGE}?{urlencode({ASKED: words.language})}", quote=True)
    return page(
        words,
        f"<h1>{escape(words.title)}</h1>{_told(words, outcome)}{_step(2, words.save, body)}"
        f'{_names(words, outcome)}<p class="after"><a href="{again}">{escape(words.again)}</a></p>',
        other=False,  # following it would lose the answer
    )


def part_name(digest: bytes) -> str:
    """Return the name under which a part lies in the folder SULUH of the stick."""
    return f"k-{digest.hex()[:16]}"


def _step(number: int, title: str, body: str, *, later: bool = False) -> str:
    kind = "card step later" if later else "card step"
    return (
        f'<section class="{kind}"><span class="number" aria-hidden="true">{number}</span>'
        f'<h2 id="step{number}">{escape(title)}</h2><div class="body">{body}</div></section>'
    )


def _told(words: Words, outcome: Outcome) -> str:
    """Say how much arrived; green only where nothing is left to do."""
    if outcome.stored == outcome.count:
        told = _counted(words.all_new if outcome.new else words.all_known, outcome.count)
        return f'<div class="notice ok" role="status">{icon("received")}<p><b>{told}</b></p></div>'
    head = escape(words.some.format(stored=outcome.stored, count=outcome.count))
    reasons = "".join(
        f"<li>{_counted(pair, len(which))}</li>"
        for pair, which in (
            (words.lost, outcome.lost),
            (words.waits, outcome.waits),
            (words.unfit, outcome.unfit),
        )
        if which
    )
    advice = f'<p class="says">{escape(words.lost_do)}</p>' if outcome.lost else ""
    return (
        f'<div class="notice warn" role="alert">{icon("warning")}<div><p><b>{head}</b></p>'
        f"<ul>{reasons}</ul>{advice}</div></div>"
    )


def _names(words: Words, outcome: Outcome) -> str:
    digests = (*outcome.lost, *outcome.waits, *outcome.unfit)
    if not digests:
        return ""
    shown = ", ".join(part_name(one) for one in digests[:_NAMES_SHOWN])
    rest = " …" if len(digests) > _NAMES_SHOWN else ""
    return (
        f'<details class="after"><summary>{escape(words.names)}</summary><code>{shown}{rest}</code></details>'
    )


def _trouble(words: Words, trouble: Trouble, values: dict[str, int]) -> str:
    says = escape(words.troubles[trouble].format(**values))
    return (
        f'<div class="notice bad" role="alert">{icon("warning")}<div><p><b>{says}</b></p>'
        f'<p class="says">{escape(words.safe)}</p></div></div>'
    )


def _counted(pair: tuple[str, str], count: int) -> str:
    return escape(pair[count != 1].format(count=count))


def _size(size: int) -> str:
    """Write a number of bytes shortly, with the comma that both languages' readers here know."""
    if size < 1_000_000:
        return f"{max(1, round(size / 1000))}\u00a0kB"
    return f"{size / 1_000_000:.1f}\u00a0MB".replace(".", ",")
