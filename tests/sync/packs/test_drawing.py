"""An SVG from a pack is a drawing and nothing else: it names no file, fetches nothing, and ends."""

from pathlib import Path

import pytest

from sync.packs.drawing import DEPTH_LIMIT, SIZE_LIMIT, is_plain_drawing

COURSES = Path(__file__).resolve().parents[3] / "resources" / "courses"
HEAD = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 9 9">'
HERE = '<g id="a"><path d="M0 0h9v9z" fill="url(#tint)"/></g><use xlink:href="#a"/><use href="#a"/>'
TINT = '<defs><linearGradient id="tint"><stop offset="0"/></linearGradient></defs>'


def drawing(inside, before=""):
    return f"{before}{HEAD}{inside}</svg>".encode()


def tenfold(depth, refer):
    layers = [f'<g id="a{n}">{refer(n - 1) * 10}</g>' for n in range(1, depth)]
    return drawing(f'<g id="a0"><rect width="1" height="1"/></g>{"".join(layers)}')


STRANGE = {
    "a picture by its path": drawing('<image xlink:href="/etc/hostname.png"/>'),
    "a picture on a share": drawing('<image href="//10.0.0.9/x/a.png"/>'),
    "a picture beside it": drawing('<image href="../../x.png"/>'),
    "a picture in a filter": drawing('<filter><feImage href="a.png"/></filter>'),
    "a drawing in a drawing": drawing('<image href="data:image/svg+xml;base64,PHN2Zy8+"/>'),
    "a shape of another file": drawing('<use xlink:href="//10.0.0.9/x/a.svg#a"/>'),
    "a colour of another file": drawing('<rect fill="url(file:///x.svg#a)"/>'),
    "a style sheet": drawing("", '<?xml-stylesheet href="//10.0.0.9/x/a.css"?>'),
    "a style that imports": drawing('<style>@import "//10.0.0.9/x/a.css";</style>'),
    "words of its own": drawing(
        "<text>&x;</text>", '<!DOCTYPE svg [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
    ),
    "shapes tenfold, ten times": tenfold(10, lambda n: f'<use href="#a{n}"/>'),
    "masks tenfold, ten times": tenfold(10, lambda n: f'<rect mask="url(#a{n})"/>'),
    "itself": drawing('<g id="a"><use href="#a"/></g>'),
    "too deep": drawing("<g>" * DEPTH_LIMIT + "</g>" * DEPTH_LIMIT),
    "too large": drawing(" " * SIZE_LIMIT),
    "no end": drawing("")[:-6],
    "packed": b"\x1f\x8b<svg" + bytes(40),
    "nothing": b"",
}


@pytest.mark.parametrize("what", STRANGE)
def test_a_drawing_with_more_in_it_than_a_drawing_is_not_drawn(what):
    assert not is_plain_drawing(STRANGE[what])


def test_shapes_used_again_gradients_and_pictures_inside_are_drawn():
    assert is_plain_drawing(drawing(TINT + HERE))
    assert is_plain_drawing(drawing('<image href="data:image/png;base64,iVBORw0KGgo="/>'))
    assert is_plain_drawing(drawing("<style>.a { fill: #0B5C57 }</style>", '<?xml version="1.0"?>'))


def test_every_drawing_of_our_own_courses_is_one():
    ours = list(COURSES.rglob("*.svg"))
    assert ours
    assert [path.name for path in ours if not is_plain_drawing(path.read_bytes())] == []
