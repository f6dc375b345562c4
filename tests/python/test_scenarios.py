"""The scenarios and their cast obey the schema beside them, which refuses what it does not name."""

import copy
import json
import unittest
from pathlib import Path
from typing import Any

from jsonschema import Draft202012Validator

FOLDER = Path(__file__).parents[1] / "scenarios"


def read(name: str) -> Any:
    """A file of the folder."""
    return json.loads((FOLDER / name).read_text(encoding="utf-8"))


class OfTheFiles(unittest.TestCase):
    """Every file, and what the schema makes of spoilt ones."""

    def setUp(self) -> None:
        self.schema = Draft202012Validator(read("schema.json"))

    def test_schema(self) -> None:
        Draft202012Validator.check_schema(self.schema.schema)

    def test_files(self) -> None:
        names = sorted(path.name for path in FOLDER.glob("*.json") if path.name != "schema.json")
        self.assertEqual(names, ["people.json", *(f"r{number}.json" for number in range(1, 10))])
        for name in names:
            with self.subTest(name):
                self.assertTrue(self.schema.is_valid(read(name)), name)

    def test_spoilt(self) -> None:
        sound = read("r1.json")
        sound["scenarios"] = sound["scenarios"][:1]
        self.assertTrue(self.schema.is_valid(sound))

        def step(spoilt: Any) -> Any:
            return spoilt["scenarios"][0]["steps"][0]

        spoil = {
            "unknown field of the file": lambda it: it.update(more=1),
            "unknown field of a scenario": lambda it: it["scenarios"][0].update(more=1),
            "unknown field of a step": lambda it: step(it).update(more=1),
            "unknown step": lambda it: step(it).update(do="dance"),
            "missing argument": lambda it: step(it).pop("person"),
            "unknown network": lambda it: it["scenarios"][0].update(network=["slow"]),
            "no title": lambda it: it["scenarios"][0].pop("title"),
        }
        for what, change in spoil.items():
            with self.subTest(what):
                spoilt = copy.deepcopy(sound)
                change(spoilt)
                self.assertFalse(self.schema.is_valid(spoilt))


if __name__ == "__main__":
    unittest.main()
