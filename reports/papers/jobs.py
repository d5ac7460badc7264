"""The statement of jobs of the banenafspraak of one organisation in a calendar year (R-435)."""

import datetime as dt
from collections.abc import Iterator
from decimal import Decimal

from django.urls import reverse
from django.utils.translation import gettext as _

from candidates import rules
from candidates.agreed_jobs import norm, own
from candidates.models import JobSector
from reports.papers.base import Folder, Grid, Line, Paper, Part
from sroi_portal.core.models import Authority, User
from sroi_portal.core.templatetags import formats
from suppliers.models import Supplier

FIRST_YEAR = 2013  # of the agreement


def folder(user: User, year: int, today: dt.date) -> Folder | None:
    if not rules.may_see_jobs(user) or not FIRST_YEAR <= year <= today.year:
        return None
    title = _("Banenafspraak %(year)s") % {"year": year}
    url = f"{reverse('candidates:job-list')}?year={year}"
    return Folder(title, url, tuple(_papers(user, year, today)))


def _papers(user: User, year: int, today: dt.date) -> Iterator[Paper]:
    """Give each organisation that this person acts or checks for a form of its own."""
    who: tuple[Line, ...]
    for supplier in Supplier.objects.filter(pk__in=user.supplier_ids).order_by("name", "pk"):
        found = own.figures(user, year, today=today, whose=own.Whose(suppliers=(supplier.pk,)))
        number = supplier.kvk or supplier.other_identifier
        who = (Line(_("Name"), supplier.name), Line(_("KvK number"), number))
        yield _paper(f"supplier-{supplier.pk}", supplier.name, who, found, JobSector.MARKET, year)
    authorities = Authority.objects.filter(pk__in=user.sees_contributions_of).order_by("name", "pk")
    for authority in authorities:
        found = own.figures(user, year, today=today, whose=own.Whose(authorities=(authority.pk,)))
        who = (Line(_("Name"), authority.name),)
        key = f"authority-{authority.pk}"
        yield _paper(key, authority.name, who, found, JobSector.GOVERNMENT, year)


def _paper(
    key: str,
    name: str,
    who: tuple[Line, ...],
    found: own.OwnFigures,
    sector: JobSector,
    year: int,
) -> Paper:
    held = norm.norm_on(dt.date(year, 12, 31))
    hours = sum((each.hours for each in found.forms if each.sector == sector.label), Decimal(0))
    return Paper(
        key=key,
        title=_("Statement of jobs of the banenafspraak, %(year)s") % {"year": year},
        purpose=_("Paid hours that were checked, by form of employment, and the jobs they make."),
        issuer=name,
        about=str(year),
        parts=(
            Part(_("The organisation"), (*who, Line(_("Calendar year"), str(year)))),
            Part(_("What was checked"), _counted(found, sector, hours, year), _forms(found)),
            Part(
                _("Outside this portal"),
                (
                    Line(_("Paid hours of own people in the register"), is_by_hand=True),
                    Line(_("Paid hours of people hired in elsewhere"), is_by_hand=True),
                ),
                told=_("The portal knows only the work on its contracts. Add the rest yourself."),
            ),
        ),
        declares=(
            _("Every person stood in the register, and each paid hour is counted once."),
            _("Nothing of social return is added to these hours."),
            told_norm(held),
        ),
        signs=(_("The organisation"),),
    )


def told_norm(held: norm.Norm) -> str:
    return _("A job is %(week)s paid hours a week, or %(year)s a year (%(source)s).") % {
        "week": formats.number(held.hours_a_week),
        "year": formats.number(held.hours_a_year),
        "source": held.source,
    }


def _forms(found: own.OwnFigures) -> Grid:
    return Grid(
        caption=_("Jobs by form and sector"),
        headings=(_("Form"), _("Counts for"), _("People"), _("Paid hours"), _("Jobs")),
        rows=tuple((str(each.form), str(each.sector), *_numbers(each)) for each in found.forms),
        words=2,
        total=(_("total"), "", *_numbers(found.total)) if found.forms else (),
        empty=_("Nothing was checked in this year yet."),
    )


def _numbers(each: own.OfForm) -> tuple[str, ...]:
    return formats.count(each.people), formats.hundredths(each.hours), formats.hundredths(each.jobs)


def _counted(
    found: own.OwnFigures, sector: JobSector, hours: Decimal, year: int
) -> tuple[Line, ...]:
    """Tell what counts at this organisation, and what nobody checked yet."""
    at_whom = _("Jobs that count for the %(sector)s") % {"sector": sector.label}
    return (
        Line(at_whom, formats.hundredths(norm.jobs_in(hours, year))),
        Line(_("Stated and not checked yet"), formats.hours(found.waiting_hours)),
    )
