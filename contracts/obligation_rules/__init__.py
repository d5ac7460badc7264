"""What a rule asks of a contract: pure, as data, explained; and the rules that are shipped.

A rule proposes and the officer decides (R-111).
"""

from contracts.obligation_rules.files import (
    FOLDER,
    Choices,
    Clocks,
    RuleFile,
    read_rule,
    shipped_rules,
)
from contracts.obligation_rules.proposing import (
    Proposal,
    Reason,
    discount,
    months_whole,
    propose,
    why,
)
from contracts.obligation_rules.rule import Asked, CertificateEffect, Held, Line, Rule

__all__ = [
    "FOLDER",
    "Asked",
    "CertificateEffect",
    "Choices",
    "Clocks",
    "Held",
    "Line",
    "Proposal",
    "Reason",
    "Rule",
    "RuleFile",
    "discount",
    "months_whole",
    "propose",
    "read_rule",
    "shipped_rules",
    "why",
]
