"""The one way in which the board shows a status, a kind and why two offers fit."""

from django import template
from django.utils.translation import gettext_lazy as _

from network.matching import Reason
from network.models import Match, MatchStatus, Offer, OfferStatus

register = template.Library()

TONES = {
    OfferStatus.OPEN: "positive",
    OfferStatus.IN_CONTACT: "info",
    OfferStatus.AGREED: "positive",
    OfferStatus.WITHDRAWN: "neutral",
    OfferStatus.EXPIRED: "neutral",
}
MATCH_TONES = {
    MatchStatus.CONTACT: "info",
    MatchStatus.TALKING: "info",
    MatchStatus.PROPOSED: "warning",
    MatchStatus.AGREED: "positive",
    MatchStatus.ENDED: "neutral",
}
REASONS = {
    Reason.REGION: _("the same region"),
    Reason.PROVINCE: _("the same province"),
    Reason.CATEGORY: _("the same category"),
    Reason.FORM: _("the same kind of place"),
    Reason.HOURS: _("about the same hours"),
    Reason.DATES: _("dates that meet"),
}


@register.inclusion_tag("core/badge.html")
def offer_status(offer: Offer) -> dict[str, object]:
    status = OfferStatus(offer.status)
    return {"label": status.label, "tone": TONES[status]}


@register.inclusion_tag("core/badge.html")
def match_status(match: Match) -> dict[str, object]:
    status = MatchStatus(match.status)
    return {"label": status.label, "tone": MATCH_TONES[status]}


@register.filter
def reason_words(reason: Reason) -> str:
    return str(REASONS[reason])
