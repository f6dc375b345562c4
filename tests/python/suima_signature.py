"""The keys and signatures of docs/format.md, section 1: Ed25519 and ESP256, both strictly, in COSE_Sign1.

cryptography judges the signatures. What it may be laxer about than the format (small order, numbers
not below their modulus, high s) is checked here first, in plain integers.
"""

from dataclasses import dataclass
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from cryptography.hazmat.primitives.hashes import SHA256

from suima_encoding import Malformed, array, cbor_decode, cbor_encode, fields, flag, integer_keys, octets, unsigned

ED25519 = -19
ESP256 = -9

# Ed25519 (RFC 8032, section 5.1): the field, the group order, d of the curve and a root of -1.
FIELD = 2**255 - 19
ORDER = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, -1, FIELD) % FIELD
ROOT_OF_MINUS_ONE = pow(2, (FIELD - 1) // 4, FIELD)

# P-256 (SP 800-186, section 3.2.1.3).
P256_FIELD = 2**256 - 2**224 + 2**192 + 2**96 - 1
P256_ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551

Point = tuple[int, int]
NEUTRAL: Point = (0, 1)


def ed25519_point(encoded: bytes) -> Point | None:
    """The point of an encoding (RFC 8032, section 5.1.3), or None: y below the prime, no sign of a zero."""
    number = int.from_bytes(encoded, "little")
    sign, y = number >> 255, number & (2**255 - 1)
    if len(encoded) != 32 or y >= FIELD:
        return None
    square = (y * y - 1) * pow(D * y * y + 1, -1, FIELD) % FIELD
    x = pow(square, (FIELD + 3) // 8, FIELD)
    if (x * x - square) % FIELD != 0:
        x = x * ROOT_OF_MINUS_ONE % FIELD
    if (x * x - square) % FIELD != 0:
        return None
    if x == 0 and sign == 1:
        return None
    return (x if x & 1 == sign else FIELD - x, y)


def ed25519_add(one: Point, other: Point) -> Point:
    """The sum of two points; the law of this curve has no exceptions (RFC 8032, section 5.1.4)."""
    (x1, y1), (x2, y2) = one, other
    product = D * x1 * x2 * y1 * y2
    x = (x1 * y2 + x2 * y1) * pow(1 + product, -1, FIELD)
    y = (y1 * y2 + x1 * x2) * pow(1 - product, -1, FIELD)
    return (x % FIELD, y % FIELD)


def ed25519_sound(encoded: bytes) -> bool:
    """Whether bytes encode, in the one way, a point that is not of small order.

    The group is of order 8 times a prime: small order is what eight times itself is nothing.
    """
    point = ed25519_point(encoded)
    if point is None:
        return False
    for _ in range(3):
        point = ed25519_add(point, point)
    return point != NEUTRAL


@dataclass(frozen=True)
class Key:
    """A public key: Ed25519 in 32 bytes, or P-256 in 33 as a compressed point."""

    algorithm: int
    public: bytes

    def fits(self, message: bytes, signature: bytes) -> bool:
        """Whether a signature of 64 bytes is this key's over the message."""
        if self.algorithm == ED25519:
            return self._fits_ed25519(message, signature)
        return self._fits_p256(message, signature)

    def _fits_ed25519(self, message: bytes, signature: bytes) -> bool:
        if not ed25519_sound(signature[:32]) or int.from_bytes(signature[32:], "little") >= ORDER:
            return False
        try:
            # Recomputes R without the cofactor and compares its encoding.
            Ed25519PublicKey.from_public_bytes(self.public).verify(signature, message)
        except InvalidSignature:
            return False
        return True

    def _fits_p256(self, message: bytes, signature: bytes) -> bool:
        r, s = int.from_bytes(signature[:32], "big"), int.from_bytes(signature[32:], "big")
        if not 0 < r < P256_ORDER or not 0 < s <= P256_ORDER // 2:
            return False
        key = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), self.public)
        try:
            key.verify(encode_dss_signature(r, s), message, ec.ECDSA(SHA256()))
        except InvalidSignature:
            return False
        return True


def ed25519_key(public: bytes) -> Key:
    """An Ed25519 key from its 32 bytes."""
    if len(public) != 32 or not ed25519_sound(public):
        raise Malformed("no Ed25519 key")
    return Key(ED25519, public)


def p256_key(x: bytes, odd: bool) -> Key:
    """A P-256 key from x and the sign of y."""
    public = bytes([3 if odd else 2]) + x
    if len(x) != 32 or int.from_bytes(x, "big") >= P256_FIELD:
        raise Malformed("no P-256 key")
    try:
        ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), public)
    except ValueError as error:
        raise Malformed("no P-256 key") from error
    return Key(ESP256, public)


def read_key(item: Any) -> Key:
    """A COSE_Key in one of its two forms."""
    if len(integer_keys(item)) == 3:
        kind, curve, x = fields(item, 1, -1, -2)
        unsigned(kind, 1, 1)
        unsigned(curve, 6, 6)
        return ed25519_key(octets(x, 32))
    kind, curve, x, odd = fields(item, 1, -1, -2, -3)
    unsigned(kind, 2, 2)
    unsigned(curve, 1, 1)
    return p256_key(octets(x, 32), flag(odd))


@dataclass(frozen=True)
class Signed:
    """A COSE_Sign1 whose signature has not been looked at."""

    protected: bytes
    payload: bytes
    signature: bytes

    def fits(self, key: Key, purpose: str) -> bool:
        """Whether the signature is the key's, over what the object is for."""
        signed = cbor_encode(["Signature1", self.protected, purpose.encode("ascii"), self.payload])
        return key.fits(signed, self.signature)


def read_signed(item: Any) -> Signed:
    """A COSE_Sign1 from its four items."""
    protected, unprotected, payload, signature = array(item, 4)
    fields(unprotected)
    return Signed(octets(protected), octets(payload), octets(signature, 64))


def algorithm(item: Any) -> int:
    """One of the two algorithms."""
    if type(item) is not int or item not in (ED25519, ESP256):
        raise Malformed("another algorithm")
    return item


@dataclass(frozen=True)
class IssuerHeader:
    """The protected header of everything but a live code."""

    algorithm: int
    kid: bytes


def issuer_header(item: Any) -> IssuerHeader:
    """The issuer's header from its map."""
    number, kid = fields(item, 1, 4)
    return IssuerHeader(algorithm(number), octets(kid, 1))


def issuer_object(data: bytes) -> tuple[Signed, IssuerHeader]:
    """A COSE_Sign1 with the issuer's header."""
    signed = read_signed(cbor_decode(data))
    return signed, issuer_header(cbor_decode(signed.protected))
