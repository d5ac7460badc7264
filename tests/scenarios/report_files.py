"""A report as files, and one of every quarter."""

from reports.actions import schedules
from reports.models import Definition, ReportSchedule


def fill(world):
    world.tables_xlsx = [world.report.pk, "xlsx"]
    asked = ReportSchedule(
        definition=Definition.PORTFOLIO,
        authority=world.ministry,
        reader_ids=[world.cora.pk, world.vera.pk],
    )
    world.schedule = schedules.set_schedule(asked, by=world.vera, at=world.now)
