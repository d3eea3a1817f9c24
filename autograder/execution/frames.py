"""Frames on a socket: four bytes of length, then JSON. Nothing is read before its size is known to be bounded."""

from __future__ import annotations

import json
import select
import socket
import struct
import time
from typing import Any

from autograder.responses import Malformed

MAX_FRAME = 32 * 2**20
MAX_CONTAINERS = 250_000  # lists and tables: a frame of nothing but "[]" would take gigabytes and minutes
LAST_LOOK = 1.0  # seconds beyond the end for what is there already: we may have been busy, not they


def send(connection: socket.socket, message: dict[str, Any]) -> None:
    """Send one message."""
    connection.sendall(packed(message))


def packed(message: dict[str, Any]) -> bytes:
    """A message as it is sent."""
    body = json.dumps(message).encode()
    return struct.pack("!I", len(body)) + body


def receive(connection: socket.socket, seconds: float | None = None) -> dict[str, Any]:
    """Receive one message, all of it within `seconds`.

    Raises Malformed for what is no frame, EOFError where the other side has closed, TimeoutError.
    """
    end = None if seconds is None else time.monotonic() + seconds
    (size,) = struct.unpack("!I", _exactly(connection, 4, end))
    if size > MAX_FRAME:
        raise Malformed(f"a frame of {size} bytes")
    body = _exactly(connection, size, end)
    if body.count(b"[") + body.count(b"{") > MAX_CONTAINERS:
        raise Malformed("a frame of too many parts")
    try:
        message = json.loads(body)
    except (ValueError, RecursionError) as error:
        raise Malformed("a frame that is not JSON") from error
    if not isinstance(message, dict):
        raise Malformed("a frame that is not a table")
    return message


def _exactly(connection: socket.socket, size: int, end: float | None) -> bytes:
    data = bytearray()
    while len(data) < size:
        if end is not None:  # each piece has only the time that is left: bytes that trickle in win none
            left = end - time.monotonic()
            if left <= 0 and (left < -LAST_LOOK or not select.select([connection], [], [], 0)[0]):
                raise TimeoutError("timed out")
            connection.settimeout(max(left, 0.001))
        piece = connection.recv(min(size - len(data), 2**20))
        if not piece:
            raise EOFError("the other side has closed the connection")
        data += piece
    return bytes(data)
