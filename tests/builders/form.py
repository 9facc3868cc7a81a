"""A browser's form with a file in it, as it goes over the wire."""

import re
from collections.abc import Mapping

from tests.builders.centre import Answer, Line

BOUNDARY = "----suluh7MA4YWxkTrZu0gW"
KIND = {"Content-Type": f"multipart/form-data; boundary={BOUNDARY}"}


def form(data: bytes, name: str = "KIRIM-KE-PUSAT.suluh", field: str = "berkas") -> bytes:
    head = f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="{field}"; filename="{name}"\r\n'
    kind = "Content-Type: application/octet-stream\r\n\r\n"
    return (head + kind).encode() + data + f"\r\n--{BOUNDARY}--\r\n".encode()


def submits(line: Line, body: bytes, language: str = "id", headers: Mapping[str, str] = KIND) -> Answer:
    return line.send(body, f"/kirim?bahasa={language}", "POST", dict(headers))


def link(answer: Answer) -> str:
    """Where the button on the page leads."""
    found = re.search(r'href="(/kirim/jawaban\?[^"]+)"', answer.body.decode())
    assert found, answer.body.decode()
    return found[1].replace("&amp;", "&")
