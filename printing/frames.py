"""Carries a small JSON head and byte strings through the pipes between press and worker."""

import json
import struct
from typing import BinaryIO

_LENGTH = struct.Struct(">I")


def write_frame(stream: BinaryIO, head: dict, *parts: bytes) -> None:
    """Send one message: its head, then each part."""
    encoded = json.dumps({**head, "sizes": [len(part) for part in parts]}).encode()
    stream.write(_LENGTH.pack(len(encoded)) + encoded)
    for part in parts:
        stream.write(part)
    stream.flush()


def read_frame(stream: BinaryIO) -> tuple[dict, list[bytes]]:
    """Receive one message; raise EOFError when the other side is gone."""
    head = json.loads(_read(stream, _LENGTH.unpack(_read(stream, _LENGTH.size))[0]))
    return head, [_read(stream, size) for size in head["sizes"]]


def _read(stream: BinaryIO, size: int) -> bytes:
    data = stream.read(size)
    if len(data) < size:
        raise EOFError
    return data
