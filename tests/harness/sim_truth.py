"""Whether what a PC tells of a piece of work is true at this moment: who has it, and that nobody claims more."""

from desktop.store.custody import Whereabouts
from desktop.store.post import Post


def checked(life, name):
    """Compare what a PC tells of what was stated on it with who really has it; gives what is not so.

    What the centre once had counts as had: a copy that was put back may lack it until the PC has heard so.
    """
    store = life.world.pcs[name].store
    for digest, span in store.handed._rows():  # a PC whose clock was in 2038 forgets what it has handed out
        life.handed.setdefault(digest, set()).add(span)
    mine = [key for key in life.made_on[name] if key in life.said]
    if not mine:
        return []
    post = Post(store)
    told = post.chains([(log, seq) for log, seq, _ in mine])
    kept, carried = life.kept_ever(), None
    wrong = []
    for log, seq, digest in mine:
        where = told[log, seq].whereabouts
        if where is Whereabouts.HERE or (log, seq, digest) in kept or life.is_void((log, seq, digest)):
            continue
        if where is Whereabouts.CENTRE:
            wrong.append(f"told to be at the centre: {log:x}/{seq} of {name}")
            continue
        carried = carried_anywhere(life) if carried is None else carried
        if not any(_holds(span, log, seq) for part in carried for span in life.handed.get(part, ())):
            wrong.append(f"told to be carried: {log:x}/{seq} of {name}")
    return wrong


def carried_anywhere(life):
    """The digests of all parts that a desk or the hub carries, or did before it was given an older backup."""
    desks = (one.digest for pc in life.world.pcs.values() for one in pc.store.carried.list())
    return life.carried_before | set(desks) | life.world.hub.carried()


def _holds(span, log, seq):
    return span.log == log and span.first <= seq <= span.last
