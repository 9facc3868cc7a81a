"""The versions of the codec: each has its list of known shapes and its zstd dictionary, kept for ever."""

from __future__ import annotations

import threading
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

import zstandard

from sync.journal.shapes import SHAPES_1, Shape
from sync.refusal import Code, Refusal

CURRENT = 1
_LEVEL = 19
# Sizes the compressor's tables: 1 MB on a small PC instead of 5, for less than a hundredth of the bytes.
_USUAL_SIZE = 1 << 14
# A frame begins with a byte 0 (no size, no checksum, no dictionary id: a hostile size would be allocated
# before a byte is read) and its window, in eighths of powers of two from 1 KiB.
_PLAIN_FRAME = 0
_WINDOW_LIMIT = 1 << 20
_WINDOW_BYTE_LIMIT = 10 << 3
_MAGICLESS = zstandard.FORMAT_ZSTD1_MAGICLESS
_FOLDER = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Codec:
    """One version: known shapes by number, and how columns are squeezed."""

    version: int
    shapes: tuple[Shape, ...]
    numbers: dict[Shape, int]
    dictionary: zstandard.ZstdCompressionDict
    _local: threading.local = field(default_factory=threading.local)

    def squeeze(self, raw: bytes) -> bytes:
        """Return the raw columns as one zstd frame without magic, size, checksum or dictionary id."""
        squeezer = getattr(self._local, "squeezer", None)
        if squeezer is None:
            parameters = zstandard.ZstdCompressionParameters.from_level(
                _LEVEL,
                source_size=_USUAL_SIZE,
                dict_size=len(self.dictionary.as_bytes()),
                format=_MAGICLESS,
                write_content_size=False,
                write_checksum=False,
                write_dict_id=False,
            )
            squeezer = zstandard.ZstdCompressor(dict_data=self.dictionary, compression_params=parameters)
            self._local.squeezer = squeezer
        data: bytes = squeezer.compress(raw)
        return data

    def expand(self, data: bytes, size: int) -> bytes:
        """Undo `squeeze`; the result must have exactly `size` bytes, which the caller has limited."""
        expander = getattr(self._local, "expander", None)
        if expander is None:
            expander = zstandard.ZstdDecompressor(
                dict_data=self.dictionary, format=_MAGICLESS, max_window_size=_WINDOW_LIMIT
            )
            self._local.expander = expander
        if len(data) < 2 or data[0] != _PLAIN_FRAME or data[1] > _WINDOW_BYTE_LIMIT:
            raise Refusal(Code.MALFORMED, what="frame")
        try:
            raw: bytes = expander.decompress(data, max_output_size=size, allow_extra_data=False)
        except zstandard.ZstdError:
            raise Refusal(Code.MALFORMED, what="zstd") from None
        if len(raw) != size:
            raise Refusal(Code.MALFORMED, what="size")
        return raw


@cache
def codec(version: int) -> Codec:
    """Return a codec version. Raises Refusal(VERSION) for one that this program does not know."""
    shapes = {1: SHAPES_1}.get(version)
    if shapes is None:
        raise Refusal(Code.VERSION, version=version)
    content = (_FOLDER / f"dictionary-{version}.zstd").read_bytes()
    return Codec(
        version,
        shapes,
        {shape: number for number, shape in enumerate(shapes)},
        zstandard.ZstdCompressionDict(content),
    )
