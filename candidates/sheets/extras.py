"""Cells that may stay empty: the bonuses of a row, and the line of the plan (R-186)."""

import re
from collections.abc import Sequence

from candidates.sheets import cells
from candidates.sheets.cells import MistakeError
from candidates.sheets.headings import normal
from candidates.sheets.reading import Cell
from candidates.sheets.terms import Rows, lines_called
from contracts.models import Block, PlanLine, TableBonus

NONE = {"", "geen", "nee", "none", "no", "nvt", "n v t"}
MOST_NAMED = 6  # in a sentence


def bonuses_in(cell: Cell, rows: Rows, block: Block) -> tuple[str, ...]:
    """Read codes or labels with semicolons or commas between them, in the order of the table.

    :raises MistakeError: for what is no bonus of the row.
    """
    found = [
        bonus for said in _pieces(cells.text_of(cell)) for bonus in _bonuses(said, rows, block)
    ]
    return tuple(each.code for each in rows.bonuses[block.pk] if each in found)


def line_in(cell: Cell, lines: Sequence[PlanLine]) -> PlanLine:
    """Find the line of the agreed plan.

    :raises MistakeError: for what is no line of it.
    """
    if not lines:
        raise MistakeError("no_plan")
    found = lines_called(lines, cells.text_of(cell))
    said = cells.short(cell)
    if not found:
        raise MistakeError("no_line", said=said, lines=_named([line.title for line in lines]))
    if len(found) > 1:
        raise MistakeError("two_lines", said=said)
    return found[0]


def _pieces(text: str) -> list[str]:
    return [each for each in re.split(r"[;\n]", text) if normal(each) not in NONE]


def _bonuses(said: str, rows: Rows, block: Block) -> list[TableBonus]:
    """Take a piece as one bonus; else as several with commas between: a label may hold one."""
    offered = rows.bonuses[block.pk]
    if not offered:
        raise MistakeError("no_bonuses", row=block.label)
    names = [said] if rows.bonuses_called(block, said) else said.split(",")
    result = []
    for name in names:
        found = rows.bonuses_called(block, name)
        if len(found) != 1:
            raise MistakeError(
                "two_bonuses" if found else "no_bonus",
                said=cells.short(name.strip()),
                row=block.label,
                bonuses=_named([bonus.label for bonus in offered]),
            )
        result += found
    return result


def _named(names: Sequence[str]) -> str:
    return "; ".join(names[:MOST_NAMED])
