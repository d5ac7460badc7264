"""What an officer should know before taking a value over."""

import re
from collections.abc import Iterator
from decimal import Decimal

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from contracts.notices.contract_facts import Award
from contracts.notices.records import Amount, Buyer, Tender
from contracts.notices.suppliers import Supplier, kvk_number

Sentences = Iterator[Promise]

NOT_PUBLISHED = _("Not published: the buyer has withheld this.")
UNKNOWN_CPV = _("This is no code of the CPV. It is kept as text.")
SYMBOLIC_VALUE = _("A symbolic value: look up the true one.")
FOREIGN_CURRENCY = _("Not in euros: convert it by hand, and keep the day and the rate.")
JUNK_IDENTIFIER = _("No KvK number of eight digits is given. Look for the supplier by name first.")
NATURAL_PERSON = _("The notice says that this is a person: the name is not shown in public.")
MIXED_CURRENCIES = _("The tenders are in several currencies, so they are not added up.")
PART_UNKNOWN = _("The value of a tender behind this contract is not stated.")
CLOSED_LOT = _("The notice also says that a lot of this contract was closed without a winner.")
NO_CONTRACT = _("The notice names no contract, only a winning tender. Is there a contract?")
FRAMEWORK = _("A framework agreement: choose the base of the obligation by hand.")
UNSAID_SUBCONTRACTOR = _("A subcontractor is named while the notice says there is none.")
SHARES_UNKNOWN = _("A group of suppliers: the notice does not say who has which share.")

EURO = "EUR"
CPV = re.compile(r"\d{8}")
CPV_DIVISIONS = frozenset(
    """
    03 09 14 15 16 18 19 22 24 30 31 32 33 34 35 37 38 39 41 42 43 44 45 48 50 51 55 60 63 64 65
    66 70 71 72 73 75 76 77 79 80 85 90 92 98
    """.split()  # noqa: SIM905 - words read better
)


def is_cpv(code: str) -> bool:
    return bool(CPV.fullmatch(code)) and code[:2] in CPV_DIVISIONS


def none(_value: object) -> Sentences:
    yield from ()


def of_cpv(code: str) -> Sentences:
    if not is_cpv(code):
        yield UNKNOWN_CPV


def of_cpvs(codes: tuple[str, ...]) -> Sentences:
    if not all(is_cpv(code) for code in codes):
        yield UNKNOWN_CPV


def of_amount(amount: Amount) -> Sentences:
    if amount.amount <= Decimal(1):
        yield SYMBOLIC_VALUE
    if amount.currency != EURO:
        yield FOREIGN_CURRENCY


def of_buyer(buyer: Buyer) -> Sentences:
    if not kvk_number(buyer):
        yield JUNK_IDENTIFIER


def of_supplier(supplier: Supplier) -> Sentences:
    if not supplier.kvk:
        yield JUNK_IDENTIFIER
    if supplier.is_person:
        yield NATURAL_PERSON


def of_value(award: Award) -> Sentences:
    if award.value:
        yield from of_amount(award.value)
    elif "win-ten-val" in award.withheld:
        yield NOT_PUBLISHED
    elif len(award.currencies) > 1:
        yield MIXED_CURRENCIES
    else:
        yield PART_UNKNOWN


def of_award(award: Award) -> Sentences:
    if award.contract is None:
        yield NO_CONTRACT
    if award.closed_lot_ids:
        yield CLOSED_LOT


def of_framework(is_framework: bool) -> Sentences:  # noqa: FBT001 - the value of a field
    if is_framework:
        yield FRAMEWORK


def of_group(award: Award) -> Sentences:
    if len(award.suppliers) > 1:
        yield SHARES_UNKNOWN


def of_subcontracting(tender: Tender) -> Sentences:
    if tender.subcontracting.status == "no" and tender.subcontracting.subcontractors:
        yield UNSAID_SUBCONTRACTOR
