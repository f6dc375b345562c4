"""Makes the pictures of the gallery small, and puts three of them together for the README.

    gallery.py FOLDER DOCS

FOLDER/gallery.md and FOLDER/gallery/*.png go to DOCS, each picture with as few colours as letters and codes need.
DOCS/simulator.png shows a phone, a sampling station and a gate side by side. What is in DOCS/gallery already is removed.
More than 4 MB are a failure.
"""

import shutil
import sys
from pathlib import Path

from PIL import Image

MOST_BYTES = 4_000_000
COLOURS = 48

# The pictures of the README, all of one height.
SIDE_BY_SIDE = ["live-360", "registered-1440", "gate-360"]
HEIGHT = 740
GAP = 16
GROUND = (201, 211, 219)


def few_colours(picture: Image.Image) -> Image.Image:
    return picture.convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE)


def side_by_side(folder: Path) -> Image.Image:
    """The pictures in a row, at one height."""
    pictures = []
    for name in SIDE_BY_SIDE:
        with Image.open(folder / f"{name}.png") as picture:
            width = round(picture.width * HEIGHT / picture.height)
            pictures.append(picture.convert("RGB").resize((width, HEIGHT), Image.Resampling.LANCZOS))
    whole = sum(picture.width for picture in pictures) + GAP * (len(pictures) + 1)
    row = Image.new("RGB", (whole, HEIGHT + 2 * GAP), GROUND)
    left = GAP
    for picture in pictures:
        row.paste(picture, (left, GAP))
        left += picture.width + GAP
    return row


def main(arguments: list[str]) -> int:
    if len(arguments) != 2:
        print("usage: gallery.py FOLDER DOCS", file=sys.stderr)
        return 2
    folder, docs = Path(arguments[0]), Path(arguments[1])
    pictures = sorted((folder / "gallery").glob("*.png"))
    if not pictures:
        print(f"{folder}: no pictures", file=sys.stderr)
        return 1
    shutil.rmtree(docs / "gallery", ignore_errors=True)
    (docs / "gallery").mkdir()
    for path in pictures:
        with Image.open(path) as picture:
            few_colours(picture).save(docs / "gallery" / path.name, optimize=True)
    shutil.copyfile(folder / "gallery.md", docs / "gallery.md")
    few_colours(side_by_side(folder / "gallery")).save(docs / "simulator.png", optimize=True)
    size = sum(path.stat().st_size for path in (docs / "gallery").iterdir())
    print(f"{len(pictures)} pictures, {size / 1e6:.1f} MB")
    return int(size > MOST_BYTES)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
