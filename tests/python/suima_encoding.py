"""Base45 and CBOR as docs/format.md wants them: one text for each content, or nothing.

Everything here raises Malformed for what the format does not allow.
"""

from typing import Any

import cbor2

MAX_U32 = 2**32 - 1
MAX_U64 = 2**64 - 1

BASE45 = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:"
BASE45_VALUE = {character: value for value, character in enumerate(BASE45)}


class Malformed(Exception):
    """Not in the one form that the format allows."""


def base45_decode(text: str) -> bytes:
    """The bytes of a text in Base45 (RFC 9285), strictly."""
    values = []
    for character in text:
        if character not in BASE45_VALUE:
            raise Malformed("base45: a character outside the alphabet")
        values.append(BASE45_VALUE[character])
    decoded = bytearray()
    for start in range(0, len(values), 3):
        group = values[start : start + 3]
        if len(group) == 1:
            raise Malformed("base45: a single last character")
        size = len(group) - 1
        number = sum(value * 45**place for place, value in enumerate(group))
        if number >= 256**size:
            raise Malformed("base45: a group too large")
        decoded += number.to_bytes(size, "big")
    return bytes(decoded)


def base45_encode(data: bytes) -> str:
    """The Base45 (RFC 9285) of bytes."""
    text = []
    for start in range(0, len(data), 2):
        group = data[start : start + 2]
        number = int.from_bytes(group, "big")
        for _ in range(len(group) + 1):
            number, value = divmod(number, 45)
            text.append(BASE45[value])
    return "".join(text)


def cbor_encode(item: Any) -> bytes:
    """The one encoding of an item; only for items of the types that the format has."""
    return cbor2.dumps(item, canonical=True)


def cbor_decode(data: bytes) -> Any:
    """An item that is in its one encoding, with nothing after it.

    A decoder forgives long heads, chunks, tags it knows, repeated keys and what follows; encoding
    again does not bring them back. What survives both (floats, simple values, integers above 64
    bits) is refused by type where it is read.
    """
    try:
        item = cbor2.loads(data)
        encoded = cbor_encode(item)
    except Exception as error:  # the decoder calls what tags stand for, which raises what it likes
        raise Malformed(f"cbor: {error}") from error
    if encoded != data:
        raise Malformed("cbor: not in the one encoding")
    return item


def unsigned(item: Any, most: int = MAX_U32, least: int = 0) -> int:
    """An integer within limits; true and false are integers to Python, not here."""
    if type(item) is not int or not least <= item <= most:
        raise Malformed(f"not an integer from {least} to {most}")
    return item


def octets(item: Any, size: int | None = None) -> bytes:
    """A byte string, of the size stated."""
    if type(item) is not bytes or (size is not None and len(item) != size):
        raise Malformed(f"not a byte string of {size} bytes")
    return item


def flag(item: Any) -> bool:
    """True or false."""
    if type(item) is not bool:
        raise Malformed("neither true nor false")
    return item


def array(item: Any, size: int | None = None) -> list[Any]:
    """An array, of the size stated."""
    if type(item) is not list or (size is not None and len(item) != size):
        raise Malformed(f"not an array of {size} items")
    return item


def integer_keys(item: Any) -> list[int]:
    """The keys of a map that has nothing but integers of CBOR for keys, in their order."""
    if type(item) is not dict:
        raise Malformed("not a map")
    for key in item:
        if type(key) is not int or not -MAX_U64 - 1 <= key <= MAX_U64:
            raise Malformed("a key that is not an integer")
    return list(item)


def fields(item: Any, *keys: int) -> list[Any]:
    """The values of a map that has exactly these keys, in this order."""
    if integer_keys(item) != list(keys):
        raise Malformed(f"not a map with the keys {keys}")
    return [item[key] for key in keys]
