"""Examples, quotes and what else the network keeps."""

from network.models.example import ExampleStatus, GoodExample
from network.models.quote import (
    GivenHow,
    Permission,
    Quote,
    QuoteRole,
    QuoteStatus,
    QuoteUse,
)

__all__ = [
    "ExampleStatus",
    "GivenHow",
    "GoodExample",
    "Permission",
    "Quote",
    "QuoteRole",
    "QuoteStatus",
    "QuoteUse",
]
