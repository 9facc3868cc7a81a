"""Makes a PDF of a Markdown page: the handout of a course, from the same source as its pages."""

from pathlib import Path

from PySide6.QtCore import QByteArray, QUrl
from PySide6.QtGui import QImage, QPainter, QTextDocument

from desktop.paper.sheet import Paper, pdf_of, ready_to_draw, text_width
from sync.packs.pages import beside, markdown

# Drawn larger than laid out: on paper a picture is looked at from near.
_SHARPNESS = 3.0
_LARGEST = 6_000

_STYLE = """
h1 { font-size: 25px; font-weight: 600; color: #0B5C56; margin-bottom: 6px; }
h2 { font-size: 19px; font-weight: 600; color: #0B5C56; margin-top: 16px; margin-bottom: 4px; }
h3 { font-size: 15px; font-weight: 600; margin-top: 12px; margin-bottom: 2px; }
p, li { line-height: 135%; margin-top: 4px; margin-bottom: 6px; }
table { border-collapse: collapse; border-color: #7A8782; border-style: solid;
        margin-top: 6px; margin-bottom: 10px; }
th { background-color: #DCEDEA; font-weight: 600; }
blockquote { color: #52605C; }
a { color: #0B5C56; text-decoration: none; }
"""


def print_markdown(title: str, source: Path, paper: Paper = Paper.A4) -> bytes:
    """Print a Markdown file with its pictures, which lie beside it. Raises OSError, Refusal SOURCE."""
    return print_text(title, source.read_text("utf-8"), source.parent, paper)


def print_text(title: str, text: str, folder: Path, paper: Paper = Paper.A4) -> bytes:
    """Print Markdown whose pictures lie below `folder`."""
    ready_to_draw()
    document = QTextDocument()
    document.setDefaultStyleSheet(_STYLE)
    width = text_width(paper)
    html = markdown().render(text)
    for name in _pictures(text):
        picture = _drawn(folder / name, width)
        if picture is not None:
            document.addResource(QTextDocument.ResourceType.ImageResource.value, QUrl(name), picture)
            shown = min(width, picture.width() / _SHARPNESS)
            html = html.replace(f'src="{name}"', f'src="{name}" width="{round(shown)}"')
    html = html.replace("<table>", '<table width="100%" border="1" cellspacing="0" cellpadding="5">')
    document.setHtml(html)
    return pdf_of(document, title, paper)


def _pictures(text: str) -> list[str]:
    """List the pictures as the page writes them; one that lies outside the course is refused."""
    found: list[str] = []
    for token in markdown().parse(text):
        for child in token.children or []:
            if child.type == "image":
                source = str(child.attrGet("src") or "")
                beside("page.md", source)
                found.append(source)
    return found


def _drawn(path: Path, width: float) -> QImage | None:
    """Draw a picture as wide as it is meant to be, or as the page is; None where it cannot be read."""
    data = path.read_bytes()
    if path.suffix == ".svg":
        from PySide6.QtSvg import QSvgRenderer  # noqa: PLC0415 - only for pages with drawings

        renderer = QSvgRenderer(QByteArray(data))
        size = renderer.defaultSize()
        if not renderer.isValid() or size.isEmpty():
            return None
        scale = min(width, size.width()) * _SHARPNESS / size.width()
        image = QImage(
            min(_LARGEST, round(size.width() * scale)),
            min(_LARGEST, round(size.height() * scale)),
            QImage.Format.Format_ARGB32_Premultiplied,
        )
        image.fill(0)
        painter = QPainter(image)
        renderer.render(painter)
        painter.end()
        return image
    image = QImage()
    return image if image.loadFromData(data) else None
