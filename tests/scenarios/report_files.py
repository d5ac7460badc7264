"""A report as files."""


def fill(world):
    world.tables_xlsx = [world.report.pk, "xlsx"]
