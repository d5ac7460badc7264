"""Workers killed at random moments while work is claimed, verified and reported: nothing is lost.

`SOAK_KILLS` says how often (100), `SOAK_SEED` which course it takes (1).
"""

import datetime as dt
import hashlib
import os
import random
import sys
import tempfile
import time
from decimal import Decimal
from pathlib import Path

import tests.environment  # noqa: F401 - before Django reads its settings

os.environ["DJANGO_SETTINGS_MODULE"] = "sroi_portal.settings"
import django

django.setup()

from django.conf import settings  # noqa: E402
from django.db import connection  # noqa: E402
from django.db.models import Sum  # noqa: E402
from django.test import override_settings  # noqa: E402
from django.utils import timezone  # noqa: E402

from candidates import actions as candidate_actions  # noqa: E402
from candidates.models import Share  # noqa: E402
from contracts import fulfilment  # noqa: E402
from contracts.models import Block, Fulfilment  # noqa: E402
from reports import actions as report_actions  # noqa: E402
from reports.models import Definition, Report, ReportStatus  # noqa: E402
from sroi_portal.core.models import Job, JobStatus, Outgoing, RoleName  # noqa: E402
from tests import factories, processes  # noqa: E402

FIRST = dt.date(2024, 1, 1)
PATIENCE = 300  # seconds for what the last kill left
REPORT_EVERY = 5  # bursts
MONTHS = 3


class World:
    """One running contract, and who works on it."""

    def __init__(self) -> None:
        ministry, noord = factories.AuthorityFactory(), factories.SupplierFactory()
        self.sara, self.olga, self.vera, cora = factories.UserFactory.create_batch(4)
        roles = (RoleName.COORDINATOR, RoleName.POLICY_MAKER, RoleName.MANAGER)
        for person, role in zip((self.olga, self.vera, cora), roles, strict=True):
            factories.RoleAssignmentFactory(user=person, authority=ministry, role=role)
        factories.MembershipFactory(user=self.sara, supplier=noord)
        self.contract = factories.active_contract(
            authority=ministry,
            supplier=noord,
            manager=cora,
            value_table=factories.value_table(),
            starts_on=FIRST,
            ends_on=dt.date(2035, 12, 31),
        )
        self.block = Block.objects.get(table=self.contract.value_table, code="ww")

    def burst(self, number: int, chance: random.Random) -> None:
        """Somebody starts, claims some months, and some of them are verified."""
        now = timezone.now()
        facts = candidate_actions.PlacementFacts(
            reference=f"K-{number}",
            block=self.block,
            hours_per_week=Decimal(36),
            starts_on=FIRST,
            contract_form="temporary",
        )
        placement = candidate_actions.enter_placement(self.contract, facts, by=self.sara, at=now)
        for month in range(1, chance.randint(1, MONTHS) + 1):
            period = (FIRST.replace(month=month), FIRST.replace(month=month, day=28))
            share = candidate_actions.draft_contribution(
                placement, by=self.sara, at=now, period=period
            )
            candidate_actions.submit_share(share, by=self.sara, at=now)
            if chance.random() < 0.7:
                candidate_actions.verify_share(share, by=self.olga, at=now)
        if number % REPORT_EVERY == 0:
            about = {"authority": self.contract.authority, "contract": self.contract}
            report = Report(definition=Definition.CONTRACT, **about)
            report_actions.issue_report(report, by=self.vera, at=now)


def is_done() -> bool:
    unfinished = Job.objects.exclude(status__in=(JobStatus.DONE, JobStatus.FAILED))
    unsent = Outgoing.objects.filter(sent_at=None)
    return not (fulfilment.stale_count() or unfinished.exists() or unsent.exists())


def faults(world: World):
    """Name everything that is not as it should be."""
    if different := fulfilment.different_from_ledger():
        yield f"fulfilment differs from the ledger: {different}"
    verified = Share.objects.verified().aggregate(total=Sum("value_eur"))["total"] or 0
    shown = Fulfilment.objects.get(contract=world.contract).verified_eur
    if shown != verified:
        yield f"{verified} was verified, fulfilment says {shown}"
    for report in Report.objects.exclude(status=ReportStatus.ISSUED):
        yield f"report {report} is {report.status}"
    stored = {path.name: path for path in (Path(settings.MEDIA_ROOT) / "reports").glob("*")}
    issued = {Path(each.pdf.name).name: each for each in Report.objects.exclude(pdf="")}
    if stored.keys() != issued.keys():
        yield f"stored {sorted(stored)}, issued {sorted(issued)}"
    for name in stored.keys() & issued.keys():
        if hashlib.sha256(stored[name].read_bytes()).digest() != bytes(issued[name].pdf_sha256):
            yield f"{name} is not what was issued"


def soak(kills: int, chance: random.Random) -> list[str]:
    world = World()
    processes.empty_broker()
    for number in range(kills):
        worker = processes.worker()
        world.burst(number, chance)
        time.sleep(chance.uniform(0, 3))
        worker.kill()
        worker.log.unlink(missing_ok=True)
        print(f"{number + 1} of {kills} workers killed", flush=True)  # noqa: T201
    with processes.running(processes.worker()) as last:
        processes.until(is_done, patience=PATIENCE, why=last.tail)
    return list(faults(world))


def main() -> int:
    kills, seed = int(os.environ.get("SOAK_KILLS", "100")), int(os.environ.get("SOAK_SEED", "1"))
    before = connection.settings_dict["NAME"]
    connection.creation.create_test_db(verbosity=0, autoclobber=True)
    try:
        with tempfile.TemporaryDirectory() as folder, override_settings(MEDIA_ROOT=folder):
            found = soak(kills, random.Random(seed))  # noqa: S311 - a course to take again
    finally:
        connection.creation.destroy_test_db(before, verbosity=0)
    print("\n".join(found) or f"{kills} workers killed, nothing lost")  # noqa: T201
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
