"""Whether the rule of an authority asks social return of a contract, and why nothing is owed."""

from collections.abc import Sequence

from contracts import obligation_rules
from contracts.actions.obligations import asked_of, rules_for
from contracts.models import OWING, Contract, ObligationConcept, ObligationRule

CHUNK = 500


def own_rule(rules: Sequence[ObligationRule]) -> ObligationRule | None:
    """Give the rule that the authority works with: its own, or one that it used before."""
    first = next(iter(rules), None)
    is_ours = first is not None and (first.authority_id or getattr(first, "was_used", False))
    return first if is_ours else None


def rule_asks(contract: Contract, concept: ObligationConcept | None) -> bool:
    """Hold the contract against the rule that was chosen, else that of its authority (R-313)."""
    rule = concept.rule if concept else None
    if rule is None and contract.awarded_on:
        rule = own_rule(rules_for(contract, contract.awarded_on))
    return (
        rule is not None and obligation_rules.propose(rule.as_terms(), asked_of(contract)).applies
    )


def judge_older() -> int:
    """Judge contracts that were awarded before this was kept; in the caller's transaction."""
    older = Contract.objects.filter(rule_asks=None, status__in=OWING, is_framework=False)
    found = list(older.select_related("supplier").order_by("pk")[:CHUNK])
    concepts = ObligationConcept.objects.select_related("rule").in_bulk([each.pk for each in found])
    for contract in found:
        contract.rule_asks = rule_asks(contract, concepts.get(contract.pk))
    Contract.objects.bulk_update(found, ["rule_asks"])
    return len(found)
