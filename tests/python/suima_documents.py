"""The signed documents of docs/format.md: trust bundle, policy, revocation lists, heads; and what is known from them."""

from dataclasses import dataclass, field
from typing import Any

from suima_encoding import (
    Malformed,
    array,
    cbor_decode,
    fields,
    integer_keys,
    octets,
    unsigned,
)
from suima_signature import ED25519, IssuerHeader, Key, Signed, ed25519_key, issuer_object, read_key

FOR_STATIC, FOR_CREDENTIALS, FOR_REVOCATIONS, FOR_POLICY = 1, 2, 4, 8
HOT, COLD = b"\x00", b"\x01"
# Versions of bundles by the cold root begin here; those by the hot root end before.
FIRST_COLD = 2**31
PRIVATE = -65537

# (list kind, number) -> (before, cause)
Lines = dict[tuple[int, int], tuple[int, int]]


class Refused(Exception):
    """A reason of section 9, with its values."""

    def __init__(self, reason: str, **values: int | str) -> None:
        super().__init__(reason, values)
        self.reason = reason
        self.values = values


ALTERED = "altered"


@dataclass(frozen=True)
class TrustedKey:
    """A key of the issuer and what it may sign."""

    purposes: int
    sign_until: int
    accept_until: int
    recalled: int | None
    key: Key


@dataclass(frozen=True)
class Trust:
    """A trust bundle."""

    exp: int
    iat: int
    version: int
    keys: dict[bytes, TrustedKey]

    def key_for(self, header: IssuerHeader, purpose: int, iat: int, now: int) -> Key:
        """Steps 3 and 4 of section 8: the key that a header names, if it may have signed this."""
        kid = header.kid.hex()
        if not now < self.exp:
            raise Refused("trust-expired", at=self.exp)
        trusted = self.keys.get(header.kid)
        if trusted is None:
            raise Refused("unknown-key", kid=kid, trust=self.iat)
        if trusted.recalled is not None:
            raise Refused("key-recalled", kid=kid, at=trusted.recalled)
        if not trusted.purposes & purpose or trusted.key.algorithm != header.algorithm:
            raise Refused("key-not-for-this", kid=kid)
        if not (iat <= trusted.sign_until and now <= trusted.accept_until):
            raise Refused("key-out-of-time", kid=kid)
        return trusted.key


def _trusted_key(item: Any) -> tuple[bytes, TrustedKey]:
    kid, purposes, sign_until, accept_until, recalled, key = array(item, 6)
    return octets(kid, 1), TrustedKey(
        unsigned(purposes, 15),
        unsigned(sign_until),
        unsigned(accept_until),
        None if recalled is None else unsigned(recalled),
        read_key(key),
    )


def _trust(payload: bytes) -> Trust:
    exp, iat, private = fields(cbor_decode(payload), 4, 6, PRIVATE)
    version, items = array(private, 2)
    iat = unsigned(iat)
    exp = unsigned(exp, least=iat + 1)
    keys: dict[bytes, TrustedKey] = {}
    last = b""
    for kid, key in map(_trusted_key, array(items)):
        if not last < kid:
            raise Malformed("keys out of order")
        keys[kid] = key
        last = kid
    return Trust(exp, iat, unsigned(version), keys)


def read_trust(data: bytes, roots: dict[bytes, bytes]) -> Trust:
    """A trust bundle signed by one of the roots: `kid` to the 32 bytes of the key."""
    try:
        signed, header = issuer_object(data)
        trust = _trust(signed.payload)
        if header.kid not in (HOT, COLD) or header.kid not in roots:
            raise Refused("unknown-key", kid=header.kid.hex(), trust=trust.iat)
        root = ed25519_key(roots[header.kid])
    except Malformed as error:
        raise Refused(ALTERED) from error
    if (trust.version >= FIRST_COLD) != (header.kid == COLD):
        raise Refused(ALTERED)
    if header.algorithm != ED25519 or not signed.fits(root, "suima/trust"):
        raise Refused(ALTERED)
    return trust


# What the numbers 16 to 20 are in a policy from before they came.
LATER_NUMBERS = {16: 0, 17: 18, 18: 1, 19: 7, 20: 5}


@dataclass(frozen=True)
class Policy:
    """What counts where. Rows, places and numbers are as in section 6."""

    iat: int
    version: int
    table: list[list[int]]
    numbers: dict[int, int]


def _policy(payload: bytes) -> Policy:
    iat, private = fields(cbor_decode(payload), 6, PRIVATE)
    version, table, numbers = array(private, 3)
    for row in array(table, 5):
        for cell in array(row, 3):
            unsigned(cell, 3)
    keys = integer_keys(numbers)
    if keys[:15] != list(range(1, 16)) or keys != sorted(set(keys)):
        raise Malformed("the numbers do not all stand, or not in order")
    for key in keys:
        unsigned(numbers[key])
    return Policy(unsigned(iat), unsigned(version), table, LATER_NUMBERS | numbers)


def policy_form(data: bytes) -> tuple[Signed, IssuerHeader, Policy]:
    """A policy whose signature has not been looked at."""
    try:
        signed, header = issuer_object(data)
        return signed, header, _policy(signed.payload)
    except Malformed as error:
        raise Refused(ALTERED) from error


def read_policy(data: bytes, trust: Trust, now: int) -> Policy:
    """A policy that the issuer signed."""
    signed, header, policy = policy_form(data)
    key = trust.key_for(header, FOR_POLICY, policy.iat, now)
    if not signed.fits(key, "suima/policy"):
        raise Refused(ALTERED)
    return policy


@dataclass(frozen=True)
class Head:
    """What is newest, told to one asker."""

    iat: int
    nonce: bytes
    policy_version: int
    trust_version: int
    sequences: list[int]


def _head(payload: bytes) -> Head:
    iat, nonce, private = fields(cbor_decode(payload), 6, 10, PRIVATE)
    policy_version, trust_version, sequences = array(private, 3)
    return Head(
        unsigned(iat),
        octets(nonce, 16),
        unsigned(policy_version),
        unsigned(trust_version),
        [unsigned(sequence) for sequence in array(sequences, 4)],
    )


def read_head(data: bytes, trust: Trust, nonce: bytes, now: int) -> Head:
    """A head that the issuer signed over the asker's nonce."""
    try:
        signed, header = issuer_object(data)
        head = _head(signed.payload)
    except Malformed as error:
        raise Refused(ALTERED) from error
    key = trust.key_for(header, FOR_REVOCATIONS, head.iat, now)
    if not signed.fits(key, "suima/head") or head.nonce != nonce:
        raise Refused(ALTERED)
    return head


@dataclass(frozen=True)
class RevocationList:
    """A full list or a delta. Each line is (number, before, cause)."""

    iat: int
    kind: int
    sequence: int
    base: int | None
    lines: list[tuple[int, int, int]]


class _Bits:
    """Bits of a byte string, the most significant first."""

    def __init__(self, data: bytes) -> None:
        self.data = data
        self.at = 0

    def take(self, count: int) -> int:
        """The next bits as a number."""
        number = 0
        for _ in range(count):
            if self.at >= 8 * len(self.data):
                raise Malformed("bits end early")
            number = number << 1 | (self.data[self.at // 8] >> (7 - self.at % 8)) & 1
            self.at += 1
        return number

    def end(self) -> None:
        """Nothing but the zero rest of a byte may be left."""
        left = 8 * len(self.data) - self.at
        if left >= 8 or self.take(left) != 0:
            raise Malformed("bits left over")


def _lines(item: Any) -> list[tuple[int, int, int]]:
    count, k, earliest, width, packed = array(item, 5)
    count, k = unsigned(count), unsigned(k, 31)
    earliest, width = unsigned(earliest), unsigned(width, 32)
    bits = _Bits(octets(packed))
    lines: list[tuple[int, int, int]] = []
    number = -1
    while len(lines) < count:
        high = 0
        while bits.take(1) == 1:
            high += 1
        number += 1 + (high << k | bits.take(k))
        before = earliest + bits.take(width)
        cause = bits.take(3)
        lines.append((unsigned(number), unsigned(before), unsigned(cause, 4)))
    bits.end()
    return lines


def _early_iat(payload: bytes) -> int:
    """The `iat` with which the payload of a list begins, whatever follows: a map of two, the key 6, the time."""
    if payload[:2] != b"\xa2\x06":
        raise Malformed("no iat at the beginning")
    size = {0x18: 1, 0x19: 2, 0x1A: 4}.get(payload[2] if len(payload) > 2 else 0xFF, 0)
    return unsigned(cbor_decode(payload[2 : 3 + size]))


def _revocation_list(payload: bytes) -> RevocationList:
    iat, private = fields(cbor_decode(payload), 6, PRIVATE)
    kind, sequence, base, lines = array(private, 4)
    sequence = unsigned(sequence)
    if base is not None:
        unsigned(base, sequence - 1)
    return RevocationList(unsigned(iat), unsigned(kind, 4, 1), sequence, base, _lines(lines))


def read_revocation_list(data: bytes, trust: Trust, now: int) -> RevocationList:
    """A revocation list that the issuer signed; its lines are looked at after the signature."""
    try:
        signed, header = issuer_object(data)
        iat = _early_iat(signed.payload)
        key = trust.key_for(header, FOR_REVOCATIONS, iat, now)
        if not signed.fits(key, "suima/revocations"):
            raise Refused(ALTERED)
        return _revocation_list(signed.payload)
    except Malformed as error:
        raise Refused(ALTERED) from error


def raise_line(lines: Lines, kind: int, number: int, before: int, cause: int) -> None:
    """Merges a line by maximum, by `before`, then by cause."""
    known = lines.get((kind, number))
    if known is None or (before, cause) > known:
        lines[kind, number] = (before, cause)


@dataclass
class Knowledge:
    """What a verifier knows of revocations, and as of when."""

    lines: Lines = field(default_factory=dict)
    sequences: dict[int, int] = field(default_factory=lambda: dict.fromkeys(range(1, 5), 0))
    as_of: int | None = None
    heads: list[Head] = field(default_factory=list)

    def take_list(self, taken: RevocationList) -> None:
        """Takes in a list, in whatever order and however often."""
        for number, before, cause in taken.lines:
            raise_line(self.lines, taken.kind, number, before, cause)
        reached = self.sequences[taken.kind]
        if taken.base is None or taken.base <= reached:
            self.sequences[taken.kind] = max(reached, taken.sequence)
        self._reach()

    def take_head(self, head: Head) -> None:
        """Takes in a head, which may be ahead of the lists."""
        self.heads.append(head)
        self._reach()

    def _reach(self) -> None:
        ahead = []
        for head in self.heads:
            if all(self.sequences[kind] >= wanted for kind, wanted in enumerate(head.sequences, start=1)):
                self.as_of = max(head.iat, self.as_of or 0)
            else:
                ahead.append(head)
        self.heads = ahead
