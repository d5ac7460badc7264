"""The employer's statement about one placement: no name, no own reference and no group (R-431)."""

import datetime as dt
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from candidates import rules
from candidates.models import Placement, PlacementStatus, Share
from reports.papers.base import Folder, Grid, Line, Paper, Part
from sroi_portal.core.models import User
from sroi_portal.core.templatetags import formats


def placement_of(user: User, number: int) -> Placement | None:
    rows = Placement.objects.visible_to(user).select_related("contract__authority", "supplier")
    found: Placement | None = rows.filter(pk=number).first()
    return found


def folder(user: User, number: int, _today: dt.date) -> Folder | None:
    placement = placement_of(user, number)
    if placement is None:
        return None
    title = _("Placement %(number)s") % {"number": placement}
    return Folder(title, placement.get_absolute_url(), (paper(user, placement),))


def paper(user: User, placement: Placement) -> Paper:
    contract = placement.contract
    return Paper(
        key="employer",
        title=_("Employer's statement about a placement"),
        purpose=_("The employer states that somebody works, in what form and for how many hours."),
        issuer=placement.supplier.name,
        about=_("Placement %(number)s") % {"number": placement},
        parts=(
            _employer(placement),
            Part(
                _("For which contract"),
                (
                    Line(_("Contracting authority"), contract.authority.name),
                    Line(_("Contract"), contract.title),
                    Line(_("Contract number"), contract.reference),
                ),
            ),
            _placement(user, placement),
            Part(_("Hours a week"), grid=_hours(placement)),
            Part(_("What was reported so far"), grid=_reported(user, placement)),
            _person(),
        ),
        declares=(
            _("The person named in this form works for the employer as it says here."),
            _("The person knows that the employer makes this statement, and why."),
            _("A change of hours, of form or of the last day is reported within a month."),
        ),
        signs=(_("The employer"),),
    )


def _employer(placement: Placement) -> Part:
    supplier = placement.supplier
    return Part(
        _("The employer"),
        (
            Line(_("Name"), supplier.name),
            Line(_("KvK number"), supplier.kvk or supplier.other_identifier),
            Line(_("Address"), is_by_hand=True),
        ),
    )


def _placement(user: User, placement: Placement) -> Part:
    is_open = placement.status == PlacementStatus.RUNNING
    may_end = is_open and rules.may_end_placement(user, placement)
    lines = [
        Line(_("Number in the portal"), str(placement)),
        Line(_("Form of the work"), placement.get_contract_form_display()),
        Line(_("First working day"), formats.day(placement.starts_on)),
        Line(
            _("Last working day, if known"),
            formats.day(placement.ends_on) if placement.ends_on else "",
            add_at=reverse("candidates:placement-end", args=[placement.pk]) if may_end else "",
        ),
    ]
    if placement.permanent_on:
        lines.insert(2, Line(_("Permanent contract from"), formats.day(placement.permanent_on)))
    return Part(_("The placement"), tuple(lines))


def _hours(placement: Placement) -> Grid:
    return Grid(
        caption=_("Each change of the hours"),
        headings=(_("From"), _("Hours")),
        rows=tuple(
            (formats.day(each.holds_from), formats.number(each.hours_per_week))
            for each in placement.weekly_hours.order_by("holds_from")
        ),
        empty=_("No hours were entered."),
    )


def _reported(user: User, placement: Placement) -> Grid:
    shares: Any = Share.objects.visible_to(user).filter(
        contribution__placement=placement, contribution__is_live=True
    )
    rows = shares.select_related("contribution", "contract").order_by(
        "contribution__starts_on", "pk"
    )
    return Grid(
        caption=_("Periods, with the hours that were worked"),
        headings=(_("Period"), _("Contract"), _("Status"), _("Hours")),
        rows=tuple(
            (
                _("%(first)s to %(last)s")
                % {
                    "first": formats.day(each.contribution.starts_on),
                    "last": formats.day(each.contribution.ends_on),
                },
                each.contract.title,
                each.get_status_display(),
                formats.number(each.hours),
            )
            for each in rows
        ),
        words=3,
        empty=_("No period was reported yet."),
    )


def _person() -> Part:
    return Part(
        _("The person"),
        (
            Line(_("Name of the person"), is_by_hand=True),
            Line(_("Kind of work"), is_by_hand=True),
            Line(_("Place of work"), is_by_hand=True),
        ),
        told=_(
            "Fill this in on paper or in your own copy. The portal knows no name: "
            "never send this form back through it, and write no citizen service number on it."
        ),
    )
