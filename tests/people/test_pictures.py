"""Pictures are drawn anew, whatever is sent."""

import io
import struct
import zlib

import pytest
from PIL import Image

from zashiki import pictures
from zashiki.errors import Invalid, TooLong


def file_of(image, kind, **more):
    file = io.BytesIO()
    image.save(file, kind, **more)
    file.seek(0)
    return file


def redraw(file):
    return Image.open(io.BytesIO(pictures.redraw(file, len(file.getvalue()))))


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
    kept = pictures.redraw(
        file := file_of(Image.new("RGB", (40, 30)), "JPEG", exif=exif), len(file.getvalue())
    )
    assert b"taken at home" not in kept and b"EXIF" not in kept.upper()


def test_a_picture_that_lies_on_its_side_is_put_upright():
    exif, picture = Image.Exif(), Image.new("RGB", (60, 60), "white")
    exif[0x0112] = 6
    picture.paste("black", (0, 0, 60, 30))
    image = redraw(file_of(picture, "PNG", exif=exif)).convert("L")
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


@pytest.mark.parametrize("side", [5000, 50_000])
def test_too_many_pixels_are_refused_before_they_are_decoded(side):
    with pytest.raises((TooLong, Invalid)):
        pictures.redraw(png_of(side, side), 100)


def test_too_many_bytes_are_refused_unread():
    with pytest.raises(TooLong):
        pictures.redraw(io.BytesIO(), pictures.BYTES_LIMIT + 1)


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
        pictures.redraw(io.BytesIO(content), len(content))


def test_a_picture_that_is_cut_off_is_refused():
    whole = file_of(Image.effect_noise((400, 400), 50), "PNG").getvalue()
    with pytest.raises(Invalid):
        pictures.redraw(io.BytesIO(whole[: len(whole) // 2]), len(whole) // 2)
