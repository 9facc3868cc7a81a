"""What a disk may hold after a power cut: built from the system calls a real process made, as strace saw them.

Everything that was synced is on the disk. Of what was not synced any part may be there, in any order, torn at
sector boundaries; a file may have grown without its bytes; a name that was not synced may be missing, or a deleted
one be back.
"""

import re
import shutil
import subprocess
from pathlib import Path

SECTOR = 512
CALLS = "openat,pwrite64,write,ftruncate,fsync,fdatasync,syncfs,unlink,unlinkat,rename"
_CALL = re.compile(r"^\d+ +(\w+)\((.*)\) += (-?\d+)")
_STRING = re.compile(r'"((?:\\x[0-9a-f]{2})*)"')
_FILE = re.compile(r"^(?:AT_FDCWD|\d+)<((?:\\x[0-9a-f]{2})*)>")


def can_trace():
    """Tell whether this machine has strace and lets it look at a process."""
    if shutil.which("strace") is None:
        return False
    return (
        subprocess.run(["strace", "-o", "/dev/null", "true"], capture_output=True, check=False).returncode
        == 0
    )


def traced(command, folder, log, env=None):
    """Run a command under strace; gives what it did to files in `folder`, in order."""
    words = ["strace", "-f", "-y", "-xx", "-s", "1000000", "-e", f"trace={CALLS}", "-o", str(log), *command]
    done = subprocess.run(words, capture_output=True, text=True, check=False, env=env)
    if done.returncode != 0:
        raise RuntimeError(done.stderr[-2000:])
    with log.open(encoding="ascii", errors="replace") as lines:
        return [step for step in (_step(line, folder) for line in lines) if step]


def _step(line, folder):
    found = _CALL.match(line)
    if found is None or int(found[3]) < 0:
        return None
    call, words = found[1], found[2]
    strings = [bytes.fromhex(text.replace("\\x", "")) for text in _STRING.findall(words)]
    held = _FILE.match(words)
    path = Path(bytes.fromhex(held[1].replace("\\x", "")).decode()) if held else Path("/")
    if call in {"openat", "unlinkat"}:
        path /= strings[0].decode()
    elif call in {"unlink", "rename"}:
        path = Path(strings[0].decode())
    if path != folder and not path.is_relative_to(folder):
        return None
    name = path.relative_to(folder).as_posix()
    if call == "openat":
        return ("create", name) if "O_CREAT" in words else None
    if call in {"unlink", "unlinkat"}:
        return None if "AT_REMOVEDIR" in words else ("unlink", name)
    if call == "rename":
        return ("rename", name, Path(strings[1].decode()).relative_to(folder).as_posix())
    if call in {"fsync", "fdatasync", "syncfs"}:
        return ("everything",) if call == "syncfs" else ("sync", name)
    if call == "ftruncate":
        return ("cut", name, int(words.rsplit(",", 1)[1]))
    offset = int(words.rsplit(",", 1)[1]) if call == "pwrite64" else None
    return ("write", name, offset, strings[0])


class Disk:
    """The files below one folder: what is surely on the disk, and what only the cache knows."""

    def __init__(self, folder):
        files = [path for path in folder.rglob("*") if path.is_file()]
        self.sure = {path.relative_to(folder).as_posix(): bytearray(path.read_bytes()) for path in files}
        self.names = set(self.sure)
        self.gone = {}
        self.loose = {}
        self.size = {name: len(data) for name, data in self.sure.items()}

    def feed(self, step):
        """Do one step of the process."""
        what, *rest = step
        name = rest[0] if rest else ""
        if what == "create":
            self.sure.setdefault(name, bytearray())
            self.size.setdefault(name, 0)
        elif what == "write":
            _, offset, data = rest
            offset = self.size[name] if offset is None else offset
            self.size[name] = max(self.size[name], offset + len(data))
            self.loose.setdefault(name, []).append(("write", offset, data))
        elif what == "cut":
            self.size[name] = rest[1]
            self.loose.setdefault(name, []).append(("cut", rest[1], b""))
        elif what in {"sync", "everything"}:
            self._sync(name if what == "sync" else None)
        elif what == "unlink" and name in self.sure:
            self._forget(name)
        elif what == "rename" and name in self.sure:
            self._rename(name, rest[1])

    def _forget(self, name):
        data = self.sure.pop(name)
        if name in self.names:
            self.gone[name] = data
        self.loose.pop(name, None)
        self.size.pop(name, None)

    def _rename(self, name, target):
        data, loose, size = self.sure[name], self.loose.get(name, []), self.size[name]
        self._forget(name)
        if target in self.sure:
            self._forget(target)
        self.sure[target], self.loose[target], self.size[target] = data, loose, size

    def _sync(self, name):
        """Make sure of a file's bytes, of a folder's names, or of everything."""
        for each in [name] if name in self.sure else [] if name else list(self.sure):
            for one in self.loose.pop(each, []):
                _apply(self.sure[each], one)
        for folder in {_folder(each) for each in self.sure} if name is None else {name} - set(self.sure):
            self._sync_folder(folder)

    def _sync_folder(self, folder):
        """Make sure which names a folder holds, and which it holds no more."""
        self.names = {name for name in self.names if _folder(name) != folder}
        self.names |= {name for name in self.sure if _folder(name) == folder}
        self.gone = {name: data for name, data in self.gone.items() if _folder(name) != folder}

    def image(self, mode, dice):
        """Make what the disk might hold if the power failed now."""
        image = {}
        for name, data in self.sure.items():
            if mode in {"nothing", "old names"} and (name not in self.names or name in self.gone):
                continue  # it has not got its name yet, or somebody else has it still
            made = bytearray(data)
            steps = self.loose.get(name, [])
            if mode == "all":
                chosen = steps
            elif mode == "some":
                chosen = steps[: dice.randint(0, len(steps))]
            elif mode in {"torn", "grown"}:
                chosen = _torn(steps, dice)
            else:
                chosen = []
            if mode == "grown":
                made.extend(
                    bytes(
                        max(0, max((o + len(d) for w, o, d in steps if w == "write"), default=0) - len(made))
                    )
                )
            for one in chosen:
                _apply(made, one)
            image[name] = bytes(made)
        if mode == "old names":
            image |= {name: bytes(data) for name, data in self.gone.items() if name not in image}
        return image


def _folder(name):
    return name.rpartition("/")[0] or "."


def _apply(data, step):
    what, offset, new = step
    if what == "cut":
        del data[offset:]
        data.extend(bytes(max(0, offset - len(data))))
        return
    data.extend(bytes(max(0, offset + len(new) - len(data))))
    data[offset : offset + len(new)] = new


def _torn(steps, dice):
    """Choose any sectors of any writes."""
    chosen = []
    for what, offset, data in steps:
        if what == "cut":
            chosen += [(what, offset, data)] * (dice.random() < 0.5)
            continue
        likely, place = dice.choice((0.1, 0.5, 0.9)), 0
        while place < len(data):
            end = min(len(data), ((offset + place) // SECTOR + 1) * SECTOR - offset)
            if dice.random() < likely:
                chosen.append((what, offset + place, data[place:end]))
            place = end
    return chosen
