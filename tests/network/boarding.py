"""What is told of an offer on the board."""

import datetime as dt
from decimal import Decimal

from tests.conftest import TODAY


def told(kind="place", **facts):
    wanted = {
        "kind": kind,
        "form": "work",
        "title": "Werkplek in de bedrijfskeuken",
        "category": None,
        "region": "NL32" if kind == "candidate" else "NL32B",
        "hours_per_week": Decimal(24),
        "starts_on": TODAY + dt.timedelta(days=14),
        "ends_on": None,
        "text": "Leren koken voor grote groepen, met een vaste begeleider.",
    }
    return wanted | facts
