"""The controls of a recording: play, where it stands, how loud, how fast, and its words."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QSlider

from desktop.language import tr
from desktop.screens.arrange import mid, row
from desktop.screens.button import Button
from desktop.screens.choice import Combo
from desktop.screens.text import label

_SPEEDS = (("0.75", "0,75×"), ("1.0", "1×"), ("1.25", "1,25×"), ("1.5", "1,5×"), ("2.0", "2×"))


class MediaBar(QFrame):
    """Shows where a recording stands and says what the learner wants; it plays nothing itself.

    A click leaves the focus where it was, so that Space and the arrows go on belonging to the recording.
    """

    play_asked = Signal()
    sought = Signal(float)  # seconds
    speed_asked = Signal(float)
    mute_asked = Signal()

    def __init__(self, speed: float, *, sound: bool, captions: bool, words: bool) -> None:
        super().__init__()
        self.setObjectName("mediaBar")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self._play = Button(tr("Putar"), "icon", "play", name="play")
        self._play.clicked.connect(self.play_asked)
        self._line = QSlider(Qt.Orientation.Horizontal)
        self._line.setObjectName("seek")
        self._line.setAccessibleName(tr("Posisi"))
        self._line.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._line.setSingleStep(5)
        self._line.setPageStep(30)
        self._line.actionTriggered.connect(lambda _: self.sought.emit(float(self._line.sliderPosition())))
        self._time = label("0.00", "caption", name="time")
        self._mute = Button(tr("Bisukan"), "icon", "sound", name="mute")
        self._mute.clicked.connect(self.mute_asked)
        self._speed = Combo(_SPEEDS, name="speed", words=tr("Kecepatan"), width=96)
        self._speed.choose(str(speed))
        self._speed.currentIndexChanged.connect(lambda _: self.speed_asked.emit(float(self._speed.value())))
        self.captions = Button(tr("Teks video"), "chip", name="captions")
        self.captions.setChecked(True)
        self.words = Button(tr("Transkrip"), "chip", name="transcript")
        self.words.setChecked(True)
        for button in (self._play, self._mute, self.captions, self.words):
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setLayout(
            row(
                mid(self._play),
                mid(self._line, 1),
                mid(self._time),
                mid(self._mute),
                mid(self._speed),
                mid(self.captions),
                mid(self.words),
                gap=12,
            )
        )
        self._mute.setVisible(sound)
        self.captions.setVisible(captions)
        self.words.setVisible(words)

    def show_playing(self, *, playing: bool) -> None:
        """Turn the play button into a pause button and back."""
        words = tr("Jeda") if playing else tr("Putar")
        self._play.show_icon("pause" if playing else "play")
        self._play.setAccessibleName(words)
        self._play.setToolTip(words)

    def show_muted(self, *, muted: bool) -> None:
        """Show whether the sound is off."""
        self._mute.show_icon("sound-off" if muted else "sound")

    def show_time(self, second: float, length: float) -> None:
        """Show where the recording stands, unless somebody holds the handle."""
        if not self._line.isSliderDown():
            self._line.setRange(0, round(length))
            self._line.setValue(round(second))
        words = f"{clock(second)} / {clock(length)}"
        if words != self._time.text():
            self._time.setText(words)

    def give_up(self) -> None:
        """Nothing can be played."""
        self._play.setEnabled(False)
        self._line.setEnabled(False)


def clock(second: float) -> str:
    """Write a time as minutes and seconds: `2.05`, and hours before them where there are any."""
    whole = max(0, int(second))
    hours, rest = divmod(whole, 3600)
    minutes, seconds = divmod(rest, 60)
    return f"{hours}.{minutes:02}.{seconds:02}" if hours else f"{minutes}.{seconds:02}"
