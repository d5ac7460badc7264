"""Forms of a placement, of a reserved contract, and of a year of jobs."""


def fill(world) -> None:
    world.forms_work = ["placement", world.placement.pk]
    world.form_work = [*world.forms_work, "employer", "nl"]
    world.forms_deal = ["contract", world.reserved.pk]
    world.forms_jobs = ["jobs", world.today.year]
