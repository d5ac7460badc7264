"""A rule of an authority that says a bit of everything."""

import datetime as dt
import io
from decimal import Decimal

from django.core.management import call_command

from contracts.obligation_rules import CertificateEffect, Choices, Clocks, Line, Rule, RuleFile

SAID = RuleFile(
    code="onze-regel",
    version="2026",
    publisher="Ministerie van Voorbeelden",
    name="Onze regel",
    source="https://example.org",
    note="Vijf procent.",
    valid_from=dt.date(2026, 1, 1),
    rule=Rule(
        lines=(
            Line("wage_sum", Decimal("5.00"), frozenset({"works", "services"}), Decimal(250_000)),
            Line("contract_value", None, labour_share_from_pct=Decimal(30)),
        ),
        is_from=True,
        minimum_months=6,
        floor_eur=Decimal(1000),
        cap_eur=Decimal(300_000),
        certificates=(CertificateEffect("pso-1", Decimal(10), whole_term=False),),
    ),
    clocks=Clocks(contact_days=3),
    choices=Choices(accepts_unlinked=True),
)


def load(**options):
    said = io.StringIO()
    call_command("load_obligation_rules", stdout=said, **options)
    return said.getvalue()
