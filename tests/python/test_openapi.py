"""The issuer's description of itself is OpenAPI 3.1 by a validator of others."""

import json
import unittest
from pathlib import Path
from typing import Any

from jsonschema import Draft202012Validator
from openapi_spec_validator import OpenAPIV31SpecValidator
from referencing.exceptions import PointerToNowhere

DOCUMENT = Path(__file__).parents[2] / "docs" / "openapi.json"


def errors(document: dict[str, Any]) -> list[str]:
    """What the validator says."""
    return [str(error) for error in OpenAPIV31SpecValidator(document).iter_errors()]


class OfTheDocument(unittest.TestCase):
    """The document that is checked in, which a test in Rust compares with what is served."""

    def setUp(self) -> None:
        self.document: dict[str, Any] = json.loads(DOCUMENT.read_text(encoding="utf-8"))

    def test_sound(self) -> None:
        self.assertEqual(errors(self.document), [])
        self.assertTrue(self.document["openapi"].startswith("3.1."))

    def test_unsound(self) -> None:
        del self.document["info"]["title"]
        self.assertEqual(len(errors(self.document)), 1)

    def test_nowhere(self) -> None:
        operation = next(iter(self.document["paths"].values()))["post"]
        operation["responses"]["200"]["content"]["application/json"]["schema"]["$ref"] = "#/components/schemas/None"
        with self.assertRaises(PointerToNowhere):
            errors(self.document)

    def test_schemas(self) -> None:
        """Each schema is one of JSON Schema, and takes what is right and not what is wrong."""
        schemas = self.document["components"]["schemas"]
        for name, schema in schemas.items():
            with self.subTest(name):
                Draft202012Validator.check_schema(schema)
        told = {"type": "urn:suima:problem:too-often", "id": "too-often", "title": "t", "title_zh": "t"}
        told |= {"status": 429, "time": 1795309200}
        schema = {"$ref": "#/components/schemas/Problem", "components": self.document["components"]}
        problem = Draft202012Validator(schema)
        self.assertEqual(list(problem.iter_errors(told)), [])
        for wrong in ({"id": "none"}, {"time": -1}, {"time": "now"}, {"title_zh": None}):
            with self.subTest(wrong):
                self.assertNotEqual(list(problem.iter_errors(told | wrong)), [])


if __name__ == "__main__":
    unittest.main()
