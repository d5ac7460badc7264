"""What a rule or a framework proposes while a contract is typed, and taking it over."""

from decimal import Decimal
from typing import Any

from django.http import QueryDict

from contracts import actions
from contracts.forms import OwedForm
from contracts.models import Contract, ObligationConcept
from sroi_portal.core.form_fields import AmountField

TAKEN = ("base_kind", "percentage", "floor_eur", "cap_eur")
OF_FRAMEWORK = (*TAKEN, "fixed_eur", "fixed_quantity", "reason")


def shown(concept: ObligationConcept) -> dict[str, Any]:
    """Give what a page says beside the fields: the sum, the proposal and where it differs."""
    contract = concept.contract
    framework = contract.framework
    return {
        "concept": concept,
        "offered": actions.offer(concept.rule, contract) if concept.rule else None,
        "differs": actions.deviates(concept),
        "framework_concept": actions.concept_of(framework) if framework else None,
        "take": True,
    }


def filled_in(typed: QueryDict, contract: Contract) -> QueryDict:
    """Put what is taken over in the place of what was typed."""
    concept = OwedForm(typed, contract=contract).concept()
    chosen = str(typed["take"])
    filled = typed.copy()
    if chosen == "framework" and concept.contract.framework:
        _write_framework(filled, concept.contract.framework)
    elif chosen.isdecimal() and concept.rule:
        offered = actions.offer(concept.rule, concept.contract).concepts
        for taken in offered[int(chosen) : int(chosen) + 1]:
            _write(filled, taken, TAKEN)
    return filled


def _write_framework(filled: QueryDict, framework: Contract) -> None:
    asked = actions.concept_of(framework)
    _write(filled, asked, OF_FRAMEWORK)
    filled["rule"] = str(asked.rule_id or "")
    filled["value_table"] = str(framework.value_table_id or "")


def _write(filled: QueryDict, concept: ObligationConcept, names: tuple[str, ...]) -> None:
    for name in names:
        value = getattr(concept, name)
        if isinstance(value, Decimal):
            filled[name] = AmountField().prepare_value(value)
        elif name != "percentage" or value is not None:  # one that is not published stays as typed
            filled[name] = value or ""
