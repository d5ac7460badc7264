"""One text of the handbook."""

from typing import Any


def fill(world: Any) -> None:
    world.handbook_role = ["officer"]
