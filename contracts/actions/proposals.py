"""What a rule proposes for a contract, with what each of its lines comes to (R-111)."""

from dataclasses import dataclass

from contracts import obligation_rules
from contracts.actions.obligations import asked_of, bounds_of
from contracts.models import Contract, ObligationConcept, ObligationRule


@dataclass(frozen=True)
class Offered:
    """A proposal and, line by line, the concept that it would make."""

    rule: ObligationRule
    proposal: obligation_rules.Proposal
    concepts: tuple[ObligationConcept, ...]

    @property
    def first(self) -> ObligationConcept | None:
        return next(iter(self.concepts), None)


def offer(
    rule: ObligationRule, contract: Contract, asked: obligation_rules.Asked | None = None
) -> Offered:
    """Hold a contract against a rule; it may be one that is not kept yet."""
    proposal = obligation_rules.propose(rule.as_terms(), asked or asked_of(contract))
    concepts = []
    for line in proposal.lines:
        concept = ObligationConcept(contract=contract, rule=rule, base_kind=line.base_kind)
        concept.percentage, concept.discount_pct = line.percentage, proposal.discount_pct
        concept.floor_eur, concept.cap_eur = bounds_of(line.base_kind, proposal)
        concepts.append(concept)
    return Offered(rule, proposal, tuple(concepts))
