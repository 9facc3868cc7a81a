"""The device secret: outside the data, made once, and never the reason why the app hangs."""

import threading

import pytest

from desktop.paths import Folders, folders
from desktop.store import secret
from desktop.store.device import Store
from desktop.store.faults import Reason, StoreFault


class Keystore:
    """A keystore of the operating system, in memory."""

    def __init__(self):
        self.kept = {}

    def set_password(self, service, entry, word):
        self.kept[service, entry] = word

    def get_password(self, service, entry):
        return self.kept.get((service, entry))


@pytest.fixture
def own(tmp_path):
    return Folders(tmp_path / "data", tmp_path / "config" / "kunci", shared=False)


def plug(monkeypatch, keystore):
    monkeypatch.setattr(secret, "keystore_likely", lambda: True)
    monkeypatch.setitem(__import__("sys").modules, "keyring", keystore)


def test_a_headless_pc_keeps_it_in_a_file_beside_no_data(folders):
    first = secret.device_secret(folders)
    assert secret.device_secret(folders) == first
    assert (folders.config / "rahasia").read_bytes() == first
    assert not folders.config.is_relative_to(folders.data)


def test_a_keystore_keeps_it_and_no_file_does(own, monkeypatch):
    keystore = Keystore()
    plug(monkeypatch, keystore)
    first = secret.device_secret(own)
    assert secret.device_secret(own) == first
    assert len(keystore.kept) == 1
    assert not (own.config / "rahasia").exists()


def test_a_keystore_that_never_answers_makes_nobody_wait(own, monkeypatch):
    class Hanging(Keystore):
        def set_password(self, service, entry, word):
            threading.Event().wait(30)

    plug(monkeypatch, Hanging())
    monkeypatch.setattr(secret, "_PATIENCE", 0.05)
    assert len(secret.device_secret(own)) == 32
    assert (own.config / "rahasia").exists()


def test_a_keystore_that_fails_or_forgets_is_not_trusted(own, monkeypatch):
    class Forgetful(Keystore):
        def get_password(self, service, entry):
            return None

    plug(monkeypatch, Forgetful())
    assert secret.device_secret(own) == (own.config / "rahasia").read_bytes()


def test_a_keystore_that_is_gone_is_told_and_no_new_secret_is_made(own, monkeypatch):
    plug(monkeypatch, Keystore())
    secret.device_secret(own)
    plug(monkeypatch, Keystore())
    with pytest.raises(StoreFault) as caught:
        secret.device_secret(own)
    assert caught.value.reason is Reason.NO_SECRET


def test_data_without_their_secret_are_left_alone(folders):
    Store.open(folders).close()
    (folders.config / "rahasia").unlink()
    before = (folders.data / "device.db").read_bytes()
    with pytest.raises(StoreFault) as caught:
        Store.open(folders)
    assert caught.value.reason is Reason.NO_SECRET
    assert (folders.data / "device.db").read_bytes() == before


def test_a_shared_folder_never_uses_one_accounts_keystore(folders, monkeypatch):
    keystore = Keystore()
    plug(monkeypatch, keystore)
    secret.device_secret(folders)
    assert keystore.kept == {}


def test_the_data_folder_may_be_named_by_hand_or_by_the_environment(tmp_path, monkeypatch):
    monkeypatch.setenv("SULUH_DATA", str(tmp_path / "env"))
    assert folders_of(None) == (tmp_path / "env", tmp_path / "env.kunci")
    assert folders_of(tmp_path / "arg") == (tmp_path / "arg", tmp_path / "arg.kunci")
    monkeypatch.delenv("SULUH_DATA")
    usual = folders()
    assert (usual.data.name, usual.config.name, usual.shared) == ("suluh", "kunci", False)


def folders_of(chosen):
    made = folders(chosen)
    return made.data, made.config
