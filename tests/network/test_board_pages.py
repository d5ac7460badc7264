"""The pages of the board, as the people of both suppliers and an adviser meet them."""

import uuid

import pytest
from django.urls import reverse

from network.models import Match, MatchStatus, Offer, OfferStatus
from tests.conftest import TODAY

pytestmark = pytest.mark.usefixtures("noon")


def typed(supplier, **facts):
    wanted = {
        "supplier": supplier.pk,
        "form": "learning",
        "title": "Leerplek in de kas",
        "region": "NL32B",
        "hours_per_week": "24",
        "starts_on": TODAY.isoformat(),
        "text": "Leren planten verzorgen.",
        "form_key": uuid.UUID(int=7),
    }
    return wanted | facts


def test_a_place_is_put_on_the_board_once(client, noord, sara):
    client.sign_in(sara)
    address = reverse("network:offer-new", args=["place"])
    for _time in range(2):
        response = client.post(address, typed(noord))
    offer = Offer.objects.get()
    assert response.url == offer.get_absolute_url()
    assert client.get(reverse("network:offer-new", args=["nothing"])).status_code == 404


def test_nobody_types_about_an_offer_that_is_gone(client, noord, sara, bram):
    client.sign_in(sara)
    url = client.post(reverse("network:offer-new", args=["place"]), typed(noord)).url
    offer = Offer.objects.get()
    client.post(reverse("network:offer-withdraw", args=[offer.pk]))
    assert client.get(reverse("network:offer-edit", args=[offer.pk])).url == url
    client.sign_in(bram)
    assert client.get(reverse("network:offer-answer", args=[offer.pk])).url == url


def test_a_candidate_who_can_be_found_is_refused_on_the_page(client, noord, sara):
    client.cookies["language"] = "en"
    client.sign_in(sara)
    facts = typed(noord, region="NL32", text="Bel 06 12 34 56 78", ends_on="2020-01-01")
    address = reverse("network:offer-new", args=["candidate"])
    assert "lies before the first" in client.post(address, facts).text
    del facts["ends_on"]
    assert "who the person is" in client.post(address, facts).text


def test_the_board_is_narrowed_by_the_address(client, post, noord, zuid, sara, bram):
    post(noord, sara, title="Plek in Amsterdam")
    post(zuid, bram, "candidate", title="Wil graag koken", region="NL32")
    post(zuid, bram, title="Plek in Utrecht", region="NL350")
    client.sign_in(sara)
    board = reverse("network:offer-list")

    def shown(address):
        return {each.title for each in client.get(address).context["page"]}

    assert len(shown(board)) == 3
    assert shown(f"{board}?kind=candidate") == {"Wil graag koken"}
    assert shown(f"{board}?province=NL35&sort=hours") == {"Plek in Utrecht"}
    assert shown(f"{board}?q=noord&mine=on&ended=on") == {"Plek in Amsterdam"}
    places = client.get(reverse("network:place-list")).context["by_province"]
    assert [province for province, _offers in places] == ["Noord-Holland", "Utrecht"]
    assert client.get(f"{board}?kind=strange").status_code == 200


def test_what_fits_is_shown_with_the_reasons(client, post, offer, zuid, sara, bram):
    wanted = post(zuid, bram, "candidate")
    client.sign_in(sara)
    [(found, fit)] = client.get(offer.get_absolute_url()).context["fits"]
    assert (found, fit.points) == (wanted, 7)


def test_an_offer_is_changed_extended_and_withdrawn(client, offer, noord, sara):
    client.sign_in(sara)
    edit = reverse("network:offer-edit", args=[offer.pk])
    facts = typed(noord, title="Plek in de tuin", revision=offer.revision)
    assert client.post(edit, facts).status_code == 302
    assert client.post(edit, facts).context["form"].errors
    for name, status in (("extend", "open"), ("withdraw", "withdrawn"), ("extend", "withdrawn")):
        client.post(reverse(f"network:offer-{name}", args=[offer.pk]))
        offer.refresh_from_db()
        assert (offer.title, offer.status) == ("Plek in de tuin", status)
    client.post(reverse("network:offer-withdraw", args=[offer.pk]))
    assert client.get(offer.get_absolute_url()).context["fits"] == []


def test_two_suppliers_come_to_a_deal_on_their_pages(client, offer, noord, zuid, sara, bram):
    client.sign_in(bram)
    answer = reverse("network:offer-answer", args=[offer.pk])
    said = {"partner": zuid.pk, "text": "Wij hebben iemand.", "form_key": uuid.UUID(int=9)}
    for _time in range(2):
        client.post(answer, said)
    again = client.post(answer, said | {"form_key": uuid.UUID(int=8)})
    assert again.context["form"].non_field_errors()
    match = Match.objects.get()
    client.sign_in(sara)
    page = match.get_absolute_url()
    old = {"text": "Wanneer kan het?", "revision": match.revision}
    assert client.post(page, old).status_code == 302
    assert client.post(page, old).status_code == 200
    assert "Wanneer kan het?" in client.get(page).text

    def step(name, person, text="Zo doen we het."):
        match.refresh_from_db()
        client.sign_in(person)
        address = reverse(f"network:match-{name}", args=[match.pk])
        return client.post(address, {"text": text, "revision": match.revision})

    step("propose", sara)
    assert client.get(page).context["may_answer"] is False
    assert step("path", bram).url == page
    step("decline", bram)
    step("propose", sara)
    step("agree", bram)
    match.refresh_from_db()
    assert match.status == MatchStatus.AGREED
    step("agree", bram)
    assert client.get(step("path", bram).url).status_code == 200
    assert step("end", bram).status_code == 200
    assert Offer.objects.get().status == OfferStatus.AGREED


def test_a_contact_is_ended_on_its_page(client, match, bram):
    client.sign_in(bram)
    end = reverse("network:match-end", args=[match.pk])
    client.post(end, {"text": "Te ver weg.", "revision": match.revision})
    match.refresh_from_db()
    assert match.status == MatchStatus.ENDED


def test_who_brings_together_sees_how_far_it_is_and_no_word(client, match, ada, sara):
    client.sign_in(ada)
    contacts = reverse("network:match-list")
    page = client.get(f"{contacts}?status=contact&q=noord")
    assert page.context["rows"] == [(match, 0)]
    assert "graag wil leren" not in page.text
    assert client.get(match.get_absolute_url()).status_code == 404
    assert client.get(f"{contacts}?status=agreed").context["rows"] == []
    client.sign_in(sara)
    assert client.get(contacts).context["rows"] == [(match, 0)]
