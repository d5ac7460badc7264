"""What the adviser for the choice says, in words with its counts."""

from collections.abc import Callable

from django import template
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from contracts import advice
from contracts.advice import Because, Reason
from contracts.models import Advised, TenderAdvice

register = template.Library()


@register.filter
def advised_words(code: str) -> str:
    return str(Advised(code).label)


@register.filter
def because_words(reason: Reason) -> str:
    """Say a reason in a sentence that names its count."""
    if not reason.count and reason.because in NONE:
        return NONE[reason.because]()
    if reason.because in COUNTED:
        return COUNTED[reason.because](reason.count) % {"count": reason.count, "part": reason.part}
    return PLAIN[reason.because]()


@register.filter
def told_reasons(chosen: TenderAdvice) -> list[str]:
    """Say the reasons of a recorded choice once more."""
    return [
        because_words(Reason(Because(each["because"]), each["part"], each["count"]))
        for each in chosen.reasons
    ]


@register.inclusion_tag("contracts/parts/advice_counts.html")
def advice_counts(counted: advice.Counted | TenderAdvice) -> dict[str, object]:
    return {"counted": counted}


COUNTED: dict[Because, Callable[[int], str]] = {
    Because.ENOUGH_FOR_WHOLE: lambda count: ngettext(
        "%(count)s social enterprise can carry the whole.",
        "%(count)s social enterprises can carry the whole.",
        count,
    ),
    Because.TOO_FEW_FOR_WHOLE: lambda count: ngettext(
        "Only %(count)s social enterprise can carry the whole: too few to reserve it.",
        "Only %(count)s social enterprises can carry the whole: too few to reserve it.",
        count,
    ),
    Because.ENOUGH_FOR_LOT: lambda count: ngettext(
        "%(count)s social enterprise can carry the lot “%(part)s”.",
        "%(count)s social enterprises can carry the lot “%(part)s”.",
        count,
    ),
    Because.ENOUGH_FOR_PART: lambda count: ngettext(
        "%(count)s social enterprise can carry a part: make it a lot of its own.",
        "%(count)s social enterprises can carry a part: make it a lot of its own.",
        count,
    ),
    Because.TOO_FEW_FOR_LOT: lambda count: ngettext(
        "At most %(count)s social enterprise can carry one lot: too few to reserve it.",
        "At most %(count)s social enterprises can carry one lot: too few to reserve it.",
        count,
    ),
    Because.PARTNERS_NEAR: lambda count: ngettext(
        "%(count)s social enterprise does this work in the region. Let it do what it is good at, "
        "as a partner of who wins.",
        "%(count)s social enterprises do this work in the region. Let them do what they are good "
        "at, as partners of who wins.",
        count,
    ),
    Because.NOBODY_NEAR: lambda count: ngettext(
        "%(count)s social enterprise does this work in the region: too few for partnerships. "
        "A clause leaves the way open.",
        "%(count)s social enterprises do this work in the region: too few for partnerships. "
        "A clause leaves the way open.",
        count,
    ),
}
NONE: dict[Because, Callable[[], str]] = {
    Because.TOO_FEW_FOR_WHOLE: lambda: _(
        "No social enterprise can carry the whole: there is nobody to reserve it for."
    ),
    Because.TOO_FEW_FOR_LOT: lambda: _(
        "No social enterprise can carry one of the lots: there is nobody to reserve it for."
    ),
    Because.NOBODY_NEAR: lambda: _(
        "No social enterprise does this work in the region. A clause leaves the way open."
    ),
}
PLAIN: dict[Because, Callable[[], str]] = {
    Because.SMALL: lambda: _("The value lies below the least value of your authority."),
    Because.SHORT: lambda: _("The term is shorter than the shortest term of your authority."),
    Because.LITTLE_LABOUR: lambda: _("There is too little labour in it to ask something."),
}
