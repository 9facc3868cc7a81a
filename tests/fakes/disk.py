"""A disk that loses power: what was not synced may be gone, and names that were not synced are the old ones."""

from desktop.store.durable import RealDisk


class FailingDisk(RealDisk):
    """A real disk that can lose power: `after_power_cut` shows what the worst moment would leave."""

    def __init__(self, lies=()):
        self.lies = lies
        self.steps = []
        self.synced = {}
        self.names = {}
        self.pending = {}

    def write(self, path, data, mode):
        self.steps.append("write")
        super().write(path, data, mode)
        self.pending[path.name] = b""

    def sync(self, path):
        step = "sync folder" if path.is_dir() else "sync file"
        if step in self.lies:
            return
        self.steps.append(step)
        super().sync(path)
        if path.is_dir():
            self.names = {name: self.synced.get(name, b"") for name in self.pending}
        else:
            self.synced[path.name] = path.read_bytes()

    def rename(self, source, target):
        self.steps.append("rename")
        super().rename(source, target)
        self.synced[target.name] = self.synced.get(source.name, b"")
        self.pending.pop(source.name, None)
        self.pending[target.name] = b""

    def after_power_cut(self, name, before):
        """What a file holds after the power failed now: its old bytes unless name and bytes were both synced."""
        return self.names.get(name, before)
