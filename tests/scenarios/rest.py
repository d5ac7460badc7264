"""A long list that somebody asked for, ready to be taken along."""

from sroi_portal.core import actions, tasks
from sroi_portal.core.models import ListFile


def fill(world):
    asked = ListFile(address="/history/export.csv", name="geschiedenis", kind="csv")
    world.list_file = actions.ask_list_file(asked, by=world.anna, at=world.now)
    tasks.make_list_file(str(asked.job_uuid), str(asked.uuid))
    world.list_file_key = [asked.uuid]
