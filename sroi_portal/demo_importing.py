"""One spreadsheet in the demo: sent, checked, entered, with two rows that came back."""

import datetime as dt
import uuid

from candidates import actions, tasks
from candidates.models import ImportBatch
from candidates.sheets import reading
from candidates.sheets.headings import found_in
from contracts.models import Block, Contract
from contracts.models.contract import ACCEPTING
from sroi_portal.core.acting import DatabaseRole, acting_as
from sroi_portal.core.models import User

TITLE = "Plaatsingen voorjaar.csv"
HEADINGS = "Kenmerk;Doelgroep;Uren per week;Startdatum;Dienstverband"


def load(by: User, *, now: dt.datetime) -> None:
    """Enter a few people on a contract that runs; the worker's part is done here."""
    with acting_as(DatabaseRole.WORKER):
        contract = _contract(by)
        if contract is None:
            return
        content = "\n".join(_rows(contract, now)).encode()
        sheet = actions.SentSheet(title=TITLE, kind="csv", content=content, key=uuid.uuid4())
        batch = actions.send_import(contract.supplier, sheet, by=by, at=now)
        found = found_in(reading.opened("csv", content), {})
        matched = actions.Matched(
            sheet=found.sheet,
            heading_row=found.heading_row,
            headings=found.headings,
            columns=found.columns,
            contract=contract,
        )
        actions.match_import(batch, matched, by=by, at=now)
    batch = _again(batch)
    tasks.check_import(str(batch.job_uuid), str(batch.uuid))
    with acting_as(DatabaseRole.WORKER):
        actions.confirm_import(batch, by=by, at=now)
    batch = _again(batch)
    tasks.write_import(str(batch.job_uuid), str(batch.uuid))


def _again(batch: ImportBatch) -> ImportBatch:
    with acting_as(DatabaseRole.WORKER):
        return ImportBatch.objects.get(pk=batch.pk)


def _contract(by: User) -> Contract | None:
    rows = Contract.objects.filter(supplier__in=by.enters_for, status__in=ACCEPTING)
    running: Contract | None = (
        rows.filter(status="active", is_framework=False, value_table__blocks__unit="full_time_year")
        .order_by("-ends_on", "pk")
        .first()
    )
    return running


def _rows(contract: Contract, now: dt.datetime) -> list[str]:
    """Six sound rows, an unknown group and too many hours."""
    rows = Block.objects.filter(table=contract.value_table_id, unit="full_time_year")
    label = rows.order_by("position", "pk")[0].label_nl
    day = f"{now:%d-%m-%Y}"
    sound = [
        f"BLAD-{n:02d};{label};{hours};{day};tijdelijk"
        for n, hours in enumerate(range(16, 34, 3), 1)
    ]
    wrong = [f"BLAD-07;onbekend;32;{day};tijdelijk", f"BLAD-08;{label};80;{day};vast contract"]
    return [HEADINGS, *sound, *wrong]
