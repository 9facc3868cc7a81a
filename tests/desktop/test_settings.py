"""Settings of a PC are kept, and nonsense in them never stops the app."""

from desktop.settings import MOST_DATA, Settings, Theme, read_settings, write_settings


def kept(**words):
    return read_settings(words.get)


def test_settings_are_there_again_as_they_were_set():
    held = {}
    wished = Settings("en", 150, Theme.CONTRAST, "http://192.168.1.10:8750", 50)
    write_settings(held.__setitem__, wished)
    assert kept(**held) == wished


def test_nonsense_counts_as_never_set():
    assert kept(language="xx", text_percent="²", theme="pink") == Settings()
    assert kept(text_percent="9999").text_percent == 200
    assert kept(data_limit="-5").data_limit == kept(data_limit="²").data_limit == 0
    assert kept(data_limit="9" * 12).data_limit == MOST_DATA
