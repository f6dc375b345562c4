"""What the verifier's own parts have to get right before its word on the vectors counts."""

import unittest
from hashlib import sha512
from typing import Any

import cbor2
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from cryptography.hazmat.primitives.hashes import SHA256

from suima_documents import (
    COLD,
    HOT,
    Head,
    Knowledge,
    Policy,
    Refused,
    RevocationList,
    Trust,
    policy_form,
    read_head,
    read_policy,
    read_revocation_list,
    read_trust,
)
from suima_encoding import Malformed, base45_decode, base45_encode, cbor_decode, cbor_encode
from suima_format import Outcome, Place, genuine, learn, verify
from suima_signature import (
    FIELD,
    NEUTRAL,
    ORDER,
    P256_ORDER,
    Point,
    ed25519_add,
    ed25519_key,
    ed25519_point,
    ed25519_sound,
    p256_key,
    read_key,
)

NOW = 1_795_309_200
DAY = 86_400


def encode_point(point: Point) -> bytes:
    """RFC 8032, section 5.1.2."""
    x, y = point
    return (y | (x & 1) << 255).to_bytes(32, "little")


def times(number: int, point: Point) -> Point:
    """A multiple of a point."""
    result = NEUTRAL
    while number:
        if number & 1:
            result = ed25519_add(result, point)
        point = ed25519_add(point, point)
        number >>= 1
    return result


def base_point() -> Point:
    """The base point: y is 4/5 and x even."""
    point = ed25519_point((4 * pow(5, -1, FIELD) % FIELD).to_bytes(32, "little"))
    assert point is not None
    return point


def small_order() -> list[Point]:
    """All eight points of small order, made of one of order eight.

    What is left of a point when the large prime is multiplied away is of small order.
    """
    for y in range(2, 100):
        point = ed25519_point(y.to_bytes(32, "little"))
        if point is not None and times(4 * ORDER, point) != NEUTRAL:
            return [times(number * ORDER, point) for number in range(8)]
    raise AssertionError("no point of order eight")


def scalar(*parts: bytes) -> int:
    """The hash of RFC 8032 as a number."""
    return int.from_bytes(sha512(b"".join(parts)).digest(), "little") % ORDER


class Base45(unittest.TestCase):
    """RFC 9285."""

    def test_examples(self) -> None:
        for data, text in (
            (b"AB", "BB8"),
            (b"Hello!!", "%69 VD92EX0"),
            (b"base-45", "UJCLQE7W581"),
            (b"ietf!", "QED8WEX0"),
            (b"", ""),
            (b"\xff\xff", "FGW"),
            (b"\xff", "U5"),
        ):
            self.assertEqual(base45_decode(text), data)
            self.assertEqual(base45_encode(data), text)

    def test_refused(self) -> None:
        for text in ("A", "BB8A", "GGW", "::", "V5", ":::", "bb8", "BB_", "ＢＢ８", "BB8\n"):
            with self.subTest(text), self.assertRaises(Malformed):
                base45_decode(text)


class Cbor(unittest.TestCase):
    """RFC 8949, section 4.2.1, and nothing besides."""

    def test_taken(self) -> None:
        for item in ({1: -19, 4: b"\x07"}, [None, True, False, "王*明"], {1: 1, -1: 6, -2: b""}, 2**64 - 1):
            self.assertEqual(cbor_decode(cbor_encode(item)), item)

    def test_refused(self) -> None:
        for hexadecimal in (
            "1801",  # a head longer than needed
            "5801ff",
            "1b00000000ffffffff",
            "9f01ff",  # indefinite lengths
            "bf0102ff",
            "5f4101ff",
            "7f6161ff",
            "c101",  # tags
            "d81c01",
            "d9d9f701",
            "c24101",
            "fa3f800000",  # a longer float than needed
            "a204010101",  # keys in another order, or twice
            "a201010101",
            "a1",  # an early end
            "62c3",
            "62c328",  # not UTF-8
            "63eda080",
            "0102",  # something after the end
            "",
            "ff",
            "81" * 5000 + "01",
        ):
            with self.subTest(hexadecimal[:40]), self.assertRaises(Malformed):
                cbor_decode(bytes.fromhex(hexadecimal))

    def test_look_alikes(self) -> None:
        sound: dict[Any, Any] = cose_key(ISSUER)
        read_key(sound)
        wrongs: tuple[Any, ...] = (
            sound | {1: True},
            sound | {1: 1.0},
            {True: 1, -1: 6, -2: sound[-2]},
            {1.0: 1, -1: 6, -2: sound[-2]},
            {-1: 6, 1: 1, -2: sound[-2]},
            sound | {1: 2},
            sound | {-1: 1},
            sound | {3: -19},
            sound | {-2: "x" * 32},
            sound | {-2: sound[-2][:31]},
            {},
            [],
            None,
        )
        for wrong in wrongs:
            with self.subTest(wrong), self.assertRaises(Malformed):
                read_key(wrong)


class Ed25519(unittest.TestCase):
    """RFC 8032, strictly."""

    def test_rfc_8032(self) -> None:
        # Section 7.1, test 2.
        key = ed25519_key(bytes.fromhex("3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c"))
        signature = bytes.fromhex(
            "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da"
            "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00"
        )
        self.assertTrue(key.fits(b"\x72", signature))
        self.assertFalse(key.fits(b"\x73", signature))
        s = int.from_bytes(signature[32:], "little")
        self.assertFalse(key.fits(b"\x72", signature[:32] + (s + ORDER).to_bytes(32, "little")))

    def test_arithmetic(self) -> None:
        base = base_point()
        self.assertEqual(encode_point(base)[:2], b"\x58\x66")
        self.assertEqual(times(ORDER, base), NEUTRAL)
        seed = Ed25519PrivateKey.from_private_bytes(b"\x07" * 32)
        digest = bytearray(sha512(b"\x07" * 32).digest()[:32])
        digest[0] &= 248
        digest[31] = digest[31] & 127 | 64
        public = encode_point(times(int.from_bytes(digest, "little"), base))
        self.assertEqual(public, seed.public_key().public_bytes_raw())
        self.assertTrue(ed25519_sound(public))

    def test_keys_refused(self) -> None:
        points = small_order()
        self.assertEqual(len(set(points)), 8)
        refused = [encode_point(point) for point in points]
        # y not below the prime, of small order or not; a sign where x is zero; no point at all.
        refused += [(FIELD + y | sign << 255).to_bytes(32, "little") for y in range(19) for sign in (0, 1)]
        refused += [(y | 1 << 255).to_bytes(32, "little") for y in (1, FIELD - 1)]
        refused += [(2).to_bytes(32, "little"), bytes(31), bytes(33)]
        for public in refused:
            with self.subTest(public.hex()), self.assertRaises(Malformed):
                ed25519_key(public)

    def test_small_order_r(self) -> None:
        # With R the neutral element, s = k·a fits without knowing more than a.
        a = 2**254 + 8
        public = encode_point(times(a, base_point()))
        for point in small_order():
            r = encode_point(point)
            s = scalar(r, public, b"m") * a % ORDER
            self.assertFalse(ed25519_key(public).fits(b"m", r + s.to_bytes(32, "little")))

    def test_no_cofactor(self) -> None:
        # R with something of small order added fits only if everything is multiplied by eight.
        a, nonce = 2**254 + 8, 12345
        public = encode_point(times(a, base_point()))
        for number, point in enumerate(small_order()):
            r = encode_point(ed25519_add(times(nonce, base_point()), point))
            s = (nonce + scalar(r, public, b"m") * a) % ORDER
            fits = ed25519_key(public).fits(b"m", r + s.to_bytes(32, "little"))
            self.assertEqual(fits, number == 0)


class Esp256(unittest.TestCase):
    """ECDSA on P-256 with SHA-256 and a low s."""

    def setUp(self) -> None:
        self.secret = ec.derive_private_key(4711, ec.SECP256R1())
        numbers = self.secret.public_key().public_numbers()
        self.x, self.odd = numbers.x.to_bytes(32, "big"), bool(numbers.y & 1)

    def test_low_s_alone(self) -> None:
        key = p256_key(self.x, self.odd)
        r, s = decode_dss_signature(self.secret.sign(b"m", ec.ECDSA(SHA256(), deterministic_signing=True)))
        for number in (s, P256_ORDER - s):
            signature = r.to_bytes(32, "big") + number.to_bytes(32, "big")
            self.assertEqual(key.fits(b"m", signature), number <= P256_ORDER // 2)
            self.assertFalse(key.fits(b"n", signature))
            self.assertFalse(p256_key(self.x, not self.odd).fits(b"m", signature))
        self.assertFalse(key.fits(b"m", bytes(64)))

    def test_keys_refused(self) -> None:
        field = 2**256 - 2**224 + 2**192 + 2**96 - 1
        for x in (field, field + 5, 2**256 - 1, 1):
            with self.subTest(x), self.assertRaises(Malformed):
                p256_key(x.to_bytes(32, "big"), True)
        for wrong in ({1: 2, -1: 1, -2: self.x, -3: 1}, {1: 2, -1: 1, -2: self.x, -3: self.x}):
            with self.assertRaises(Malformed):
                read_key(wrong)


ROOT = Ed25519PrivateKey.from_private_bytes(b"\x01" * 32)
ISSUER = Ed25519PrivateKey.from_private_bytes(b"\x02" * 32)
HOLDING = Ed25519PrivateKey.from_private_bytes(b"\x03" * 32)


def cose_key(secret: Ed25519PrivateKey) -> dict[int, Any]:
    """The COSE_Key of a secret key."""
    return {1: 1, -1: 6, -2: secret.public_key().public_bytes_raw()}


def sign(secret: Ed25519PrivateKey, header: dict[int, Any], payload: bytes, purpose: str) -> list[Any]:
    """The four items of a COSE_Sign1."""
    protected = cbor2.dumps(header, canonical=True)
    message = cbor2.dumps(["Signature1", protected, purpose.encode(), payload], canonical=True)
    return [protected, {}, payload, secret.sign(message)]


def issue(payload: Any, purpose: str, secret: Ed25519PrivateKey = ISSUER, kid: bytes = b"\x10") -> list[Any]:
    """An object of the issuer."""
    data = payload if isinstance(payload, bytes) else cbor2.dumps(payload, canonical=True)
    return sign(secret, {1: -19, 4: kid}, data, purpose)


def text_of(item: Any) -> str:
    """The text of a code."""
    return "SM1:" + base45_encode(cbor2.dumps(item, canonical=True))


def static_text(iat: int = NOW - 10, nbf: int | None = None) -> str:
    """A nucleic-acid code of slot 7."""
    claims: dict[int, Any] = {4: NOW + DAY, 6: iat, -65537: [1, 7, "王*明", 1960]}
    if nbf is not None:
        claims[5] = nbf
    return text_of(issue(claims, "suima/static"))


def live_text(time: int = NOW, iat: int = NOW - 100, colour: int = 0) -> str:
    """A live code of slot 7 by holding 9."""
    claims = {4: NOW + DAY, 6: iat, 8: {1: cose_key(HOLDING)}, -65537: [3, 7, 9, "王*明", colour]}
    credential = issue(claims, "suima/credential")
    return text_of(sign(HOLDING, {1: -19, 13: credential}, cbor2.dumps({6: time}), "suima/live"))


class World(unittest.TestCase):
    """Objects that were never made by the implementation under test."""

    def setUp(self) -> None:
        key = [b"\x10", 15, NOW + DAY, NOW + 2 * DAY, None, cose_key(ISSUER)]
        payload = {4: NOW + DAY, 6: NOW - DAY, -65537: [1, [key]]}
        self.trust_data = cbor2.dumps(issue(payload, "suima/trust", ROOT, HOT), canonical=True)
        self.trust: Trust = read_trust(self.trust_data, {HOT: ROOT.public_key().public_bytes_raw()})
        numbers = {1: 30, 2: 180, 3: 10, 4: 60, 5: 1209600, 6: DAY, 7: 7200, 8: DAY, 9: 8, 10: 3, 11: 10, 12: 7}
        numbers |= {13: 18, 14: 60, 15: 1, 17: 16, 99: 5}
        table = [[1, 2, 2], [1, 0, 2], [1, 1, 1], [1, 0, 1], [1, 1, 1]]
        self.policy_data = cbor2.dumps(issue({6: NOW, -65537: [3, table, numbers]}, "suima/policy"), canonical=True)
        self.policy: Policy = policy_form(self.policy_data)[2]

    def say(self, text: str, place: Place = "sampling", lines: Any = None, as_of: int | None = NOW) -> Outcome:
        """The verifier's word now."""
        return verify(text, place, self.trust, self.policy, lines or {}, as_of, NOW)

    def test_accepted(self) -> None:
        said = {"shown": "nucleic-acid", "slot": 7, "cautions": []}
        self.assertEqual(self.say(static_text()), ("accepted", None, said))
        self.assertEqual(self.say(live_text(), "gate"), ("accepted", None, said | {"shown": "live"}))
        cautions = ["validity-not-checked"]
        self.assertEqual(self.say(static_text(), as_of=None)[2], said | {"cautions": cautions})
        said |= {"knowledge_age": 7201, "cautions": ["compare-id-card"]}
        self.assertEqual(self.say(static_text(), "gate", as_of=NOW - 7201)[2], said)

    def test_refused(self) -> None:
        refusals: tuple[tuple[str, Place, str, dict[str, int]], ...] = (
            ("SM2:", "gate", "newer-format", {}),
            ("SM02:", "gate", "not-a-code", {}),
            ("SM10000:", "gate", "not-a-code", {}),
            ("SM1:" + "0" * 509, "gate", "not-a-code", {}),
            ("SM1:", "gate", "altered", {}),
            (static_text(nbf=NOW + 1), "gate", "not-yet-valid", {"from": NOW + 1}),
            (static_text(iat=NOW - 30), "gate", "replaced", {"at": NOW - 20}),
            (live_text(time=NOW - 61), "gate", "stale", {"by": 61}),
            (live_text(time=NOW + 61), "gate", "ahead", {"by": 61}),
            (live_text(iat=NOW - 300), "gate", "reported-lost", {"at": NOW - 200}),
            (live_text(colour=1), "gate", "status-not-admitted", {}),
        )
        for text, place, reason, values in refusals:
            with self.subTest(reason):
                lines = {(1, 7): (NOW - 20, 0), (4, 9): (NOW - 200, 1)}
                self.assertEqual(self.say(text, place, lines), ("refused", reason, values))
        self.assertEqual(self.say(static_text(), "gate", as_of=None)[1], "not-ready")

    def test_every_bit_counts(self) -> None:
        data = base45_decode(static_text()[4:])
        for bit in range(0, 8 * len(data), 5):
            changed = bytearray(data)
            changed[bit // 8] ^= 1 << bit % 8
            verdict, reason, _ = self.say("SM1:" + base45_encode(bytes(changed)))
            self.assertEqual(verdict, "refused")
            self.assertIn(reason, ("altered", "unknown-key", "key-out-of-time"))

    def test_learning(self) -> None:
        lines: dict[tuple[int, int], tuple[int, int]] = {}
        for text, line in (
            (static_text(iat=NOW - 50, nbf=NOW + 5), None),
            (live_text(), None),
            (static_text(iat=NOW - 20), (NOW - 20, 0)),
            (static_text(iat=NOW - 30, nbf=NOW), (NOW - 20, 0)),
        ):
            learn(lines, genuine(text, self.trust, NOW), NOW)
            self.assertEqual(lines.get((1, 7)), line)

    def test_documents(self) -> None:
        self.assertEqual(read_policy(self.policy_data, self.trust, NOW).version, 3)
        self.assertEqual([self.policy.numbers[key] for key in range(15, 21)], [1, 0, 16, 1, 7, 5])
        payload = {6: NOW, 10: b"n" * 16, -65537: [3, 1, [4, 0, 0, 0]]}
        head = cbor2.dumps(issue(payload, "suima/head"), canonical=True)
        self.assertEqual(read_head(head, self.trust, b"n" * 16, NOW).sequences, [4, 0, 0, 0])
        with self.assertRaises(Refused):
            read_head(head, self.trust, b"m" * 16, NOW)

    def test_roots(self) -> None:
        roots = {HOT: ROOT.public_key().public_bytes_raw(), COLD: ISSUER.public_key().public_bytes_raw()}
        for kid, root, version, sound in (
            (HOT, ROOT, 2**31 - 1, True),
            (HOT, ROOT, 2**31, False),
            (COLD, ISSUER, 2**31, True),
            (COLD, ISSUER, 2**31 - 1, False),
        ):
            with self.subTest(kid=kid, version=version):
                payload = {4: NOW + DAY, 6: NOW, -65537: [version, []]}
                data = cbor2.dumps(issue(payload, "suima/trust", root, kid), canonical=True)
                if sound:
                    self.assertEqual(read_trust(data, roots).version, version)
                else:
                    with self.assertRaises(Refused):
                        read_trust(data, roots)

    def read_list(self, lines: list[Any], base: int | None = None) -> RevocationList:
        """A list of kind 1 and sequence 4 with these lines in it."""
        item = issue({6: NOW, -65537: [1, 4, base, lines]}, "suima/revocations")
        return read_revocation_list(cbor2.dumps(item, canonical=True), self.trust, NOW)

    def test_list(self) -> None:
        # k 1: 5 is gap 5 = 110 1, before 100 + 3, cause 1; 6 is gap 0 = 0 0, before 100 + 0, cause 4.
        bits = "1101" "11" "001" "00" "00" "100"
        packed = int(bits, 2).to_bytes(2, "big")
        self.assertEqual(self.read_list([2, 1, 100, 2, packed]).lines, [(5, 103, 1), (6, 100, 4)])
        self.assertEqual(self.read_list([0, 0, 0, 0, b""], base=3).lines, [])
        for wrong in (
            [2, 1, 100, 2, packed + b"\x00"],
            [2, 1, 100, 2, packed[:1]],
            [1, 1, 100, 2, packed],
            [2, 1, 2**32 - 3, 2, packed],
            [2, 32, 100, 2, packed],
            [0, 0, 0, 33, b""],
            [0, 0, 0, 0, b"\x00"],
            [1, 0, 0, 0, b"\x50"],  # cause 5
            [1, 0, 0, 0, b"\x01"],  # a rest that is not zero
            [1, 31, 0, 0, b"\xc0\x00\x00\x00\x00"],  # number 2³²
        ):
            with self.subTest(wrong), self.assertRaises(Refused):
                self.read_list(wrong)
        for base in (4, 5):
            with self.assertRaises(Refused):
                self.read_list([0, 0, 0, 0, b""], base=base)

    def test_order_of_a_list(self) -> None:
        for rest, reason in ((b"\xf6", "unknown-key"), (b"", "unknown-key")):
            item = issue(b"\xa2\x06\x1a\x00\x01\x00\x00" + rest, "suima/revocations", kid=b"\x11")
            with self.assertRaises(Refused) as refused:
                read_revocation_list(cbor2.dumps(item, canonical=True), self.trust, NOW)
            self.assertEqual(refused.exception.reason, reason)
        for payload in (b"", b"\xa3\x06\x01", b"\xa2\x06\x18\x01", b"\xa2\x06\x1b" + bytes(8), b"\xa2\x06"):
            item = issue(payload, "suima/revocations", kid=b"\x11")
            with self.assertRaises(Refused) as refused:
                read_revocation_list(cbor2.dumps(item, canonical=True), self.trust, NOW)
            self.assertEqual(refused.exception.reason, "altered")

    def test_merging(self) -> None:
        known = Knowledge()
        full = RevocationList(NOW, 1, 5, None, [(7, 100, 0), (8, 50, 3)])
        later = RevocationList(NOW, 1, 9, 5, [(7, 90, 4), (8, 50, 1)])
        ahead = RevocationList(NOW, 1, 12, 10, [(9, 1, 2)])
        for taken in (ahead, later, full, later, ahead):
            known.take_list(taken)
        self.assertEqual(known.lines, {(1, 7): (100, 0), (1, 8): (50, 3), (1, 9): (1, 2)})
        self.assertEqual(known.sequences, {1: 9, 2: 0, 3: 0, 4: 0})
        known.take_head(Head(NOW, b"", 1, 1, [9, 0, 0, 0]))
        known.take_head(Head(NOW + 5, b"", 1, 1, [12, 0, 0, 0]))
        self.assertEqual(known.as_of, NOW)
        known.take_list(RevocationList(NOW, 1, 12, None, []))
        self.assertEqual(known.as_of, NOW + 5)


if __name__ == "__main__":
    unittest.main()
