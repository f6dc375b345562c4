"""The check of a tour finds what is wrong with one, and nothing wrong with a sound one."""

import json
import tempfile
import unittest
from pathlib import Path
from typing import Any

import cbor2

import test_format as made
from suima_encoding import Malformed
from verify_tour import Tour

NOW = made.NOW
OLDER = made.static_text(iat=NOW - 30)
NEWER = made.static_text(iat=NOW - 10)
VOID = made.live_text(time=NOW, iat=NOW - 100)


def step(at: int, code: str, verdict: str, reason: str | None, purpose: str = "sampling") -> dict[str, Any]:
    """A line of tour.jsonl."""
    line = {"step": 1, "at": at, "code": code, "purpose": purpose, "verdict": verdict, "reason": reason}
    return line | {"detail": ""}


class OfATour(unittest.TestCase):
    """A tour written here, sound but for what a test changes."""

    def setUp(self) -> None:
        temporary = tempfile.TemporaryDirectory()
        self.addCleanup(temporary.cleanup)
        self.folder = Path(temporary.name)
        for name in ("codes", "lists"):
            (self.folder / name).mkdir()
        world = made.World("test_accepted")
        world.setUp()
        # One line: holding 9, before NOW - 50, cause 1.
        lines = [1, 4, NOW - 50, 0, int("0" "1001" "001", 2).to_bytes(1, "big")]
        revocations = made.issue({6: NOW, -65537: [4, 1, None, lines]}, "suima/revocations")
        self.write("root.pub", made.ROOT.public_key().public_bytes_raw().hex().encode())
        self.write("trust.cwt", world.trust_data)
        self.write("policy.cwt", world.policy_data)
        self.write("lists/4.cwt", cbor2.dumps(revocations, canonical=True))
        self.write("codes/01-older.txt", OLDER.encode())
        self.write("codes/02-newer.txt", NEWER.encode())
        self.write("codes/03-live.txt", VOID.encode())
        self.write("codes/04-altered.txt", NEWER[:-1].encode())
        self.steps = [
            step(NOW - 20, "01-older.png", "accepted", None),
            step(NOW - 5, "02-newer.txt", "accepted", None),
            step(NOW, "01-older.txt", "refused", "replaced"),
            step(NOW, "03-live.txt", "refused", "reported-lost", "gate"),
            step(NOW - 60, "03-live.txt", "accepted", None, "gate"),
            step(NOW + 61, "03-live.txt", "refused", "stale", "gate"),
            step(NOW, "02-newer.txt", "refused", "not-ready", "gate"),
            step(NOW, "04-altered.txt", "refused", "altered", "gate"),
            step(NOW, "01-older.txt", "done", None, "printed"),
        ]

    def write(self, name: str, data: bytes) -> None:
        """Puts a file into the folder."""
        (self.folder / name).write_bytes(data)

    def wrong(self) -> list[str]:
        """What the check says to the folder."""
        lines = "".join(json.dumps(line) + "\n" for line in self.steps)
        self.write("tour.jsonl", lines.encode())
        tour = Tour(self.folder)
        tour.check()
        return tour.wrong

    def test_sound(self) -> None:
        self.assertEqual(self.wrong(), [])

    def test_steps(self) -> None:
        for number, changes in (
            (0, {"verdict": "refused", "reason": "expired"}),
            (0, {"code": "05-none.txt"}),
            (0, {"code": None}),
            (8, {"code": "05-none.txt"}),
            (0, {"verdict": "refused", "reason": "not-ready"}),
            (2, {"verdict": "accepted", "reason": None}),
            (2, {"reason": "reported-lost"}),
            (3, {"reason": "replaced"}),
            (3, {"verdict": "accepted", "reason": None}),
            (5, {"reason": "reported-lost"}),
            (7, {"verdict": "accepted", "reason": None}),
        ):
            with self.subTest(f"{number} {changes}"):
                sound = self.steps[number]
                self.steps[number] = sound | changes
                self.assertEqual(len(self.wrong()), 1)
                self.steps[number] = sound

    def test_lines_of_another_form(self) -> None:
        for number, changes in (
            (0, {"verdict": "done"}),
            (0, {"reason": "expired"}),
            (0, {"more": 1}),
            (0, {"at": str(NOW)}),
            (2, {"reason": None}),
            (8, {"verdict": "accepted"}),
            (8, {"reason": "expired"}),
        ):
            with self.subTest(f"{number} {changes}"), self.assertRaises((ValueError, Malformed)):
                sound = self.steps[number]
                self.steps[number] = sound | changes
                try:
                    self.wrong()
                finally:
                    self.steps[number] = sound

    def test_files(self) -> None:
        for name, data in (
            ("codes/02-newer.txt", NEWER.encode() + b"\n"),
            ("codes/05-more.txt", b"SM2:"),
            ("codes/05-altered.txt", NEWER.encode()),
            ("lists/5.cwt", b""),
        ):
            with self.subTest(name):
                path = self.folder / name
                before = path.read_bytes() if path.exists() else None
                path.write_bytes(data)
                self.assertNotEqual(self.wrong(), [])
                path.unlink()
                if before is not None:
                    path.write_bytes(before)

    def test_nothing_there(self) -> None:
        self.steps = []
        for path in [*self.folder.glob("codes/*"), *self.folder.glob("lists/*")]:
            path.unlink()
        self.assertEqual(self.wrong(), ["no step at all", "no code at all", "no list at all"])


if __name__ == "__main__":
    unittest.main()
