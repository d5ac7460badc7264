"""What everybody may read: a quarter and a year, with cells that are shown and cells that are not."""

import datetime as dt
from decimal import Decimal

from reports import open_contracts
from reports.models import BurdenQuarter, FixedTable, PublishedCell, TableKind


def fill(world) -> None:
    year = world.today.year - 1
    quarter = _table(world, TableKind.QUARTER, dt.date(year, 1, 1), dt.date(year, 3, 31))
    groups = _table(world, TableKind.GROUPS, dt.date(year, 1, 1), dt.date(year, 12, 31))
    world.open_table = [quarter.kind, f"{quarter.starts_on}"]
    world.open_groups = [groups.kind, f"{groups.starts_on}"]
    world.open_csv = [*world.open_table, "csv"]
    world.open_json = [*world.open_table, "json"]
    _open_data(world)


def _table(world, kind, starts_on, ends_on) -> FixedTable:
    names = {"VB": "Ministerie van Voorbeelden", "AN": "Ministerie van Anderen"}
    table = FixedTable.objects.create(
        kind=kind,
        starts_on=starts_on,
        ends_on=ends_on,
        rows=[{"code": code, "nl": name, "en": name} for code, name in names.items()],
        columns=[{"code": "all", "nl": "al het werk", "en": "all work"}],
        position=0,
        made_at=world.now,
    )
    told = {"hours": Decimal("1332.00"), "value_eur": Decimal("3700.50")}
    shown = {"people": 35} | (told if kind == TableKind.QUARTER else {})
    for row in ("VB", "AN", ""):
        for column in ("all", ""):
            figures = shown if row != "AN" else {}
            PublishedCell.objects.create(
                table=table, row=row, column=column, is_suppressed=not figures, **figures
            )
    return table


def _open_data(world) -> None:
    """A quarter that was measured, and one of which too little is known."""
    for month, told in ((1, {}), (4, {"submitted_count": 12, "minutes": Decimal("6.5")})):
        starts_on = dt.date(world.today.year - 1, month, 1)
        ends_on = starts_on.replace(month=month + 2, day=30)
        BurdenQuarter.objects.create(
            starts_on=starts_on, ends_on=ends_on, made_at=world.now, **told
        )
    if hasattr(world, "contract"):
        open_contracts.publish(at=world.now)
        world.open_year = [open_contracts.years()[0][0]]
