"""Tells which SVG drawings are only drawings: no file named, nothing fetched, nothing that multiplies."""

import re
from functools import lru_cache
from xml.parsers import expat

SIZE_LIMIT = 4 * 1024 * 1024
ELEMENTS_LIMIT = 20_000
DEPTH_LIMIT = 64
_PICTURE = re.compile(r"data:image/(?:png|jpeg);base64,")
_REFERENCE = re.compile(r"url\(\s*['\"]?\s*([^)'\"]*)")
_PICTURES = {"image", "feImage"}
_GRADIENTS = {"linearGradient", "radialGradient"}


class _StrangeError(Exception):
    """Something stands in the drawing that no drawing needs."""


class _Look:
    """One pass over a drawing.

    A renderer reads pictures and style sheets from any path, a network share among them, and draws what is
    referred to again each time: ten lines that refer to each other tenfold are ten thousand million shapes.
    """

    def __init__(self) -> None:
        self.elements = 0
        self.path: list[str] = []
        self.gradients: set[str] = set()
        self.references: list[tuple[str, frozenset[str]]] = []
        self.style = False

    def begin(self, name: str, attributes: dict[str, str]) -> None:
        kind = name.rpartition(":")[2]
        self.elements += 1
        self.path.append(attributes.get("id", ""))
        if self.elements > ELEMENTS_LIMIT or len(self.path) > DEPTH_LIMIT:
            raise _StrangeError
        if kind in _GRADIENTS:
            self.gradients.add(self.path[-1])
        self.style = kind == "style"
        for attribute, value in attributes.items():
            for target in _REFERENCE.findall(value):
                self.refer(target)
            if attribute.rpartition(":")[2] != "href" or kind == "a":
                continue
            if kind not in _PICTURES:
                self.refer(value)
            elif not _PICTURE.match(value):
                raise _StrangeError

    def end(self, _name: str) -> None:
        self.path.pop()
        self.style = False

    def text(self, words: str) -> None:
        if self.style and ("url" in words or "@" in words or "\\" in words):
            raise _StrangeError

    def refer(self, target: str) -> None:
        if not target.strip().startswith("#"):
            raise _StrangeError
        self.references.append((target.strip()[1:], frozenset(filter(None, self.path))))

    def strange(self, *_: object) -> None:
        raise _StrangeError

    def multiplies(self) -> bool:
        """Whether something that is referred to refers to more than a gradient itself."""
        targets = {target for target, _ in self.references}
        return any(target not in self.gradients and inside & targets for target, inside in self.references)


@lru_cache(maxsize=64)
def is_plain_drawing(data: bytes) -> bool:
    """Tell whether an SVG may be given to a renderer; anything that is no well-formed XML may not."""
    if len(data) > SIZE_LIMIT:
        return False
    look, parser = _Look(), expat.ParserCreate()
    parser.StartElementHandler = look.begin
    parser.EndElementHandler = look.end
    parser.CharacterDataHandler = look.text
    parser.StartDoctypeDeclHandler = look.strange
    parser.ProcessingInstructionHandler = look.strange
    parser.buffer_text = True
    try:
        parser.Parse(data, True)
    except (expat.ExpatError, _StrangeError, ValueError):
        return False
    return not look.multiplies()
