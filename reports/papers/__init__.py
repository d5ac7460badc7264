"""The forms that are printed filled in; a new one is one module, and its line here (R-430)."""

import datetime as dt
from collections.abc import Callable

from reports.papers import closing, jobs, placing, reserved
from reports.papers.base import Folder, Grid, Line, Paper, Part
from sroi_portal.core.models import User

__all__ = ["ABOUT", "Folder", "Grid", "Line", "Paper", "Part", "find"]

type Finder = Callable[[User, int, dt.date], Folder | None]


def _of_contract(user: User, number: int, today: dt.date) -> Folder | None:
    contract = closing.contract_of(user, number)
    if contract is None:
        return None
    found = (reserved.paper(user, contract), closing.paper(contract, today))
    papers = tuple(each for each in found if each is not None)
    return Folder(contract.title, contract.get_absolute_url(), papers)


ABOUT: dict[str, Finder] = {
    "placement": placing.folder,
    "contract": _of_contract,
    "jobs": jobs.folder,  # the number is a calendar year
}


def find(user: User, about: str, number: int, today: dt.date) -> Folder | None:
    """Fill in each form of an object that this person may see; None when there is no such one."""
    finder = ABOUT.get(about)
    return finder(user, number, today) if finder else None
