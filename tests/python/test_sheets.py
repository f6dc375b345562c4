"""The measuring of printed cards finds a card that is too small, too large, or without an edge."""

import unittest

import zxingcpp
from PIL import Image, ImageDraw

from read_sheets import A4, CARD, DOTS_PER_MM, card_size, near


def dots(millimetres: float) -> int:
    return round(millimetres * DOTS_PER_MM)


def sheet(width: float, height: float) -> Image.Image:
    """A page with one card of this size on it, in millimetres, the code at its left."""
    page = Image.new("L", (dots(A4[0]), dots(A4[1])), 255)
    left, top = dots(20), dots(20)
    edge = (left, top, left + dots(width), top + dots(height))
    ImageDraw.Draw(page).rectangle(edge, outline=100, width=2)
    barcode = zxingcpp.create_barcode("SM1:0123456789", zxingcpp.BarcodeFormat.QRCode)
    code = Image.fromarray(zxingcpp.write_barcode_to_image(barcode, scale=8))
    page.paste(code, (left + dots(4), top + dots(4)))
    return page


def measured(page: Image.Image) -> tuple[float, float]:
    [found] = zxingcpp.read_barcodes(page)
    return card_size(page, found.position)


class Sheets(unittest.TestCase):
    def test_a_card_of_the_right_size_passes(self) -> None:
        self.assertTrue(near(measured(sheet(*CARD)), CARD))

    def test_a_card_of_another_size_does_not(self) -> None:
        for width, height in [(84.8, 54.0), (86.6, 54.0), (85.6, 53.2), (85.6, 55.0)]:
            self.assertFalse(near(measured(sheet(width, height)), CARD), (width, height))


if __name__ == "__main__":
    unittest.main()
