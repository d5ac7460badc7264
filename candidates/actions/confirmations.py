"""A partner confirms an invoice by a link, without an account (D08, N15, R-261)."""

import datetime as dt
import hashlib
import secrets
from decimal import Decimal
from fractions import Fraction

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from candidates.models import Confirmation, ConfirmationStatus, Contribution
from sroi_portal.core import audit, mail, money
from sroi_portal.core.models import User
from sroi_portal.core.status import RefusedError, lock, move, save

VALID = dt.timedelta(days=30)
WHOLE = Decimal(100)


class NothingToConfirmError(RefusedError):
    """Only a purchase has a partner that can say whether the invoice is right."""


class LinkClosedError(RefusedError):
    """The link was used, replaced or is too old."""


@transaction.atomic
def ask_confirmation(
    contribution: Contribution, *, email: str, by: User, at: dt.datetime
) -> Confirmation:
    """Mail the partner a link; an earlier one no longer works.

    :raises NothingToConfirmError: when it is no purchase, or no longer stands.
    """
    contribution = lock(contribution)
    if contribution.partner is None or contribution.invoiced_on is None or not contribution.is_live:
        raise NothingToConfirmError(_("Only a purchase that stands can be confirmed."))
    replace_confirmation(contribution, by=by, at=at)
    token = secrets.token_urlsafe(32)
    asked = Confirmation(
        contribution=contribution,
        supplier=contribution.supplier,
        authority_ids=contribution.authority_ids,
        partner_label=contribution.partner.name,
        supplier_label=contribution.supplier.name,
        invoice_number=contribution.invoice_number,
        invoiced_on=contribution.invoiced_on,
        amount_eur=without_vat(contribution),
        email=email.strip().lower(),
        token_hash=hashlib.sha256(token.encode()).digest(),
        asked_by=by,
        asked_at=at,
        expires_at=at + VALID,
    )
    save(asked)
    audit.record(asked, "ask_confirmation", by=by, at=at)
    link = settings.SITE_URL + reverse("candidates:confirmation-answer", args=[token])
    mail.write(
        "candidates/mail/ask_confirmation.txt",
        asked.email,
        language=get_language() or settings.LANGUAGE_CODE,
        at=at,
        context={"supplier": asked.supplier_label, "link": link, "days": VALID.days},
    )
    return asked


@transaction.atomic
def answer_confirmation(
    confirmation: Confirmation, *, is_right: bool, at: dt.datetime, remark: str = ""
) -> None:
    """Keep what the partner says; who asked is told.

    :raises LinkClosedError: when the link was used, replaced or is too old.
    """
    confirmation = lock(confirmation)
    if confirmation.status != ConfirmationStatus.ASKED or confirmation.expires_at <= at:
        raise LinkClosedError(_("This link was used before, or is too old."))
    confirmation.answered_at = at
    to = ConfirmationStatus.CONFIRMED if is_right else ConfirmationStatus.DENIED
    move(confirmation, to, verb="answer_confirmation", by=None, at=at, remark=remark)
    share = confirmation.contribution.shares.order_by("pk").first()
    mail.send(
        "candidates/mail/answer_confirmation.txt",
        to=[confirmation.asked_by],
        at=at,
        context={"partner": confirmation.partner_label, "share": share},
    )


@transaction.atomic
def replace_confirmation(contribution: Contribution, *, by: User, at: dt.datetime) -> None:
    """Let an earlier answer no longer count: the invoice changed, or is asked anew."""
    for standing in contribution.confirmations.standing():
        confirmation = lock(standing)
        move(
            confirmation,
            ConfirmationStatus.REPLACED,
            verb="replace_confirmation",
            by=by,
            at=at,
        )


def without_vat(contribution: Contribution) -> Decimal:
    """Give the amount of an invoice without VAT, in whole cents."""
    amount = Fraction(contribution.amount_eur or 0)
    return money.rounded(amount * 100 / (100 + Fraction(contribution.vat_pct or 0)))
