"""Frames are what RFC 6455 and RFC 7692 say, and are made once."""

import zlib

import pytest
from websockets.frames import Frame as ParsedFrame
from websockets.frames import Opcode
from websockets.streams import StreamReader

from zashiki.hub.frames import Batch, Frame


def parsed(data):
    """All frames in some bytes, as another implementation reads them."""
    reader = StreamReader()
    reader.feed_data(data)
    reader.feed_eof()
    frames = []
    while reader.buffer:
        parser = ParsedFrame.parse(reader.read_exact, mask=False)
        with pytest.raises(StopIteration) as done:
            next(parser)
        frames.append(done.value.value)
    return frames


@pytest.mark.parametrize("size", [0, 1, 125, 126, 65_535, 65_536, 100_000])
def test_a_frame_of_any_length(size):
    (frame,) = parsed(Frame(b"x" * size).plain)
    assert (frame.opcode, frame.fin, frame.data) == (Opcode.TEXT, True, b"x" * size)


def test_a_binary_frame():
    (frame,) = parsed(Frame(b"\x00\xff", binary=True).plain)
    assert (frame.opcode, frame.data) == (Opcode.BINARY, b"\x00\xff")


def test_a_compressed_frame_is_made_once_for_each_window():
    text = "座敷 ".encode() * 300
    frame = Frame(text)
    data = frame.deflated(12)
    assert data is frame.deflated(12)
    assert data is not frame.deflated(9)
    assert data[0] == 0xC1
    assert (
        zlib.decompressobj(wbits=-12).decompress(data[4 if data[1] == 126 else 2 :] + b"\x00\x00\xff\xff")
        == text
    )


@pytest.mark.parametrize("payload", [b"short", bytes(range(256)) * 2])
def test_what_does_not_shrink_is_not_compressed(payload):
    frame = Frame(payload[:200], binary=True)
    assert frame.deflated(12) is frame.plain


def test_a_batch_is_its_frames_in_order():
    batch = Batch([Frame(b"one"), Frame(b"\x02", binary=True), Frame(b"three" * 100)])
    assert [frame.data for frame in parsed(batch.plain)] == [b"one", b"\x02", b"three" * 100]
    assert batch.deflated(12) is batch.deflated(12)
    assert batch.deflated(12).startswith(Frame(b"one").plain)


def test_a_batch_of_one_makes_no_copy():
    frame = Frame(b"one")
    assert Batch([frame]).plain is frame.plain


def test_what_lasts_is_what_is_not_ephemeral():
    typing, message = Frame(b"typing", ephemeral=True), Frame(b"message")
    assert Batch([typing, message]).lasting().plain == message.plain
    assert Batch([typing]).lasting() is None
    assert Batch([typing, message]).has_ephemeral
    assert not Batch([message]).has_ephemeral
