"""A file out of a browser's form, byte by byte as it arrives; nothing of it is kept here."""

from python_multipart.exceptions import FormParserError
from python_multipart.multipart import MultipartParser, parse_options_header

from sync.refusal import Code, Refusal


class Upload:
    """Reads a multipart body and gives out the bytes of one field. `chosen` is whether a file was named."""

    def __init__(self, content_type: bytes, field: str) -> None:
        """Begin with the request's content type. Raises Refusal(MALFORMED) for any other kind of form."""
        kind, options = parse_options_header(content_type)
        boundary = options.get(b"boundary", b"")
        if kind != b"multipart/form-data" or not boundary:
            raise Refusal(Code.MALFORMED, what="form")
        self.chosen = False
        self._field = field.encode()
        self._mine = False
        self._name = b""
        self._value = b""
        self._out: list[bytes] = []
        try:
            self._parser = MultipartParser(
                boundary,
                {
                    "on_part_begin": self._begin,
                    "on_header_field": self._header_name,
                    "on_header_value": self._header_value,
                    "on_header_end": self._header,
                    "on_part_data": self._data,
                },
            )
        except FormParserError:
            raise Refusal(Code.MALFORMED, what="form") from None

    def feed(self, chunk: bytes) -> bytes:
        """Return what of the file `chunk` holds. Raises Refusal(MALFORMED) when this is no form."""
        try:
            self._parser.write(chunk)
        except FormParserError:
            raise Refusal(Code.MALFORMED, what="form") from None
        found, self._out = b"".join(self._out), []
        return found

    def _begin(self) -> None:
        self._mine = False
        self._name = self._value = b""

    def _header_name(self, data: bytes, start: int, end: int) -> None:
        self._name += data[start:end]

    def _header_value(self, data: bytes, start: int, end: int) -> None:
        self._value += data[start:end]

    def _header(self) -> None:
        if self._name.lower() == b"content-disposition":
            _, options = parse_options_header(self._value)
            self._mine = options.get(b"name") == self._field
            self.chosen = self.chosen or bool(self._mine and options.get(b"filename"))
        self._name = self._value = b""

    def _data(self, data: bytes, start: int, end: int) -> None:
        if self._mine:
            self._out.append(data[start:end])
