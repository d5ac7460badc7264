"""The board: posted, changed, answered, agreed, and gone after a while (R-380 to R-384)."""

import datetime as dt
import uuid

import pytest
from django.core.exceptions import ValidationError

from network import actions, rules
from network.models import Match, MatchStatus, Offer, OfferStatus
from reports.home import work_lists
from sroi_portal.core import history
from sroi_portal.core.models import Outgoing
from sroi_portal.core.status import ChangedMeanwhileError, IllegalMoveError
from tests import factories
from tests.conftest import NOON, TODAY
from tests.network.boarding import told

pytestmark = pytest.mark.usefixtures("in_english")
DAY = dt.timedelta(days=1)


@pytest.mark.parametrize(("kind", "days"), [("place", 60), ("candidate", 30), ("path", 60)])
def test_an_offer_stands_for_thirty_or_sixty_days(post, noord, sara, kind, days):
    offer = post(noord, sara, kind)
    assert (offer.status, offer.stays_until) == (OfferStatus.OPEN, TODAY + days * DAY)
    assert offer.text == "Leren koken voor grote groepen, met een vaste begeleider."
    assert bytes(offer.sealed).find(b"koken") == -1


@pytest.mark.parametrize(
    "text",
    [
        "Mail mij op iemand@example.org",
        "Bel 06 12 34 56 78",
        "Nummer 111222333",
        "Geboren op 3-4-1990",
        "Woont op 1234 AB",
    ],
)
def test_a_candidate_cannot_be_found_by_what_is_written(post, noord, sara, text):
    with pytest.raises(actions.FindableError):
        post(noord, sara, "candidate", text=text)
    post(noord, sara, "place", text=text)


def test_of_a_candidate_only_the_province_is_shown(post, noord, sara):
    with pytest.raises(ValidationError, match="province"):
        post(noord, sara, "candidate", region="NL32B")


def test_an_offer_is_put_right_while_it_stands(offer, sara):
    changed = actions.change_offer(offer, told(title="Werkplek in de tuin"), by=sara, at=NOON)
    assert changed.title == "Werkplek in de tuin"
    with pytest.raises(ChangedMeanwhileError):
        actions.change_offer(offer, told(), by=sara, at=NOON, revision=0)
    actions.withdraw_offer(offer, by=sara, at=NOON)
    with pytest.raises(IllegalMoveError):
        actions.change_offer(offer, told(), by=sara, at=NOON)


def test_contact_talk_deal(match, sara, bram, noord, zuid):
    offer = match.offer
    offer.refresh_from_db()
    assert (offer.status, match.status) == (OfferStatus.IN_CONTACT, MatchStatus.CONTACT)
    actions.write_match(match, "Nog iets.", by=bram, at=NOON)
    match.refresh_from_db()
    assert match.status == MatchStatus.CONTACT
    actions.write_match(match, "Wanneer kan het?", by=sara, at=NOON)
    actions.write_match(match, "Volgende week.", by=sara, at=NOON)
    actions.propose_deal(match, "Vanaf april, 24 uur.", by=bram, at=NOON)
    match.refresh_from_db()
    assert (match.status, match.proposed_for) == (MatchStatus.PROPOSED, zuid)
    for verb in (
        actions.agree_deal,
        lambda *args, **facts: actions.decline_deal(*args, "", **facts),
    ):
        with pytest.raises(actions.OwnSideError):
            verb(match, by=bram, at=NOON)
    actions.decline_deal(match, "Liever 20 uur.", by=sara, at=NOON)
    actions.propose_deal(match, "Vanaf april, 20 uur.", by=bram, at=NOON)
    actions.agree_deal(match, by=sara, at=NOON)
    match.refresh_from_db()
    offer.refresh_from_db()
    assert (match.status, match.agreed_for, offer.status) == (MatchStatus.AGREED, noord, "agreed")
    said = [each.remark for each in history.of([match]) if each.remark]
    assert said[0] == "Vanaf april, 20 uur."
    with pytest.raises(IllegalMoveError):
        actions.write_match(match, "Nog een vraag.", by=sara, at=NOON)


def test_nobody_agrees_to_what_was_not_proposed(match, sara):
    with pytest.raises(actions.OwnSideError):
        actions.agree_deal(match, by=sara, at=NOON)


def test_a_mail_about_the_board_says_nothing_of_it(match):
    mail = Outgoing.objects.latest("pk")
    assert mail.to_address == "sara@example.org"
    assert match.offer.title not in mail.body
    assert "graag" not in mail.body
    assert match.get_absolute_url() in mail.body


def test_an_offer_is_open_again_when_the_last_talk_ends(match, offer, sara, bram):
    oost = factories.SupplierFactory()
    mies = factories.UserFactory()
    factories.MembershipFactory(user=mies, supplier=oost)
    other = actions.answer_offer(offer, oost, "Wij ook.", by=mies, at=NOON, key=uuid.uuid4())
    actions.end_match(match, "De reis is te ver.", by=bram, at=NOON)
    offer.refresh_from_db()
    assert offer.status == OfferStatus.IN_CONTACT
    actions.propose_deal(other, "Vanaf mei.", by=mies, at=NOON)
    actions.end_match(other, "Toch niet.", by=sara, at=NOON)
    offer.refresh_from_db()
    assert offer.status == OfferStatus.OPEN


def test_a_second_deal_finds_the_offer_gone(match, offer, sara, bram):
    oost = factories.SupplierFactory()
    mies = factories.UserFactory()
    factories.MembershipFactory(user=mies, supplier=oost)
    other = actions.answer_offer(offer, oost, "Wij ook.", by=mies, at=NOON, key=uuid.uuid4())
    for each in (match, other):
        actions.propose_deal(each, "Vanaf mei.", by=sara, at=NOON)
    actions.agree_deal(match, by=bram, at=NOON)
    actions.agree_deal(other, by=mies, at=NOON)
    assert Match.objects.filter(status=MatchStatus.AGREED).count() == 2


def test_who_takes_an_offer_away_ends_the_talks_about_it(match, offer, sara, zuid, bram):
    actions.withdraw_offer(offer, by=sara, at=NOON)
    match.refresh_from_db()
    assert match.status == MatchStatus.ENDED
    with pytest.raises(IllegalMoveError):
        actions.answer_offer(offer, zuid, "Toch?", by=bram, at=NOON, key=uuid.uuid4())
    with pytest.raises(IllegalMoveError):
        actions.extend_offer(offer, by=sara, at=NOON)


def test_a_talk_that_ends_leaves_an_offer_that_is_gone_alone(match, offer, sara, bram):
    Offer.objects.filter(pk=offer.pk).update(status="agreed", ended_on=TODAY)
    actions.end_match(match, "Te laat.", by=bram, at=NOON)
    offer.refresh_from_db()
    assert offer.status == OfferStatus.AGREED


def test_the_board_reminds_expires_and_erases(post, noord, sara):
    offer = post(noord, sara, "candidate")
    assert actions.expire_offers(at=NOON) == 0
    assert actions.expire_offers(at=NOON + 24 * DAY) == 1
    assert actions.expire_offers(at=NOON + 25 * DAY) == 0
    actions.extend_offer(offer, by=sara, at=NOON + 25 * DAY)
    assert actions.expire_offers(at=NOON + 49 * DAY) == 1
    assert actions.expire_offers(at=NOON + 56 * DAY) == 1
    offer.refresh_from_db()
    assert offer.status == OfferStatus.EXPIRED
    actions.extend_offer(offer, by=sara, at=NOON + 56 * DAY)
    assert actions.expire_offers(at=NOON + 87 * DAY) == 1
    assert actions.expire_offers(at=NOON + 118 * DAY) == 1
    offer.refresh_from_db()
    assert (offer.text, "keuken" in offer.title) == ("", False)
    with pytest.raises(IllegalMoveError):
        actions.extend_offer(offer, by=sara, at=NOON + 118 * DAY)


def test_a_deal_begins_one_shared_path(match, sara, bram, noord, zuid):
    key = {"at": NOON, "key": uuid.uuid4()}
    with pytest.raises(IllegalMoveError):
        actions.plan_path(match, by=sara, **key)
    actions.propose_deal(match, "Vanaf april.", by=sara, at=NOON)
    actions.agree_deal(match, by=bram, at=NOON)
    path = actions.plan_path(match, by=sara, **key)
    assert path.supplier_ids == sorted([noord.pk, zuid.pk])
    assert actions.plan_path(match, by=bram, at=NOON, key=uuid.uuid4()) == path


def test_coordinators_and_advisers_bring_together(ada, olga, sara):
    assert [rules.brings_together(person) for person in (ada, olga, sara)] == [True, True, False]


def test_what_waits_for_a_supplier_stands_on_its_home_page(match, sara, bram):
    """H10: a first word waits for whose offer it is, a deal for the other side."""
    assert _to_do(sara) == [match.get_absolute_url()]
    assert _to_do(bram) == []
    actions.write_match(match, "Graag, bel ons.", by=sara, at=NOON)
    assert _to_do(sara) == []
    match.refresh_from_db()
    actions.propose_deal(match, "Vanaf april, 24 uur.", by=sara, at=NOON)
    assert (_to_do(sara), _to_do(bram)) == ([], [match.get_absolute_url()])


def _to_do(person):
    [todo] = [each for each in work_lists(person, now=NOON) if each.key == "to-do"]
    return [each.url for each in todo.items if each.url.startswith("/network/")]
