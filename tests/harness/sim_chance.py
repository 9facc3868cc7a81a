"""Chance in a simulated world: every random byte of Python comes from one seed, so that a schedule can be replayed."""

import contextlib
import os
import random

from sync.journal.keys import LetterKey, SigningKey


@contextlib.contextmanager
def chance(seed):
    """Draw ids, nonces and keys from `seed`. What the crypto library draws by itself decides no outcome."""
    dice = random.Random(seed)
    with contextlib.ExitStack() as stack:
        for place, name, drawn in (
            (os, "urandom", dice.randbytes),
            (random, "_urandom", dice.randbytes),  # under `secrets`
            (SigningKey, "generate", lambda: SigningKey(dice.randbytes(32))),
            (LetterKey, "generate", lambda: LetterKey(dice.randbytes(32))),
        ):
            before = place.__dict__[name]
            stack.callback(setattr, place, name, before)
            setattr(place, name, drawn)
        yield
