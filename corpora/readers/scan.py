"""Pictures of pages (PNG, JPEG, TIFF), read by machine: the optional extra for scans."""

import io
from collections.abc import Iterator
from typing import Any

from corpora.contents import Contents, File
from corpora.errors import ReadError
from corpora.readers.drawn.page import Picture
from corpora.readers.written import scanned

FORMATS = {b"\x89PNG": "PNG", b"\xff\xd8\xff": "JPEG", b"II*\0": "TIFF", b"MM\0*": "TIFF"}
# Pixels of a page: a sheet of A3 at 600 dots an inch has 70 million. Pages of a TIFF file.
MOST_PIXELS, MOST_PAGES = 100_000_000, 1_000
# Dots an inch that a scanner states truly; the size of a page where it does not: A4, in inches.
STATED, TALL, WIDE = range(72, 1300), 11.7, 8.3
# Coarser pictures are enlarged: Tesseract was trained on 300 dots an inch.
WANTED, COARSE, FINE = 300, 200, 450


def read(file: File) -> Contents:
    """Pictures of pages, read by machine in one language; words it is unsure of carry a remark.

    Raises:
        ReadError: it is no picture, is too large or damaged, holds no text, or Tesseract is not installed.
    """
    if not any(file.data.startswith(mark) for mark in FORMATS):
        raise ReadError(
            f'"{file.base}" is not a PNG, JPEG or TIFF picture, or is damaged; save it as PNG and give that.'
        )
    scanned.check(file)
    pictures = list(_pictures(file))
    return scanned.read(file, pictures, pictures[len(pictures) // 2 :][:1], len(pictures))


def _pictures(file: File) -> Iterator[Picture]:
    from PIL import Image

    wrong = f'"{file.base}" is damaged; open it in a viewer, save it as PNG and give that.'
    try:
        image = Image.open(io.BytesIO(file.data), formats=sorted(set(FORMATS.values())))
        count = getattr(image, "n_frames", 1)
    except Exception:  # Pillow's decoders raise whatever their formats make them
        raise ReadError(wrong) from None
    if count > MOST_PAGES:
        raise ReadError(f'"{file.base}" has {count} pages, and {MOST_PAGES} are the most; give it in parts.')
    for number in range(count):
        try:
            image.seek(number)
            too_large = image.width * image.height > MOST_PIXELS
            picture = None if too_large else _picture(image, number + 1)
        except Exception:
            raise ReadError(wrong) from None
        if picture is None:
            raise ReadError(f'A page of "{file.base}" has too many dots; scan it with 300 an inch and give that.')
        yield picture


def _picture(image: Any, number: int) -> Picture:
    from PIL import ImageOps

    stated = image.info.get("dpi", (0, 0))[0]
    held = ImageOps.exif_transpose(image)
    if held.mode in ("RGBA", "LA", "PA") or "transparency" in held.info:
        white = held.convert("RGBA")
        ground = white.copy()
        ground.paste((255, 255, 255, 255), (0, 0, *white.size))
        held = ground.copy()
        held.alpha_composite(white)
    grey = held.convert("L")
    dots = round(float(stated))
    if dots not in STATED or dots == 72 or dots == 96:
        # Cameras and screens state what is not of the page.
        long, short = max(grey.size), min(grey.size)
        dots = max(1, round(max(long / TALL, short / WIDE)))
    if dots < COARSE or dots > FINE:
        scale = WANTED / dots
        if grey.width * grey.height * scale * scale <= MOST_PIXELS:
            grey = grey.resize((max(1, round(grey.width * scale)), max(1, round(grey.height * scale))))
            dots = WANTED
    return Picture(number, grey.width, grey.height, dots, grey.tobytes())
