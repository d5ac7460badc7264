"""What each verb of the audit trail says to who reads the history."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

SENTENCES: dict[str, str | Promise] = {
    "change_example": _("Example changed"),
    "propose_example": _("Example proposed"),
    "propose_example_again": _("Example proposed again"),
    "publish_example": _("Example published"),
    "publish_quote": _("Quote published"),
    "record_quote": _("Quote recorded, with permission"),
    "return_example": _("Example given back with a question"),
    "withdraw_example": _("Example taken out of the library"),
    "withdraw_quote": _("Permission withdrawn: the words are destroyed"),
    # the magazine
    "change_edition": _("Edition changed"),
    "compose_edition": _("Edition composed"),
    "draft_edition": _("Edition begun"),
    "publish_edition": _("Edition published"),
    "reopen_edition": _("Edition opened again"),
    "reprint_edition": _("Edition printed anew"),
    # pilots
    "propose_pilot": _("Pilot proposed"),
    "change_pilot": _("Pilot changed"),
    "move_pilot": _("Pilot moved on"),
    "add_partner": _("Partner added"),
    "remove_partner": _("Partner removed"),
    "add_place": _("Tender or contract added"),
    "remove_place": _("Tender or contract removed"),
    # the board of suppliers
    "post_offer": _("Put on the board"),
    "change_offer": _("Put right"),
    "extend_offer": _("Stands on the board longer"),
    "withdraw_offer": _("Taken from the board"),
    "expire_offer": _("Left the board: its time was over"),
    "remind_offer": _("Reminder sent by mail"),
    "erase_profile": _("What was written about the person is erased"),
    "answer_offer": _("Contact made"),
    "write_match": _("Message"),
    "propose_deal": _("Deal proposed"),
    "agree_deal": _("Agreed by both"),
    "decline_deal": _("Not agreed yet: talk on"),
    "end_match": _("Ended without a deal"),
    "plan_path": _("Shared path begun"),
    "keep_entry": _("Page in the directory saved"),
}
KINDS: dict[str, str | Promise] = {
    "network.goodexample": _("good example"),
    "network.quote": _("quote"),
    "network.edition": _("edition of the magazine"),
    "network.pilot": _("pilot"),
    "network.offer": _("offer on the board"),
    "network.entry": _("page in the directory"),
    "network.match": _("contact between suppliers"),
}
