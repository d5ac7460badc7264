"""What protects people: sealing, keyed hashes, and refusing a citizen service number (BSN)."""

import base64
import hashlib
import hmac
import os
import re
import unicodedata
import uuid

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

NONCE_BYTES = 12
# Nine digits, in the ways people write a citizen service number; never a part of a longer number.
BSN_SHAPES = re.compile(
    r"(?<!\d)(?<!\d[.,\-/])"
    r"(?:\d{9}|\d{4}([ ._/-])\d{2}\1\d{3}|\d{3}([ ._/-])\d{3}\2\d{3})"
    r"(?!\d|[.,]\d|,-)"
)
DASHES = re.compile(r"[\u2010-\u2015\u2212]")
BEFORE_AN_AMOUNT = re.compile(
    r"(?:€|\$|£|\bEUR|\bUSD)\s*(?:[\d.,\s]+(?:-|tot|t/m|en|to|and)\s*)?$", re.IGNORECASE
)
AFTER_AN_AMOUNT = re.compile(
    r"\s*(?:-\s*[\d. ]+\s*)?(?:€|euro\b|(?:eur|usd|gbp|chf|dkk|sek|nok|pln|huf|czk)\b)",
    re.IGNORECASE,
)
BEFORE_ANOTHER_NUMBER = re.compile(
    r"(?:\+\s?\d{1,3}\s?(?:\(0\))?|\b(?:rsin|btw|fi-?nummer|fiscaal|iban|oin|d-?u-?n-?s|vat"
    r"|tel|telefoon|phone|mobiel|mobile|gsm|fax)[\s.:-]*(?:id|nummer|number|nr|no)?)[\s.:]*$",
    re.IGNORECASE,
)
AFTER_ANOTHER_NUMBER = re.compile(r"B\d{2}\b")  # NL123456782B01


class SealBrokenError(Exception):
    """What is stored was sealed for another row, with another key, or was changed."""


def seal(text: str, *, table: str, row: uuid.UUID) -> bytes:
    """Encrypt with AES-256-GCM; key id, nonce and ciphertext, bound to table and row."""
    return seal_bytes(text.encode(), table=table, row=row)


def unseal(sealed: bytes, *, table: str, row: uuid.UUID) -> str:
    """Decrypt what `seal` made for this very row.

    :raises SealBrokenError: when it was made for another row or the key is gone.
    """
    return unseal_bytes(sealed, table=table, row=row).decode()


def seal_bytes(content: bytes, *, table: str, row: uuid.UUID) -> bytes:
    """Encrypt a file as `seal` does a text."""
    key_id, key = next(iter(settings.FIELD_KEYS.items()))
    nonce = os.urandom(NONCE_BYTES)
    sealed = AESGCM(key).encrypt(nonce, content, _bound_to(table, row))
    return key_id.encode() + b":" + nonce + sealed


def unseal_bytes(sealed: bytes, *, table: str, row: uuid.UUID) -> bytes:
    """Decrypt what `seal_bytes` made for this very row.

    :raises SealBrokenError: when it was made for another row or the key is gone.
    """
    key_id, _colon, rest = bytes(sealed).partition(b":")
    try:
        key = settings.FIELD_KEYS[key_id.decode()]
        return AESGCM(key).decrypt(rest[:NONCE_BYTES], rest[NONCE_BYTES:], _bound_to(table, row))
    except (KeyError, UnicodeDecodeError, InvalidTag, ValueError) as reason:
        raise SealBrokenError(f"{table} {row} cannot be opened") from reason


def keyed_hash(text: str, *, of: uuid.UUID) -> bytes:
    """HMAC-SHA256 of the normalised text under a key of its own for each `of`."""
    key = hmac.digest(settings.HASH_KEY, of.bytes, hashlib.sha256)
    return hmac.digest(key, normalise(text).encode(), hashlib.sha256)


def blinded(reference_hash: bytes, word: str) -> bytes:
    """HMAC-SHA256 that is found by who knows a person and a word, and tells neither (R-426)."""
    key = hmac.digest(settings.HASH_KEY, b"blinded", hashlib.sha256)
    return hmac.digest(key, bytes(reference_hash) + word.encode(), hashlib.sha256)


def normalise(text: str) -> str:
    """Case, width and white space do not make another reference."""
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())


def random_code() -> str:
    """Eight characters that cannot be mistaken for one another: `7F3K-Q2MX`."""
    letters = base64.b32encode(os.urandom(5)).decode().translate(str.maketrans("IO", "89"))
    return f"{letters[:4]}-{letters[4:]}"


def contains_bsn(text: str) -> bool:
    """Whether the text holds nine digits that pass the eleven-test and are nothing else."""
    visible = "".join(each for each in text if unicodedata.category(each) != "Cf")
    text = DASHES.sub("-", unicodedata.normalize("NFKC", visible))
    return any(
        _passes_eleven_test(match.group()) and not _is_something_else(text, match)
        for match in BSN_SHAPES.finditer(text)
    )


def refuse_bsn(text: str) -> None:
    """Let no citizen service number pass.

    :raises ValidationError: when the text holds one.
    """
    if contains_bsn(text):
        raise ValidationError(
            _(
                "This looks like a citizen service number (BSN). We never store one. "
                "Remove the number; use your own reference for the person instead."
            ),
            code="bsn",
        )


def _bound_to(table: str, row: uuid.UUID) -> bytes:
    return f"{table}/{row}".encode()


def _passes_eleven_test(written: str) -> bool:
    digits = [int(character) for character in written if character.isdigit()]
    weights = (9, 8, 7, 6, 5, 4, 3, 2, -1)
    total = sum(digit * weight for digit, weight in zip(digits, weights, strict=True))
    return any(digits) and total % 11 == 0


def _is_something_else(text: str, match: re.Match[str]) -> bool:
    before, after = text[: match.start()][-32:], text[match.end() :][:32]
    return bool(
        BEFORE_AN_AMOUNT.search(before)
        or BEFORE_ANOTHER_NUMBER.search(before)
        or AFTER_AN_AMOUNT.match(after)
        or AFTER_ANOTHER_NUMBER.match(after)
    )
