"""Two pictures of one page: whether a person would see a difference, letters drawn a little otherwise aside."""

import io
from dataclasses import dataclass

from PIL import Image, ImageChops

CELL = 8  # px: smaller differences are how two builds draw the edge of a letter
SEEN = 32  # of 255: how far the mean colour of a cell may be away before it counts
FEW = 8  # cells of a page may differ: the rounded end of a letter, the mark of a field
TALLER = 4  # px that a whole page may differ in height


@dataclass(frozen=True)
class Comparison:
    """What a person would notice; `wrong` is None where it is nothing. `mark` is the picture with the places marked."""

    wrong: str | None
    mark: Image.Image


def compare(old: bytes, new: bytes) -> Comparison:
    """Compare two screenshots (PNG) of the same page."""
    before, after = (Image.open(io.BytesIO(data)).convert("RGB") for data in (old, new))
    width, height = min(before.width, after.width), min(before.height, after.height)
    cells = _unlike(before.crop((0, 0, width, height)), after.crop((0, 0, width, height)))
    return Comparison(_sentence(before, after, cells), _marked(after, cells))


def _unlike(before: Image.Image, after: Image.Image) -> Image.Image:
    """A picture with one white dot for each cell that differs."""
    size = (max(1, before.width // CELL), max(1, before.height // CELL))
    means = [picture.resize(size, Image.Resampling.BOX) for picture in (before, after)]
    bands = ImageChops.difference(*means).split()
    most = ImageChops.lighter(ImageChops.lighter(bands[0], bands[1]), bands[2])
    return most.point(lambda value: 255 if value > SEEN else 0)


def _sentence(before: Image.Image, after: Image.Image, cells: Image.Image) -> str | None:
    if before.width != after.width or abs(before.height - after.height) > TALLER:
        return f"{before.width}×{before.height} px in the old, {after.width}×{after.height} px in today's"
    box, count = cells.getbbox(), cells.histogram()[255]
    if count > FEW and box is not None:
        left, top, right, bottom = (side * CELL for side in box)
        return f"{count} cells differ, between ({left}, {top}) and ({right}, {bottom}) px"
    return None


def _marked(picture: Image.Image, cells: Image.Image) -> Image.Image:
    mask = cells.resize(picture.size, Image.Resampling.NEAREST).point(lambda value: value // 2)
    return Image.composite(Image.new("RGB", picture.size, (255, 0, 120)), picture, mask)
