"""A filled world, made through the actions: something in every status, people of every kind."""

import contextlib
import dataclasses
import datetime as dt
import io
import re
import tempfile
import uuid
from decimal import Decimal
from pathlib import Path
from types import SimpleNamespace

from django.contrib.auth.hashers import make_password
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.db import connection
from django.test import override_settings
from django.utils import timezone
from PIL import Image

from candidates import actions as candidate_actions
from contracts import actions as contract_actions
from contracts import fulfilment, kept_tables
from contracts.models import BaseKind, Block, EvidenceKind, ObligationRule
from reports import actions as report_actions
from reports import tasks as report_tasks
from reports.models import Definition, Report, ReportBatch, ReportStatus
from sroi_portal.core import jobs
from sroi_portal.core.models import Outgoing, RoleName
from suppliers import actions as supplier_actions
from suppliers.models import MembershipRole
from tests import factories
from tests.scenarios import (
    advice,
    banen,
    care,
    dash,
    dialogue,
    evidence,
    examples,
    figures,
    handbook,
    importing,
    kinds,
    lasting,
    learning,
    meeting,
    office,
    open_data,
    partners,
    pilots,
    plans,
    portal,
    report_files,
    rest,
    settling,
    shares,
    together,
    voice,
)

PASSWORD = "Samen-maken-we-werk-2026"
NOTICE = Path(__file__).parent / "contracts" / "notices" / "written" / "award.xml"
OFFICIALS = {
    "piet": RoleName.OFFICER,
    "cora": RoleName.MANAGER,
    "olga": RoleName.COORDINATOR,
    "oda": RoleName.COORDINATOR,
    "vera": RoleName.POLICY_MAKER,
    "ada": RoleName.ADVISER,
    "anna": RoleName.AUDITOR,
    "adam": RoleName.ADMINISTRATOR,
    "pia": RoleName.PEOPLE_ADMINISTRATOR,
    "tess": RoleName.TEXT_ADMINISTRATOR,
}
ELSEWHERE = {
    "otto": RoleName.COORDINATOR,
    "paul": RoleName.OFFICER,
    "mona": RoleName.MANAGER,
    "vico": RoleName.POLICY_MAKER,
    "aron": RoleName.ADMINISTRATOR,
}


# what each part of the portal adds, from `tests/scenarios/`
PARTS = (
    evidence,
    importing,
    kinds,
    office,
    partners,
    plans,
    settling,
    shares,
    portal,
    pilots,
    open_data,
    rest,
    examples,
    advice,
    together,
    voice,
    lasting,
    learning,
    meeting,
    dialogue,
    banen,
    care,
    handbook,
    dash,  # last: it sums what the others made
    figures,
)


class World(SimpleNamespace):
    """Everything by name: people, contracts, shares in each status, a report."""


@contextlib.contextmanager
def committed(blocker):
    """Fill the database for the tests of a module, and empty it afterwards.

    :raises RuntimeError: the connected database is not made for tests.
    """
    names = connection.settings_dict
    if names["NAME"] != names["TEST"]["NAME"]:
        raise RuntimeError("Only a test marked django_db makes a database: this one is in use.")
    with (
        blocker.unblock(),
        tempfile.TemporaryDirectory() as folder,
        override_settings(MEDIA_ROOT=folder, ALLOW_UNSCANNED=True),
    ):
        try:
            yield fill(timezone.now())
        finally:
            call_command("flush", interactive=False, verbosity=0)


def fill(now: dt.datetime) -> World:
    world = World(now=now, today=timezone.localdate(now), password=make_password(PASSWORD))
    _people(world)
    call_command("load_value_tables", stdout=io.StringIO())
    call_command("load_obligation_rules", stdout=io.StringIO())
    world.table = factories.value_table()
    world.ww = Block.objects.get(table=world.table, code="ww")
    world.kind = EvidenceKind.objects.get(code="hour-statement")
    world.category = factories.CategoryFactory()
    _tables(world)
    _rules(world)
    _contracts(world)
    _agreements(world)
    _tender(world)
    _work(world)
    for part in PARTS:
        part.fill(world)
    fulfilment.recompute(today=world.today, at=now)
    _reports(world)
    report_files.fill(world)
    return world


def _people(world: World) -> None:
    world.ministry = factories.AuthorityFactory(code="VB", name="Ministerie van Voorbeelden")
    world.elsewhere = factories.AuthorityFactory(code="AN", name="Ministerie van Anderen")
    world.noord = factories.SupplierFactory(name="Leverancier Noord", kvk="99990001")
    world.zuid = factories.SupplierFactory(name="Leverancier Zuid", kvk="99990002")
    for authority, people in ((world.ministry, OFFICIALS), (world.elsewhere, ELSEWHERE)):
        for name, role in people.items():
            person = _person(world, name)
            given = factories.RoleAssignmentFactory(user=person, authority=authority, role=role)
            setattr(world, f"role_of_{name}", given)
    for name, supplier in (("sara", world.noord), ("noor", world.noord), ("bram", world.zuid)):
        role = MembershipRole.ADMINISTRATOR if name == "bram" else MembershipRole.MEMBER
        given = factories.MembershipFactory(user=_person(world, name), supplier=supplier, role=role)
        setattr(world, f"membership_of_{name}", given)
    world.invitation = supplier_actions.send_invitation(
        world.noord, email="nieuw@example.org", role="administrator", by=world.piet, at=world.now
    )
    mail = Outgoing.objects.get(to_address="nieuw@example.org")
    world.token = re.search(r"/invitations/([\w-]+)/", mail.body)[1]
    seen = {
        "kind": "pso-1",
        "valid_from": world.today,
        "valid_until": world.today.replace(year=world.today.year + 2, day=1),
        "checked_on": world.today,
    }
    world.certificate = supplier_actions.record_certificate(
        world.noord, seen, by=world.piet, at=world.now, key=uuid.uuid4()
    )


def _person(world: World, name: str):
    person = factories.UserFactory(
        name=name.capitalize(), email=f"{name}@example.org", password=world.password
    )
    setattr(world, name, person)
    return person


def _tables(world: World) -> None:
    """A draft and a proposal, copied from the table that contracts use."""
    read = kept_tables.of(world.table)
    read = dataclasses.replace(read, source="https://example.org/tabel")
    for name in ("draft", "proposed"):
        terms = dataclasses.replace(read.terms, version=name[:5], valid_from=world.today)
        wanted = dataclasses.replace(read, terms=terms)
        table = contract_actions.draft_value_table(wanted, by=world.ada, at=world.now)
        setattr(world, f"{name}_table", table)
    contract_actions.propose_value_table(world.proposed_table, by=world.ada, at=world.now)
    world.proposed_table.refresh_from_db()


def _rules(world: World) -> None:
    """A rule of the authority that proposes, and its next version as a draft."""
    shipped = ObligationRule.objects.get(code="rijk")
    for name in ("rule", "draft_rule"):
        made = contract_actions.copy_rule(
            shipped, world.ministry, by=world.ada, at=world.now, key=uuid.uuid4()
        )
        told = dataclasses.replace(contract_actions.told_by(made), valid_from=dt.date(2020, 1, 1))
        made = contract_actions.change_rule(made, told, by=world.ada, at=world.now)
        setattr(world, name, made)
    contract_actions.publish_rule(world.rule, by=world.ada, at=world.now)
    world.rule.refresh_from_db()


def _contracts(world: World) -> None:
    world.contract = _accepted(world, _awarded(world, "Schoonmaak rijkskantoren"))
    world.reserved = _accepted(world, _awarded(world, "Wasserij", is_reserved=True))
    world.over = _accepted(world, _awarded(world, "Verhuizingen", years_ago=3))
    world.awarded = _awarded(world, "Catering")
    world.handed = _handed(world, _awarded(world, "Beveiliging van gebouwen"))
    world.concept = contract_actions.log_contract(
        {"authority": world.ministry, "supplier": world.noord, "title": "Groenonderhoud"},
        by=world.piet,
        at=world.now,
    )


def _agreements(world: World) -> None:
    """Turnover with a correction, goals, a framework with a call-off, a consortium."""
    by = {"by": world.cora, "at": world.now}
    world.on_turnover = _accepted(
        world, _awarded(world, "Bedrijfskleding op omzet", base_kind=BaseKind.TURNOVER)
    )
    first = world.on_turnover.starts_on
    world.turnover = contract_actions.report_turnover(
        world.on_turnover,
        Decimal("120000.00"),
        period=(first, first.replace(month=3, day=31)),
        **by,
    )
    contract_actions.correct_turnover(
        world.turnover, Decimal("110000.00"), reason="Een creditnota van maart.", **by
    )
    none = {"base_kind": "", "percentage": None, "reason": ""}
    world.tailored = _accepted(
        world, _awarded(world, "Inhuur van professionals", regime="tailored", **none)
    )
    goal = {"kind": "work", "unit": "person", "due_on": world.tailored.ends_on}
    world.goal = contract_actions.set_goal(
        world.tailored, goal | {"title": "Werkervaringsplaatsen", "quantity": Decimal(5)}, **by
    )
    given_up = goal | {"title": "Workshops", "unit": "own", "unit_name": "workshops"}
    ended = contract_actions.set_goal(world.tailored, given_up | {"quantity": Decimal(3)}, **by)
    contract_actions.give_up_goal(ended, reason="Er was geen belangstelling.", **by)
    story = {"reached_on": world.today, "story": "Twee mensen zijn begonnen."}
    contract_actions.record_progress(world.goal, story | {"quantity": Decimal(2)}, **by)
    world.framework = _awarded(world, "Raamovereenkomst groen", is_framework=True)
    world.call_off = _awarded(world, "Groen in het noorden", framework=world.framework)
    world.oost = factories.SupplierFactory(name="Leverancier Oost", kvk="99990003")
    contract_actions.set_members(world.reserved, {world.oost: Decimal("33.33")}, **by)
    contract_actions.change_obligation(
        world.reserved,
        contract_actions.ObligationChange(
            cause="value",
            reason="De opdracht is uitgebreid.",
            holds_from=world.today,
            value_eur=Decimal("900000.00"),
        ),
        by=world.piet,
        at=world.now,
    )
    world.reserved.refresh_from_db()


def _awarded(world: World, title: str, *, years_ago: int = 1, **facts: object):
    """For two years from a first of January, EUR 800,000 at 5 %."""
    first = dt.date(world.today.year - years_ago, 1, 1)
    told = {
        "authority": world.ministry,
        "supplier": world.noord,
        "title": title,
        "reference": f"C-{title[:4]}",
        "category": world.category,
        "nature": "services",
        "value_eur": Decimal("800000.00"),
        "awarded_on": first - dt.timedelta(days=31),
        "starts_on": first,
        "ends_on": dt.date(first.year + 1, 12, 31),
        "value_table": world.table,
        "base_kind": BaseKind.CONTRACT_VALUE,
        "percentage": Decimal("5.00"),
        "reason": "Dienst met veel arbeid.",
    }
    contract = contract_actions.log_contract(told | facts, by=world.piet, at=world.now)
    return contract_actions.award_contract(contract, by=world.piet, at=world.now)


def _handed(world: World, contract):
    contract_actions.hand_over_contract(contract, world.cora, by=world.piet, at=world.now)
    contract.refresh_from_db()
    return contract


def _accepted(world: World, contract):
    contract_actions.accept_contract(_handed(world, contract), by=world.cora, at=world.now)
    contract.refresh_from_db()
    return contract


def _tender(world: World) -> None:
    facts = {"authority": world.ministry, "title": "Schoonmaak", "cpv_main": "90910000"}
    world.tender = contract_actions.log_tender(facts, by=world.piet, at=world.now)
    lot = {"identifier": "LOT-0001", "title": "Kantoren", "cpv_main": "90910000"}
    world.lot = contract_actions.log_lot(world.tender, lot, by=world.piet, at=world.now)
    world.notice = contract_actions.upload_notice(
        NOTICE.read_bytes(), world.ministry, by=world.piet, at=world.now
    )


def _work(world: World) -> None:
    """One placement with a month in each status, one of which nothing is claimed."""
    first = dt.date(world.today.year - 1, 1, 1)
    world.placement = _placement(world, "K-01", first)
    world.fresh = _placement(world, "K-02", first)
    world.evidence = _evidence(world)
    by_status = {}
    for number, status in enumerate(("verified", "rejected", "returned", "submitted", "draft"), 1):
        period = (first.replace(month=number), first.replace(month=number, day=28))
        by_status[status] = candidate_actions.draft_contribution(
            world.placement, by=world.sara, at=world.now, period=period
        )
        if status != "draft":
            candidate_actions.submit_share(by_status[status], by=world.sara, at=world.now)
    checked = {"by": world.oda, "at": world.now}
    candidate_actions.verify_share(by_status["verified"], **checked)
    candidate_actions.reject_share(by_status["rejected"], reason="Niet bij u in dienst.", **checked)
    candidate_actions.return_share(by_status["returned"], question="Welke weken?", **checked)
    for status, share in by_status.items():
        share.refresh_from_db()
        setattr(world, status, share)


def _placement(world: World, reference: str, starts_on: dt.date):
    facts = candidate_actions.PlacementFacts(
        reference=reference,
        block=world.ww,
        hours_per_week=Decimal(32),
        starts_on=starts_on,
        contract_form="temporary",
        bonus_codes=["permanent"],
        informed_on=starts_on,
    )
    return candidate_actions.enter_placement(world.contract, facts, by=world.sara, at=world.now)


def _evidence(world: World):
    picture = io.BytesIO()
    Image.new("RGB", (40, 40), "white").save(picture, "PNG")
    facts = candidate_actions.EvidenceFacts(
        kind=world.kind,
        result="seen",
        seen_on=world.today,
        file=SimpleUploadedFile("uren.png", picture.getvalue(), "image/png"),
    )
    return candidate_actions.state_evidence(world.placement, facts, by=world.sara, at=world.now)


def _reports(world: World) -> None:
    world.report = _issued(world, Definition.CONTRACT, contract=world.contract)
    report_tasks.print_report(str(world.report.job_uuid), str(world.report.uuid))
    world.report.refresh_from_db()
    world.portfolio = _issued(world, Definition.PORTFOLIO)
    world.unprinted = _issued(world, Definition.CONTRACT, contract=world.contract)
    world.of_supplier = _issued(world, Definition.SUPPLIER, supplier=world.noord)
    world.of_category = _issued(world, Definition.CATEGORY, category=world.contract.category)
    world.of_data = _issued(world, Definition.QUALITY)
    asked = ReportBatch(authority=world.ministry, language="nl")
    world.batch = report_actions.issue_batch(asked, by=world.vera, at=world.now)
    Report.objects.filter(pk=world.unprinted.pk).update(status=ReportStatus.FAILED)
    world.job = jobs.queue("reports.tasks.print_report", by=world.olga, at=world.now, total=100)


def _issued(world: World, definition: str, **about: object) -> Report:
    report = Report(definition=definition, authority=world.ministry, **about)
    return report_actions.issue_report(report, by=world.vera, at=world.now)
