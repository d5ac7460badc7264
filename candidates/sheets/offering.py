"""A spreadsheet to fill in: the firm's contracts and the rows of their tables as lists."""

import datetime as dt
import io
from collections.abc import Collection, Sequence

import xlsxwriter
from django.utils.translation import gettext as _
from xlsxwriter.worksheet import Worksheet

from candidates.models import ContractForm, Placement, PlacementStatus, SheetField
from candidates.sheets.terms import TIME_UNITS
from contracts.models import Block, Contract, Plan, PlanLine, TableBonus
from sroi_portal.core.models import User
from sroi_portal.core.workbooks import quoted

MOST_RUNNING = 5_000
MOST_ROWS = 10_000  # for which a list is offered
WIDTH = 28
DAYS = (
    SheetField.STARTS_ON,
    SheetField.ENDS_ON,
    SheetField.INFORMED_ON,
    SheetField.PERIOD_FROM,
    SheetField.PERIOD_UNTIL,
)
REASONS = (SheetField.BLOCK, SheetField.BONUSES, SheetField.PLAN_LINE)


def running(user: User, *, on: dt.date) -> list[Placement]:
    """Find the placements that somebody may want to claim a period of."""
    rows = Placement.objects.own_of(user).filter(status=PlacementStatus.RUNNING)
    found = rows.select_related("candidate", "contract", "supplier", "block").with_hours_on(on)
    return list(found.order_by("contract_id", "starts_on", "pk")[:MOST_RUNNING])


def written(
    contracts: Sequence[Contract], placements: Sequence[Placement], *, told: Collection[int]
) -> bytes:
    """Write the headings that we read, a row for each running placement, and what can be chosen.

    Why somebody counts is written of the placements in `told` only (R-427).
    """
    content = io.BytesIO()
    options = {"strings_to_formulas": False, "strings_to_urls": False}
    book = xlsxwriter.Workbook(content, options)
    day = book.add_format({"num_format": "dd-mm-yyyy"})
    bold = book.add_format({"bold": True, "text_wrap": True})
    page = book.add_worksheet(_("Placements"))
    choices = book.add_worksheet(_("Choices"))
    page.freeze_panes(1, 1)
    for column, field in enumerate(SheetField):
        page.set_column(column, column, WIDTH, day if field in DAYS else None)
        page.write_string(0, column, str(field.label), bold)
    extras = _Extras(contracts)
    for number, placement in enumerate(placements, 1):
        _write_row(page, number, placement, extras, is_told=placement.pk in told)
    _offer(page, choices, contracts, extras)
    book.close()
    return content.getvalue()


def called(contract: Contract) -> str:
    return contract.reference or contract.title


class _Extras:
    """The bonuses and lines of plans that can be chosen, read once for all contracts."""

    def __init__(self, contracts: Sequence[Contract]) -> None:
        tables = {contract.value_table_id for contract in contracts}
        self.bonuses = list(
            TableBonus.objects.filter(table__in=tables).order_by("table", "position")
        )
        agreed = Plan.objects.agreed().filter(contract__in=[each.pk for each in contracts])
        lines = PlanLine.objects.filter(plan__in=agreed).select_related("plan")
        self.lines = list(lines.order_by("plan__contract", "position", "pk"))

    def bonuses_of(self, placement: Placement) -> str:
        table, codes = placement.block.table_id, placement.bonus_codes
        held = [each for each in self.bonuses if each.table_id == table and each.code in codes]
        return "; ".join(bonus.label for bonus in held)

    def line_of(self, placement: Placement) -> str:
        """Name the first line of the plan with the same row of the table."""
        contract, block = placement.contract_id, placement.block_id
        theirs = (each for each in self.lines if each.plan.contract_id == contract)
        return next((line.title for line in theirs if line.block_id == block), "")


def _write_row(
    page: Worksheet, number: int, placement: Placement, extras: _Extras, *, is_told: bool
) -> None:
    facts = {
        SheetField.REFERENCE: placement.candidate.reference,
        SheetField.CONTRACT: called(placement.contract),
        SheetField.BLOCK: placement.block.label,
        SheetField.HOURS: placement.hours_now,  # type: ignore[attr-defined]  # of the queryset
        SheetField.STARTS_ON: placement.starts_on,
        SheetField.ENDS_ON: placement.ends_on,
        SheetField.FORM: placement.get_contract_form_display(),
        SheetField.INFORMED_ON: placement.candidate.informed_on,
        SheetField.BONUSES: extras.bonuses_of(placement),
        SheetField.PLAN_LINE: extras.line_of(placement),
    }
    for column, field in enumerate(SheetField):
        fact = facts.get(field) if is_told or field not in REASONS else None
        if isinstance(fact, str):
            page.write_string(number, column, quoted(fact))
        elif isinstance(fact, dt.date):
            page.write_datetime(number, column, fact)
        elif fact is not None:
            page.write_number(number, column, fact)


def _offer(
    page: Worksheet, choices: Worksheet, contracts: Sequence[Contract], extras: _Extras
) -> None:
    """Write what can be chosen on a sheet of its own, and point the columns to it."""
    tables = {contract.value_table_id for contract in contracts}
    blocks = Block.objects.filter(table__in=tables, unit__in=TIME_UNITS).order_by("position", "pk")
    lists = {
        SheetField.CONTRACT: [called(contract) for contract in contracts],
        SheetField.BLOCK: list(dict.fromkeys(block.label for block in blocks)),
        SheetField.FORM: [str(label) for label in ContractForm.labels],
        SheetField.BONUSES: list(dict.fromkeys(bonus.label for bonus in extras.bonuses)),
        SheetField.PLAN_LINE: list(dict.fromkeys(line.title for line in extras.lines)),
    }
    for place, (field, texts) in enumerate(lists.items()):
        choices.set_column(place, place, WIDTH * 2)
        choices.write_string(0, place, str(field.label))
        for number, text in enumerate(texts, 1):
            choices.write_string(number, place, quoted(text))
        if texts:
            column, letter = list(SheetField).index(field), "ABCDE"[place]
            source = f"='{choices.get_name()}'!${letter}$2:${letter}${len(texts) + 1}"
            may_differ = field == SheetField.BONUSES  # more than one may hold
            rule = {"validate": "list", "source": source, "show_error": not may_differ}
            page.data_validation(1, column, MOST_ROWS, column, rule)
