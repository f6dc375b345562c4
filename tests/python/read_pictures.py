"""Reads every picture of a code with two readers that are not ours.

    read_pictures.py FOLDER

Each FOLDER/codes/*.png has to be read by zxing-cpp and by zbar (zbarimg) as exactly one code, with
exactly the text of the .txt file beside it, to the byte and with no line end. Every .txt file has
to have its picture. No picture at all is a failure.
"""

import subprocess
import sys
from pathlib import Path

import zxingcpp
from PIL import Image


def by_zxing(picture: Path) -> list[bytes]:
    """The QR codes that zxing-cpp finds in a picture.

    No others: in the dots of one code in some thousands it sees a linear code of four digits too (2026-11-23).
    """
    with Image.open(picture) as image:
        found = zxingcpp.read_barcodes(image, formats=zxingcpp.BarcodeFormat.QRCode)
        return [code.bytes for code in found]


def by_zbar(picture: Path) -> list[bytes]:
    """The QR codes that zbar finds in a picture; each is a line of zbarimg, and no code of ours has a line end."""
    done = subprocess.run(
        ["zbarimg", "--quiet", "--raw", "--nodbus", "-Sdisable", "-Sqrcode.enable", str(picture)],
        stdout=subprocess.PIPE,
        check=False,
    )
    # 4: no code was found.
    if done.returncode not in (0, 4):
        raise RuntimeError(f"zbarimg ended with {done.returncode}")
    return done.stdout.splitlines()


READERS = {"zxing": by_zxing, "zbar": by_zbar}


def check(picture: Path) -> list[str]:
    """What is wrong with one picture."""
    try:
        expected = picture.with_suffix(".txt").read_bytes()
    except FileNotFoundError:
        return [f"{picture.name}: no text beside it"]
    wrong = []
    for name, reader in READERS.items():
        found = reader(picture)
        if found != [expected]:
            wrong.append(f"{picture.name}: {name} reads {found!r} and not {expected!r}")
    return wrong


def main(arguments: list[str]) -> int:
    if len(arguments) != 1:
        print("usage: read_pictures.py FOLDER", file=sys.stderr)
        return 2
    folder = Path(arguments[0]) / "codes"
    pictures = sorted(folder.glob("*.png"))
    wrong = [problem for picture in pictures for problem in check(picture)]
    wrong += [
        f"{text.name}: no picture beside it"
        for text in sorted(folder.glob("*.txt"))
        if not text.with_suffix(".png").exists()
    ]
    if not pictures:
        wrong.append(f"{folder}: no pictures")
    for problem in wrong:
        print(problem, file=sys.stderr)
    if wrong:
        return 1
    print(f"{len(pictures)} pictures, each read by {' and by '.join(READERS)} to its text")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
