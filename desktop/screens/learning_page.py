"""What every page of the room Belajar can be asked, so that the room need not know which one it shows."""

from PySide6.QtWidgets import QWidget


class LearningPage(QWidget):
    """A page of the room; each method has a quiet default."""

    def begin(self) -> None:
        """Put the focus where it helps most."""

    def leave(self) -> None:
        """Keep what is half done; the page goes off screen, perhaps for good. May be called twice."""

    def pause(self) -> bool:
        """Take the way back for something inside the page; False where there is nothing to leave."""
        return False

    def playing(self) -> bool:
        """Tell whether a recording plays now."""
        return False

    def busy(self) -> bool:
        """Tell whether it should not be left for a search."""
        return False

    def lists(self) -> bool:
        """Tell whether it only lists what is there, and so is read anew at each visit."""
        return False

    def help_page(self) -> str:
        """Name the page of help for F1."""
        return "belajar"
