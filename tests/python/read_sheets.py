"""Renders every printed sheet, reads its codes with two readers that are not ours, and measures its cards.

    read_sheets.py FOLDER

Each FOLDER/sheets/*.pdf has to be one page of A4. zxing-cpp and zbar (zbarimg) have to read from it exactly the texts
in the .txt file beside it, a line each. Around each code there is the edge of a card of 85.6 mm by 54 mm, within half
a millimetre. No sheet at all is a failure.
"""

import subprocess
import sys
import tempfile
from pathlib import Path

import zxingcpp
from PIL import Image

from read_pictures import by_zbar

DOTS_PER_INCH = 300
DOTS_PER_MM = DOTS_PER_INCH / 25.4
A4 = (210.0, 297.0)
CARD = (85.6, 54.0)
TOLERANCE = 0.5

# Nothing is printed within this many millimetres of the edge of a card.
MARGIN = 1.0
# Any line is darker than this, and paper is not.
DARK = 200


def render(sheet: Path, folder: str) -> list[Path]:
    """The pages of a sheet, as pictures."""
    stem = Path(folder) / sheet.stem
    subprocess.run(
        ["pdftoppm", "-r", str(DOTS_PER_INCH), "-gray", "-png", str(sheet), str(stem)], check=True
    )
    return sorted(Path(folder).glob(f"{sheet.stem}-*.png"))


def first_dark(page: Image.Image, start: tuple[int, int], step: tuple[int, int]) -> int:
    """How many dots it is from `start` to the first dark one; -1 where there is none."""
    x, y = start
    count = 0
    while 0 <= x < page.width and 0 <= y < page.height:
        if page.getpixel((x, y)) < DARK:
            return count
        x, y, count = x + step[0], y + step[1], count + 1
    return -1


def card_size(page: Image.Image, position: zxingcpp.Position) -> tuple[float, float]:
    """Width and height in millimetres of the card around a code."""
    corners = [position.top_left, position.top_right, position.bottom_left, position.bottom_right]
    left, right = min(c.x for c in corners), max(c.x for c in corners)
    top, bottom = min(c.y for c in corners), max(c.y for c in corners)
    middle = (left + right) // 2
    # From just outside the code, through its quiet zone, to the edge.
    apart = round(DOTS_PER_MM)
    above = top - apart - first_dark(page, (middle, top - apart), (0, -1))
    below = bottom + apart + first_dark(page, (middle, bottom + apart), (0, 1))
    # Along the upper edge, where nothing is printed.
    line = above + round(MARGIN * DOTS_PER_MM)
    before = middle - first_dark(page, (middle, line), (-1, 0))
    after = middle + first_dark(page, (middle, line), (1, 0))
    return ((after - before) / DOTS_PER_MM, (below - above) / DOTS_PER_MM)


def near(measured: tuple[float, float], wanted: tuple[float, float]) -> bool:
    return all(abs(m - w) <= TOLERANCE for m, w in zip(measured, wanted))


def check(sheet: Path) -> list[str]:
    """What is wrong with one sheet."""
    expected = sorted(sheet.with_suffix(".txt").read_bytes().splitlines())
    with tempfile.TemporaryDirectory() as folder:
        pages = render(sheet, folder)
        if len(pages) != 1:
            return [f"{sheet.name}: {len(pages)} pages"]
        with Image.open(pages[0]) as picture:
            page = picture.convert("L")
        size = (page.width / DOTS_PER_MM, page.height / DOTS_PER_MM)
        found = zxingcpp.read_barcodes(page, formats=zxingcpp.BarcodeFormat.QRCode)
        cards = [card_size(page, one.position) for one in found]
        zbar = sorted(by_zbar(pages[0]))
    wrong = []
    if not near(size, A4):
        wrong.append(f"{sheet.name}: a page of {size[0]:.1f} mm by {size[1]:.1f} mm")
    for name, read in [("zxing", sorted(one.bytes for one in found)), ("zbar", zbar)]:
        if read != expected:
            wrong.append(f"{sheet.name}: {name} reads {read!r} and not {expected!r}")
    for width, height in cards:
        if not near((width, height), CARD):
            wrong.append(f"{sheet.name}: a card of {width:.2f} mm by {height:.2f} mm")
    return wrong


def main(arguments: list[str]) -> int:
    if len(arguments) != 1:
        print("usage: read_sheets.py FOLDER", file=sys.stderr)
        return 2
    sheets = sorted((Path(arguments[0]) / "sheets").glob("*.pdf"))
    wrong = [problem for sheet in sheets for problem in check(sheet)]
    if not sheets:
        wrong.append(f"{arguments[0]}: no sheets")
    for problem in wrong:
        print(problem, file=sys.stderr)
    if wrong:
        return 1
    print(f"{len(sheets)} sheets, each code read by zxing and by zbar, each card of its size")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
