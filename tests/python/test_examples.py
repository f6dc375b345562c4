"""The worked examples of docs/format.md are what the page says they are, to this verifier too."""

import re
import unittest
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from suima_documents import COLD, HOT, Lines, raise_line, read_head, read_policy, read_revocation_list, read_trust
from suima_encoding import base45_decode, cbor_decode, cbor_encode
from suima_format import LiveCode, genuine, verify
from suima_signature import Signed, read_signed

PAGE = Path(__file__).parents[2] / "docs" / "format.md"
NOW = 1_795_309_200
SLOT = 305_419_896
NONCE = b"0123456789abcdef"


def examples() -> dict[str, dict[str, str]]:
    """Title to label to what stands below it, the folded lines joined."""
    section = PAGE.read_text(encoding="utf-8").split("\n## 11. Worked examples\n")[1]
    found: dict[str, dict[str, str]] = {}
    for title, block in re.findall(r"\n\*\*([^*\n]+)\*\*\n\n```\n(.*?)```\n", section, re.DOTALL):
        labels: dict[str, str] = {}
        label = ""
        for line in block.splitlines():
            if line.startswith("    "):
                labels[label] += line[4:]
            else:
                label = line
                labels[label] = ""
        found[title] = labels
    return found


class WorkedExamples(unittest.TestCase):
    """Section 11."""

    def setUp(self) -> None:
        self.examples = examples()
        self.roots = {
            kid: Ed25519PrivateKey.from_private_bytes(bytes([seed]) * 32).public_key().public_bytes_raw()
            for kid, seed in ((HOT, 1), (COLD, 2))
        }
        self.trust = read_trust(self.hexadecimal("Trust bundle"), self.roots)
        self.policy = read_policy(self.hexadecimal("Policy"), self.trust, NOW)

    def hexadecimal(self, title: str, label: str = "object") -> bytes:
        """The bytes of an example."""
        return bytes.fromhex(self.examples[title][label])

    def test_to_be_signed(self) -> None:
        def to_be_signed(signed: Signed, purpose: bytes) -> bytes:
            return cbor_encode(["Signature1", signed.protected, purpose, signed.payload])

        for title, purpose in (
            ("Trust bundle", b"suima/trust"),
            ("Policy", b"suima/policy"),
            ("Nucleic-acid code", b"suima/static"),
            ("Credential", b"suima/credential"),
            ("Revocation list", b"suima/revocations"),
            ("Head", b"suima/head"),
        ):
            with self.subTest(title):
                signed = read_signed(cbor_decode(self.hexadecimal(title)))
                self.assertEqual(to_be_signed(signed, purpose), self.hexadecimal(title, "to be signed"))
        live = genuine(self.examples["Live code"]["text"], self.trust, NOW)
        assert isinstance(live, LiveCode)
        wanted = self.hexadecimal("Live code", "to be signed by the holding's key")
        self.assertEqual(to_be_signed(live.signed, b"suima/live"), wanted)
        self.assertEqual(live.signed.signature, self.hexadecimal("Live code", "signature"))
        credential = read_signed(cbor_decode(self.hexadecimal("Credential")))
        self.assertEqual(live.credential.signed, credential)

    def test_codes(self) -> None:
        static = self.examples["Nucleic-acid code"]["text"]
        self.assertEqual(base45_decode(static[4:]), self.hexadecimal("Nucleic-acid code"))
        for text, shown in ((static, "nucleic-acid"), (self.examples["Live code"]["text"], "live")):
            said = {"shown": shown, "slot": SLOT, "cautions": []}
            self.assertEqual(
                verify(text, "sampling", self.trust, self.policy, {}, NOW, NOW), ("accepted", None, said)
            )

    def test_revocations(self) -> None:
        taken = read_revocation_list(self.hexadecimal("Revocation list"), self.trust, NOW)
        self.assertEqual((taken.kind, taken.sequence, taken.base), (1, 3, None))
        self.assertEqual(taken.lines, [(7, 1795305600, 0), (1000, 1795309140, 0), (SLOT, NOW, 1)])
        lines: Lines = {}
        for number, before, cause in taken.lines:
            raise_line(lines, taken.kind, number, before, cause)
        # What was issued at the line is not before it.
        static = self.examples["Nucleic-acid code"]["text"]
        self.assertEqual(verify(static, "sampling", self.trust, self.policy, lines, NOW, NOW)[0], "accepted")

    def test_head(self) -> None:
        head = read_head(self.hexadecimal("Head"), self.trust, NONCE, NOW)
        self.assertEqual((head.policy_version, head.trust_version, head.sequences), (1, 1, [3, 0, 0, 1]))


if __name__ == "__main__":
    unittest.main()
