"""Frames on a socket, from a side that may be hostile."""

import socket
import struct
import threading
import time

import pytest

from autograder.execution import frames
from autograder.responses import Malformed


@pytest.fixture
def pair():
    ours, theirs = socket.socketpair()
    with ours, theirs:
        theirs.settimeout(5)  # a fault shall not hang the tests
        yield ours, theirs


def framed(body):
    return struct.pack("!I", len(body)) + body


def test_messages_come_back_in_order(pair):
    ours, theirs = pair
    for message in ({"a": [1, "π", None]}, {}):
        frames.send(ours, message)
    assert [frames.receive(theirs), frames.receive(theirs)] == [{"a": [1, "π", None]}, {}]


def test_a_message_larger_than_a_socket_buffer_comes_back(pair):
    ours, theirs = pair
    message = {"text": "x" * 5_000_000}
    sender = threading.Thread(target=frames.send, args=(ours, message))
    sender.start()
    assert frames.receive(theirs) == message
    sender.join()


@pytest.mark.parametrize(
    "body",
    [b"abc", b"", b"[]", b"null", b"7", b'"x"', b"\xff\xfe", b"{", b"[" * 100_000, b'{"a": ' + b"1" * 10_000 + b"}"],
    ids=lambda body: repr(body[:12]),
)
def test_what_is_no_table_in_json_is_refused(pair, body):
    ours, theirs = pair
    ours.sendall(framed(body))
    with pytest.raises(Malformed):
        frames.receive(theirs)


def test_an_oversized_frame_is_refused_before_it_is_read(pair):
    ours, theirs = pair
    ours.sendall(struct.pack("!I", frames.MAX_FRAME + 1))
    with pytest.raises(Malformed, match=str(frames.MAX_FRAME + 1)):
        frames.receive(theirs, seconds=1)


@pytest.mark.parametrize("sent", [b"", b"\x00", framed(b'{"a": 1}')[:-1]])
def test_a_connection_that_closes_in_a_frame_is_an_end(pair, sent):
    ours, theirs = pair
    ours.sendall(sent)
    ours.close()
    with pytest.raises(EOFError):
        frames.receive(theirs)


@pytest.mark.parametrize("sent", [b"", b"\x00\x00", framed(b"{}")[:-1]])
def test_silence_ends_in_time(pair, sent):
    ours, theirs = pair
    ours.sendall(sent)
    start = time.monotonic()
    with pytest.raises(TimeoutError):
        frames.receive(theirs, seconds=0.05)
    assert time.monotonic() - start < 1


def test_bytes_that_trickle_in_win_no_time(pair):
    ours, theirs = pair
    stop = threading.Event()

    def trickle():
        for byte in framed(b" " * 1000):
            if stop.wait(0.03):
                return
            ours.sendall(bytes([byte]))

    sender = threading.Thread(target=trickle)
    sender.start()
    start = time.monotonic()
    with pytest.raises(TimeoutError):
        frames.receive(theirs, seconds=0.2)
    assert time.monotonic() - start < 1
    stop.set()
    sender.join()
