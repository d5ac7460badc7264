"""Follow-up and settlement in the browser: what is typed, refused and shown."""

import datetime as dt
from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils import timezone

from contracts import actions, fulfilment
from contracts.models import Account, Contract, FollowUp, Letter, LetterTemplate, Settlement
from tests.contracts.ending import post

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]
DAY = dt.timedelta(days=1)


def address(name, *arguments):
    return reverse(f"contracts:{name}", args=arguments)


@pytest.fixture
def over(contract, cora):
    """The contract ended a month ago; 30,000 of 40,000 was done."""
    today = timezone.localdate()
    post(contract, Account.VERIFIED, "30000.00", cora)
    first = today - 400 * DAY
    Contract.objects.filter(pk=contract.pk).update(starts_on=first, ends_on=today - 30 * DAY)
    contract.refresh_from_db()
    return contract


@pytest.fixture
def behind(contract):
    now = timezone.now()
    first = now.date() - 300 * DAY
    Contract.objects.filter(pk=contract.pk).update(starts_on=first, ends_on=now.date() + 65 * DAY)
    fulfilment.recompute(today=now.date(), at=now)
    contract.refresh_from_db()
    return contract


def test_a_contract_is_settled_through_its_pages(client, over, cora, sara, piet):
    where = address("settlement-start", over.pk)
    assert "Begin the settlement" in client.sign_in(cora).get(over.get_absolute_url()).text
    page = client.post(where, follow=True).text
    settlement = Settlement.objects.get()
    assert "Send the statement" in page
    client.post(address("statement-send", settlement.pk), {"remark": "Volgens het grootboek."})
    early = client.post(address("settlement-calculate", settlement.pk), {"reason": "Nu al."})
    assert "still may" in early.text
    typed = {"reaction": "agrees", "reason": "Dat klopt."}
    client.sign_in(sara).post(address("settlement-react", settlement.pk), typed)
    assert "Dat klopt." in client.get(settlement.get_absolute_url()).text
    calculate = address("settlement-calculate", settlement.pk)
    wrong = client.sign_in(cora).post(calculate, {"waived": "1", "reason": "Te weinig."})
    assert "add up to the shortfall" in wrong.text
    parts = {"malus_part": "6.000,00", "waived": "4.000,00", "reason": "Zo besproken."}
    assert client.post(calculate, parts).url == settlement.get_absolute_url()
    decide = address("settlement-decide", settlement.pk)
    typed = {"decision": "decide", "reason": "Akkoord."}
    assert client.post(decide, typed).status_code == 403
    client.sign_in(piet).post(decide, typed)
    page = client.get(settlement.get_absolute_url()).text
    assert "accepts nothing more" in page
    for side in (piet, sara):
        scored = {"score": "4", "reason": "Fijn."}
        client.sign_in(side).post(address("settlement-score", settlement.pk), scored)
        client.post(address("lesson-record", settlement.pk), {"reason": "Begin eerder."})
    page = client.get(settlement.get_absolute_url()).text
    assert page.count("4 / 5") == 2
    assert "Begin eerder." in page


def test_a_settlement_goes_back_and_is_reopened_by_two(client, over, cora, piet):
    settlement = actions.start_settlement(over, by=cora, at=timezone.now())
    actions.send_statement(settlement, by=cora, at=timezone.now() - 60 * DAY)
    calculate = address("settlement-calculate", settlement.pk)
    client.sign_in(cora).post(calculate, {"waived": "10000", "reason": "Overmacht."})
    decide = address("settlement-decide", settlement.pk)
    client.sign_in(piet).post(decide, {"decision": "return", "reason": "Leg uit."})
    settlement.refresh_from_db()
    assert settlement.status == "stated"
    client.sign_in(cora).post(calculate, {"waived": "10000", "reason": "De locatie was dicht."})
    client.sign_in(piet).post(decide, {"decision": "decide", "reason": "Goed."})
    for decision, status in (("refuse", "settled"), ("confirm", "reopened")):
        ask = address("settlement-reopen", settlement.pk)
        client.sign_in(cora).post(ask, {"reason": "Een fout in de uren."})
        again = address("settlement-reopening", settlement.pk)
        typed = {"decision": decision, "reason": "Bekeken."}
        client.sign_in(piet).post(again, typed)
        settlement.refresh_from_db()
        assert settlement.status == status
    assert "Settlement 2" in client.get(settlement.get_absolute_url()).text


def _day(ahead=0):
    return (timezone.localdate() + ahead * DAY).isoformat()


def test_steps_are_taken_in_the_advised_order(client, behind, cora):
    client.sign_in(cora)
    assert "This contract stays behind" in client.get(address("follow-up", behind.pk)).text
    talk = address("step-take", behind.pk, "talk")
    assert "What is possible" in client.get(talk).text
    typed = {"taken_on": _day(), "account": "Besproken.", "option": "person"}
    both = {"next_on": _day(20), "outcome": "agreed"}
    for wrong in ({}, both):
        assert "look at it again" in client.post(talk, typed | wrong).text
    client.post(talk, typed | {"next_on": _day(20)})
    close = address("step-close", FollowUp.objects.get().pk)
    client.post(close, {"outcome": "not_enough", "reason": "Er kwam niets van."})
    assert "Not taken yet" in client.get(address("step-take", behind.pk, "notice")).text
    assert client.get(address("step-take", behind.pk, "nothing")).status_code == 404


def test_every_step_stands_on_one_list(client, behind, cora, otto):
    today = timezone.localdate()
    actions.hold_talk(
        behind,
        actions.Step(account="Wij spraken af.", taken_on=today, next_on=today),
        by=cora,
        at=timezone.now(),
    )
    client.sign_in(cora)

    def found(query=""):
        return [each.contract for each in client.get(f"/follow-ups/{query}").context["page"]]

    assert found() == found("?kind=talk&q=noord") == [behind]
    assert found("?kind=malus") == found("?q=xyzzy") == []
    actions.close_step(
        FollowUp.objects.get(), "solved", account="Klaar.", by=cora, at=timezone.now()
    )
    assert (found(), found("?ended=on")) == ([], [behind])
    client.sign_in(otto)
    assert found("?ended=on") == []


def test_a_plan_is_asked_in_a_letter_and_goes_to_and_fro(client, behind, cora, sara):
    plan = address("step-take", behind.pk, "recovery")
    typed = {"taken_on": _day(), "account": "Graag.", "next_on": _day(20), "skipping": "Ja."}
    client.sign_in(cora).post(plan, typed)
    step = FollowUp.objects.get()
    client.post(address("step-letter", step.pk), {"reason": "Graag.", "language": "nl"})
    letter = Letter.objects.get()
    client.post(address("letter-send", letter.pk))
    client.sign_in(sara).post(address("recovery-hand-in", step.pk), {"reason": "Drie mensen."})
    assert letter.number in client.get(address("follow-up", behind.pk)).text
    answer = address("recovery-answer", step.pk)
    late = {"answer": "agree", "by_on": "2020-01-01", "reason": "Goed."}
    assert "past" in client.sign_in(cora).post(answer, late).text
    client.post(answer, late | {"answer": "return", "by_on": _day(20)})
    client.sign_in(sara).post(address("recovery-hand-in", step.pk), {"reason": "Vier mensen."})
    client.sign_in(cora).post(answer, late | {"by_on": _day(20)})
    step.refresh_from_db()
    assert step.status == "agreed"


def test_a_malus_waits_for_a_colleague(client, behind, cora, piet, sara):
    malus = address("step-take", behind.pk, "malus")
    typed = {"taken_on": _day(), "account": "Zo.", "skipping": "Spoed."}
    wrong = client.sign_in(cora).post(malus, typed | {"shortfall_eur": "0"})
    assert "more than zero" in wrong.text
    client.post(malus, typed | {"shortfall_eur": "1.000,00"})
    step = FollowUp.objects.get()
    typed = {"decision": "decide", "reason": "Volgens het contract."}
    client.sign_in(piet).post(address("malus-decide", step.pk), typed)
    step.refresh_from_db()
    assert (step.status, step.amount_eur) == ("done", Decimal("1000.00"))
    assert "Spoed." in client.get(address("follow-up", behind.pk)).text
    assert "Spoed." not in client.sign_in(sara).get(address("follow-up", behind.pk)).text


def test_more_time_is_shown_on_the_contract(client, behind, cora):
    until = behind.ends_on + 90 * DAY
    typed = {"taken_on": timezone.localdate(), "account": "Corona.", "skipping": "Spoed."}
    where = address("step-take", behind.pk, "deferral")
    client.sign_in(cora).post(where, typed | {"until_on": until.isoformat()})
    behind.refresh_from_db()
    assert behind.fulfil_by_on == until
    assert "Deferred until" in client.get(behind.get_absolute_url()).text


def test_terms_of_the_end_are_laid_down(client, contract, piet, cora):
    factor = address("malus-factor-set", contract.pk)
    client.sign_in(piet).post(factor, {"factor": "1,5", "reason": "Artikel 12."})
    contract.refresh_from_db()
    assert contract.malus_factor == Decimal("1.50")
    off = address("contract-break-off", contract.pk)
    assert client.post(off, {"reason": "De dienst vervalt."}).status_code == 200
    client.post(off, {"reason": "De dienst vervalt.", "understood": "on"})
    contract.refresh_from_db()
    assert contract.status == "cancelled"
    answer = client.sign_in(cora).post(address("settlement-start", contract.pk), follow=True)
    assert "Only a contract that runs" in answer.text


def test_an_adviser_publishes_a_text_and_terms(client, ministry, ada):
    client.sign_in(ada)
    where = address("letter-template-edit", ministry.pk, "notice", "nl")
    text = "Beste {supplier},\n\n# Kop\n\n- {shortfall}\n- {until}"
    wrong = {"subject": "Ingebreke", "text": "{niets}", "publish": "1"}
    assert "no place named" in client.post(where, wrong).text
    look = client.post(where, {"subject": "Ingebreke", "text": text, "look": "1"}).text
    assert "[name of the supplier]" in look or "naam van" in look
    assert not LetterTemplate.objects.exists()
    client.post(where, {"subject": "Ingebreke", "text": text, "publish": "1"})
    assert LetterTemplate.objects.get().version == 1
    terms = address("settling-terms-set", ministry.pk)
    assert client.post(terms, {"cure_days": "0"}).status_code == 200
    told = {"cure_days": "21", "reaction_days": "10", "malus_factor": "1,5"}
    client.post(terms, told)
    assert actions.settling_terms(ministry).cure_days == 21
    for kind, language in (("nothing", "nl"), ("talk", "xx")):
        wrong = address("letter-template-edit", ministry.pk, kind, language)
        assert client.get(wrong).status_code == 404
