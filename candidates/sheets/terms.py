"""What a supplier's rows may speak of: its contracts, their tables; read once for a whole file."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property

from django.utils import translation

from candidates.models import ContractForm
from candidates.sheets.headings import normal
from candidates.sheets.words import FORMS, GROUPS
from contracts import valuation
from contracts.models import Block, Contract, ContractStatus, Plan, PlanLine, TableBonus
from suppliers.models import Supplier

TIME_UNITS = tuple(unit.value for unit in valuation.Unit if unit.is_time)
LANGUAGES = ("nl", "en")


@dataclass
class Rows:
    """The rows of a table in which work is measured, by everything they are called."""

    table_name: str
    by_word: dict[str, set[int]] = field(default_factory=lambda: defaultdict(set))
    blocks: dict[int, Block] = field(default_factory=dict)
    bonuses: dict[int, list[TableBonus]] = field(default_factory=dict)  # that hold for a row

    def called(self, text: str) -> list[Block]:
        return [self.blocks[pk] for pk in sorted(self.by_word.get(normal(text), ()))]

    def bonuses_called(self, block: Block, text: str) -> list[TableBonus]:
        """Find the bonuses of a row by code or label."""
        word = normal(text)
        return [
            bonus
            for bonus in self.bonuses[block.pk]
            if word in map(normal, (bonus.code, bonus.label_nl, bonus.label_en))
        ]


class SupplierTerms:
    """Everything a file is checked against that does not change from row to row."""

    def __init__(self, supplier: Supplier, *, today: dt.date) -> None:
        self.supplier, self.today = supplier, today
        self._rows: dict[int, Rows] = {}
        self._lines: dict[int, list[PlanLine]] = {}

    @cached_property
    def contracts(self) -> dict[int, Contract]:
        rows = Contract.objects.filter(supplier=self.supplier).exclude(status=ContractStatus.DRAFT)
        return {
            each.pk: each for each in rows.select_related("authority", "supplier", "value_table")
        }

    @cached_property
    def _contracts_by_word(self) -> dict[str, set[int]]:
        result: dict[str, set[int]] = defaultdict(set)
        for contract in self.contracts.values():
            both = f"{contract.reference} {contract.title}"
            for said in (contract.reference, contract.title, both):
                result[normal(said)].add(contract.pk)
        result.pop("", None)
        return result

    def contracts_called(self, text: str) -> list[Contract]:
        """Find contracts by number or title; one that takes work goes before those that do not."""
        found = [self.contracts[pk] for pk in sorted(self._contracts_by_word.get(normal(text), ()))]
        taking = [contract for contract in found if contract.accepts_contributions]
        return taking or found

    def rows_of(self, contract: Contract) -> Rows:
        pk = contract.value_table_id or 0
        if pk not in self._rows:
            self._rows[pk] = _rows(contract)
        return self._rows[pk]

    def lines_of(self, contract: Contract) -> list[PlanLine]:
        """Give the lines of the agreed plan; none when nothing is agreed."""
        if contract.pk not in self._lines:
            agreed = Plan.objects.agreed().filter(contract=contract)
            rows = PlanLine.objects.filter(plan__in=agreed).order_by("position", "pk")
            self._lines[contract.pk] = list(rows)
        return self._lines[contract.pk]


def lines_called(lines: Iterable[PlanLine], text: str) -> list[PlanLine]:
    """Find lines of a plan by their number or what they promise."""
    word = normal(text).removeprefix("regel ").removeprefix("line ")
    by_number = [line for line in lines if word == str(line.position)]
    return by_number or [line for line in lines if normal(text) == normal(line.title)]


def _rows(contract: Contract) -> Rows:
    rows = Rows(contract.value_table.name if contract.value_table else "")
    found = Block.objects.filter(table=contract.value_table_id, unit__in=TIME_UNITS)
    blocks = list(found.select_related("table", "group").order_by("position", "pk"))
    bonuses = list(TableBonus.objects.filter(table=contract.value_table_id))
    own: dict[str, set[int]] = defaultdict(set)
    for block in blocks:
        rows.blocks[block.pk] = block
        rows.bonuses[block.pk] = [each for each in bonuses if each.holds_for(block)]
        for said in (block.code, block.label_nl, block.label_en):
            own[normal(said)].add(block.pk)
    for block in blocks:
        for word in _synonyms(block):
            rows.by_word[word].add(block.pk)
    rows.by_word.update(own)  # its own name goes before what people call it
    rows.by_word.pop("", None)
    return rows


def _synonyms(block: Block) -> Iterable[str]:
    if block.group is None:
        return ()
    names = (block.group.code, block.group.label_nl, block.group.label_en)
    return (*map(normal, names), *GROUPS.get(block.group.code, ()))


def forms_by_word() -> dict[str, str]:
    """Name every form of work in both languages, and as people call it."""
    result = {word: form for form, words in FORMS.items() for word in words}
    for language in LANGUAGES:
        with translation.override(language):
            result |= {normal(str(label)): value for value, label in ContractForm.choices}
    return result | {str(value): str(value) for value in ContractForm.values}
