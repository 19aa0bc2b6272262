"""Make "BVP Figures": the digits of Be Vietnam Pro set to one width, as the family has no tabular figures.

A modified version under its own name, as the SIL Open Font License asks. Needs the development requirements
(fontTools, brotli) and the vendored fonts.
"""

import shutil
from typing import Any, Final

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont

from tools.vendor import FONT_WEIGHTS, PACKAGES, STATIC

SOURCE: Final = next(package for package in PACKAGES if package.name == "be-vietnam-pro")
FONTS: Final = STATIC / "fonts"
DIGITS: Final = "0123456789"
COPYRIGHT_ID: Final = 0
LICENCE_ID: Final = 14
NAME_IDS: Final = (1, 3, 4, 16)
POSTSCRIPT_ID: Final = 6

# Narrower than the widest digit of each weight: a column of ones and fours would look loose otherwise.
DIGIT_WIDTH: Final = {400: 640, 500: 648, 600: 656, 700: 664}


def main() -> int:
    """Write app/static/fonts/bvp-figures-<weight>.woff2 from the vendored latin files; exit code 0."""
    FONTS.mkdir(exist_ok=True)
    for weight in FONT_WEIGHTS:
        figures(weight).save(FONTS / f"bvp-figures-{weight}.woff2")
    shutil.copyfile(SOURCE.folder / "OFL.txt", FONTS / "OFL.txt")
    print(f"Đã làm {len(FONT_WEIGHTS)} tệp phông chữ số trong {FONTS}.")
    return 0


def figures(weight: int) -> TTFont:
    """The ten digits of one weight (400–700), each centred in the same width, in font units."""
    font = TTFont(SOURCE.folder / f"be-vietnam-pro-latin-{weight}-normal.woff2", recalcTimestamp=False)
    options = Options(name_IDs=[COPYRIGHT_ID, LICENCE_ID], layout_features=[], glyph_names=True, hinting=False)
    subsetter = Subsetter(options)
    subsetter.populate(text=DIGITS)
    subsetter.subset(font)
    _set_width(font, DIGIT_WIDTH[weight])
    _rename(font, weight)
    font.flavor = "woff2"
    return font


def _set_width(font: Any, width: int) -> None:
    for codepoint in map(ord, DIGITS):
        name = font.getBestCmap()[codepoint]
        advance, bearing = font["hmtx"][name]
        shift = round((width - advance) / 2)
        glyph = font["glyf"][name]
        glyph.coordinates.translate((shift, 0))
        glyph.recalcBounds(font["glyf"])
        font["hmtx"][name] = (width, bearing + shift)


def _rename(font: Any, weight: int) -> None:
    for name_id in NAME_IDS:
        font["name"].setName(f"BVP Figures {weight}", name_id, 3, 1, 0x409)
    font["name"].setName(f"BVP-Figures-{weight}", POSTSCRIPT_ID, 3, 1, 0x409)
