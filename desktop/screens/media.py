"""A recording: sound or film, played from where one stopped, with its transcript beside it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, QUrl
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QFrame

from desktop.background.jobs import Jobs
from desktop.language import tr, trn
from desktop.screens.activity_player import Player
from desktop.screens.arrange import Part, column, holder, row
from desktop.screens.captions import Captions
from desktop.screens.cover import Cover
from desktop.screens.learning_views import MediaBody
from desktop.screens.media_bar import MediaBar
from desktop.screens.multimedia import has_sound, multimedia
from desktop.screens.notice import notice
from desktop.screens.page_text import PageText
from desktop.screens.resume_point import ResumePoint
from desktop.screens.screen_jobs import ScreenJobs
from desktop.screens.style import sp
from desktop.screens.text import label
from desktop.screens.video_surface import VideoSurface
from desktop.screens.watching import Watching

if TYPE_CHECKING:
    from PySide6.QtMultimedia import QMediaPlayer

_TICK_MS = 1000
_KEEP_EVERY = 3  # ticks between two kept places, so that a power cut takes less than 5 s
_RECORD_EVERY = 15  # ticks between two records of what was played
_JUMP_S = 10
_SIDE = 320
_FOLD = 820


class Media(Player):
    """Plays one recording. What was really played is recorded span by span; `playing` counts as presence."""

    def __init__(
        self,
        body: MediaBody,
        point: ResumePoint,
        record: Callable[[int, int, int], bool],
        keep: Callable[[ResumePoint], None],
        jobs: Jobs,
        *,
        film: bool,
    ) -> None:
        super().__init__()
        self.setObjectName("media")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setProperty("ring", "own")
        self._record, self._keep, self._jobs = record, keep, ScreenJobs(self, jobs)
        self._start = point.second
        self._watching = Watching()
        self._ticks = 0
        self._failed = False
        self._beside: bool | None = None
        library = multimedia()
        self.player: QMediaPlayer = library.QMediaPlayer(self)
        self._sound = library.QAudioOutput(self) if has_sound() else None
        if self._sound is not None:
            self.player.setAudioOutput(self._sound)
        self.surface = VideoSurface() if film else None
        if self.surface is not None:
            self.player.setVideoSink(self.surface.sink)
            self.surface.clicked.connect(self.toggle)
        self._captions = Captions(body.captions) if film and body.captions else None
        self._words(body)
        self._bar = MediaBar(
            point.speed,
            sound=self._sound is not None,
            captions=self._captions is not None,
            words=self._transcript is not None,
        )
        self._bar.play_asked.connect(self.toggle)
        self._bar.sought.connect(self.seek)
        self._bar.speed_asked.connect(self._change_speed)
        self._bar.mute_asked.connect(self._toggle_sound)
        self._bar.captions.toggled.connect(lambda _: self._caption(self.second()))
        self._lay()
        self._tick = QTimer(self)
        self._tick.setInterval(_TICK_MS)
        self._tick.timeout.connect(self._on_tick)
        self.player.mediaStatusChanged.connect(self._status)
        self.player.errorOccurred.connect(self._error)
        self.player.positionChanged.connect(self._moved_to)
        self.player.playbackStateChanged.connect(self._state)
        self.player.setPlaybackRate(point.speed)
        if body.path.is_file():
            self.player.setSource(QUrl.fromLocalFile(str(body.path)))
        else:
            self._error()

    # --- the frame ---------------------------------------------------------------------------------------

    def begin(self) -> None:
        """Take the keys; nothing plays before somebody asks."""
        self.setFocus()

    def leave(self) -> None:
        """Pause, keep the second, record what was played."""
        self.player.pause()
        self._tick.stop()
        self._note()
        if self.second():
            self._keep_place()

    def keys(self) -> tuple[tuple[tuple[str, ...], str], ...]:
        """Space plays, arrows jump."""
        jump = trn("{n} detik", _JUMP_S).format(n=_JUMP_S)
        return (((tr("Spasi"),), tr("putar atau jeda")), (("←", "→"), jump), (("T",), tr("transkrip")))

    def help_page(self) -> str:
        """Name the page of help."""
        return "putar"

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Play and jump by key."""
        key = event.key()
        if key == Qt.Key.Key_Space:
            self.toggle()
        elif key == Qt.Key.Key_Left:
            self.seek(self.second() - _JUMP_S)
        elif key == Qt.Key.Key_Right:
            self.seek(self.second() + _JUMP_S)
        elif key == Qt.Key.Key_T and self._transcript is not None:
            self._bar.words.click()
        elif key == Qt.Key.Key_C and self._captions is not None:
            self._bar.captions.click()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the transcript under the film where there is no room beside it."""
        super().resizeEvent(event)
        beside = event.size().width() >= sp(_FOLD)
        if beside == self._beside:
            return
        self._beside = beside
        self._box.setDirection(self._box.Direction.LeftToRight if beside else self._box.Direction.TopToBottom)
        if self._side is not None:
            wide = sp(_SIDE) if beside and self.surface is not None else 16_777_215
            self._side.setMaximumWidth(wide)
            self._side.setMinimumWidth(sp(240))
            # under a film there is hardly room for both: the film first, the words a key away
            self._bar.words.setChecked(beside or self.surface is None)

    # --- playing -----------------------------------------------------------------------------------------

    def second(self) -> float:
        """Where the recording stands, seconds."""
        return self.player.position() / 1000

    def length(self) -> float:
        """How long it is, seconds; 0 before it is loaded."""
        return self.player.duration() / 1000

    def playing(self) -> bool:
        """Whether it plays now."""
        return bool(self.player.playbackState() == self.player.PlaybackState.PlayingState)

    def toggle(self) -> None:
        """Play or pause; at the end it begins anew."""
        if self._failed:
            return
        if self.playing():
            self.player.pause()
        else:
            if self.length() and self.second() >= self.length() - 0.2:
                self.seek(0)
            self.player.play()

    def seek(self, second: float) -> None:
        """Jump; what was played up to here is recorded as its own span."""
        self._note()
        to = min(max(second, 0.0), max(0.0, self.length() - 0.05))
        self.player.setPosition(round(to * 1000))
        self._watching.jump(to)
        self._keep_place(at=to)
        self._show_time(to)

    # --- inside ------------------------------------------------------------------------------------------

    def _words(self, body: MediaBody) -> None:
        self._transcript: PageText | None = None
        self._side: QFrame | None = None
        if not body.transcript.strip():
            return
        self._transcript = PageText(beside=True)
        self._transcript.setObjectName("transcriptText")
        self._transcript.show_page(body.transcript, body.name, body.resource)
        head = row(label(tr("Transkrip"), "card"), None, margins=(20, 16, 20, 0))
        self._side = holder(column(head, (self._transcript, 1), gap=4), "side_right", "transcriptSide")

    def _lay(self) -> None:
        self._trouble = holder(column(gap=0), name="mediaTrouble")
        if self.surface is not None:
            shown: Part = (self.surface, 1)
        else:
            shown = Cover(4, "audio", height=120, corners=(1, 1, 1, 1), glyph=36)
        parts: list[Part] = [self._trouble, shown, self._bar]
        if self.surface is None:
            parts.append(None)
        left = holder(column(*parts, gap=12, margins=(24, 16, 24, 12)))
        pieces: list[Part] = [(left, 3)]
        if self._side is not None:
            pieces.append((self._side, 2))
        self._box = row(*pieces, gap=0)
        self.setLayout(self._box)
        if self._side is not None:
            self._bar.words.toggled.connect(self._side.setVisible)
        if self._sound is None:
            if self._transcript is not None:
                self._say(tr("Suara tidak terdengar di komputer ini. Isinya dapat dibaca di transkrip."))
            else:
                self._say(tr("Suara tidak terdengar. Pasang pengeras suara atau headset, lalu buka lagi."))

    def _say(self, title: str, advice: str = "") -> None:
        """Say one thing above the recording; what is said later is the graver."""
        layout = self._trouble.layout()
        if layout is None:
            return
        old = layout.takeAt(0)
        gone = old.widget() if old is not None else None
        if gone is not None:
            gone.setParent(None)
            gone.deleteLater()
        icon = "warning" if self._failed else "sound-off"
        made = notice("info", title, advice, icon=icon, name="mediaNotice")
        layout.addWidget(made)
        made.setVisible(True)

    def _status(self, status: QMediaPlayer.MediaStatus) -> None:
        kinds = self.player.MediaStatus
        if status == kinds.LoadedMedia:
            if self._start:
                to = min(self._start, max(0.0, self.length() - 0.05))
                self._start = 0.0
                self.player.setPosition(round(to * 1000))
                self._watching.jump(to)
            self._show_time(self.second())
            if self.surface is not None and self.surface.frames == 0 and not self.playing():
                self.player.pause()  # shows the frame it stands at
        elif status == kinds.EndOfMedia:
            self._note(end=self.length())
            self._keep_place(at=0.0)

    def _state(self, _: QMediaPlayer.PlaybackState) -> None:
        playing = self.playing()
        self._bar.show_playing(playing=playing)
        if self.surface is not None:
            self.surface.set_paused(paused=not playing)
        if playing:
            self._watching.jump(self.second())
            self._tick.start()
        else:
            self._tick.stop()
            self._note()
            if self.second():
                self._keep_place()

    def _on_tick(self) -> None:
        self._ticks += 1
        if self._ticks % _KEEP_EVERY == 0:
            self._keep_place()
        if self._ticks % _RECORD_EVERY == 0:
            self._note()

    def _moved_to(self, _: int) -> None:
        second = self.second()
        if self.playing():
            self._watching.reach(second)
        self._show_time(second)

    def _show_time(self, second: float) -> None:
        self._bar.show_time(second, self.length())
        self._caption(second)

    def _caption(self, second: float) -> None:
        if self.surface is not None and self._captions is not None:
            shown = self._bar.captions.isChecked()
            self.surface.set_caption(self._captions.at(second) if shown else "")

    def _note(self, end: float | None = None) -> None:
        """Record the span played since the last record."""
        span = self._watching.take(end)
        if span is None:
            return
        second, seconds = span
        length = round(self.length())
        self._jobs.write(lambda: self._record(second, seconds, length), self._was_recorded, self.trouble.emit)

    def _was_recorded(self, done: bool) -> None:  # noqa: FBT001  # a job delivers its result
        if done:
            self.completed.emit()

    def _keep_place(self, at: float | None = None) -> None:
        second = self.second() if at is None else at
        self._keep(ResumePoint(second=round(second, 1), speed=self.player.playbackRate()))

    def _change_speed(self, speed: float) -> None:
        self.player.setPlaybackRate(speed)
        self._keep_place()

    def _toggle_sound(self) -> None:
        if self._sound is not None:
            self._sound.setMuted(not self._sound.isMuted())
            self._bar.show_muted(muted=self._sound.isMuted())

    def _error(self, *_: object) -> None:
        self._failed = True
        self._bar.give_up()
        self._say(
            tr("Rekaman ini tidak dapat diputar di komputer ini."),
            tr("Isinya dapat dibaca di transkrip.")
            if self._transcript is not None
            else tr("Minta koordinator memasang ulang paketnya."),
        )
