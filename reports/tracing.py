"""From a frozen report back to the contracts and the ledger lines it was summed from (G15)."""

from django.urls import reverse

from contracts import rules
from contracts.dimensions import ALL_AWARDED
from contracts.models import Contract
from reports import portfolio
from reports.models import Definition, Report
from sroi_portal.core.models import User

SUMMED = (Definition.PORTFOLIO, Definition.SUPPLIER, Definition.CATEGORY, Definition.QUALITY)


def addresses(report: Report, person: User) -> dict[str, str]:
    """Name the pages behind a report that this person may open, for a template.

    The list of contracts knows no days of a year, so nothing is named for a report of one.
    """
    if report.contract:
        return _of_contract(report, report.contract, person)
    if report.definition not in SUMMED or report.year or not rules.may_see_contracts(person):
        return {}
    wanted = {
        "status": ALL_AWARDED,
        "authority": None if report.other_authority_ids else report.authority_id,
        "supplier": report.supplier_id,
        "category": report.category_id,
    }
    return {"contracts_url": portfolio.contracts_url(wanted)}


def _of_contract(report: Report, contract: Contract, person: User) -> dict[str, str]:
    if not Contract.objects.visible_to(person).filter(pk=contract.pk).exists():
        return {}
    found = {"contract_url": contract.get_absolute_url()}
    if rules.may_see_ledger(person, contract):
        known = {"position": report.position, "unit": "eur"}
        found["ledger_url"] = reverse("contracts:contract-ledger", args=[contract.pk], query=known)
    return found
