"""Draw by lot, heavier where the weight is, so that anybody can draw again: pure (R-211).

Each candidate gets a number between 0 and 1 from SHA-256 of the seed and its own name, and from
that a waiting time that is shorter the heavier it weighs. Who waits shortest is drawn first. The
logarithm is that of `decimal`, rounded alike on every machine.
"""

import hashlib
import uuid
from collections.abc import Iterable
from decimal import Context, Decimal

DIGITS = 40
BITS = 256


def draw(seed: str, weights: Iterable[tuple[uuid.UUID, int]], size: int) -> list[uuid.UUID]:
    """Give the drawn ones in order; the order in which candidates are given does not matter."""
    waiting = sorted((waiting_time(seed, name, weight), name) for name, weight in weights)
    return [name for _time, name in waiting[:size]]


def waiting_time(seed: str, name: uuid.UUID, weight: int) -> Decimal:
    """Give how long a candidate waits: exponential, with its weight as the rate."""
    digest = hashlib.sha256(f"{seed}/{name}".encode()).digest()
    exact = Context(prec=DIGITS)
    chance = exact.divide(Decimal(int.from_bytes(digest) + 1), Decimal(2**BITS))
    return exact.divide(exact.minus(chance.ln(exact)), Decimal(weight))
