"""A stick in memory that can be pulled at any operation, fill up, lie about what it wrote, or be meddled with.

What was synced is on it. Of what was not, any part may be there when it is pulled: a name without its bytes, bytes
torn or zeroed, the old name or the new one, as on a FAT file system whose cache was never written.
"""

import errno
from pathlib import Path

ROOT = Path("/stick")
CLUSTER = 4096


class Inode:
    """A file's bytes as the system shows them, and as they surely lie on the stick."""

    def __init__(self, data=b""):
        self.data, self.sure = data, None


class FaultyStick:
    """Implements the port `sync.client.stick_disk.Disk`. `pull_at` counts operations; `capacity` is in bytes."""

    def __init__(self, dice, capacity=1 << 30):
        self.dice, self.capacity = dice, capacity
        self.live, self.sure = {}, {}
        self.dirs = {ROOT}
        self.operations = 0
        self.pull_at = None
        self.gone = self.read_only = False
        self.bad, self.lies = set(), False
        self.caught_lying = 0
        self.meddled = {}

    # --- the port ----------------------------------------------------------------------------------------

    def files(self, folder):
        self._step()
        if folder not in self.dirs:
            raise OSError(errno.ENOENT, "no such folder")
        return tuple(sorted(path.name for path in self.live if path.parent == folder))

    def folders(self, folder):
        self._step()
        return tuple(sorted(path.name for path in self.dirs if path.parent == folder and path != folder))

    def make_folder(self, path):
        self._step(write=True)
        self.dirs.add(path)

    def write(self, path, data):
        if path in self.live:
            raise OSError(errno.EEXIST, "exists")
        room = self.capacity - self._used()
        self._step(write=True, during=lambda: self._put(path, data[: self.dice.randint(0, len(data))]))
        if len(data) > room:
            self._put(path, data[: max(0, room)])
            raise OSError(errno.ENOSPC, "full")
        self._put(path, data)

    def sync(self, path):
        self._step()
        if path in self.dirs:
            self._sync_names(path)
            return
        inode = self.live[path]
        if self.lies and inode.data and self.dice.random() < 0.5:
            place = self.dice.randrange(len(inode.data))
            inode.data = inode.data[:place] + bytes([inode.data[place] ^ 0x10]) + inode.data[place + 1 :]
            self.caught_lying += 1
        inode.sure = inode.data

    def rename(self, source, target):
        self._step(write=True)
        self.live[target] = self.live.pop(source)

    def read(self, path):
        self._step()
        if path not in self.live:
            raise OSError(errno.ENOENT, "no such file")
        if path in self.bad:
            raise OSError(errno.EIO, "bad sector")
        return self.live[path].data

    def size(self, path):
        self._step()
        if path not in self.live:
            raise OSError(errno.ENOENT, "no such file")
        return len(self.live[path].data)

    def remove(self, path):
        self._step(write=True)
        self.live.pop(path, None)

    def free(self, _root):
        self._step()
        return max(0, self.capacity - self._used())

    def writable(self, _root):
        self._step()
        return not self.read_only

    # --- what happens to it ------------------------------------------------------------------------------

    def pull(self):
        """Pull it out and plug it in again: only what surely lies on it, and any part of the rest, is left."""
        names = {}
        for path in {*self.live, *self.sure}:
            states = [self.live.get(path), self.sure.get(path)]
            chosen = self.dice.choice(states)
            if chosen is not None:
                names[path] = chosen
        image = {path: self._torn(inode) for path, inode in names.items()}
        self.plug(image)

    def settle(self):
        """Everything is written, as when the system ejects it."""
        self.plug({path: inode.data for path, inode in self.live.items()})

    def plug(self, image):
        """Plug in a stick that holds these files, all of them surely."""
        self.live = {}
        for path, data in image.items():
            self._put(path, data)
            self.live[path].sure = data
        self.sure = dict(self.live)
        self.gone, self.pull_at, self.read_only, self.lies = False, None, False, False
        self.bad = set()

    def image(self):
        """What lies on it now."""
        return {path: inode.data for path, inode in self.live.items()}

    def _torn(self, inode):
        if inode.sure == inode.data:
            return inode.data
        kind = self.dice.random()
        if inode.sure is not None and kind < 0.2:
            return inode.sure
        end = self.dice.randint(0, len(inode.data))
        return inode.data[:end] + (bytes(len(inode.data) - end) if kind < 0.6 else b"")

    def _put(self, path, data):
        self.live.setdefault(path, Inode()).data = data

    def _sync_names(self, folder):
        self.sure = {path: inode for path, inode in self.sure.items() if path.parent != folder}
        self.sure |= {path: inode for path, inode in self.live.items() if path.parent == folder}

    def _used(self):
        return sum(-(-len(inode.data) // CLUSTER) * CLUSTER for inode in self.live.values())

    def _step(self, *, write=False, during=None):
        self.operations += 1
        if self.gone or (self.pull_at is not None and self.operations >= self.pull_at):
            if not self.gone and during is not None:
                during()
            self.gone = True
            raise OSError(self.dice.choice((errno.EIO, errno.ENODEV, errno.ENOENT)), "pulled out")
        if write and self.read_only:
            raise OSError(errno.EROFS, "read-only")
