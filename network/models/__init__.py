"""Examples, quotes and what else the network keeps."""

from network.models.example import (
    ExampleStatus,
    GoodExample,
)
from network.models.pilot import (
    ENDED,
    GOING_ON,
    PILOT_ROLES,
    Pilot,
    PilotPartner,
    PilotPlace,
    PilotStatus,
)
from network.models.quote import (
    GivenHow,
    Permission,
    Quote,
    QuoteRole,
    QuoteStatus,
    QuoteUse,
)

__all__ = [
    "ENDED",
    "GOING_ON",
    "PILOT_ROLES",
    "ExampleStatus",
    "GivenHow",
    "GoodExample",
    "Permission",
    "Pilot",
    "PilotPartner",
    "PilotPlace",
    "PilotStatus",
    "Quote",
    "QuoteRole",
    "QuoteStatus",
    "QuoteUse",
]
