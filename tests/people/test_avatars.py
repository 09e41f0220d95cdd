"""Pictures are drawn anew, whatever is sent."""

import io
import os
import resource
import signal
import struct
import subprocess
import sys
import tempfile
import time
import zlib

import pytest
from PIL import Image

from zashiki.errors import Invalid, TooLong
from zashiki.people import avatars
from zashiki.sandbox import images
from zashiki.sandbox.pool import Pool


def file_of(image, kind, **more):
    file = io.BytesIO()
    image.save(file, kind, **more)
    file.seek(0)
    return file


def redraw(file):
    return Image.open(io.BytesIO(avatars.encode_avatar(file, len(file.getvalue()))))


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "GIF"])
@pytest.mark.parametrize("size", [(1, 1), (10, 2000), (1024, 768)])
def test_any_picture_becomes_a_small_square(kind, size):
    image = redraw(file_of(Image.new("RGB", size, "teal"), kind))
    assert (image.format, image.size) == ("WEBP", (256, 256))


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGBA", "CMYK", "I;16"])
def test_any_mode_is_understood(mode):
    kind = "JPEG" if mode == "CMYK" else "PNG"
    assert redraw(file_of(Image.new(mode, (40, 30)), kind)).size == (256, 256)


def test_nothing_hidden_is_kept():
    exif = Image.Exif()
    exif[0x010E] = "taken at home"
    kept = avatars.encode_avatar(
        file := file_of(Image.new("RGB", (40, 30)), "JPEG", exif=exif), len(file.getvalue())
    )
    assert b"taken at home" not in kept and b"EXIF" not in kept.upper()


@pytest.mark.parametrize("side", [60, 3000])
def test_a_picture_that_lies_on_its_side_is_put_upright(side):
    exif, sent = Image.Exif(), Image.new("RGB", (side, side), "white")
    exif[0x0112] = 6
    sent.paste("black", (0, 0, side, side // 2))
    image = redraw(file_of(sent, "PNG", exif=exif)).convert("L")
    assert image.getpixel((20, 128)) > 200 and image.getpixel((236, 128)) < 50


def png_of(width, height):
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)

    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    return io.BytesIO(
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", header)
        + chunk(b"IDAT", zlib.compress(b""))
        + chunk(b"IEND", b"")
    )


@pytest.mark.parametrize("side", [4001, 5000, 50_000])
def test_too_many_pixels_are_refused_before_they_are_decoded(side):
    with pytest.raises((TooLong, Invalid)):
        avatars.encode_avatar(png_of(side, side), 100)


def test_too_many_bytes_are_refused_unread():
    with pytest.raises(TooLong):
        avatars.encode_avatar(io.BytesIO(), avatars.BYTES_LIMIT + 1)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"GIF89a",
        b"<svg onload=alert(1)></svg>",
        b"<html>",
        b"%!PS-Adobe-3.0 EPSF-3.0",
        b"BM" + bytes(60),
        b"\x89PNG\r\n\x1a\n" + bytes(40),
    ],
)
def test_what_is_no_picture_is_refused(content):
    with pytest.raises(Invalid):
        avatars.encode_avatar(io.BytesIO(content), len(content))


def test_a_picture_that_is_cut_off_is_refused():
    whole = file_of(Image.effect_noise((400, 400), 50), "PNG").getvalue()
    with pytest.raises(Invalid):
        avatars.encode_avatar(io.BytesIO(whole[: len(whole) // 2]), len(whole) // 2)


BOMB = file_of(Image.new("RGB", (4000, 4000)), "PNG").getvalue()  # 47 kB for 16 million pixels


def test_a_small_file_with_many_pixels_costs_the_process_that_serves_nothing():
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    begun = time.process_time()
    assert avatars.encode_avatar(io.BytesIO(BOMB), len(BOMB))
    assert time.process_time() - begun < 0.1
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 16 * 1024  # kB


@pytest.mark.parametrize("kind", ["PNG", "WEBP", "GIF"])
@pytest.mark.parametrize("mode", ["RGB", "P"])
def test_drawing_the_largest_picture_takes_no_more_memory_than_twice_its_pixels(kind, mode):
    """Measured in a process of its own: four bytes for each pixel of what is decoded, and what the decoder needs."""
    file = file_of(Image.new(mode, (4000, 4000)), kind).getvalue()
    program = (
        "import resource, sys\nfrom zashiki.sandbox.image_child import answer, DRAWN\n"
        "small, large = (open(name, 'rb').read() for name in sys.argv[1:])\nanswer(small)\n"
        "before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss\nassert answer(large)[:1] == DRAWN\n"
        "print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before)\n"
    )
    with tempfile.NamedTemporaryFile() as small, tempfile.NamedTemporaryFile() as large:
        small.write(file_of(Image.new(mode, (40, 40)), kind).getvalue())
        large.write(file)
        small.flush(), large.flush()
        grown = subprocess.check_output([sys.executable, "-c", program, small.name, large.name])
    assert int(grown) < 2 * 4 * 16_000


def test_a_picture_whose_decoding_does_not_end_is_given_up(monkeypatch):
    avatars.encode_avatar(file := file_of(Image.new("RGB", (9, 9)), "PNG"), len(file.getvalue()))
    [pid] = images.pool.pids
    monkeypatch.setattr(images, "ANSWER_LIMIT", 0.2)
    os.kill(pid, signal.SIGSTOP)
    with pytest.raises(TooLong):
        redraw(file_of(Image.new("RGB", (9, 9)), "PNG"))
    monkeypatch.undo()
    assert redraw(file_of(Image.new("RGB", (9, 9)), "PNG")).size == (256, 256)


def test_where_no_process_can_be_started_it_is_drawn_here(monkeypatch):
    monkeypatch.setattr(images, "pool", Pool(size=1))
    monkeypatch.setattr(sys, "executable", "/usr/bin/uwsgi")
    monkeypatch.setattr(sys, "prefix", "/nowhere")
    assert redraw(file_of(Image.new("RGB", (9, 9)), "PNG")).size == (256, 256)
