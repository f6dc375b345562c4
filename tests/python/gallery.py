"""Makes the pictures of the gallery small, and puts three of them together for the README.

    gallery.py FOLDER DOCS

FOLDER/gallery.md and FOLDER/gallery/*.png go to DOCS, each picture with as few colours as letters and codes need.
DOCS/simulator.png shows the start page above the sampling station, and a phone beside them. What is in DOCS/gallery already is removed.
More than 4 MB are a failure.
"""

import shutil
import sys
from pathlib import Path

from PIL import Image

MOST_BYTES = 4_000_000
COLOURS = 48

# The pictures of the README: one above the other, and one beside both.
STACKED = ["start-1440", "registered-1440"]
BESIDE = "live-360"
WIDTH = 720
GAP = 16
GROUND = (201, 211, 219)


def few_colours(picture: Image.Image) -> Image.Image:
    return picture.convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE)


def opened(path: Path, width: int) -> Image.Image:
    """A picture, made this wide."""
    with Image.open(path) as picture:
        height = round(picture.height * width / picture.width)
        return picture.convert("RGB").resize((width, height), Image.Resampling.LANCZOS)


def together(folder: Path) -> Image.Image:
    """The pictures of the README as one."""
    stacked = [opened(folder / f"{name}.png", WIDTH) for name in STACKED]
    height = sum(picture.height for picture in stacked) + GAP * (len(stacked) - 1)
    with Image.open(folder / f"{BESIDE}.png") as picture:
        width = round(picture.width * height / picture.height)
    whole = Image.new("RGB", (WIDTH + width + 3 * GAP, height + 2 * GAP), GROUND)
    top = GAP
    for picture in stacked:
        whole.paste(picture, (GAP, top))
        top += picture.height + GAP
    whole.paste(opened(folder / f"{BESIDE}.png", width), (WIDTH + 2 * GAP, GAP))
    return whole


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
    few_colours(together(folder / "gallery")).save(docs / "simulator.png", optimize=True)
    size = sum(path.stat().st_size for path in (docs / "gallery").iterdir())
    print(f"{len(pictures)} pictures, {size / 1e6:.1f} MB")
    return int(size > MOST_BYTES)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
