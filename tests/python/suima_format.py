"""A verifier of Suima's codes, written from docs/format.md and from nothing else."""

import re
import unicodedata
from dataclasses import dataclass
from typing import Any, Literal

from suima_documents import (
    ALTERED,
    FOR_CREDENTIALS,
    FOR_STATIC,
    PRIVATE,
    Lines,
    Policy,
    Refused,
    Trust,
    raise_line,
)
from suima_encoding import Malformed, array, base45_decode, cbor_decode, fields, integer_keys, unsigned
from suima_signature import IssuerHeader, Key, Signed, algorithm, issuer_header, read_key, read_signed

Place = Literal["sampling", "gate", "manual-check"]
PLACES: tuple[Place, ...] = ("sampling", "gate", "manual-check")
SHOWN = {1: "nucleic-acid", 2: "paper", 3: "live", 4: "relative"}
CAUSES = ("replaced", "reported-lost", "holding-ended", "device-replaced", "status-changed")

# Numbers of a policy.
WINDOW, COLOUR_COUNTS, AGE_SAID, AGE_REFUSED, COLOURS_ADMITTED = 4, 6, 7, 8, 15
# Kinds of revocation list for live codes; those for static codes are their kinds.
OF_PERSON, OF_HOLDING = 3, 4

LATER_FORMAT = re.compile(r"SM([2-9]|[1-9][0-9]{1,3}):")

Value = int | str | list[str]
Outcome = tuple[str, str | None, dict[str, Value]]


@dataclass(frozen=True)
class StaticCode:
    """A static code, of section 3."""

    signed: Signed
    header: IssuerHeader
    exp: int
    nbf: int | None
    iat: int
    kind: int
    slot: int
    name: str
    birth_year: int


@dataclass(frozen=True)
class Credential:
    """The issuer's credential inside a live code."""

    signed: Signed
    header: IssuerHeader
    exp: int
    iat: int
    key: Key
    kind: int
    slot: int
    holding: int
    name: str
    colour: int


@dataclass(frozen=True)
class LiveCode:
    """A live code, of section 4."""

    signed: Signed
    algorithm: int
    credential: Credential
    time: int


Code = StaticCode | LiveCode


def masked_name(item: Any) -> str:
    """A masked name, of section 1."""
    if type(item) is not str or not 1 <= len(item.encode("utf-8")) <= 23:
        raise Malformed("not a text of 1 to 23 bytes")
    if any(unicodedata.category(character) == "Cc" for character in item):
        raise Malformed("a control character in a name")
    return item


def _static_code(signed: Signed, header: IssuerHeader) -> StaticCode:
    claims = cbor_decode(signed.payload)
    nbf = None
    if len(integer_keys(claims)) == 4:
        exp, nbf, iat, private = fields(claims, 4, 5, 6, PRIVATE)
    else:
        exp, iat, private = fields(claims, 4, 6, PRIVATE)
    kind, slot, name, birth_year = array(private, 4)
    iat = unsigned(iat)
    exp = unsigned(exp, least=iat + 1)
    if 5 in claims:
        nbf = unsigned(nbf, most=exp - 1, least=iat + 1)
    return StaticCode(
        signed, header, exp, nbf, iat, unsigned(kind, 2, 1), unsigned(slot), masked_name(name), unsigned(birth_year, 9999, 1)
    )


def _credential(item: Any) -> Credential:
    signed = read_signed(item)
    header = issuer_header(cbor_decode(signed.protected))
    exp, iat, confirmation, private = fields(cbor_decode(signed.payload), 4, 6, 8, PRIVATE)
    kind, slot, holding, name, colour = array(private, 5)
    iat = unsigned(iat)
    (key,) = fields(confirmation, 1)
    return Credential(
        signed,
        header,
        unsigned(exp, least=iat + 1),
        iat,
        read_key(key),
        unsigned(kind, 4, 3),
        unsigned(slot),
        unsigned(holding),
        masked_name(name),
        unsigned(colour, 2),
    )


def read_code(text: str) -> Code:
    """Steps 1 and 2: a code of which no signature has been looked at."""
    if not text.startswith("SM1:"):
        raise Refused("newer-format" if LATER_FORMAT.match(text) else "not-a-code")
    if len(text.encode("utf-8")) > 512:
        raise Refused("not-a-code")
    try:
        signed = read_signed(cbor_decode(base45_decode(text[4:])))
        protected = cbor_decode(signed.protected)
        if 13 not in integer_keys(protected):
            return _static_code(signed, issuer_header(protected))
        number, credential = fields(protected, 1, 13)
        (time,) = fields(cbor_decode(signed.payload), 6)
        return LiveCode(signed, algorithm(number), _credential(credential), unsigned(time))
    except Malformed as error:
        raise Refused(ALTERED) from error


def genuine(text: str, trust: Trust, now: int) -> Code:
    """Steps 1 to 5: a code that the issuer, and for a live code the holding, has signed."""
    code = read_code(text)
    if isinstance(code, StaticCode):
        key = trust.key_for(code.header, FOR_STATIC, code.iat, now)
        if not code.signed.fits(key, "suima/static"):
            raise Refused(ALTERED)
        return code
    credential = code.credential
    key = trust.key_for(credential.header, FOR_CREDENTIALS, credential.iat, now)
    if not credential.signed.fits(key, "suima/credential"):
        raise Refused(ALTERED)
    if code.algorithm != credential.key.algorithm or not code.signed.fits(credential.key, "suima/live"):
        raise Refused(ALTERED)
    return code


def learn(lines: Lines, code: Code, now: int) -> None:
    """What a station learns from a genuine code (section 7)."""
    if isinstance(code, StaticCode) and (code.nbf is None or now >= code.nbf):
        raise_line(lines, code.kind, code.slot, code.iat, 0)


def _not_void(lines: Lines, kind: int, number: int, iat: int) -> None:
    before, cause = lines.get((kind, number), (0, 0))
    if iat < before:
        raise Refused(CAUSES[cause], at=before)


def _judge_static(code: StaticCode, policy: Policy, lines: Lines, now: int) -> None:
    """Step 7."""
    if code.nbf is not None and not now >= code.nbf:
        raise Refused("not-yet-valid", **{"from": code.nbf})
    if not code.iat <= now + policy.numbers[WINDOW]:
        raise Refused("not-yet-valid", **{"from": code.iat})
    if not now < code.exp:
        raise Refused("expired", at=code.exp)
    _not_void(lines, code.kind, code.slot, code.iat)


def _judge_live(code: LiveCode, place: Place, policy: Policy, lines: Lines, now: int) -> None:
    """Step 8."""
    credential, window = code.credential, policy.numbers[WINDOW]
    if not now - code.time <= window:
        raise Refused("stale", by=now - code.time)
    if not code.time - now <= window:
        raise Refused("ahead", by=code.time - now)
    if not credential.iat <= now + window:
        raise Refused("not-yet-valid", **{"from": credential.iat})
    if not now < credential.exp:
        raise Refused("expired", at=credential.exp)
    _not_void(lines, OF_PERSON, credential.slot, credential.iat)
    _not_void(lines, OF_HOLDING, credential.holding, credential.iat)
    if place != "sampling":
        if not now - credential.iat <= policy.numbers[COLOUR_COUNTS]:
            raise Refused("status-too-old", at=credential.iat)
        if not policy.numbers[COLOURS_ADMITTED] & 1 << credential.colour:
            raise Refused("status-not-admitted")


def judge(code: Code, place: Place, policy: Policy, lines: Lines, as_of: int | None, now: int) -> dict[str, Value]:
    """Steps 6 to 10: what is said with the acceptance of a genuine code."""
    kind = code.kind if isinstance(code, StaticCode) else code.credential.kind
    slot = code.slot if isinstance(code, StaticCode) else code.credential.slot
    cell = policy.table[kind - 1][PLACES.index(place)]
    if cell == 0:
        raise Refused("wrong-place", place=place)
    if isinstance(code, StaticCode):
        _judge_static(code, policy, lines, now)
    else:
        _judge_live(code, place, policy, lines, now)

    cautions: list[str] = []
    said: dict[str, Value] = {"shown": SHOWN[kind], "slot": slot, "cautions": cautions}
    age = None if as_of is None else max(0, now - as_of)
    if age is None or age > policy.numbers[AGE_REFUSED]:
        if place == "sampling":
            cautions.append("validity-not-checked")
        elif as_of is None:
            raise Refused("not-ready")
        else:
            raise Refused("knowledge-too-old", at=as_of)
    if age is not None and age > policy.numbers[AGE_SAID]:
        said["knowledge_age"] = age
    if cell == 2:
        cautions.append("compare-id-card")
    return said


def verify(
    text: str, place: Place, trust: Trust, policy: Policy, lines: Lines, as_of: int | None, now: int
) -> Outcome:
    """All of section 8: the verdict, the reason for a refusal, and the values of either."""
    try:
        return "accepted", None, judge(genuine(text, trust, now), place, policy, lines, as_of, now)
    except Refused as refused:
        return "refused", refused.reason, dict(refused.values)
