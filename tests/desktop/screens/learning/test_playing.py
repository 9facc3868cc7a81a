"""Recordings: real VP9, H.264 and Opus play without a screen, go on where they stood, and are told span by span."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from desktop.screens.captions import Captions
from desktop.screens.media import Media
from desktop.screens.media_bar import clock
from desktop.screens.multimedia import has_sound
from desktop.screens.resume_point import read_point
from desktop.screens.watching import Watching

COURSE = Path(__file__).resolve().parents[4] / "resources" / "courses" / "pelayanan-publik-digital"
VP9 = COURSE / "m3" / "alur-loket.webm"
H264 = COURSE / "m4" / "menghitung-ikm.mp4"
OPUS = COURSE / "m1" / "suara-dari-loket.ogg"
FILM, SOUND = "a2", "a4"


def player(room) -> Media:
    return room.find("media", Media)


def play_until(room, second: float) -> Media:
    media = player(room)
    room.qtbot.waitUntil(lambda: media.length() > 0)
    room.press(Qt.Key.Key_Space)
    room.qtbot.waitUntil(lambda: media.second() >= second, timeout=10_000)
    return media


@pytest.mark.parametrize(("film", "activity"), [(VP9, FILM), (H264, FILM), (OPUS, SOUND)])
def test_a_recording_plays_and_goes_on_where_it_stood(enter, world, film, activity):
    world.media = film
    before = enter(world)
    before.open(activity)
    media = play_until(before, 0.5)
    if media.surface is not None:
        before.qtbot.waitUntil(lambda: media.surface.frames > 3)
    media.seek(12)
    before.qtbot.waitUntil(lambda: media.second() >= 12.2, timeout=10_000)
    before.window.hide()  # another person, the lock, or the end of the day
    before.rest()
    stood = media.second()
    assert not media.playing()
    assert abs(read_point(world.drafts[f"ppd/m3/{activity}"]).second - stood) < 1

    after = enter(world)
    after.open(activity)
    again = player(after)
    after.qtbot.waitUntil(lambda: abs(again.second() - stood) < 5)
    assert not again.playing()  # nothing plays before somebody asks


def test_what_was_jumped_over_was_not_watched(room, world):
    world.media = VP9
    room.open(FILM)
    media = play_until(room, 1.2)
    media.seek(30)
    room.qtbot.waitUntil(lambda: media.second() >= 31.2, timeout=10_000)
    room.press(Qt.Key.Key_Space)
    spans = [one[2:] for one in world.recorded if one[0] == "watched"]
    assert spans[0][0] <= 3
    assert spans[-1][0] in {32, 33}
    assert sum(seconds for _, seconds, _ in spans) <= 8
    assert {length for _, _, length in spans} == {round(media.length())}


def test_playing_counts_as_presence_and_a_pause_does_not(room, world):
    world.media = VP9
    room.open(FILM)
    assert not room.screen.playing()
    play_until(room, 0.1)
    assert room.screen.playing()
    room.press(Qt.Key.Key_Space)
    assert not room.screen.playing()


def test_arrows_jump_ten_seconds(room, world):
    world.media = VP9
    room.open(FILM)
    media = player(room)
    room.qtbot.waitUntil(lambda: media.length() > 0)
    room.press(Qt.Key.Key_Right, Qt.Key.Key_Right)
    room.qtbot.waitUntil(lambda: abs(media.second() - 20) < 1)
    room.press(Qt.Key.Key_Left)
    room.qtbot.waitUntil(lambda: abs(media.second() - 10) < 1)


def test_the_end_is_reached_and_the_next_start_is_the_beginning(room, world):
    world.media = VP9
    room.open(FILM)
    media = player(room)
    room.qtbot.waitUntil(lambda: media.length() > 0)
    media.seek(media.length() - 1.5)
    room.press(Qt.Key.Key_Space)
    room.qtbot.waitUntil(lambda: not media.playing() and media.second() > 40, timeout=10_000)
    room.rest()
    assert world.recorded[-1][2] == 43  # 42.3 s, rounded up to its end
    assert read_point(world.drafts["ppd/m3/a2"]).second == 0


def test_after_a_click_on_play_the_keys_still_belong_to_the_film(room, world):
    world.media = VP9
    room.open(FILM)
    media = player(room)
    room.qtbot.waitUntil(lambda: media.length() > 0)
    room.click("play")
    room.press(Qt.Key.Key_Space)
    assert not media.playing()
    room.press(Qt.Key.Key_Right)
    room.qtbot.waitUntil(lambda: media.second() >= 9)


def test_speed_is_kept(room, world):
    world.media = VP9
    room.open(FILM)
    room.find("speed").choose("1.5")
    room.rest()
    assert read_point(world.drafts["ppd/m3/a2"]).speed == 1.5


def test_without_a_sound_device_a_sentence_says_so_and_the_transcript_is_there(room, world):
    if has_sound():
        pytest.skip("this machine has a sound device")
    world.media = OPUS
    room.open(SOUND)
    assert "Suara tidak terdengar" in room.find("mediaNotice").accessibleName()
    assert "Selamat pagi" in room.find("transcriptText").toPlainText()


def test_a_recording_that_is_gone_says_so_and_the_transcript_is_there(room, world, tmp_path):
    world.media = tmp_path / "gone.webm"
    room.open(FILM)
    assert not room.find("play").isEnabled()
    assert "Selamat pagi" in room.find("transcriptText").toPlainText()


@pytest.mark.qt_log_ignore("Could not open media", extend=True)
def test_a_file_that_is_no_recording_says_so(room, world, tmp_path):
    world.media = tmp_path / "text.webm"
    world.media.write_text("ini bukan film")
    room.open(FILM)
    room.qtbot.waitUntil(lambda: not room.find("play").isEnabled())
    assert "tidak dapat diputar" in room.find("mediaNotice").accessibleName()


def test_the_words_of_a_film_are_shown_while_they_are_said(room, world):
    world.media = VP9
    world.captions = (
        "WEBVTT\n\n1\n00:00.000 --> 00:02.000\nSelamat pagi.\n\n00:10.000 --> 00:14.000\n<b>Nomor</b> antre."
    )
    room.open(FILM)
    media = player(room)
    room.qtbot.waitUntil(lambda: media.length() > 0)
    assert media.surface.accessibleDescription() == "Selamat pagi."
    room.press(Qt.Key.Key_Right)
    room.qtbot.waitUntil(lambda: media.surface.accessibleDescription() == "Nomor antre.")
    room.press(Qt.Key.Key_C)
    assert media.surface.accessibleDescription() == ""


@pytest.mark.parametrize(
    ("second", "words"),
    [(0.5, ""), (1.0, "satu"), (3.999, "satu"), (4.0, ""), (3600.5, "dua & tiga"), (9999, "")],
)
def test_captions_are_found_by_time(second, words):
    captions = Captions(
        "WEBVTT Takarir\r\n\r\nNOTE catatan\r\n\r\n00:01.000 --> 00:04.000 align:start\r\nsatu\r\n\r\n"
        "x\r\n01:00:00.000 --> 01:00:02.000\r\n<v Petugas>dua &amp; tiga</v>\r\n\r\n00:09.000 --> 00:08.000\r\nmundur"
    )
    assert captions.at(second) == words


def test_a_span_ends_at_a_jump_and_is_told_once():
    watching = Watching()
    watching.jump(10)
    for second in (10.5, 11, 12, 13.4):
        watching.reach(second)
    assert watching.take() == (14, 4)
    assert watching.take() is None
    watching.reach(13.9)
    watching.reach(40)  # the recording was moved by somebody else
    watching.reach(41.5)
    assert watching.take() == (42, 2)


def test_neighbouring_spans_leave_no_gap():
    watching = Watching()
    watching.jump(0)
    told = []
    for tenth in range(1, 101):
        watching.reach(tenth / 10)
        if tenth % 33 == 0:
            told.append(watching.take())
    told.append(watching.take(10.0))
    covered = {second for span in told if span for second in range(span[0] - span[1], span[0])}
    assert covered == set(range(10))


def test_times_are_written_as_minutes_and_seconds():
    assert [clock(0), clock(65), clock(3725)] == ["0.00", "1.05", "1.02.05"]
